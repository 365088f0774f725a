"""Importing: every paper of a real page is found, and the ten-thousandth paper costs what the first one does."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import Drop, RawDocument
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.services.drops import CheckCancelled
from readinglist.services.events import EventHub
from readinglist.services.ingest import ImportOptions, ImportReport, Ingest
from readinglist.services.jobs import InlineRunner, JobContext, Lane
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out
from tests.helpers.library_factory import PaperFactory, render_page
from tests.helpers.samples import find_samples

BATCH = 1000
BATCHES = 10
REPEATS = 3
SLOWER = 1.3
SEED_PAGE = Path("seed") / "daily_papers_search.txt"
SEED_PAPERS = 110


class NoNetwork:
    """Offline, as a measurement has to be."""

    def fetch(self, address: str, *, check_cancelled: CheckCancelled) -> list[RawDocument]:
        """Refuse."""
        message = f"There is no network to ask for {address}."
        raise EnvironmentFault(message)

    def lookup(self, identifiers: Sequence[Identifier], *, check_cancelled: CheckCancelled) -> list[RawDocument]:
        """Refuse."""
        message = "There is no network to ask."
        raise EnvironmentFault(message)


class Importer:
    """Imports files into a library, as the window and the command line do."""

    def __init__(self, library: Library) -> None:
        self._events = EventHub()
        self._ingest = Ingest(library, self._events, network=NoNetwork(), parse=parse)
        self._runner = InlineRunner(self._events)

    def take(self, page: Path) -> ImportReport:
        """Read, compare and store a file."""
        return self._runner.submit(lambda context: self._both(page, context), lane=Lane.LIBRARY).future.result()

    def _both(self, page: Path, context: JobContext) -> ImportReport:
        preview = self._ingest.preview([Drop.of_path(page)], context)
        return self._ingest.commit(preview, ImportOptions(), context)


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
        importer = Importer(library)
        first, again = importer.take(page), importer.take(page)
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
        importer = Importer(library)
        importer.take(_page(page, PaperFactory(seed + 1000), 20))  # what is loaded at the first import is not its cost
        for _ in range(BATCHES):
            _page(page, factory, BATCH)
            began = time.perf_counter()
            report = importer.take(page)
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
