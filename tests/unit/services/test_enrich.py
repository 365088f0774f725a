"""Papers are completed from what services say, without touching what is known, and without asking twice."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from readinglist.domain.changes import Changes
from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import Cancelled, UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperDraft, PaperId, Status
from readinglist.domain.raw import RawDocument
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.net.faults import HttpFault, UnreachableFault
from readinglist.services.enrich import BATCH, Enrich, EnrichReport, titles_agree
from readinglist.services.events import Event, EventHub, JobProgress
from readinglist.services.jobs import Job, JobContext
from readinglist.services.title_search import OFFLINE, REFUSED
from tests.helpers.drafts import make_draft
from tests.helpers.importing import job_context
from tests.helpers.paper_services import atom_entry
from tests.helpers.papers import make_paper

Row = Mapping[str, Any]


def atom(*entries: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'.encode()


def record(doi: str, title: str, **facts: Any) -> Row:
    known = {
        "type": "article-journal",
        "DOI": doi,
        "title": title,
        "author": [{"given": "Cleo", "family": "Scholar"}],
        "container-title": "Journal of Lists",
        "abstract": "We say more.",
    }
    return known | facts


@dataclass
class Outside:
    """Services that know what they were given.

    Attributes:
        arxiv: Titles by arXiv id; found by title and by id.
        dois: Records by DOI; found by DOI only.
        registered: Records that Crossref finds.
        failing: What a service raises instead of answering.
        asked: Who was asked for what, in order.
    """

    finders: Mapping[str, int] = field(default_factory=lambda: {"arXiv": 8, "Crossref": 1})
    arxiv: dict[str, str] = field(default_factory=dict)
    dois: dict[str, Row] = field(default_factory=dict)
    registered: list[Row] = field(default_factory=list)
    open: dict[str, list[Row]] = field(default_factory=dict)
    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def fetch(self, address: str, *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        check_cancelled()
        raise AssertionError(address)

    def find(self, finder: str, titles: Sequence[str], *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        self._note(finder, titles, check_cancelled)
        if finder == "arXiv":
            entries = [atom_entry(key, title) for key, title in self.arxiv.items() if title in titles]
            return [RawDocument(content=atom(*entries), origin="x?search_query=y", name="arXiv")]
        found = [one for one in self.registered if one["title"] in titles]
        return [RawDocument(content=json.dumps({"message": {"items": found}}).encode(), origin="x", name=finder)]

    def lookup(self, identifiers: Sequence[Identifier], *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        self._note("lookup", [one.value for one in identifiers], check_cancelled)
        entries = [atom_entry(one.value, self.arxiv[one.value]) for one in identifiers if one.value in self.arxiv]
        found = [self.dois[one.value] for one in identifiers if one.value in self.dois]
        if not entries and not found and identifiers[0].scheme == "doi":
            message = "It is not registered."
            raise UserError(message)
        documents = [atom(*entries)] if entries else []
        documents += [json.dumps(one).encode() for one in found]
        return [RawDocument(content=one, origin="https://arxiv.org/abs/x", name="record") for one in documents]

    def open_records(self, doi: str, *, check_cancelled: Callable[[], None]) -> Iterator[RawDocument]:
        for one in self.open.get(doi, ()):
            self._note("open", [doi], check_cancelled)
            yield RawDocument(content=json.dumps(one).encode(), origin="x", name="x")

    def _note(self, service: str, wanted: Sequence[str], check_cancelled: Callable[[], None]) -> None:
        self.before()
        check_cancelled()
        self.asked.append((service, tuple(wanted)))
        if service in self.failing:
            raise self.failing[service]


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def enrich(library: Library, outside: Outside) -> Enrich:
    return Enrich(library, EventHub(), network=outside, parse=parse)


def listed(number: int, **facts: Any) -> PaperDraft:
    """A paper as a listing gives it: a title, a number of authors, a day."""
    known: dict[str, Any] = {
        "title": f"A paper number {number} of the listing",
        "abstract": "What the listing said.",
        "authors": (),
        "author_count": 1,
        "published": PartialDate(2026, 10, 29),
        "identifiers": (),
        "mention": None,
    }
    return make_draft(number, **{**known, **facts})


def store(library: Library, *drafts: PaperDraft) -> list[PaperId]:
    with library.write(None) as writer:
        return writer.papers.add_many(drafts, status=Status.INBOX)


def read(library: Library, paper_id: PaperId) -> Paper:
    with library.read() as reader:
        return reader.papers.get(paper_id)


def run(enrich: Enrich, ids: Sequence[PaperId], **options: bool) -> EnrichReport:
    return enrich.complete(ids, job_context(), **options)


def unreachable() -> UnreachableFault:
    return UnreachableFault("Nobody listens.", is_retryable=True)


def test_a_paper_of_a_listing_gets_its_names_and_identifiers(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    (one,) = store(library, listed(1))
    outside.arxiv["2610.00001"] = "A paper number 1 of the listing"
    report = run(enrich, [one])
    paper = read(library, one)
    assert paper.identifiers == (Identifier("arxiv", "2610.00001"),)
    assert (paper.authors, paper.author_count) == (("Cleo Scholar",), 1)
    assert (paper.url, paper.pdf_url) == ("https://arxiv.org/abs/2610.00001", "https://arxiv.org/pdf/2610.00001")
    assert paper.mentions == ()
    assert (report.completed, report.unknown, report.unasked, report.problem) == ((one,), 0, 0, "")


def test_what_is_known_stays(library: Library, enrich: Enrich, outside: Outside) -> None:
    (one,) = store(library, listed(1, venue="My venue", url="https://example.org/", keywords=("mine",)))
    with library.write("Write a note") as writer:
        writer.papers.set_values([one], {"note": "Mine.", "rating": 4})
    outside.registered.append(record("10.1000/1", listed(1).title, keyword="theirs"))
    run(enrich, [one])
    paper = read(library, one)
    assert (paper.title, paper.abstract, paper.venue) == (listed(1).title, "What the listing said.", "My venue")
    assert (paper.url, paper.keywords, paper.note, paper.rating) == ("https://example.org/", ("mine",), "Mine.", 4)
    assert (paper.published, paper.authors) == (PartialDate(2026, 10, 29), ("Cleo Scholar",))
    assert paper.identifier("doi") == "10.1000/1"


def test_a_run_is_one_step_that_can_be_undone_and_done_again(library: Library, outside: Outside) -> None:
    events: list[Event] = []
    hub = EventHub()
    hub.subscribe(events.append)
    enrich = Enrich(library, hub, network=outside, parse=parse)
    ids = store(library, *(listed(number) for number in range(1, 21)))
    before = [read(library, one) for one in ids]
    outside.arxiv = {f"2610.{number:05}": listed(number).title for number in range(1, 13)}
    report = run(enrich, ids)
    assert (len(report.completed), report.unknown) == (12, 8)
    (changes,) = [one for one in events if isinstance(one, Changes)]
    assert (changes.ids, changes.initiator) == (frozenset(ids[:12]), "enrich")
    after = [read(library, one) for one in ids]
    label, _ = library.step_back()
    assert label == "Complete 12 papers"
    assert [read(library, one) for one in ids] == before
    library.step_forward()
    assert [read(library, one) for one in ids] == after


def test_many_titles_are_asked_for_together_and_the_next_service_only_for_the_rest(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    ids = store(library, *(listed(number) for number in range(1, 12)))
    outside.arxiv = {f"2610.{number:05}": listed(number).title for number in range(1, 11)}
    outside.registered.append(record("10.1000/11", listed(11).title))
    report = run(enrich, ids)
    assert len(report.completed) == 11
    assert [(service, len(titles)) for service, titles in outside.asked] == [
        ("arXiv", 8),
        ("arXiv", 3),
        ("Crossref", 1),
    ]


def test_what_was_asked_in_vain_is_not_asked_again_until_some_days_later(library: Library, outside: Outside) -> None:
    day = date(2026, 11, 25)
    enrich = Enrich(library, EventHub(), network=outside, parse=parse, now=lambda: day)
    (one,) = store(library, listed(1))
    assert run(enrich, [one]).unknown == 1
    outside.asked.clear()
    assert run(enrich, [one]).unknown == 1
    assert outside.asked == []
    assert run(enrich, [one], again=True).unknown == 1
    assert [service for service, _ in outside.asked] == ["arXiv", "Crossref"]
    outside.asked.clear()
    day = date(2026, 12, 2)
    run(enrich, [one])
    assert [service for service, _ in outside.asked] == ["arXiv", "Crossref"]


def test_a_failing_service_takes_nobody_with_it_and_is_asked_again_next_time(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    ids = store(library, *(listed(number) for number in range(1, 4)))
    outside.failing["arXiv"] = HttpFault(503, "https://export.arxiv.org/")
    outside.registered = [record(f"10.1000/{number}", listed(number).title) for number in (1, 2)]
    report = run(enrich, ids)
    assert (report.completed, report.unknown, report.problem) == (tuple(ids[:2]), 1, "")
    assert [service for service, _ in outside.asked].count("arXiv") == 1
    outside.failing.clear()
    outside.arxiv["2610.00003"] = listed(3).title
    assert run(enrich, ids).completed == (ids[2],)


def test_without_a_network_a_run_ends_early_with_one_sentence(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    ids = store(library, *(listed(number) for number in range(BATCH + 20)), make_draft(999))
    outside.finders = {"arXiv": 8, "Hugging Face": 1, "Crossref": 1}
    outside.failing = {name: unreachable() for name in outside.finders}
    report = run(enrich, ids)
    assert (report.completed, report.unknown, report.unasked) == ((), 0, BATCH + 20)
    assert report.problem == OFFLINE
    assert len(outside.asked) == 2
    outside.failing.clear()
    assert run(enrich, ids[:1]).unknown == 1


def test_services_that_all_refuse_end_a_run_and_keep_what_came_before(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    ids = store(library, *(listed(number) for number in range(1, 30)))
    outside.finders = {"Crossref": 1}
    outside.registered = [record(f"10.1000/{number}", listed(number).title) for number in range(1, 30)]

    def fail_later() -> None:
        if len(outside.asked) == 5:
            outside.failing["Crossref"] = HttpFault(429, "https://api.crossref.org/")

    outside.before = fail_later
    report = run(enrich, ids)
    assert report.completed == tuple(ids[:5])
    assert (report.unknown, report.unasked, report.problem) == (0, 24, REFUSED)


def test_papers_that_lack_nothing_and_those_in_the_bin_are_not_asked_for(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    whole, binned = store(library, make_draft(1), listed(2))
    with library.write(None) as writer:
        writer.papers.set_binned([binned], is_binned=True)
    assert run(enrich, [whole, binned, PaperId(99)]) == EnrichReport()
    assert outside.asked == []


def test_papers_with_an_identifier_are_completed_from_its_record(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    bare = (
        listed(1, abstract="", identifiers=(Identifier("arxiv", "2610.00001"),)),
        PaperDraft(title="", identifiers=(Identifier("arxiv", "2610.00002"),)),
        listed(3, abstract="", identifiers=(Identifier("doi", "10.1000/3"),)),
    )
    ids = store(library, *bare)
    outside.arxiv = {"2610.00001": listed(1).title, "2610.00002": "The second paper"}
    outside.dois["10.1000/3"] = record("10.1000/3", listed(3).title)
    report = run(enrich, ids)
    assert report.completed == tuple(ids)
    papers = [read(library, one) for one in ids]
    assert [paper.title for paper in papers] == [listed(1).title, "The second paper", listed(3).title]
    assert {paper.authors for paper in papers} == {("Cleo Scholar",)}
    assert papers[2].venue == "Journal of Lists"
    assert outside.asked == [("lookup", ("2610.00001", "2610.00002")), ("lookup", ("10.1000/3",))]


def test_a_record_of_another_title_is_not_taken_and_the_paper_is_named(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    (one,) = store(library, listed(1, identifiers=(Identifier("doi", "10.1000/cited"),)))
    outside.dois["10.1000/cited"] = record("10.1000/cited", "A work that the paper cites")
    outside.arxiv["2610.00001"] = listed(1).title
    report = run(enrich, [one])
    assert (report.doubtful, report.completed) == ((one,), (one,))
    paper = read(library, one)
    assert (paper.venue, paper.identifier("arxiv")) == (None, "2610.00001")


def test_a_record_under_a_new_title_is_taken_where_the_authors_agree(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    facts = {"authors": ("C. Scholar",), "abstract": "", "identifiers": (Identifier("arxiv", "2610.00001"),)}
    (one,) = store(library, listed(1, **facts))
    outside.arxiv["2610.00001"] = "The title of the second version"
    assert run(enrich, [one]).completed == (one,)
    assert (read(library, one).title, read(library, one).authors) == (listed(1).title, ("C. Scholar",))


def test_a_record_without_an_abstract_lets_the_title_be_searched_once(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    (one,) = store(library, listed(1, abstract="", identifiers=(Identifier("doi", "10.1000/1"),)))
    outside.dois["10.1000/1"] = record("10.1000/1", listed(1).title, abstract="")
    assert run(enrich, [one]).completed == (one,)
    assert [service for service, _ in outside.asked] == ["lookup", "arXiv", "Crossref"]
    outside.asked.clear()
    run(enrich, [one])
    assert outside.asked == []


def test_services_are_asked_until_nothing_lacks_and_all_their_facts_are_taken(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    (one,) = store(library, listed(1, abstract=""))
    outside.finders = {"Crossref": 1, "arXiv": 8, "Semantic Scholar": 1}
    outside.registered.append(record("10.1000/1", listed(1).title, abstract=""))
    outside.arxiv["2610.00001"] = listed(1).title
    run(enrich, [one])
    paper = read(library, one)
    assert {identifier.scheme for identifier in paper.identifiers} == {"doi", "arxiv"}
    assert (paper.venue, bool(paper.abstract)) == ("Journal of Lists", True)
    assert [service for service, _ in outside.asked] == ["Crossref", "arXiv"]


def test_the_progress_goes_up_to_all_papers(library: Library, enrich: Enrich) -> None:
    ids = store(library, *(listed(number) for number in range(20)))
    told: list[JobProgress] = []
    hub = EventHub()
    hub.subscribe(lambda event: told.append(event) if isinstance(event, JobProgress) else None)
    job: Job[EnrichReport] = Job(job_id=1, label="Looking", events=hub)
    job.run(lambda context: enrich.complete(ids, context))
    steps = [(one.done, one.total) for one in told if one.total]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == ((0, 20), (20, 20))


def test_a_doi_that_nobody_registered_is_no_failure_of_the_service(
    library: Library, enrich: Enrich, outside: Outside
) -> None:
    ids = store(library, *(listed(one, identifiers=(Identifier("doi", f"10.1000/{one}"),)) for one in range(1, 20)))
    outside.dois["10.1000/19"] = record("10.1000/19", listed(19).title)
    assert run(enrich, ids).completed == (ids[18],)


def test_an_identifier_that_another_paper_has_is_left_to_it(library: Library, enrich: Enrich, outside: Outside) -> None:
    owner, twin = store(library, make_draft(1, title="Quite another title"), listed(1))
    outside.arxiv["2405.00001"] = listed(1).title
    assert run(enrich, [twin]).completed == (twin,)
    assert read(library, owner).identifier("arxiv") == "2405.00001"
    assert (read(library, twin).identifiers, read(library, twin).authors) == ((), ("Cleo Scholar",))


def test_a_stop_keeps_what_was_found_until_then(library: Library, enrich: Enrich, outside: Outside) -> None:
    ids = store(library, *(listed(number) for number in range(1, 30)))
    outside.arxiv = {f"2610.{number:05}": listed(number).title for number in range(1, 30)}
    job: Job[None] = Job(job_id=0, label="", events=EventHub())

    def stop_later() -> None:
        if len(outside.asked) == 2:
            job.cancel()

    outside.before = stop_later
    with pytest.raises(Cancelled):
        enrich.complete(ids, JobContext(job))
    assert library.step_back()[0] == "Complete 16 papers"


def test_what_the_reader_changes_meanwhile_stays(library: Library, enrich: Enrich, outside: Outside) -> None:
    gone, renamed, filled = store(library, listed(1), listed(2), listed(3))
    outside.arxiv = {f"2610.{number:05}": listed(number).title for number in (1, 2, 3)}

    def edit() -> None:
        outside.before = lambda: None
        with library.write("Edit") as writer:
            writer.papers.purge([gone])
            writer.papers.set_values([renamed], {"title": "Renamed"})
            writer.papers.merge(writer.papers.get(filled), PaperDraft(title="", venue="Mine", authors=("Me",)))

    outside.before = edit
    report = run(enrich, [gone, renamed, filled])
    assert report.completed == (filled,)
    assert read(library, renamed).identifiers == ()
    assert (read(library, filled).authors, read(library, filled).venue) == (("Me",), "Mine")
    assert read(library, filled).identifier("arxiv") == "2610.00003"


def test_identifying_one_paper_stores_nothing(library: Library, enrich: Enrich, outside: Outside) -> None:
    (one,) = store(library, listed(1))
    outside.registered.append(record("10.1000/1", listed(1).title))
    draft = enrich.identify(read(library, one), check_cancelled=lambda: None)
    assert draft is not None
    assert draft.identifiers == (Identifier("doi", "10.1000/1"),)
    assert read(library, one).identifiers == ()
    assert enrich.identify(make_paper(title="Nobody knows this title"), check_cancelled=lambda: None) is None


def test_a_doi_found_inside_a_pdf_is_believed_if_its_title_agrees(enrich: Enrich, outside: Outside) -> None:
    outside.dois["10.1000/1"] = record("10.1000/1", "On the reading of lists: a study")

    def confirm(title: str, *authors: str) -> bool | None:
        paper = make_paper(title=title, authors=authors)
        return enrich.confirm_doi("10.1000/1", paper, check_cancelled=lambda: None)

    assert confirm("On the Reading of Lists — A Study")
    assert confirm("On the reading of lists")
    assert confirm("Lists and their reading", "Cleo Scholar")  # a title that was changed before it was printed
    assert confirm("On the writing of lists") is False
    assert confirm("On the") is False
    with pytest.raises(UserError):
        enrich.confirm_doi("10.1000/2", make_paper(), check_cancelled=lambda: None)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Lists", "LISTS", True),
        ("Lists", "Lists: a study", False),
        ("Four words are enough", "Four words are enough: a study", True),
        ("Four words are enough", "Four words are enoughness", False),
        ("", "", False),
    ],
)
def test_titles_agree_up_to_a_subtitle(one: str, other: str, *, agree: bool) -> None:
    assert titles_agree(one, other) is agree
    assert titles_agree(other, one) is agree


def test_pdfs_are_named_in_order_of_trust_and_services_are_asked_last(enrich: Enrich, outside: Outside) -> None:
    paper = make_paper(
        identifiers=(
            Identifier("doi", "10.1000/1"),
            Identifier("acl", "2024.x-1.1"),
            Identifier("arxiv", "2405.00001"),
            Identifier("openreview", "abc"),
        ),
        pdf_url="https://arxiv.org/pdf/2405.00001",
    )
    place = "https://example.org/"
    outside.open["10.1000/1"] = [
        {"best_oa_location": {"pdf_url": f"{place}a.pdf"}, "locations": [{"pdf_url": f"{place}b.pdf"}]},
        {"oa_locations": [{"url_for_pdf": f"{place}b.pdf"}, {"url_for_pdf": f"{place}c.pdf"}]},
    ]
    by_identifier = [
        "https://arxiv.org/pdf/2405.00001",
        "https://aclanthology.org/2024.x-1.1.pdf",
        "https://openreview.net/pdf?id=abc",
    ]
    addresses = enrich.each_pdf_address(paper, check_cancelled=lambda: None)
    assert [next(addresses) for _ in range(3)] == by_identifier
    assert outside.asked == []
    assert next(addresses) == f"{place}a.pdf"
    assert len(outside.asked) == 1
    assert enrich.pdf_addresses(paper, check_cancelled=lambda: None) == [
        *by_identifier,
        *(f"{place}{one}.pdf" for one in "abc"),
    ]


def test_the_listing_s_own_link_comes_before_the_services(enrich: Enrich, outside: Outside) -> None:
    paper = replace(make_paper(identifiers=(Identifier("doi", "10.1000/1"),)), pdf_url="https://example.org/own.pdf")
    outside.open["10.1000/1"] = [{"best_oa_location": {"pdf_url": "https://example.org/a.pdf"}}]
    assert enrich.pdf_addresses(paper, check_cancelled=lambda: None) == [
        "https://example.org/own.pdf",
        "https://example.org/a.pdf",
    ]
    assert enrich.pdf_addresses(make_paper(identifiers=()), check_cancelled=lambda: None) == []
