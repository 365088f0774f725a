"""Importing in tests: a network that is away or answers from a table, and the use case put together on a library."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import Drop, ImportResult, RawDocument
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.ingest import ImportOptions, ImportPreview, ImportReport, Ingest
from readinglist.services.jobs import Job, JobContext


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


def open_ingest(library: Library, *, network: Answers | None = None, events: EventHub | None = None) -> Ingest:
    """Put the use case together; without a network, it is away."""
    return Ingest(library, events or EventHub(), network=network or Answers(), parse=parse)


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
