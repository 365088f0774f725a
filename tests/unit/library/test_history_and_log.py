"""What lies beside the papers: the history of steps, the log of changes, the text index, the kept documents."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import Cancelled
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.domain.raw import RawDocument
from readinglist.library import change_log
from readinglist.library.history import KEPT_STEPS
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft


@pytest.fixture
def other(library: Library) -> Iterator[Library]:
    """Another program on the same folder."""
    other = Library(library.folder)
    yield other
    other.close()


def add(library: Library, *numbers: int) -> list[PaperId]:
    with library.write(f"Import {len(numbers)} papers") as writer:
        return writer.papers.add_many([make_draft(number) for number in numbers], status=Status.INBOX)


def rate(library: Library, paper_id: PaperId, rating: int) -> None:
    with library.write(f"Rate {rating}") as writer:
        writer.papers.set_values([paper_id], {"rating": rating})


def found(library: Library, words: str) -> list[PaperId]:
    with library.read() as reader:
        return reader.search.ids(parse_query(words), Sort())


def test_what_another_program_writes_is_heard_in_order(library: Library, other: Library) -> None:
    ids = add(library, 1, 2)
    rate(library, ids[0], 3)
    rate(other, ids[1], 4)
    heard = other.foreign_changes()
    assert [changes.ids for changes in heard] == [set(ids), {ids[0]}]
    assert [ChangeKind.ADDED in changes.kinds for changes in heard] == [True, False]
    assert [changes.ids for changes in library.foreign_changes()] == [{ids[1]}]
    assert library.foreign_changes() == other.foreign_changes() == []


def test_after_more_changes_than_the_log_keeps_everything_counts_as_changed(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_log, "KEPT_ENTRIES", 5)
    ids = add(library, 1, 2, 3)
    for turn in range(20):
        rate(library, ids[turn % 2], 1 + turn % 5)
    (changes,) = other.foreign_changes()
    assert (changes.ids, changes.kinds) == (frozenset(ids), frozenset(ChangeKind))
    rate(library, ids[2], 2)
    assert [changes.ids for changes in other.foreign_changes()] == [{ids[2]}]


def test_a_step_that_failed_is_not_heard_of(library: Library, other: Library) -> None:
    ids = add(library, 1)
    other.foreign_changes()
    with pytest.raises(ZeroDivisionError), library.write("Fail") as writer:
        writer.papers.set_values(ids, {"rating": 1 // 0})
    assert other.foreign_changes() == []
    rate(library, ids[0], 2)
    assert len(other.foreign_changes()) == 1


def test_one_programs_step_is_taken_back_by_the_other_and_done_again_by_the_first(
    library: Library, other: Library
) -> None:
    ids = add(library, 1)
    rate(library, ids[0], 5)
    assert other.step_back()[0] == "Rate 5"
    with library.read() as reader:
        assert reader.papers.get(ids[0]).rating == 0
    assert library.step_forward()[0] == "Rate 5"
    with other.read() as reader:
        assert reader.papers.get(ids[0]).rating == 5


def test_many_papers_go_and_come_back_in_few_statements_and_it_is_told_how_far_that_is(library: Library) -> None:
    with library.write("Import 250 papers") as writer:
        ids = writer.papers.add_many([make_draft(number) for number in range(250)], status=Status.INBOX)
        writer.tags.put(ids, ["ml"])
    with library.read() as reader:
        before = reader.papers.get_many(ids)
    told: list[tuple[int, int]] = []
    assert library.step_back(progress=lambda done, total: told.append((done, total)))[0] == "Import 250 papers"
    with library.read() as reader:
        assert reader.papers.get_many(ids) == {}
    back = len(told)
    library.step_forward(progress=lambda done, total: told.append((done, total)))
    with library.read() as reader:
        assert reader.papers.get_many(ids) == before
    for some in (told[:back], told[back:]):
        assert some == sorted(some)
        assert some[0] == (0, some[0][1])
        assert some[0][1] >= 2 * len(ids), "rows"
        assert len(some) < 50


def test_a_step_that_is_called_off_half_way_leaves_everything_as_it_was(library: Library) -> None:
    with library.write("Import 150 papers") as writer:
        ids = writer.papers.add_many([make_draft(number) for number in range(150)], status=Status.INBOX)

    def call_off(done: int, _total: int) -> None:
        if done:
            message = "Stopped."
            raise Cancelled(message)

    with pytest.raises(Cancelled):
        library.step_back(progress=call_off)
    with library.read() as reader:
        assert len(reader.papers.get_many(ids)) == 150
        assert reader.history.status().undo_label == "Import 150 papers"
    assert library.step_back()[0] == "Import 150 papers"


def test_texts_that_look_like_sql_come_back_as_they_were(library: Library) -> None:
    texts = ["It's ? here WHERE id = 4", "x WHERE id = 5", "':a' \" -- ?"]
    ids = add(library, 1, 2, 3)
    for step in (texts, ["another", "another", "another"]):
        with library.write("Write notes") as writer:
            for paper_id, text in zip(ids, step, strict=True):
                writer.papers.set_values([paper_id], {"note": text})
    assert library.step_back()[0] == "Write notes"
    with library.read() as reader:
        assert [reader.papers.get(paper_id).note for paper_id in ids] == texts


def test_two_programs_and_many_threads_write_at_once(library: Library, other: Library) -> None:
    failures: list[BaseException] = []

    def work(place: Library, start: int) -> None:
        try:
            for number in range(start, start + 15):
                add(place, number)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [
        threading.Thread(target=work, args=(place, 100 * number))
        for number, place in enumerate([library, other, library, other], start=1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with library.read() as reader:
        assert reader.papers.counts().total == 60
    assert library.check().is_sound


def test_a_reader_sees_one_moment(library: Library, other: Library) -> None:
    add(library, 1)
    with library.read() as reader:
        before = reader.papers.counts().total
        add(other, 2)
        assert reader.papers.counts().total == before
    with library.read() as reader:
        assert reader.papers.counts().total == before + 1


def test_the_oldest_steps_are_forgotten(library: Library) -> None:
    (paper_id,) = add(library, 1)
    for turn in range(KEPT_STEPS + 10):
        rate(library, paper_id, 1 + turn % 5)
    steps = 0
    while library.step_back()[0] is not None:
        steps += 1
    assert steps == KEPT_STEPS
    with library.read() as reader:
        assert reader.papers.counts().total == 1


def test_the_text_index_follows_every_change_and_its_undoing(library: Library) -> None:
    (paper_id,) = add(library, 1)
    with library.write("Note") as writer:
        writer.papers.set_values([paper_id], {"note": "Remember the wombats."})
        writer.tags.put([paper_id], ["marsupials"])
    assert found(library, "wombats") == found(library, "marsupials") == [paper_id]
    with library.write("Rename the tag marsupials") as writer:
        writer.tags.rename("marsupials", "diggers")
    assert (found(library, "marsupials"), found(library, "diggers")) == ([], [paper_id])
    library.step_back()
    assert (found(library, "marsupials"), found(library, "diggers")) == ([paper_id], [])
    library.step_back()
    assert found(library, "wombats") == []
    with library.write("Delete for good") as writer:
        writer.papers.purge([paper_id])
    assert found(library, "subject") == []
    library.step_back()
    assert found(library, "subject") == [paper_id]
    assert library.check().is_sound


def test_a_document_is_kept_once_whatever_it_is_called(library: Library) -> None:
    for name in ("one", "two"):
        with library.write(None) as writer:
            writer.documents.save(RawDocument(content=b"the same", origin=name, name=name))
            writer.documents.save(RawDocument(content=name.encode(), origin=name, name=name))
    assert len(list((library.folder / "derived" / "documents").iterdir())) == 3
    assert library.check().is_sound


def test_a_check_names_what_is_lost(library: Library) -> None:
    add(library, 1, 2)
    with library.write(None) as writer:
        writer.documents.save(RawDocument(content=b"x", origin="x", name="the page"))
    for kept in (library.folder / "derived" / "documents").iterdir():
        kept.unlink()
    with closing(library.open()._engine.raw_connection()) as connection:
        connection.cursor().execute("DELETE FROM paper_fts WHERE rowid = 1")
    report = library.check()
    assert report.damage == ()
    assert report.derived == ("The text index is wrong about 1 paper.", "The saved document the page is not there.")
    assert (report.is_sound, report.papers) == (False, 2)
