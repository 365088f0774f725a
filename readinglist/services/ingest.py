"""From drops to stored papers: read, look at, then store in one undoable step.

`preview` stores nothing and says for every paper whether it is new, adds something, or is already there; `commit`
stores what the reader left ticked. Both match drafts with the library by the same rule, `commit` anew, because the
library may have changed while the reader looked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from readinglist.domain.changes import Changes
from readinglist.domain.folding import Folded, fold_twins
from readinglist.domain.matching import find_match
from readinglist.domain.merging import complete
from readinglist.domain.paper import Marks, Mention, Paper, PaperDraft, PaperId, Status
from readinglist.domain.raw import Drop, Problem, RawDocument
from readinglist.domain.taking import Taking
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.drops import Network
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.gathering import Gathered, Parse, complete_from_network, gather
from readinglist.services.jobs import JobContext
from readinglist.services.linking import Linked, find_papers, sure_draft
from readinglist.services.marks import marks_text, put_marks
from readinglist.services.pdf_import import PdfImport, Staged
from readinglist.services.recognise import FoundPdf
from readinglist.services.unconfirmed import UnconfirmedDois
from readinglist.services.unfinished import Unfinished

if TYPE_CHECKING:
    from readinglist.library.unit import Reader, Writer

T = TypeVar("T")
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
        draft: Everything the drop says about it.
        paper_id: The stored paper it is; None if new.
        where: Document it came from.
        note: What an update adds, or where else the paper stands; may be empty.
        mentions: What further listings of the same drop say about it.
        pdfs: Its files; each has the evidence for what it says of the paper.
    """

    draft: PaperDraft
    verdict: Verdict
    paper_id: PaperId | None
    where: str
    note: str = ""
    mentions: tuple[Mention, ...] = ()
    pdfs: tuple[FoundPdf, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """Everything a drop contains.

    Attributes:
        problems: What could not be read, and why.
        assumed_year: Year given to dates that were printed without one; None if there were none.
        formats: Names of the recognised formats, each once.
        documents: The documents that gave papers, to be saved with them.
        drops: What was read.
    """

    items: tuple[PreviewItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    assumed_year: int | None = None
    formats: tuple[str, ...] = ()
    documents: tuple[RawDocument, ...] = ()
    drops: tuple[Drop, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Number of items of this verdict."""
        return sum(item.verdict is verdict for item in self.items)

    @property
    def has_marks(self) -> bool:
        """New papers come with what a reader made of them."""
        return any(item.verdict is Verdict.NEW and item.draft.marks is not None for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What the reader decided on the review sheet.

    Attributes:
        status: Given to new papers; papers already there keep theirs, and Inbox leaves new ones that an export of a
            library speaks of theirs.
        tags: Given to new papers.
        collections: All papers of the drop are put into these, also those that were there already.
        year: Replaces the assumed year of yearless dates; None keeps it.
        skip: Indexes into `ImportPreview.items` that are left out.
        taking: What becomes of files; None does what the reader wants in general.
    """

    status: Status = Status.INBOX
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    year: int | None = None
    skip: frozenset[int] = frozenset()
    taking: Taking | None = None


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
        network: Asked for addresses and identifiers.
        parse: Turns a document into drafts; never raises for bad content.
        pdfs: Recognises PDFs and stores them.
    """

    def __init__(self, library: Library, events: EventHub, *, network: Network, parse: Parse, pdfs: PdfImport) -> None:
        self._library = library
        self._events = events
        self._network = network
        self._parse = parse
        self._pdfs = pdfs
        self._unfinished = Unfinished(library.folder / "derived")
        self._unconfirmed = UnconfirmedDois(library.folder / "derived")

    def unfinished(self) -> tuple[Drop, ...]:
        """Return what was being imported when the program ended or the reader stopped it, to be offered again."""
        return self._unfinished.drops()

    def forget_unfinished(self) -> None:
        """Do not offer it again."""
        self._unfinished.forget()

    def let_go(self, preview: ImportPreview) -> None:
        """Take note that nobody wants what `preview` offered."""
        self._unfinished.let_go(preview.drops)

    def preview(self, drops: Sequence[Drop], context: JobContext, *, is_offered: bool = False) -> ImportPreview:
        """Read everything that was dropped and compare it with the library; store nothing.

        Args:
            drops: What the reader handed over.
            context: Of the job.
            is_offered: Somebody will look at it: until `commit` or `let_go` it is unfinished.

        Raises:
            Cancelled: The reader stopped it.
        """
        with self._unfinished.remembered(drops, is_kept=is_offered):
            gathered = gather(drops, network=self._network, parse=self._parse, pdfs=self._pdfs, context=context)
            found = complete_from_network(gathered.drafts, network=self._network, parse=self._parse, context=context)
            drafts = [found.get(place, draft) for place, draft in enumerate(gathered.drafts)]
            items: list[PreviewItem] = []
            folded = fold_twins(drafts)
            for chunk in _chunks(folded):
                context.check_cancelled()
                context.progress(len(items), len(folded), "Comparing with the library")
                with self._library.read() as reader:
                    items += _judge(reader, chunk, gathered, self._pdfs.files)
        return ImportPreview(
            items=tuple(items),
            problems=tuple(gathered.problems),
            assumed_year=gathered.assumed_year,
            formats=tuple(gathered.formats),
            documents=tuple(gathered.documents),
            drops=tuple(drops),
        )

    def commit(self, preview: ImportPreview, options: ImportOptions, context: JobContext) -> ImportReport:
        """Store a preview as one undoable step: the whole of it, or nothing if it is cancelled or fails.

        Raises:
            Cancelled: The reader stopped it.
        """
        chosen = [item for index, item in enumerate(preview.items) if index not in options.skip]
        if not chosen:
            self.let_go(preview)
            return ImportReport(problems=preview.problems)
        with self._unfinished.remembered(preview.drops):
            files = [(item.draft, item.pdfs) for item in chosen]
            staged = self._pdfs.stage(files, options.taking or self._pdfs.files.taking, context.check_cancelled)
            stored = _Stored(options, staged)
            before = self._with_doi(chosen)
            changes = self._store(stored, chosen, preview.documents, context)
            staged.settle()
            doubted = _doubted(chosen, stored.papers)
            self._unconfirmed.add({key: doi for key, doi in doubted.items() if key not in before})
        context.progress(len(chosen), len(chosen))
        if changes:
            self._events.publish(changes)
        return ImportReport(
            added=stored.added,
            updated=stored.updated,
            unchanged=stored.unchanged,
            papers=tuple(stored.papers),
            problems=(*preview.problems, *staged.problems),
            changes=changes,
        )

    def _store(
        self,
        stored: "_Stored",
        chosen: Sequence[PreviewItem],
        documents: Sequence[RawDocument],
        context: JobContext,
    ) -> Changes:
        with self._library.write(f"Import {count_text(len(chosen), 'paper')}", initiator="import") as writer:
            for chunk in _chunks(chosen):
                context.check_cancelled()
                context.progress(len(stored.papers), len(chosen))
                stored.take(writer, chunk)
            stored.finish(writer)
            if stored.added or stored.updated:
                for document in documents:
                    writer.documents.save(document)
        return writer.changes

    def _with_doi(self, items: Sequence[PreviewItem]) -> set[PaperId]:
        """Return the known papers that have a DOI already: it is not from these files."""
        ids = [item.paper_id for item in items if item.pdfs and item.paper_id is not None]
        with self._library.read() as reader:
            known = reader.papers.get_many(ids)
        return {key for key, paper in known.items() if paper.identifier("doi")}


class _Stored:
    """What a commit has done so far."""

    def __init__(self, options: ImportOptions, staged: Staged) -> None:
        self.added = 0
        self.updated = 0
        self.unchanged = 0
        self.papers: list[PaperId] = []
        self._marked: dict[PaperId, Marks] = {}
        self._options = options
        self._staged = staged
        self._moment = datetime.now(UTC)  # the same for all, whatever the size of the chunks: `is:latest` asks for it

    def take(self, writer: "Writer", items: Sequence[PreviewItem]) -> None:
        """Store a chunk."""
        drafts = [_with_year(item.draft, self._options.year) for item in items]
        matches = _matches(writer, drafts, [item.pdfs for item in items])
        new = [place for place, match in enumerate(matches) if match is None]
        added = writer.papers.add_many(
            [drafts[place] for place in new], status=self._options.status, added=self._moment
        )
        if added and self._options.tags:
            writer.tags.put(added, self._options.tags)
        self._marked |= {key: marks for place, key in zip(new, added, strict=True) if (marks := drafts[place].marks)}
        ids = {place: match.paper_id for place, match in enumerate(matches) if match} | dict(
            zip(new, added, strict=True)
        )
        writer.collections.put(list(ids.values()), self._options.collections)
        said = {
            place: ([_sure(item, drafts[place])] if matches[place] else []) + _only_mentions(item)
            for place, item in enumerate(items)
        }
        known = writer.papers.get_many([ids[place] for place, drafts in said.items() if drafts])
        merged = {place for place in said if said[place] and _merge(writer, known[ids[place]], said[place])}
        merged |= {place for place, item in enumerate(items) if self._staged.link(writer, ids[place], item.pdfs)}
        updated = sum(matches[place] is not None for place in merged)
        self.added += len(new)
        self.updated += updated
        self.unchanged += len(items) - len(new) - updated
        self.papers += [ids[place] for place in range(len(items))]

    def finish(self, writer: "Writer") -> None:
        """Do what is done for all chunks at once: the queue has one order."""
        put_marks(writer, self._marked, has_status=self._options.status is not Status.INBOX)


def _doubted(items: Sequence[PreviewItem], ids: Sequence[PaperId]) -> dict[PaperId, str]:
    """Return the DOIs that the pages of PDFs have for papers."""
    return {
        key: pdf.facts.doi.value
        for item, key in zip(items, ids, strict=True)
        for pdf in item.pdfs
        if pdf.facts is not None and pdf.facts.doi is not None
    }


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def _matches(
    seen: "Reader | Writer", drafts: Sequence[PaperDraft], pdfs: Sequence[tuple[FoundPdf, ...]]
) -> list[Linked | None]:
    """Return the stored paper of each draft; what has a file is looked for by more than its record says."""
    candidates = seen.candidates.for_drafts(drafts)
    matches: list[Linked | None] = []
    for draft, near, files in zip(drafts, candidates, pdfs, strict=True):
        if files:
            matches += find_papers(seen, [(files[0], draft)])
        else:
            match = find_match(draft, near)
            matches.append(Linked(match.paper_id) if match else None)
    return matches


def _merge(writer: "Writer", paper: Paper, drafts: Sequence[PaperDraft]) -> bool:
    changes = [writer.papers.merge(paper, draft) for draft in drafts]
    return any(changes)


def _judge(reader: "Reader", folded: Sequence[Folded], gathered: Gathered, known_files: Files) -> Iterator[PreviewItem]:
    """Say what storing would do."""
    pdfs = [tuple(gathered.pdfs[place] for place in one.places if place in gathered.pdfs) for one in folded]
    matches = _matches(reader, [one.draft for one in folded], pdfs)
    known = reader.papers.get_many([match.paper_id for match in matches if match])
    for one, match, files in zip(folded, matches, pdfs, strict=True):
        item = PreviewItem(
            draft=one.draft,
            verdict=Verdict.NEW,
            paper_id=None,
            where=gathered.wheres[one.place],
            note=", ".join(_notes(one.draft, files)),
            mentions=one.mentions,
            pdfs=files,
        )
        is_lost = match is not None and match.has_file and known_files.is_lost(reader, files[0].content.sha256)
        yield _compared(item, known[match.paper_id], match, is_lost=is_lost) if match else item


def _notes(draft: PaperDraft, files: Sequence[FoundPdf]) -> Iterator[str]:
    """Yield what is to be said of a new paper."""
    for file in files:
        yield from file.notes
    if draft.marks and (text := marks_text(draft.marks)):
        yield text


def _compared(item: PreviewItem, paper: Paper, match: Linked, *, is_lost: bool) -> PreviewItem:
    completions = [complete(paper, draft) for draft in (_sure(item, item.draft), *_only_mentions(item))]
    notes = list(dict.fromkeys(note for completion in completions for note in completion.notes))
    is_file_new = bool(item.pdfs) and not match.has_file
    if is_file_new:
        notes.insert(0, f"adds the PDF ({match.evidence})")
    if is_lost:
        notes.insert(0, "its lost file is found again")
    if paper.is_binned:
        notes.append("is in the bin")
    verdict = Verdict.UPDATE if any(completions) or is_file_new or is_lost else Verdict.SAME
    return replace(item, verdict=verdict, paper_id=paper.id, note=", ".join(notes))


def _sure(item: PreviewItem, draft: PaperDraft) -> PaperDraft:
    return sure_draft(item.pdfs[0], draft) if item.pdfs else draft


def _only_mentions(item: PreviewItem) -> list[PaperDraft]:
    return [PaperDraft(title="", mention=one) for one in item.mentions]


def _with_year(draft: PaperDraft, year: int | None) -> PaperDraft:
    if year is None or not draft.is_year_assumed or draft.published is None:
        return draft
    return replace(draft, published=draft.published.with_year(year))
