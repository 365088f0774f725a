"""From drops to stored papers: read, look at, then store in one undoable step.

`preview` stores nothing and says for every paper whether it is new, adds something, or is already there; `commit` stores
what the reader left ticked. Both match drafts with the library by the same rule, `commit` anew, because the library may
have changed while the reader looked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from readinglist.domain.changes import Changes
from readinglist.domain.errors import ReadingListError
from readinglist.domain.matching import Candidate, find_match
from readinglist.domain.merging import complete, provisional_title
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.raw import Drop, Problem, RawDocument
from readinglist.library.library import Library, Reader, Writer
from readinglist.services.drops import DropReader
from readinglist.services.duplicates import fold_duplicates
from readinglist.services.events import EventHub
from readinglist.services.jobs import JobContext

CHUNK = 250  # drafts matched and stored between two looks at the cancel button


class Verdict(StrEnum):
    """What storing a draft would do."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewItem:
    """One paper of a drop, before it is stored.

    Attributes:
        paper_id: The stored paper it is; None if new.
        where: Document it came from.
        note: What an update adds, or where else the paper stands; may be empty.
    """

    draft: PaperDraft
    verdict: Verdict
    paper_id: PaperId | None
    where: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """Everything a drop contains.

    Attributes:
        problems: What could not be read, and why.
        assumed_year: Year given to dates that were printed without one; None if there were none.
        formats: Names of the recognised formats, each once.
        documents: The documents that gave papers, to be saved with them.
    """

    items: tuple[PreviewItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    assumed_year: int | None = None
    formats: tuple[str, ...] = ()
    documents: tuple[RawDocument, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Number of items of this verdict."""
        return sum(item.verdict is verdict for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the reader decided on the review sheet.

    Attributes:
        status: Given to new papers; papers already there keep theirs.
        tags: Given to new papers.
        year: Replaces the assumed year of yearless dates; None keeps it.
        skip: Indexes into `ImportPreview.items` that are left out.
    """

    status: Status = Status.INBOX
    tags: tuple[str, ...] = ()
    year: int | None = None
    skip: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did.

    Attributes:
        papers: Every paper of the drop, new and known, in its order.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    papers: tuple[PaperId, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)

    @property
    def failed(self) -> int:
        """Number of things that could not be read."""
        return len(self.problems)


class Ingest:
    """The use case; one for each workspace.

    Args:
        library: Where papers are stored.
        events: Where the changes are published.
        reader: Opens drops.
        parse: Turns a document into drafts; never raises for bad content.
    """

    def __init__(self, library: Library, events: EventHub, *, reader: DropReader, parse: Parse) -> None:
        self._library = library
        self._events = events
        self._reader = reader
        self._parse = parse

    def preview(self, drops: Sequence[Drop], context: JobContext | None = None) -> ImportPreview:
        """Read everything that was dropped and compare it with the library; store nothing."""
        gathered = _Gathered()
        for opened in self._reader.documents(drops):
            if context:
                context.check_cancelled()
                context.progress(gathered.read, None, opened.where if isinstance(opened, Problem) else opened.name)
            gathered.take(opened, self._parse)
        drafts = self._complete_from_network(gathered.drafts, context)
        folded = fold_duplicates(drafts)
        items = tuple(self._judge(folded, gathered.wheres, context))
        return ImportPreview(
            items=items,
            problems=tuple(gathered.problems),
            assumed_year=gathered.assumed_year,
            formats=tuple(gathered.formats),
            documents=tuple(gathered.documents),
        )

    def commit(
        self, preview: ImportPreview, options: ImportOptions | None = None, context: JobContext | None = None
    ) -> ImportReport:
        """Store a preview as one undoable step: the whole of it, or nothing if it is cancelled or fails."""
        options = options or ImportOptions()
        drafts = [
            _with_year(item.draft, options.year)
            for index, item in enumerate(preview.items)
            if index not in options.skip
        ]
        drafts = [one.draft for one in fold_duplicates(drafts) if one.duplicate_of is None]
        repeated = len(preview.items) - len(options.skip) - len(drafts)
        if not drafts:
            return ImportReport(unchanged=repeated, problems=preview.problems)
        stored = _Stored()
        with self._library.write(_label(len(drafts)), initiator="import") as writer:
            for done, chunk in _chunks(drafts):
                if context:
                    context.check_cancelled()
                    context.progress(done, len(drafts))
                _store(writer, chunk, options, stored)
            if stored.has_changes:
                for document in preview.documents:
                    writer.documents.save(document)
        changes = writer.changes
        if context:
            context.progress(len(drafts), len(drafts))
        self._events.publish(changes)
        return ImportReport(
            added=stored.added,
            updated=stored.updated,
            unchanged=stored.unchanged + repeated,
            papers=tuple(stored.papers),
            problems=preview.problems,
            changes=changes,
        )
