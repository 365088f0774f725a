"""Importing in tests: a network that is away or answers from a table, and the use case put together on a library."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.pdf_facts import PdfFacts
from readinglist.domain.raw import Drop, ImportResult, RawDocument
from readinglist.domain.taking import Taking
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.ingest import ImportOptions, ImportPreview, ImportReport, Ingest
from readinglist.services.jobs import Job, JobContext
from readinglist.services.pdf_import import PdfImport
from readinglist.services.recognise import Recognise


@dataclass
class Answers:
    """A network that knows what it was given, and is away for everything else.

    Attributes:
        pages: Content by address.
        records: Documents by identifier.
        asked: The identifiers of each lookup.
    """

    pages: Mapping[str, bytes] = field(default_factory=dict)
    records: Mapping[Identifier, bytes] = field(default_factory=dict)
    asked: list[tuple[Identifier, ...]] = field(default_factory=list)

    def fetch(self, address: str, *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return a page."""
        check_cancelled()
        if address not in self.pages:
            message = f"{address} cannot be reached."
            raise EnvironmentFault(message, is_retryable=True)
        return [RawDocument(content=self.pages[address], origin=address, name=address.rpartition("/")[2])]

    def lookup(self, identifiers: Sequence[Identifier], *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return records."""
        check_cancelled()
        self.asked.append(tuple(identifiers))
        found = [one for one in identifiers if one in self.records]
        if not found:
            message = "The network is away."
            raise EnvironmentFault(message, is_retryable=True)
        return [
            RawDocument(content=self.records[one], origin=f"https://arxiv.org/abs/{one.value}", name=one.value)
            for one in found
        ]


def job_context() -> JobContext:
    """Return the context of a job that nobody watches."""
    return JobContext(Job(job_id=0, label="", events=EventHub()))


@dataclass
class RecordedPdfs:
    """Recognises the files that it was told about by their names; any other cannot be read.

    Attributes:
        known: What a file says, or the error that it ends in.
        asked: The names of the files that were looked into.
    """

    known: Mapping[str, PdfFacts | ReadingListError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def facts(self, path: Path) -> "Future[PdfFacts]":
        """Promise what is recorded."""
        self.asked.append(path.name)
        answer: Future[PdfFacts] = Future()
        found = self.known.get(path.name, DataError(f"{path.name} is damaged."))
        if isinstance(found, PdfFacts):
            answer.set_result(found)
        else:
            answer.set_exception(found)
        return answer


def pdf_import(
    library: Library,
    *,
    recorded: RecordedPdfs | None = None,
    events: EventHub | None = None,
    taking: Taking = Taking.COPY,
) -> PdfImport:
    """Put together what an import does with PDFs."""
    derived = library.folder / "derived"
    files = Files(library, events or EventHub(), taking=lambda: taking)
    return PdfImport(Recognise(derived, recorded or RecordedPdfs()), files, derived / "incoming")


def open_ingest(
    library: Library,
    *,
    network: Answers | None = None,
    events: EventHub | None = None,
    recorded: RecordedPdfs | None = None,
    taking: Taking = Taking.COPY,
) -> Ingest:
    """Put the use case together; without a network, it is away."""
    pdfs = pdf_import(library, recorded=recorded, events=events, taking=taking)
    return Ingest(library, events or EventHub(), network=network or Answers(), parse=parse, pdfs=pdfs)


def look_at(library: Library, *drops: Drop | Path, network: Answers | None = None) -> ImportPreview:
    """Read drops and store nothing."""
    wrapped = [Drop.of_path(one) if isinstance(one, Path) else one for one in drops]
    return open_ingest(library, network=network).preview(wrapped, job_context())


def take_in(
    library: Library, *drops: Drop | Path, options: ImportOptions | None = None, network: Answers | None = None
) -> ImportReport:
    """Import drops at once."""
    preview = look_at(library, *drops, network=network)
    return open_ingest(library).commit(preview, options or ImportOptions(), job_context())


def parse_bytes(content: bytes | str, name: str = "a file", *, origin: str = "", media_type: str = "") -> ImportResult:
    """Parse what a file of this content would be."""
    raw = content.encode() if isinstance(content, str) else content
    return parse(RawDocument(content=raw, origin=origin or f"/made-up/{name}", name=name, media_type=media_type))
