"""The subjects of papers are kept on disk from one start to the next, and always are what the library says."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.library.unread import UnreadReader
from readinglist.recommend.subjects import PaperSubjects
from readinglist.services import subject_index
from readinglist.services.events import EventHub
from readinglist.services.subject_index import SubjectIndex

FILED = {"one": ["cs.LG", "cs.AI"], "two": ["math.NT"], "three": []}


@pytest.fixture(autouse=True)
def kept_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject_index, "FEWEST", 1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library")) as opened:
        add(opened, FILED)
        yield opened


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[PaperId] | None]:
    """Collects whose subjects were read from the library; None for all."""
    questions: list[list[PaperId] | None] = []
    really = UnreadReader.keywords

    def keywords(self: UnreadReader, ids: Sequence[PaperId] | None = None) -> Iterator[tuple[int, str]]:
        questions.append(None if ids is None else list(ids))
        return really(self, ids)

    monkeypatch.setattr(UnreadReader, "keywords", keywords)
    return questions


@pytest.fixture
def start(library: Library, tmp_path: Path) -> Callable[[], SubjectIndex]:
    return lambda: SubjectIndex(library, EventHub(), tmp_path / "kept")


def add(library: Library, filed: Mapping[str, Sequence[str]]) -> Changes:
    with library.write("Import") as writer:
        drafts = [PaperDraft(title=title, keywords=tuple(subjects)) for title, subjects in filed.items()]
        writer.papers.add_many(drafts, status=Status.INBOX)
    return writer.changes


def file_anew(library: Library, paper_id: int, *subjects: str) -> Changes:
    with library.write("Edit") as writer:
        writer.papers.set_values([PaperId(paper_id)], {"keywords": json.dumps(subjects)})
    return writer.changes


def decide(library: Library, times: int) -> None:
    for number in range(times):
        with library.write(None) as writer:
            writer.papers.set_status([PaperId(1)], Status.READ if number % 2 else Status.SKIPPED)


def shown(known: PaperSubjects) -> dict[int, list[int]]:
    places = known.places.tolist()
    bounds = zip(known.starts[:-1].tolist(), known.starts[1:].tolist(), strict=True)
    return {key: places[start:end] for key, (start, end) in zip(known.ids.tolist(), bounds, strict=True)}


def expected(*filed: tuple[int, Sequence[str]]) -> dict[int, list[int]]:
    return shown(PaperSubjects.of(filed))


ALL = ((1, FILED["one"]), (2, FILED["two"]))


def test_papers_without_subjects_are_left_out(start: Callable[[], SubjectIndex]) -> None:
    assert shown(start().present()) == expected(*ALL)


def test_the_next_start_reads_nothing_from_the_library(
    start: Callable[[], SubjectIndex], asked: list[list[PaperId] | None]
) -> None:
    start().present()
    assert shown(start().present()) == expected(*ALL)
    assert asked == [None, []]


def test_the_next_start_reads_what_was_touched_meanwhile_alone(
    library: Library, start: Callable[[], SubjectIndex], asked: list[list[PaperId] | None]
) -> None:
    start().present()
    decide(library, 3)
    file_anew(library, 2, "math.AG")
    add(library, {"four": ["cs.CV"]})
    assert shown(start().present()) == expected((1, FILED["one"]), (2, ["math.AG"]), (4, ["cs.CV"]))
    assert asked == [None, [2, 4]]


def test_what_changes_while_the_program_runs_is_read_when_it_is_next_needed(
    library: Library, tmp_path: Path, asked: list[list[PaperId] | None]
) -> None:
    events = EventHub()
    index = SubjectIndex(library, events, tmp_path / "kept")
    before = index.present()
    events.publish(Changes(kinds=frozenset({ChangeKind.STATUS}), ids=frozenset({PaperId(1)})))
    assert index.present() is before
    events.publish(Changes(kinds=frozenset({ChangeKind.DETAILS}), ids=frozenset({PaperId(1)})))
    assert index.present() is before, "it was looked at, and has what it had"
    events.publish(file_anew(library, 1, "cs.RO"))
    assert shown(index.present()) == expected((1, ["cs.RO"]), (2, FILED["two"]))
    assert asked == [None, [1], [1]]


def test_when_the_log_no_longer_reaches_back_all_are_read(
    library: Library,
    start: Callable[[], SubjectIndex],
    asked: list[list[PaperId] | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("readinglist.library.change_log.KEPT_ENTRIES", 5)
    start().present()
    file_anew(library, 2, "math.AG")
    decide(library, 6)
    assert shown(start().present())[2] == expected((2, ["math.AG"]))[2]
    assert asked == [None, None]


def test_the_file_follows_the_log_so_that_it_never_falls_behind(
    library: Library,
    start: Callable[[], SubjectIndex],
    asked: list[list[PaperId] | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("readinglist.library.change_log.KEPT_ENTRIES", 10)
    monkeypatch.setattr(subject_index, "BEHIND", 4)
    start().present()
    for _ in range(4):
        decide(library, 5)
        start().present()
    assert asked == [None, [], [], [], []]


def test_a_library_that_was_put_back_is_not_believed_to_be_the_one_it_was(
    library: Library, start: Callable[[], SubjectIndex]
) -> None:
    backup = library.back_up(reason="test")
    file_anew(library, 2, "math.AG")
    start().present()
    library.restore(backup)
    add(library, {"four": ["cs.CV"]})
    add(library, {"five": ["cs.CV"]})
    assert shown(start().present())[2] == expected(*ALL)[2]


@pytest.mark.parametrize("content", [b"", b"torn", b"PK\x03\x04" + bytes(100)])
def test_a_file_that_cannot_be_read_is_made_anew(
    start: Callable[[], SubjectIndex], tmp_path: Path, asked: list[list[PaperId] | None], content: bytes
) -> None:
    start().present()
    (tmp_path / "kept" / "subjects.npz").write_bytes(content)
    assert shown(start().present()) == expected(*ALL)
    start().present()
    assert asked == [None, None, []]


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_time(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert shown(SubjectIndex(library, EventHub(), tmp_path / "file").present()) == expected(*ALL)


def test_few_papers_are_not_worth_a_file(
    start: Callable[[], SubjectIndex], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject_index, "FEWEST", 3)
    start().present()
    assert not (tmp_path / "kept").exists()
