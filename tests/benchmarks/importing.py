"""Importing: every paper of a real page is found, and the ten-thousandth paper costs what the first one does."""

import statistics
import time
from pathlib import Path

from readinglist.library.library import Library
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out
from tests.helpers.importing import take_in
from tests.helpers.library_factory import PaperFactory, render_page
from tests.helpers.samples import find_samples

BATCH = 1000
BATCHES = 10
REPEATS = 3
SLOWER = 1.3
SEED_PAGE = Path("seed") / "daily_papers_search.txt"
SEED_PAPERS = 110


def measure() -> list[Row]:
    """Measure."""
    return [*_real_page(), *_growth()]


def _real_page() -> list[Row]:
    samples = find_samples()
    page = samples / SEED_PAGE if samples else None
    if page is None or not page.is_file():
        return [left_out("papers found on the real page", "there are no samples")]
    library = Library(scenery.folder() / "real-page")
    try:
        first, again = take_in(library, page), take_in(library, page)
    finally:
        library.close()
    return [
        exactly("papers found on the real page", first.added, SEED_PAPERS),
        exactly("problems on it", first.failed, 0),
        exactly("papers added by importing it again", again.added, 0),
    ]


def _growth() -> list[Row]:
    runs = [_run(seed) for seed in range(1, REPEATS + 1)]
    first = statistics.median(run[0] for run in runs)
    last = statistics.median(run[-1] for run in runs)
    return [
        at_most(f"time for a paper, 9,000 to 10,000 against 0 to 1,000 ({first:.2f} ms)", last / first, SLOWER, "times")
    ]


def _run(seed: int) -> list[float]:
    """Import page after page into one library and return the milliseconds for a paper of each."""
    factory = PaperFactory(seed)
    page = scenery.folder() / "page.txt"
    library = Library(scenery.folder() / f"growing-{seed}")
    times = []
    try:
        take_in(
            library, _page(page, PaperFactory(seed + 1000), 20)
        )  # what is loaded at the first import is not its cost
        for _ in range(BATCHES):
            _page(page, factory, BATCH)
            began = time.perf_counter()
            report = take_in(library, page)
            times.append((time.perf_counter() - began) * 1000 / BATCH)
            if report.added != BATCH:
                message = f"{report.added} papers of {BATCH} were added"
                raise RuntimeError(message)
    finally:
        library.close()
    return times


def _page(path: Path, factory: PaperFactory, count: int) -> Path:
    path.write_text(render_page(list(factory.drafts(count))), encoding="utf-8")
    return path
