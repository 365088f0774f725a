"""Filling in what a listing left out: who wrote a paper, where it appeared, under which identifiers, where its PDF is.

What the library has stays as it is: only empty fields are filled, through the same merge as an import, and a run is one
step that can be undone.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial, reduce
from typing import Protocol

from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.matching import TELLING_WORDS
from readinglist.domain.merging import combine, complete, is_provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import Paper, PaperDraft, PaperId
from readinglist.domain.raw import RawDocument
from readinglist.domain.titles import fold_title
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.asked import AskedBefore, today
from readinglist.services.drops import Network
from readinglist.services.events import EventHub
from readinglist.services.gathering import Parse
from readinglist.services.jobs import JobContext
from readinglist.services.title_search import OFFLINE, REFUSED, Finders, Services, TitleSearch, lacks

log = logging.getLogger(__name__)

TEXT = "Looking up papers"
BATCH = 100  # papers read at once, and identifiers that arXiv answers for in one request
TOGETHER = 8  # papers between two reports of progress: as many titles as arXiv is asked for at once
STEP = 1000  # papers in one undoable step: what is lost at most if the process is killed
# Identifiers that are looked up, and whose server answers for them.
REGISTERS = {"arxiv": "arXiv", "doi": "DOI"}
# Where a paper lies open by its identifier alone, in the order of trust.
PDF_PLACES = {
    "arxiv": "https://arxiv.org/pdf/{}",
    "acl": "https://aclanthology.org/{}.pdf",
    "openreview": "https://openreview.net/pdf?id={}",
}


class Outside(Network, Finders, Protocol):
    """What is asked of the outside world: `sources.registry.Sources`, or recorded answers in tests."""

    def open_records(self, doi: str, *, check_cancelled: Callable[[], None]) -> Iterator[RawDocument]:
        """Yield what the services say about where a work lies open; a failing one is left out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichReport:
    """What a run did.

    Attributes:
        completed: Papers that know more now.
        unknown: Number of papers of which nobody knew more.
        unasked: Number of papers that were left because nobody answered.
        doubtful: Papers whose identifier is registered for another title; nothing was taken from there.
        problem: One sentence if the run ended early; else empty.
    """

    completed: tuple[PaperId, ...] = ()
    unknown: int = 0
    unasked: int = 0
    doubtful: tuple[PaperId, ...] = ()
    problem: str = ""
    changes: Changes = field(default_factory=Changes)


