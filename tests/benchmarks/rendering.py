"""Pages of PDFs through the process that reads them, against MuPDF in this process on the same pages."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pymupdf

from readinglist.domain.errors import DataError, PasswordNeeded
from readinglist.domain.pages import DarkColours, PictureWanted
from readinglist.pdf.process import PdfProcess
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out
from tests.helpers.made_pdf import write_pdf
from tests.helpers.samples import find_samples

PAPER = "jabref__bogner2023.pdf"  # 35 pages of a journal
SCALE = 2.0
REPEATS = 9
SLOWER = 2.0
PAGE_MS = 30.0
SLOWEST_S = 10.0
GIGABYTE = 2**30


def measure() -> list[Row]:
    """Measure; MuPDF and the process take turns on the same pages."""
    samples = find_samples()
    paper = samples / "pdf" / PAPER if samples else write_pdf(scenery.folder() / "paper.pdf", pages=30)
    process = PdfProcess()
    process.start().result()
    try:
        return [*_opening(process, paper), *_paging(process, paper), *_hostile(process, samples)]
    finally:
        process.close()


def _opening(process: PdfProcess, paper: Path) -> list[Row]:
    bare, ours = [], []
    for number in range(REPEATS):
        copy = scenery.folder() / f"opened-{number}.pdf"  # so that neither has it open already
        copy.write_bytes(paper.read_bytes())
        bare.append(_seconds(_open_and_draw, copy))
        ours.append(_seconds(_open_and_ask, process, copy))
    figure, base = statistics.median(ours), statistics.median(bare)
    what = f"opening a paper to the picture of page 1 ({1000 * figure:.0f} ms; MuPDF {1000 * base:.0f} ms)"
    return [at_most(what, figure / base, SLOWER, "times")]


def _paging(process: PdfProcess, paper: Path) -> list[Row]:
    document: Any = pymupdf.open(str(paper))
    ours, bare = [], []
    for number in range(2, document.page_count + 1):
        ours.append(_seconds(_ask, process, paper, number))
        bare.append(_seconds(_draw, document, number))
    again = [_seconds(_ask, process, paper, number) for number in [document.page_count] * REPEATS]
    document.close()
    figure, base = statistics.median(ours), statistics.median(bare)
    what = f"a page at {SCALE:g}× that was not drawn before (MuPDF {1000 * base:.1f} ms)"
    return [
        at_most(what, 1000 * figure, PAGE_MS, "ms"),
        Row("… a page that was drawn before", "", f"{1000 * statistics.median(again):.1f} ms", None),
    ]


def _hostile(process: PdfProcess, samples: Path | None) -> list[Row]:
    if samples is None:
        return [left_out("hostile files", "no samples on this machine")]
    slowest, largest, unnamed = 0.0, 0, 0
    for path in sorted((samples / "pdf_hostile").glob("*.pdf")):
        dark = PictureWanted(page=1, scale=SCALE, dark=DarkColours(0, 0xFFFFFF))
        for promise in (process.info(path), process.render(path, dark), process.facts(path), process.text(path)):
            began = time.perf_counter()
            error = promise.exception()
            slowest = max(slowest, time.perf_counter() - began)
            unnamed += error is not None and not isinstance(error, DataError | PasswordNeeded)
            child = process._asker._child
            if child is not None and child.is_alive:
                largest = max(largest, psutil.Process(child.process_id).memory_info().rss)
    return [
        at_most("the slowest answer about a hostile file", slowest, SLOWEST_S, "s"),
        at_most("memory of the process by then", largest / GIGABYTE, 1, "GB"),
        exactly("hostile files without picture, question or reason", unnamed, 0),
    ]


def _open_and_ask(process: PdfProcess, path: Path) -> None:
    process.info(path).result()
    _ask(process, path, 1)


def _ask(process: PdfProcess, path: Path, number: int) -> None:
    process.render(path, PictureWanted(page=number, scale=SCALE)).result()


def _open_and_draw(path: Path) -> None:
    document: Any = pymupdf.open(str(path))
    _draw(document, 1)
    document.close()


def _draw(document: Any, number: int) -> None:
    document[number - 1].get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), alpha=False)


def _seconds(work: Callable[..., None], *arguments: Any) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began
