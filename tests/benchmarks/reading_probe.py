"""Runs the real program and reads the PDFs of its library as a reader would; see `window_probe`.

Usage: reading_probe.py LIBRARY
"""

import sys
import time
from typing import Any

import pymupdf
from PySide6.QtCore import QEvent, QObject, QTimer
from typing_extensions import override

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
    return {"files": [_read_one(reader, paper_id) for paper_id in ids]}


def _read_one(reader: Reader, paper_id: PaperId) -> dict[str, Any]:
    reader.ticker.begin()
    opened = _Opening(reader, paper_id)
    tab = opened.tab
    reader.rest(0.5)
    gaps, own_gaps = reader.ticker.gaps_ms, reader.ticker.own_gaps_ms
    bare_ms = _bare_ms(tab)
    reader.ticker.begin()
    blank = [_turn(reader, tab) for _ in range(min(MOST_PAGES, len(tab.document.info.pages) - 1))]
    paging, own_paging = list(reader.ticker.gaps_ms), list(reader.ticker.own_gaps_ms)
    tab.pages.set_zoom(CLOSER)
    reader.rest(0.5)
    reader.window.rest.handlers.reader.close(tab)
    reader.rest(LOOK_S)
    return {
        "name": tab.document.name,
        "pages": len(tab.document.info.pages),
        "opened_ms": opened.opened_ms,
        "painted_ms": opened.painted_ms,
        "bare_ms": bare_ms,
        "blank_ms": max(blank, default=0.0),
        "paging_gaps_ms": paging,
        "own_paging_gaps_ms": own_paging,
        "gaps_ms": [*gaps, *reader.ticker.gaps_ms],
        "own_gaps_ms": [*own_gaps, *reader.ticker.own_gaps_ms],
    }


class _Opening(QObject):
    """Opens a paper and looks on.

    Attributes:
        opened_ms: From the wish to the painted page.
        painted_ms: From the tab to the painted page.
    """

    def __init__(self, reader: Reader, paper_id: PaperId) -> None:
        super().__init__()
        self._tabs = reader.window.tabs
        self._is_painted = False
        self._shown = 0.0
        self._tabs.currentChanged.connect(self._watch)
        began = time.perf_counter()
        reader.window.rest.handlers.reader.open(paper_id)
        reader.wait(lambda: self._is_painted, "the first page", timeout_s=20)
        painted = time.perf_counter()
        self.opened_ms, self.painted_ms = (painted - began) * 1000, (painted - self._shown) * 1000
        self._tabs.currentChanged.disconnect(self._watch)
        front = self._tabs.front
        assert front is not None
        self.tab = front

    def _watch(self, _: int) -> None:
        self._shown = time.perf_counter()
        tab = self._tabs.front
        assert tab is not None
        tab.pages.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        tab = self._tabs.front
        if event.type() is QEvent.Type.Paint and tab is not None and is_sharp(tab, tab.pages.page):
            QTimer.singleShot(0, self._end)  # when it is done
            watched.removeEventFilter(self)
        return False

    def _end(self) -> None:
        self._is_painted = True


def is_sharp(tab: ReaderTab, page: int) -> bool:
    """Tell whether a page has the picture that it is to have."""
    scale = tab.pages.zoom * tab.devicePixelRatioF()
    kept = tab.pictures.best(page, scale)
    return kept is not None and abs(kept.scale - scale) < scale * 0.001


def _bare_ms(tab: ReaderTab) -> float:
    """Return how long MuPDF itself takes, at this moment, to draw that page of the open file at that size."""
    path = getattr(tab.document, "path")  # noqa: B009 - what the reader's tab does not have to know
    scale = tab.pages.zoom * tab.devicePixelRatioF()
    document: Any = pymupdf.open(str(path))
    began = time.perf_counter()
    document[tab.pages.page - 1].get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
    took = time.perf_counter() - began
    document.close()
    return took * 1000


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
