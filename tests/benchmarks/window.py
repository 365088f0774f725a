"""The window with 100,000 papers: searching, scrolling, marking; and the window while papers are compared."""

import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly

EMBEDDED = 2000
TYPING_MS = 100
SCROLLING_MS = 50
MARKING_MS = 100
P99_MS = 50
LONGEST_MS = 150
MEMORY_MB = 400


def measure() -> list[Row]:
    """Measure."""
    return [*_use(), *_embed()]


def _use() -> list[Row]:
    library = scenery.copy_of(scenery.filled_library(scenery.MANY), "used")
    found = _probe("use", library, is_automatic=False)
    typing = list(found["typing_ms"].values())
    p99, longest = p99_of(found["gaps_ms"]), max(found["gaps_ms"])
    return [
        at_most(f"last key to painted answer, median (longest {max(typing):.0f} ms)", median(typing), TYPING_MS, "ms"),
        at_most("jump to the end of the list", found["jump_ms"], SCROLLING_MS, "ms"),
        at_most("a page further, median", median(found["pages_ms"]), SCROLLING_MS, "ms"),
        at_most(
            f"1,000 papers marked: shown (stored after {found['stored_ms']:.0f} ms)",
            found["shown_ms"],
            MARKING_MS,
            "ms",
        ),
        at_most(f"event loop away during all that, p99 (longest {longest:.0f} ms)", p99, P99_MS, "ms"),
        at_most("memory of the window's process", found["rss_mb"], MEMORY_MB, "MB"),
    ]


def _embed() -> list[Row]:
    library = scenery.copy_of(scenery.filled_library(EMBEDDED), "embedded")
    found = _probe("embed", library, is_automatic=True)
    gaps = found["gaps_ms"]
    return [
        exactly(f"papers compared beside the window ({found['took_s']:.0f} s)", found["done"], EMBEDDED),
        at_most("event loop away meanwhile, p99", p99_of(gaps), P99_MS, "ms"),
        at_most("… longest", max(gaps), LONGEST_MS, "ms"),
        at_most("memory of the window's process", found["rss_mb"], MEMORY_MB, "MB"),
    ]


def _probe(what: str, library: Path, *, is_automatic: bool) -> dict[str, Any]:
    probe = Path(__file__).with_name("window_probe.py")
    variables = scenery.environment(
        similar__index_automatically="true" if is_automatic else "false", library__backup_interval_days="0"
    )
    command = [sys.executable, str(probe), what, str(library)]
    result: dict[str, Any] = json.loads(scenery.run(command, variables))
    return result


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def p99_of(values: Sequence[float]) -> float:
    """Return the value that 99 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.99))]
