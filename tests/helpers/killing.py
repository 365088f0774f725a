"""Programs that are killed while they write, as by a power cut; `READINGLIST_KILLS` sets how often each is."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

KILLS = int(os.environ.get("READINGLIST_KILLS", "6"))
REPOSITORY = Path(__file__).resolve().parents[2]


def moments(seed: int, longest_s: float) -> Iterator[float]:
    """Moments after the beginning, all different, the same in every run."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    return (longest_s * (number + chance.random()) / KILLS for number in range(KILLS))


def kill_after(script: str, arguments: Sequence[str | Path], delay_s: float) -> bool:
    """Start a program, and kill it some time after it says that it begins; returns whether it had not finished."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line == "begins\n", process.stderr.read()
        try:
            process.wait(delay_s)
        except subprocess.TimeoutExpired:
            process.kill()
        rest = process.stdout.read()
        assert process.wait() != 0, process.stderr.read()
        return "done" not in rest
