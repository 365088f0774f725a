"""PDFs are fetched from where they lie open: the next place after a failure, the next paper after the last place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperDraft, PaperId, Status
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.net.download import Downloaded
from readinglist.net.faults import UnreachableFault
from readinglist.services.enrich import EnrichReport
from readinglist.services.events import EventHub
from readinglist.services.fetch import Fetch
from readinglist.services.files import Files
from readinglist.services.jobs import JobContext
from tests.helpers.importing import job_context

AWAY = UnreachableFault("The network is away.", is_retryable=True)


@dataclass
class Copies:
    """Knows addresses by title; notes who was to be identified."""

    places: Mapping[str, Sequence[str]]
    problem: str = ""
    identified: list[PaperId] = field(default_factory=list)

    def complete(self, ids: Sequence[PaperId], _context: JobContext, *, again: bool = False) -> EnrichReport:
        """Note it."""
        assert not again
        self.identified += ids
        return EnrichReport(problem=self.problem)

    def each_pdf_address(self, paper: Paper, *, check_cancelled: Callable[[], None]) -> Iterator[str]:
        """Yield what is recorded."""
        check_cancelled()
        yield from self.places.get(paper.title, ())


@dataclass
class Web:
    """Has content by address, or the error that it ends in."""

    pages: Mapping[str, bytes | ReadingListError]
    asked: list[str] = field(default_factory=list)

    def download(
        self,
        address: str,
        target: Path,
        *,
        on_progress: Callable[[int, int | None], None],
        check_cancelled: Callable[[], None],
    ) -> Downloaded:
        """Write what is recorded."""
        check_cancelled()
        self.asked.append(address)
        found = self.pages[address]
        if isinstance(found, ReadingListError):
            raise found
        on_progress(1, len(found))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(found)
        return Downloaded(path=target, address=address, size_bytes=len(found))


def store(library: Library, *titles: str, identifiers: tuple[Identifier, ...] = ()) -> list[PaperId]:
    with library.write("Import") as writer:
        drafts = [PaperDraft(title=title, identifiers=identifiers) for title in titles]
        return writer.papers.add_many(drafts, status=Status.INBOX)


def fetching(library: Library, copies: Copies, web: Web) -> Fetch:
    files = Files(library, EventHub(), taking=lambda: Taking.LINK)
    return Fetch(library, files=files, copies=copies, downloads=web)


def names(library: Library) -> list[str]:
    return sorted(one.name for one in (library.folder / "files").glob("*"))


def test_a_pdf_is_stored_in_the_library_even_where_files_are_linked(library: Library) -> None:
    ids = store(library, "First", "Second")
    web = Web({"a": b"%PDF-1.7 one", "b": b"%PDF-1.7 two"})
    report = fetching(library, Copies({"First": ["a"], "Second": ["b"]}), web).fetch(ids, job_context())
    assert (report.fetched, report.problems, names(library)) == (ids, [], ["First.pdf", "Second.pdf"])
    assert report.changes.ids == frozenset(ids)
    with library.read() as reader:
        assert [one.origin for one in reader.files.stored()] == ["a", "b"]
    assert list((library.folder / "derived" / "downloads").iterdir()) == []


def test_the_next_place_is_tried_after_one_that_fails(library: Library) -> None:
    ids = store(library, "First")
    web = Web({"a": EnvironmentFault("a refuses."), "b": AWAY, "c": b"%PDF-1.7 one"})
    report = fetching(library, Copies({"First": ["a", "b", "c"]}), web).fetch(ids, job_context())
    assert (report.fetched, web.asked) == (ids, ["a", "b", "c"])


def test_a_paper_that_has_a_pdf_is_left_alone(library: Library) -> None:
    ids = store(library, "First")
    web = Web({"a": b"%PDF-1.7 one"})
    fetch = fetching(library, Copies({"First": ["a"]}), web)
    fetch.fetch(ids, job_context())
    report = fetch.fetch(ids, job_context())
    assert (report.known, report.fetched, web.asked) == (ids, [], ["a"])


def test_only_papers_without_an_address_are_identified(library: Library) -> None:
    (known,) = store(library, "Known", identifiers=(Identifier("arxiv", "2405.00001"),))
    (unknown,) = store(library, "Unknown")
    copies = Copies({"Known": ["a"]})
    report = fetching(library, copies, Web({"a": b"%PDF-1.7 one"})).fetch([known, unknown], job_context())
    assert (copies.identified, report.fetched) == ([unknown], [known])
    assert [(one.where, one.reason) for one in report.problems] == [("Unknown", "No open PDF of this paper is known.")]


def test_offline_ends_soon_and_says_so(library: Library) -> None:
    titles = [f"Paper {number}" for number in range(9)]
    ids = store(library, *titles)
    web = Web({"a": AWAY})
    report = fetching(library, Copies({title: ["a"] for title in titles}), web).fetch(ids, job_context())
    assert len(web.asked) == 3
    assert report.problem == "No server can be reached. Check the internet connection and try again."
    assert not report.fetched


def test_servers_that_refuse_are_not_taken_for_a_network_that_is_away(library: Library) -> None:
    titles = [f"Paper {number}" for number in range(5)]
    ids = store(library, *titles)
    web = Web({"a": EnvironmentFault("a has a problem.", is_retryable=True)})
    report = fetching(library, Copies({title: ["a"] for title in titles}), web).fetch(ids, job_context())
    assert (len(web.asked), report.problem) == (5, "")
    assert {one.reason for one in report.problems} == {"a has a problem."}


def test_a_stop_keeps_what_was_fetched(library: Library) -> None:
    ids = store(library, "First", "Second")
    web = Web({"a": b"%PDF-1.7 one", "b": Cancelled("Stopped.")})
    with pytest.raises(Cancelled):
        fetching(library, Copies({"First": ["a"], "Second": ["b"]}), web).fetch(ids, job_context())
    assert names(library) == ["First.pdf"]
