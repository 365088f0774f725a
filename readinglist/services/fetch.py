"""Getting the PDFs of papers from where they lie open: identify, download, attach; one paper's failure is its own."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from readinglist.domain.changes import Changes
from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.raw import Problem
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.enrich import EnrichReport
from readinglist.services.file_store import read_content
from readinglist.services.files import Files, Offered
from readinglist.services.jobs import JobContext

if TYPE_CHECKING:
    from readinglist.net.download import Downloaded

log = logging.getLogger(__name__)

NOWHERE = "No open PDF of this paper is known."
OFFLINE_AFTER = 3  # papers in a row for which nobody could be reached: the network is away
MB = 1024 * 1024


class OpenCopies(Protocol):
    """Who knows where papers lie open: `services.enrich.Enrich`."""

    def complete(self, ids: Sequence[PaperId], context: JobContext, *, again: bool = False) -> EnrichReport:
        """Identify papers and fill in what is missing."""
        ...

    def each_pdf_address(self, paper: Paper, *, check_cancelled: Callable[[], None]) -> Iterator[str]:
        """Yield where a paper's PDF may lie, in order of trust."""
        ...


class PdfDownloads(Protocol):
    """Who downloads: `sources.registry.Sources`."""

    def download(
        self,
        address: str,
        target: Path,
        *,
        on_progress: Callable[[int, int | None], None],
        check_cancelled: Callable[[], None],
    ) -> "Downloaded":
        """Download a PDF to a file; raises a `ReadingListError` if it cannot be had."""
        ...


@dataclass(slots=True)
class FetchReport:
    """What a run did.

    Attributes:
        fetched: Papers that have a PDF now.
        known: Papers that had one already.
        problems: Papers that got none, and why.
        problem: One sentence if the run ended early; else empty.
    """

    fetched: list[PaperId] = field(default_factory=list)
    known: list[PaperId] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem: str = ""
    changes: Changes = field(default_factory=Changes)


class Fetch:
    """The use case; one for each workspace.

    Args:
        library: Whose papers get PDFs.
        files: Stores them.
        copies: Knows where they lie.
        downloads: Downloads them.
    """

    def __init__(self, library: Library, *, files: Files, copies: OpenCopies, downloads: PdfDownloads) -> None:
        self._library = library
        self._files = files
        self._copies = copies
        self._downloads = downloads
        # Below the library, so that a download that broke off is taken up again whenever that is.
        self._folder = library.folder / "derived" / "downloads"

    def fetch(self, ids: Sequence[PaperId], context: JobContext) -> FetchReport:
        """Get the PDFs of papers that have none; what was fetched before a stop stays.

        Raises:
            Cancelled: The reader stopped it.
        """
        report = FetchReport()
        with self._library.read() as reader:
            has_file = reader.files.of_many(ids)
        report.known = [one for one in ids if one in has_file]
        wanted = [one for one in ids if one not in has_file]
        report.problem = self._identify(wanted, context)
        unreached = 0
        for done, paper_id in enumerate(wanted):
            context.check_cancelled()
            context.progress(done, len(wanted))
            is_reached = self._fetch_one(paper_id, done, len(wanted), report, context)
            unreached = 0 if is_reached else unreached + 1
            if unreached >= min(OFFLINE_AFTER, len(wanted)):
                report.problem = (
                    report.problem or "No server can be reached. Check the internet connection and try again."
                )
                break
        context.progress(len(wanted), len(wanted))
        return report

    def _fetch_one(self, paper_id: PaperId, done: int, total: int, report: FetchReport, context: JobContext) -> bool:
        """Get one; returns whether anybody could be reached."""
        with self._library.read() as reader:
            paper = reader.papers.get(paper_id)
        faults: list[ReadingListError] = []

        def show(arrived: int, size: int | None) -> None:
            of = f" of {size / MB:.1f}" if size else ""
            context.progress(done, total, f"{arrived / MB:.1f}{of} MB · {paper.title}")

        target = self._folder / f"{paper_id}.pdf"
        for address in self._copies.each_pdf_address(paper, check_cancelled=context.check_cancelled):
            try:
                self._downloads.download(address, target, on_progress=show, check_cancelled=context.check_cancelled)
                report.changes |= self._attach(paper_id, target, address, context)
            except Cancelled:
                raise
            except ReadingListError as error:
                log.info("the PDF of paper %d from %s: %s (%s)", paper_id, address, error.message, error.detail)
                faults.append(error)
                continue
            report.fetched.append(paper_id)
            return True
        reason = faults[0].message if faults else NOWHERE
        report.problems.append(Problem(where=paper.title, reason=reason))
        return not faults or not all(_is_unreached(one) for one in faults)

    def _identify(self, ids: Sequence[PaperId], context: JobContext) -> str:
        """Ask who knows the papers that cannot be found as they are; returns a sentence if nobody answers."""
        with self._library.read() as reader:
            papers = reader.papers.get_many(ids)
        lacking = [one for one in ids if one in papers and not _has_place(papers[one])]
        return self._copies.complete(lacking, context).problem if lacking else ""

    def _attach(self, paper_id: PaperId, path: Path, address: str, context: JobContext) -> Changes:
        content = read_content(path, context.check_cancelled)
        offered = Offered(path=path, content=content, origin=address)
        return self._files.take(
            paper_id, offered, how=Taking.MOVE, initiator="fetch", check_cancelled=context.check_cancelled
        )


def _has_place(paper: Paper) -> bool:
    return bool(paper.pdf_url or paper.identifier("arxiv") or paper.identifier("doi"))


def _is_unreached(error: ReadingListError) -> bool:
    from readinglist.net.faults import UnreachableFault  # noqa: PLC0415 - brings requests

    return isinstance(error, UnreachableFault)