class Enrich:
    """The use case; one for each workspace.

    Args:
        library: Whose papers are completed.
        events: Where the changes are published.
        network: Asked for records.
        parse: Turns a document into drafts; never raises for bad content.
        now: The day, by which it is remembered what was asked.
    """

    def __init__(
        self,
        library: Library,
        events: EventHub,
        *,
        network: Outside,
        parse: Parse,
        now: Callable[[], date] = today,
    ) -> None:
        self._library = library
        self._events = events
        self._network = network
        self._parse = parse
        self._asked = AskedBefore(library.folder / "derived" / "asked.jsonl", now=now)

    def identify(self, paper: Paper, *, check_cancelled: Callable[[], None]) -> PaperDraft | None:
        """Find the record of a paper from its title, whenever it was asked for last; store nothing.

        Raises:
            Cancelled: `check_cancelled` raised it.
        """
        found = self._search(Services(), check_cancelled, is_repeated=True).find([paper])
        return reduce(combine, found[paper.id]) if found else None

    def confirm_doi(self, doi: str, paper: Paper, *, check_cancelled: Callable[[], None]) -> bool | None:
        """Tell whether a DOI that was found inside a PDF is the paper's own; None if nobody says anything of it.

        Raises:
            ReadingListError: The registration could not be asked, or knows no such DOI.
            Cancelled: `check_cancelled` raised it.
        """
        documents = self._network.lookup([Identifier("doi", doi)], check_cancelled=check_cancelled)
        drafts = [draft for document in documents for draft in self._parse(document).drafts if draft.title]
        return any(_is_same(paper, draft) for draft in drafts) if drafts else None

    def complete(self, ids: Sequence[PaperId], context: JobContext, *, again: bool = False) -> EnrichReport:
        """Ask the services about papers that lack an identifier, authors or an abstract, and fill in what they say.

        A stop keeps what was found until then, as one step that can be undone.

        Args:
            ids: Papers; those that lack nothing and those in the bin are passed over.
            context: Of the job.
            again: Ask also what was asked in vain lately.

        Raises:
            Cancelled: The reader stopped it.
        """
        run = _Run()
        search = self._search(run.services, context.check_cancelled, is_repeated=again)
        try:
            for start in range(0, len(ids), BATCH):
                self._take(ids[start : start + BATCH], run, search, partial(_report, context, start, len(ids)))
                if len(run.found) >= STEP:
                    self._store(run)
        finally:
            self._store(run)
        context.progress(len(ids), len(ids))
        if run.unasked:
            run.problem = OFFLINE if run.services.is_offline else REFUSED
        return run.report()

    def each_pdf_address(self, paper: Paper, *, check_cancelled: Callable[[], None]) -> Iterator[str]:
        """Yield where the paper's PDF may lie open, in order of trust; services are asked only when it comes to them.

        Raises:
            Cancelled: `check_cancelled` raised it.
        """
        given: set[str] = set()
        for address in self._pdf_addresses(paper, check_cancelled):
            if address not in given:
                given.add(address)
                yield address

    def pdf_addresses(self, paper: Paper, *, check_cancelled: Callable[[], None]) -> list[str]:
        """Return all of `each_pdf_address`."""
        return list(self.each_pdf_address(paper, check_cancelled=check_cancelled))

    def _pdf_addresses(self, paper: Paper, check_cancelled: Callable[[], None]) -> Iterator[str]:
        from readinglist.importers.open_copies import open_copies  # noqa: PLC0415 - the window starts without a format

        for scheme, place in PDF_PLACES.items():
            if value := paper.identifier(scheme):
                yield place.format(value)
        if paper.pdf_url:
            yield paper.pdf_url
        for one in paper.identifiers:
            if one.scheme == "doi":
                for record in self._network.open_records(one.value, check_cancelled=check_cancelled):
                    yield from open_copies(record)

    def _search(self, services: Services, check_cancelled: Callable[[], None], *, is_repeated: bool) -> TitleSearch:
        return TitleSearch(
            self._network,
            self._parse,
            asked=self._asked,
            services=services,
            is_repeated=is_repeated,
            check_cancelled=check_cancelled,
        )

    def _take(self, ids: Sequence[PaperId], run: "_Run", search: TitleSearch, report: Callable[[int], None]) -> None:
        """Ask about one batch, for as long as anybody answers."""
        with self._library.read() as reader:
            known = reader.papers.get_many(ids)
        papers = [known[one] for one in ids if one in known and lacks(known[one]) and not known[one].is_binned]
        self._look_up(papers, "arxiv", run, search)
        for start in range(0, len(papers), TOGETHER):
            report(ids.index(papers[start].id))
            some = papers[start : start + TOGETHER]
            self._look_up(some, "doi", run, search)
            titled = [one for one in some if not is_provisional_title(one.title)]
            said = {paper_id: one.drafts for paper_id, one in run.found.items()}
            for paper_id, drafts in search.find(titled, said).items():
                for draft in drafts:
                    run.add(known[paper_id], draft)
            run.count(some, is_over=search.is_over)

    def _look_up(self, papers: Sequence[Paper], scheme: str, run: "_Run", search: TitleSearch) -> None:
        """Ask for the records of identifiers; a record of another title is not taken."""
        service = REGISTERS[scheme]
        question = f"{service} record"
        wanted = {
            Identifier(scheme, value): paper
            for paper in papers
            if (value := paper.identifier(scheme)) and run.lacks(paper) and search.is_worth_asking(question, paper)
        }
        if not wanted or not run.services.may_be_asked(service):
            return
        documents = run.services.ask(service, lambda: self._records(list(wanted), search.check_cancelled))
        if documents is None:
            return
        for draft in (draft for document in documents for draft in self._parse(document).drafts):
            paper = next((wanted[one] for one in draft.identifiers if one in wanted), None)
            if paper is not None and _is_same(paper, draft):
                run.add(paper, replace(draft, mention=None))
            elif paper is not None:
                run.doubtful.append(paper.id)
        for paper in wanted.values():
            if run.lacks(paper):
                self._asked.note(question, paper.title)

    def _records(self, wanted: Sequence[Identifier], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        try:
            return self._network.lookup(wanted, check_cancelled=check_cancelled)
        except UserError as error:  # nobody has registered them: that is an answer too
            log.info("%s %s", error.message, error.detail)
            return []

    def _store(self, run: "_Run") -> None:
        """Write what was found, as one step; what the reader changed meanwhile stays."""
        found, run.found = run.found, {}
        with self._library.read() as reader:
            known = reader.papers.get_many(list(found))
        changing = {
            paper_id: one.drafts
            for paper_id, one in found.items()
            if paper_id in known
            and known[paper_id].title == one.title
            and any(complete(known[paper_id], draft) for draft in one.drafts)
        }
        if not changing:
            return
        label = f"Complete {count_text(len(changing), 'paper')}"
        with self._library.write(label, initiator="enrich") as writer:
            for paper_id, drafts in changing.items():
                for draft in drafts:
                    writer.papers.merge(writer.papers.get(paper_id), draft)
        run.completed += changing
        run.changes |= writer.changes
        self._events.publish(writer.changes)


@dataclass(slots=True)
class _Found:
    """What services say of one paper, and the title they were asked for."""

    title: str
    drafts: list[PaperDraft] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """What a run has done so far."""

    services: Services = field(default_factory=Services)
    found: dict[PaperId, _Found] = field(default_factory=dict)
    completed: list[PaperId] = field(default_factory=list)
    doubtful: list[PaperId] = field(default_factory=list)
    asked: int = 0
    unasked: int = 0
    problem: str = ""
    changes: Changes = field(default_factory=Changes)

    def add(self, paper: Paper, draft: PaperDraft) -> None:
        """Take over a record."""
        self.found.setdefault(paper.id, _Found(paper.title)).drafts.append(draft)

    def lacks(self, paper: Paper) -> bool:
        """Tell whether the paper lacks something even with what was found of it."""
        said = self.found.get(paper.id)
        return lacks(paper, said.drafts if said else ())

    def count(self, papers: Sequence[Paper], *, is_over: bool) -> None:
        """Note that papers were asked for; those without a record are left over if nobody answers any more."""
        left = sum(one.id not in self.found for one in papers) if is_over else 0
        self.asked += len(papers) - left
        self.unasked += left

    def report(self) -> EnrichReport:
        """Say what was done."""
        return EnrichReport(
            completed=tuple(self.completed),
            unknown=self.asked - len(self.completed),
            unasked=self.unasked,
            doubtful=tuple(self.doubtful),
            problem=self.problem,
            changes=self.changes,
        )


def titles_agree(one: str, other: str) -> bool:
    """Tell whether two titles are the same, or one of them is the other without its subtitle.

    >>> titles_agree("On Lists: a Study", "on lists – A study."), titles_agree("On lists", "On lists of lists")
    (True, False)
    """
    short, long = sorted((fold_title(one), fold_title(other)), key=len)
    return short == long != "" or (len(short.split()) >= TELLING_WORDS and long.startswith(f"{short} "))


def _is_same(paper: Paper, draft: PaperDraft) -> bool:
    """Tell whether the record of a paper's identifier is that paper's: identifiers in PDFs may be of cited works."""
    if is_provisional_title(paper.title) or titles_agree(paper.title, draft.title):
        return True
    return bool({fold_surname(name) for name in paper.authors} & {fold_surname(name) for name in draft.authors})


def _report(context: JobContext, before: int, total: int, done: int) -> None:
    context.check_cancelled()
    context.progress(before + done, total, TEXT)
