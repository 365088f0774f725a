"""Opening a paper: its status follows, where the reader stopped is remembered, the end is noticed."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readinglist.domain.errors import PasswordNeeded, UserError
from readinglist.domain.pages import PageSize, PdfInfo, PictureWanted
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.reading import Reading
from tests.helpers.attached import MADE, add_papers, make_pdf

INFO = PdfInfo(pages=(PageSize(600, 800),) * 10, is_encrypted=False, is_repaired=False)


class Pages:
    """Opens every file, or asks for its password; notes what it was asked."""

    def __init__(self, password: str = "") -> None:
        self.asked: list[Any] = []
        self.known = INFO
        self._password = password

    def info(self, path: Path, *, password: str = "") -> "Future[PdfInfo]":
        """Promise the same ten pages for all."""
        self.asked.append(("info", path))
        answer: Future[PdfInfo] = Future()
        if password == self._password:
            answer.set_result(self.known)
        else:
            answer.set_exception(PasswordNeeded("It wants a password."))
        return answer

    def start(self) -> None:
        """Be ready."""

    def __getattr__(self, name: str) -> Callable[..., str]:
        """Note every other question."""

        def answer(path: Path, *arguments: Any, **named: Any) -> str:
            self.asked.append((name, path, *arguments, *named.values()))
            return name

        return answer


@pytest.fixture
def paper_id(library: Library, tmp_path: Path) -> PaperId:
    (paper_id,) = add_papers(library, 1)
    files_of(library).attach(paper_id, make_pdf(tmp_path / "a.pdf"))
    return paper_id


def files_of(library: Library) -> Files:
    return Files(library, EventHub(), taking=lambda: Taking.LINK)


def reading(
    library: Library, pages: Pages | None = None, ahead: Pages | None = None, *, sets_reading: bool = True
) -> Reading:
    return Reading(
        library,
        files=files_of(library),
        edit=Edit(library, EventHub()),
        reader=pages or Pages(),  # type: ignore[arg-type]  # it answers everything
        ahead=ahead,  # type: ignore[arg-type]  # likewise
        sets_reading=lambda: sets_reading,
    )


def status_of(library: Library, paper_id: PaperId) -> Status:
    with library.read() as reader:
        return reader.papers.get(paper_id).status


@pytest.mark.parametrize(
    ("before", "sets_reading", "after"),
    [
        (Status.INBOX, True, Status.READING),
        (Status.TO_READ, True, Status.READING),
        (Status.READ, True, Status.READ),
        (Status.SKIPPED, True, Status.SKIPPED),
        (Status.INBOX, False, Status.INBOX),
    ],
)
def test_opening_marks_as_reading_what_was_waiting(
    library: Library, paper_id: PaperId, before: Status, after: Status, *, sets_reading: bool
) -> None:
    with library.write("Mark") as writer:
        writer.papers.set_status([paper_id], before)
    reading(library, sets_reading=sets_reading).open(paper_id)
    assert status_of(library, paper_id) is after


def test_an_open_file_is_asked_about_its_pages(library: Library, paper_id: PaperId, tmp_path: Path) -> None:
    pages = Pages()
    opened = reading(library, pages).open(paper_id)
    assert (opened.path, opened.name, opened.info, opened.position) == (tmp_path / "a.pdf", "a.pdf", INFO, None)
    opened.words(2)
    opened.links(3)
    opened.search("wombats", page=4)
    opened.save_copy([], tmp_path / "copy.pdf")
    opened.close()
    assert pages.asked[1:] == [
        ("words", opened.path, 2),
        ("links", opened.path, 3),
        ("search", opened.path, "wombats", 4),
        ("save_copy", opened.path, [], tmp_path / "copy.pdf"),
    ]


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_pages_ahead_are_drawn_by_another_process_unless_it_lacks_the_password(
    library: Library, paper_id: PaperId, *, is_encrypted: bool
) -> None:
    pages, ahead = Pages(), Pages()
    pages.known = replace(INFO, is_encrypted=is_encrypted)
    opened = reading(library, pages, ahead).open(paper_id)
    wanted = PictureWanted(page=2, scale=1)
    opened.picture(wanted)
    opened.picture(wanted, is_urgent=False)
    counts = [sum(question[0] == "render" for question in one.asked) for one in (pages, ahead)]
    assert counts == ([2, 0] if is_encrypted else [1, 1])


def test_a_file_that_wants_a_password_is_not_being_read_yet(library: Library, paper_id: PaperId) -> None:
    use = reading(library, Pages(password := "open sesame"))
    with pytest.raises(PasswordNeeded):
        use.open(paper_id)
    assert status_of(library, paper_id) is Status.INBOX
    assert use.open(paper_id, password=password).info == INFO
    assert status_of(library, paper_id) is Status.READING


def test_one_of_several_files_is_opened_by_its_content(library: Library, paper_id: PaperId, tmp_path: Path) -> None:
    files_of(library).attach(paper_id, make_pdf(tmp_path / "b.pdf", "the supplement"))
    second = files_of(library).of(paper_id)[1]
    assert reading(library).open(paper_id, sha256=second.file.sha256).path == tmp_path / "b.pdf"
    with pytest.raises(UserError, match="has no PDF"):
        reading(library).open(paper_id, sha256="of no file")


def test_where_the_reader_stopped_is_there_at_the_next_opening(library: Library, paper_id: PaperId) -> None:
    use = reading(library)
    opened = use.open(paper_id)
    use.save_position(opened, page=1, offset=0, zoom="width", pages_read=[1, 2], now=MADE)
    last = use.save_position(opened, page=4, offset=0.25, zoom="1.5", pages_read=[4, 3], now=MADE)
    assert use.open(paper_id).position == last
    assert (last.page, last.offset, last.zoom, last.pages_read) == (4, 0.25, "1.5", ((1, 4),))
    assert (last.share_read, use.position("of no file")) == (0.4, None)


def test_reading_is_no_step_that_is_undone(library: Library, paper_id: PaperId) -> None:
    use = reading(library, sets_reading=False)
    use.save_position(use.open(paper_id), page=2, offset=0, zoom="page")
    assert library.step_back()[0] == "Attach a file"


@pytest.mark.parametrize(
    ("read", "status", "is_offered"),
    [
        (range(1, 11), Status.READING, True),
        (range(5, 11), Status.INBOX, True),
        (range(1, 10), Status.READING, False),  # not at the end
        ([1, 10], Status.READING, False),  # only a look at it
        (range(1, 11), Status.READ, False),
    ],
)
def test_the_end_offers_read_once_most_was_read(
    library: Library, paper_id: PaperId, read: range, status: Status, *, is_offered: bool
) -> None:
    use = reading(library, sets_reading=False)
    with library.write("Mark") as writer:
        writer.papers.set_status([paper_id], status)
    position = use.save_position(use.open(paper_id), page=10, offset=0, zoom="page", pages_read=read)
    assert use.offers_read(paper_id, position) is is_offered
