"""Runs the real program and reads the PDFs of its library as a reader would; see `window_probe`.

Usage: reading_probe.py LIBRARY
"""

import sys
import time
from typing import Any

from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort, SortKey
from readinglist.ui.reader.tab import ReaderTab
from tests.benchmarks.window_probe import SETTLED_S, Reader, run

SIZE = (1200, 900)
MOST_PAGES = 40
LOOK_S = 0.1  # at each page
CLOSER = 4.0  # zoom: letters two centimetres high


def read(reader: Reader) -> dict[str, Any]:
    """Open every PDF, go through its pages, look closely at one, and close it."""
    reader.window.resize(*SIZE)
    reader.rest(SETTLED_S)
    ids = reader.workspace.catalog.ids("has:pdf", Sort(key=SortKey.ADDED, descending=False)).ids
    files = []
    for paper_id in ids:
        reader.ticker.begin()
        found = _read_one(reader, paper_id)
        files.append({**found, "gaps_ms": reader.ticker.gaps_ms})
    return {"files": files}


def _read_one(reader: Reader, paper_id: PaperId) -> dict[str, Any]:
    tabs = reader.window.tabs
    reader.window.handlers.reader.open(paper_id)
    reader.wait(lambda: tabs.front is not None, "the tab")
    tab = tabs.front
    assert tab is not None
    began = time.perf_counter()
    reader.wait(lambda: tab.pictures.is_ready, "the first page", timeout_s=20)
    painted_ms = (time.perf_counter() - began) * 1000
    scale = tab.pages.zoom * tab.devicePixelRatioF()
    reader.rest(0.5)
    reader.ticker.begin()
    blank = [_turn(reader, tab) for _ in range(min(MOST_PAGES, len(tab.document.info.pages) - 1))]
    paging = reader.ticker.gaps_ms
    tab.pages.set_zoom(CLOSER)
    reader.rest(0.5)
    reader.window.handlers.reader.close(tab)
    reader.rest(LOOK_S)
    return {
        "name": tab.document.name,
        "pages": len(tab.document.info.pages),
        "painted_ms": painted_ms,
        "scale": scale,
        "blank_ms": max(blank, default=0.0),
        "paging_gaps_ms": list(paging),
    }


def _turn(reader: Reader, tab: ReaderTab) -> float:
    """Go to the next page; return for how long something on the screen was blank, in milliseconds."""
    began = time.perf_counter()
    tab.pages.step_page(1)

    def is_shown() -> bool:
        return all(
            tab.pictures.best(page, tab.pages.zoom) is not None or tab.pictures.problem(page)
            for page in tab.pages.visible_pages
        )

    reader.wait(is_shown, "the page", timeout_s=20)
    blank_ms = (time.perf_counter() - began) * 1000
    reader.rest(LOOK_S)
    return blank_ms


if __name__ == "__main__":
    sys.exit(run(read))
