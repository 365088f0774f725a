"""From the start of the process to the first painted list with 100,000 papers, against a bare window of PySide6."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

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
    _, heavy = _start(["library", str(library)], variables)
    bare, ours = [], []
    for _ in range(REPEATS):
        bare.append(_start(["bare"], variables)[0])
        ours.append(_start(["library", str(library)], variables)[0])
    base, figure = statistics.median(bare), statistics.median(ours)
    return [
        at_most(f"start to painted list, {scenery.MANY:,} papers ({figure:.2f} s)", figure / base, SLOWER, "times"),
        Row("a bare window with an empty table", "", f"{base:.2f} s", None),
        exactly("encoder, migrations or web client loaded by then", sorted(FORBIDDEN & set(heavy)), []),
        Row("other large packages loaded by then", "", str(sorted(set(heavy) - FORBIDDEN)), None),
    ]


def _start(arguments: Sequence[str], variables: Mapping[str, str]) -> tuple[float, list[str]]:
    """Return the seconds until the list was painted, and the large packages that were loaded."""
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
    return took, json.loads(line)["heavy"]
