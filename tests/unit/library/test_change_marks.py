"""What was touched since a place in the log is told exactly, or not at all."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.library.change_marks import NO_MARK, ChangeMark
from readinglist.library.library import Library

KINDS = (ChangeKind.DETAILS, ChangeKind.ADDED)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library")) as opened:
        yield opened


def add(library: Library, *titles: str) -> list[PaperId]:
    with library.write(None) as writer:
        return writer.papers.add_many([PaperDraft(title=title) for title in titles], status=Status.INBOX)


def newest(library: Library) -> ChangeMark:
    with library.read() as reader:
        return reader.marks.newest()


def touched(library: Library, mark: ChangeMark) -> set[PaperId] | None:
    with library.read() as reader:
        return reader.marks.touched_since(mark, KINDS)


def test_a_library_in_which_nothing_was_written_has_no_place_to_go_by(library: Library) -> None:
    assert newest(library) == NO_MARK
    assert touched(library, NO_MARK) is None


def test_papers_are_told_by_the_kinds_that_were_asked_for(library: Library) -> None:
    first, second = add(library, "One", "Two")
    mark = newest(library)
    assert touched(library, mark) == set()
    with library.write(None) as writer:
        writer.papers.set_status([first], Status.READ)
    assert touched(library, mark) == set()
    with library.write(None) as writer:
        writer.papers.set_values([second], {"keywords": '["cs.LG"]'})
    (third,) = add(library, "Three")
    assert touched(library, mark) == {second, third}
    assert touched(library, newest(library)) == set()


def test_a_place_that_the_log_has_forgotten_tells_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.library.change_log.KEPT_ENTRIES", 2)
    add(library, "One")
    mark = newest(library)
    add(library, "Two")
    assert touched(library, mark) == {PaperId(2)}
    add(library, "Three")
    assert touched(library, mark) is None


def test_an_entry_of_the_same_number_in_another_log_is_not_taken_for_it(library: Library) -> None:
    add(library, "One")
    mark = newest(library)
    assert touched(library, ChangeMark(entry=mark.entry, check=mark.check ^ 1)) is None
    assert touched(library, ChangeMark(entry=mark.entry + 1, check=mark.check)) is None
