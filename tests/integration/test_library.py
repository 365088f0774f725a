"""The library on a real file: units of work, undo, several programs at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import DataError, EnvironmentFault, LibraryTooNewError, UserError
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.library.unit import Writer
from readinglist.library.upgrade import HEAD
from tests.helpers.drafts import make_draft


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    with library.write("Import 5 papers") as writer:
        return writer.papers.add_many([make_draft(number) for number in range(5)], status=Status.INBOX)


def content(library: Library) -> tuple[object, ...]:
    """Everything the reader can see."""
    with library.read() as reader:
        known = sorted(reader.papers.content_hashes()) + reader.papers.binned()
        papers = reader.papers.get_many(known)
        return papers, reader.tags.all(), reader.collections.all(), reader.papers.counts()


def test_a_stored_paper_comes_back_as_it_was(library: Library) -> None:
    draft = make_draft(7)
    with library.write("Import 1 paper") as writer:
        (paper_id,) = writer.papers.add_many([draft], status=Status.TO_READ)
    with library.read() as reader:
        paper = reader.papers.get(paper_id)
    assert (paper.title, paper.abstract, paper.authors, paper.published) == (
        *(draft.title, draft.abstract, draft.authors, draft.published),
    )
    assert paper.identifiers == draft.identifiers
    assert paper.mentions == (draft.mention,)
    assert (paper.status, paper.upvotes, paper.comments) == (Status.TO_READ, 7, 0)
    assert paper.queue_position is not None


def test_a_unit_that_fails_leaves_nothing_behind(library: Library, ids: list[PaperId]) -> None:
    before = content(library)

    def fail_halfway() -> None:
        with library.write("Import 1 paper") as writer:
            writer.papers.add_many([make_draft(9)], status=Status.INBOX)
            writer.tags.put(ids, ["ml"])
            message = "halfway"
            raise ValueError(message)

    with pytest.raises(ValueError, match="halfway"):
        fail_halfway()
    assert content(library) == before
    with library.read() as reader:
        assert reader.history.status().undo_label == "Import 5 papers"


EDITS: dict[str, Callable[[Writer, list[PaperId]], object]] = {
    "status": lambda writer, ids: writer.papers.set_status(ids[:3], Status.READ),
    "queue": lambda writer, ids: writer.papers.set_status(ids, Status.TO_READ),
    "tags": lambda writer, ids: writer.tags.put(ids[:2], ["ml/vision", "ml"]),
    "collections": lambda writer, ids: writer.collections.put(ids[:2], ["Survey/Attention", "Group"]),
    "star": lambda writer, ids: writer.papers.set_values(ids, {"is_starred": True}),
    "note": lambda writer, ids: writer.papers.set_values(ids[:1], {"note": "It's “quoted”; -- %s {x}\n\ttabs"}),
    "bin": lambda writer, ids: writer.papers.set_binned(ids[1:], is_binned=True),
    "purge": lambda writer, ids: writer.papers.purge(ids[:4]),
    "import": lambda writer, _: writer.papers.add_many([make_draft(50), make_draft(51)], status=Status.INBOX),
    "merge": lambda writer, ids: writer.papers.merge(
        writer.papers.get(ids[0]), make_draft(0, venue="A venue", code_url="https://example.org/code")
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_can_be_undone_and_done_again(name: str, library: Library, ids: list[PaperId]) -> None:
    with library.write("Tag 5 papers") as writer:
        writer.tags.put(ids, ["old"])
        writer.collections.put(ids, ["Old"])
    before = content(library)
    with library.write(name) as writer:
        EDITS[name](writer, ids)
    after = content(library)
    assert after != before
    label, changes = library.step_back()
    assert label == name
    assert changes.ids == writer.changes.ids
    assert content(library) == before
    assert library.step_forward()[0] == name
    assert content(library) == after
    assert library.check().is_sound


def test_a_new_step_forgets_what_could_have_been_done_again(library: Library, ids: list[PaperId]) -> None:
    library.step_back()
    with library.write("Import 1 paper") as writer:
        writer.papers.add_many([make_draft(60)], status=Status.INBOX)
    with library.read() as reader:
        status = reader.history.status()
    assert (status.undo_label, status.redo_label) == ("Import 1 paper", None)


def test_a_step_that_changes_nothing_is_not_remembered(library: Library, ids: list[PaperId]) -> None:
    with library.write("Mark 5 papers as Inbox") as writer:
        writer.papers.set_status(ids, Status.INBOX)
        writer.papers.set_values(ids, {"is_starred": False})
    with library.read() as reader:
        assert reader.history.status().undo_label == "Import 5 papers"


def test_what_is_typed_without_a_pause_is_one_step(library: Library, ids: list[PaperId]) -> None:
    for text in ("a", "an", "and"):
        with library.write("Write a note", merge_key="note 1") as writer:
            writer.papers.set_values(ids[:1], {"note": text})
    library.step_back()
    with library.read() as reader:
        assert reader.papers.get(ids[0]).note == ""


def test_a_number_is_never_given_twice(library: Library, ids: list[PaperId]) -> None:
    with library.write("Delete 5 papers for good") as writer:
        writer.papers.purge(ids)
    with library.write("Import 1 paper") as writer:
        (fresh,) = writer.papers.add_many([make_draft(80)], status=Status.INBOX)
    assert fresh > max(ids)


def test_changes_name_what_was_touched(library: Library, ids: list[PaperId]) -> None:
    with library.write("Mark 2 papers as Read", initiator="pane") as writer:
        writer.papers.set_status(ids[:2], Status.READ)
    assert writer.changes.kinds == {ChangeKind.STATUS, ChangeKind.HISTORY}
    assert writer.changes.ids == set(ids[:2])
    assert writer.changes.initiator == "pane"


def test_another_program_sees_what_was_committed_and_can_undo_it(library: Library, ids: list[PaperId]) -> None:
    other = Library(library.folder)
    try:
        with library.write("Tag 1 paper") as writer:
            writer.tags.put(ids[:1], ["seen"])
        (changes,) = other.foreign_changes()
        assert ChangeKind.TAGS in changes.kinds
        assert changes.ids == {ids[0]}
        assert other.foreign_changes() == []
        assert library.foreign_changes() == []
        assert other.step_back()[0] == "Tag 1 paper"
        assert library.foreign_changes()[0].ids == {ids[0]}
    finally:
        other.close()


def test_the_queue_keeps_the_order_in_which_papers_are_moved(library: Library, ids: list[PaperId]) -> None:
    with library.write("Mark 5 papers as To read") as writer:
        writer.papers.set_status(ids, Status.TO_READ)
    with library.write("Move 2 papers in the queue") as writer:
        writer.papers.move_in_queue([ids[4], ids[3]], ids[1])
    with library.read() as reader:
        papers = reader.papers.get_many(ids)
    order = sorted(ids, key=lambda one: papers[one].queue_position or 0)
    assert order == [ids[0], ids[4], ids[3], ids[1], ids[2]]


def test_tags_are_nested_renamed_and_merged(library: Library, ids: list[PaperId]) -> None:
    with library.write("Tag 2 papers") as writer:
        writer.tags.put(ids[:2], ["ml/vision", "cv"])
    with library.write("Rename the tag ml/vision") as writer:
        writer.tags.rename("ml/vision", "cv")
    assert writer.changes.ids == set(ids[:2])
    with library.read() as reader:
        assert [(tag.name, tag.count) for tag in reader.tags.all()] == [("cv", 2)]
    with pytest.raises(UserError, match="no tag “zoology”"), library.write("x") as writer:
        writer.tags.rename("zoology", "z")
    with pytest.raises(UserError, match="below itself"), library.write("x") as writer:
        writer.tags.rename("cv", "cv/deep")


def test_two_papers_cannot_share_an_identifier(library: Library, ids: list[PaperId]) -> None:
    with pytest.raises(DataError), library.write("Import 1 paper") as writer:
        writer.papers.add_many([make_draft(0, title="Something else altogether")], status=Status.INBOX)
    assert library.check().is_sound


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(EnvironmentFault, match="taken"):
        Library(tmp_path / "taken")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"this is not a database, whatever its name says " * 50)
    with pytest.raises(DataError, match="damaged"):
        Library(tmp_path)
    assert path.read_bytes().startswith(b"this is not")


def test_programs_that_make_a_library_at_once_share_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: Library(tmp_path / "new"), range(4)))
    for number, library in enumerate(made):
        with library.write("Import 1 paper") as writer:
            writer.papers.add_many([make_draft(number)], status=Status.INBOX)
    with made[0].read() as reader:
        assert reader.papers.counts().total == 4
    for library in made:
        library.close()


def test_a_newer_library_is_refused_untouched(library: Library) -> None:
    with library.open()._engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryTooNewError, match=rf"9999.*{HEAD}"):
        Library(library.folder)
