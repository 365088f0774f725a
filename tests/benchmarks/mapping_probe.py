"""Runs the real program with the map in front while it is arranged anew, and prints what that did to the window.

Usage: mapping_probe.py LIBRARY
"""

import sys
import time
from typing import Any

from readinglist.ui.map.pane import MapPane
from tests.benchmarks.window_probe import Reader, run

RESTED_S = 6.0
LONGEST_S = 500.0
TURN = 6.0  # px, that the map is moved by at each look


def watch(reader: Reader) -> dict[str, Any]:
    """Move the map to and fro, first at rest, then while all papers get new places."""
    reader.window.actions_["view-map"].trigger()
    reader.wait(lambda: isinstance(reader.papers.front, MapPane), "the map")
    pane = reader.papers.front
    assert isinstance(pane, MapPane)
    library_map = reader.workspace.map
    reader.wait(lambda: bool(len(pane.seen.points)), "the papers on it", LONGEST_S)
    reader.rest(RESTED_S)
    reader.ticker.begin()
    _move(reader, pane, RESTED_S)
    rested = reader.ticker.gaps_ms
    library_map.arrange_anew()
    began = time.monotonic()
    reader.ticker.begin()
    while library_map.is_arranging and time.monotonic() - began < LONGEST_S:
        _move(reader, pane, RESTED_S)
    return {"rested_gaps_ms": rested, "took_s": time.monotonic() - began, "papers": len(pane.seen.points)}


def _move(reader: Reader, pane: MapPane, seconds: float) -> None:
    until = time.monotonic() + seconds
    steps = 0
    while time.monotonic() < until:
        steps += 1
        pane.canvas.go(pane.canvas.camera.moved(TURN if steps % 20 < 10 else -TURN, 0))
        reader.rest(0.02)


if __name__ == "__main__":
    sys.exit(run(watch))
