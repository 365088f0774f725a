"""From the start of the process to the first painted list with 100,000 papers, against a bare window of PySide6."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly

REPEATS = 7
SLOWER = 2.5
FORBIDDEN = {"torch", "sentence_transformers", "transformers", "alembic", "requests"}


def measure() -> list[Row]:
    """Measure; the two windows take turns."""
    library = scenery.filled_library(scenery.MANY)
    variables = scenery.environment(similar__index_automatically="false", library__backup_interval_days="0")
    _start(["bare"], variables)
    _start(["library", str(library)], variables)
    bare, ours = [], []
    for _ in range(REPEATS):
        bare.append(_start(["bare"], variables))
        ours.append(_start(["library", str(library)], variables))
    base, figure = _median(bare, "seconds"), _median(ours, "seconds")
    cpu = _median(ours, "cpu_s") / _median(bare, "cpu_s")
    heavy = set(ours[-1]["heavy"])
    return [
        at_most(f"start to painted list, {scenery.MANY:,} papers ({figure:.2f} s)", figure / base, SLOWER, "times"),
        Row("… as time of the processor, which others do not disturb", "", f"{cpu:.2f} times", None),
        Row("a bare window with an empty table", "", f"{base:.2f} s", None),
        exactly("encoder, migrations or web client loaded by then", sorted(FORBIDDEN & heavy), []),
        Row("other large packages loaded by then", "", str(sorted(heavy - FORBIDDEN)), None),
    ]


def _median(runs: Sequence[Mapping[str, Any]], key: str) -> float:
    return float(statistics.median(run[key] for run in runs))


def _start(arguments: Sequence[str], variables: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the seconds until the list was painted, those of the processor, and the large packages loaded by then."""
    probe = Path(__file__).with_name("start_probe.py")
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, str(probe), *arguments],
        env=dict(variables),
        cwd=scenery.REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.monotonic() - began
        process.stdout.read()
    return {"seconds": took, **json.loads(line)}
