"""Bringing the schema up to date: whole or not at all."""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData

from readinglist.domain.decision import DecisionKind
from readinglist.domain.errors import LibraryTooNewError
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperDraft, PaperId, Priority, Status
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.library import fulltext, upgrade
from readinglist.library.backup import inspect
from readinglist.library.documents import kept_file
from readinglist.library.engine import open_engine
from readinglist.library.library import Library
from readinglist.library.tables import metadata
from tests.migrations.record import (
    ADDED,
    DRAFTS,
    FOLDER,
    HIGHLIGHT,
    INK,
    NEW_FILE,
    PDF,
    PDF_PATH,
    PDF_SHA256,
    POSITION,
    READ_S,
)

RECORDED = sorted(FOLDER.glob("*.sqlite.gz"))


def schema(path: Path) -> set[tuple[str, str, str]]:
    """Every table, column and index by name."""
    engine = open_engine(path)
    found = MetaData()
    found.reflect(engine)
    engine.dispose()
    names = {
        (table.name, "column", f"{one.name} {one.type}") for table in found.tables.values() for one in table.columns
    }
    return names | {(table.name, "index", str(one.name)) for table in found.tables.values() for one in table.indexes}


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    Library(tmp_path / "migrated").close()
    engine = open_engine(tmp_path / "declared.sqlite")
    with engine.connect() as connection:
        metadata.create_all(connection)
        for statement in fulltext.CREATE:
            connection.exec_driver_sql(statement)
    engine.dispose()
    known = {one for one in schema(tmp_path / "migrated" / "library.sqlite") if one[0] != "alembic_version"}
    assert known == schema(tmp_path / "declared.sqlite")


def test_a_failing_migration_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_halfway(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        message = "the power went"
        raise RuntimeError(message)

    monkeypatch.setattr(upgrade, "_migrate", fail_halfway)
    with pytest.raises(RuntimeError, match="power"):
        Library(tmp_path)
    monkeypatch.undo()
    engine = open_engine(tmp_path / "library.sqlite")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    engine.dispose()
    Library(tmp_path).close()


def test_an_older_library_is_backed_up_before_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library(tmp_path).close()
    monkeypatch.setattr(upgrade, "HEAD", "9998")
    monkeypatch.setattr(upgrade, "_migrate", lambda _: None)
    Library(tmp_path).close()
    assert [one.name.split()[-1] for one in (tmp_path / "backups").iterdir()] == ["upgrade.sqlite"]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_only_an_older_library_wants_an_upgrade(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "recorded"
    assert not Library.wants_upgrade(folder)
    unpack_recorded(folder, path)
    assert Library.wants_upgrade(folder) is (path.name.split(".")[0] != upgrade.HEAD)
    (folder / "library.sqlite").write_bytes(b"no database, but long enough to be looked into" * 100)
    assert not Library.wants_upgrade(folder)


def test_every_schema_has_a_recorded_library() -> None:
    assert {path.name.split(".")[0] for path in RECORDED} == set(upgrade.KNOWN)


def open_recorded(folder: Path, path: Path) -> Library:
    """Put a recorded library into a folder, with the document and the file that it keeps, and open it."""
    unpack_recorded(folder, path)
    kept = kept_file(folder, hashlib.sha256(b"a page").hexdigest())
    kept.parent.mkdir(parents=True)
    kept.write_bytes(gzip.compress(b"a page"))
    (folder / "files").mkdir()
    (folder / PDF_PATH).write_bytes(PDF)
    return Library(folder)


def unpack_recorded(folder: Path, path: Path) -> None:
    """Put nothing but the database of a recorded library into a folder."""
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(gzip.decompress(path.read_bytes()))


@pytest.fixture(params=RECORDED, ids=lambda path: path.name)
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    library = open_recorded(tmp_path / "recorded", request.param)
    yield library
    library.close()


def test_an_old_library_is_brought_up_to_date_with_all_that_is_in_it(recorded: Library) -> None:
    with recorded.read() as reader:
        papers = reader.papers.get_many([PaperId(number) for number in range(1, 6)])
        tags = [(tag.name, tag.count) for tag in reader.tags.all()]
        found = reader.search.ids(parse_query("wombats author:nováková tag:survey"), Sort())
        counts = reader.papers.counts()
    whole, first, second, nameless, binned = papers.values()
    draft = DRAFTS[0]
    for name in ("title", "title_source", "abstract", "abstract_source", "authors", "author_count", "organization"):
        assert getattr(whole, name) == getattr(draft, name)
    for name in ("published", "identifiers", "url", "pdf_url", "code_url", "venue", "keywords"):
        assert getattr(whole, name) == getattr(draft, name)
    assert (whole.mentions, whole.upvotes, whole.comments) == ((draft.mention,), 12, 4)
    assert (whole.status, whole.is_starred, whole.priority, whole.rating) == (Status.READ, True, Priority.HIGH, 4)
    assert (whole.note, whole.tags, whole.added) == ("It's **good**.", ("ml/vision", "survey"), ADDED)
    assert (first.status, second.status) == (Status.TO_READ, Status.TO_READ)
    assert (first.queue_position or 0) < (second.queue_position or 0)
    assert (str(first.published), str(second.published)) == ("2023", "2023-04")
    assert (nameless.title, binned.is_binned) == ("arXiv:hep-th/9901001", True)
    assert tags == [("ml/vision", 2), ("survey", 2)]
    assert found == [1]
    assert (counts.total, counts.binned, counts.starred) == (4, 1, 1)
    assert recorded.check().is_sound


def test_an_old_librarys_history_can_still_be_taken_back_and_done_again(recorded: Library) -> None:
    assert recorded.step_forward()[0] == "Tag 1 paper"
    labels = []
    while (label := recorded.step_back()[0]) is not None:
        labels.append(label)
    added_later = {
        *("Add 2 annotations", "Attach a PDF", "More like 1 paper", "Put 2 papers into 2 collections"),
        "Remember a title",
    }
    assert [label for label in labels if label not in added_later] == [
        *("Tag 1 paper", "Move 1 paper to the bin", "Mark 1 paper as Read", "Mark 2 papers as To read"),
        "Import 5 papers",
    ]
    with recorded.read() as reader:
        assert reader.papers.counts().total == 0
    while recorded.step_forward()[0] is not None:
        pass
    with recorded.read() as reader:
        assert reader.papers.counts().total == 4
    assert recorded.check().is_sound


def test_a_library_with_files_comes_up_with_annotations_and_positions(tmp_path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", FOLDER / "0002.sqlite.gz")) as library, library.read() as reader:
        (paper_file,) = reader.files.of(PaperId(1))
        annotations = reader.annotations.of(PaperId(1))
        position = reader.positions.find(PDF_SHA256)
        found = reader.search.ids(parse_query("wallabies has:annotation has:pdf"), Sort())
        by_tag = reader.search.ids(parse_query("zofie"), Sort())
    for name in ("path", "sha256", "size_bytes", "is_linked", "media_type", "facts"):
        assert getattr(paper_file, name) == getattr(NEW_FILE, name)
    assert [one.annotation for one in annotations] == [INK, HIGHLIGHT]
    assert (position, found, by_tag) == (POSITION, [1], [1])


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_what_was_decided_in_an_old_library_is_known_with_its_time_where_it_had_one(tmp_path: Path, path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", path)) as library, library.read() as reader:
        found = {(one.paper_id, one.kind): one for one in reader.decisions.all()}
        paper = reader.papers.get(PaperId(1))
    kinds = {DecisionKind.READ, DecisionKind.STARRED, DecisionKind.RATED, DecisionKind.TAGGED, DecisionKind.NOTED}
    assert {kind for key, kind in found if key == 1} >= kinds
    assert {(2, DecisionKind.QUEUED), (2, DecisionKind.TAGGED), (3, DecisionKind.QUEUED)} <= set(found)
    assert found[PaperId(1), DecisionKind.READ].at_utc == paper.finished
    assert found[PaperId(1), DecisionKind.RATED].amount == 4
    assert found[PaperId(1), DecisionKind.TAGGED].amount == 2


def test_a_library_with_feedback_comes_up_with_it_and_with_the_time_that_was_read(tmp_path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", FOLDER / "0003.sqlite.gz")) as library, library.read() as reader:
        said = reader.feedback.all()
        found = {(one.paper_id, one.kind): one for one in reader.decisions.all()}
    assert said == {PaperId(1): {Feedback.MORE}, PaperId(3): {Feedback.HIDE}}
    assert found[PaperId(1), DecisionKind.MORE].at_utc == ADDED
    spent = found[PaperId(1), DecisionKind.TIME_SPENT]
    assert (spent.amount, spent.at_utc) == (READ_S / 60, ADDED)


def test_a_library_with_collections_comes_up_with_them_and_with_what_is_in_them(tmp_path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", FOLDER / "0004.sqlite.gz")) as library, library.read() as reader:
        collections = [(one.name, one.count) for one in reader.collections.all()]
        paper = reader.papers.get(PaperId(1))
        found = reader.search.ids(parse_query("collection:survey"), Sort())
        kinds = {one.kind for one in reader.decisions.of([PaperId(2)])}
    assert collections == [("Empty", 0), ("Group", 2), ("Survey/Attention", 2)]
    assert (paper.collections, set(found)) == (("Group", "Survey/Attention"), {1, 2})
    assert DecisionKind.COLLECTED in kinds


def test_a_library_with_other_titles_comes_up_with_them_and_knows_papers_by_them(tmp_path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", FOLDER / "0005.sqlite.gz")) as library, library.read() as reader:
        title = "A paper that waits its turn"
        ((candidate,),) = reader.candidates.for_drafts([PaperDraft(title=title)])
        found = reader.search.ids(parse_query("title:waits"), Sort())
        assert reader.papers.get(PaperId(2)).other_titles == (title,)
    assert (candidate.paper_id, found) == (2, [2])


@pytest.mark.parametrize("path", [one for one in RECORDED if one.name < "0004"], ids=lambda path: path.name)
def test_an_old_library_takes_collections_at_once_and_they_can_be_taken_back(tmp_path: Path, path: Path) -> None:
    with closing(open_recorded(tmp_path / "recorded", path)) as library:
        with library.write("Put 1 paper into Survey") as writer:
            writer.collections.put([PaperId(1)], ["Survey"])
        with library.read() as reader:
            assert reader.papers.get(PaperId(1)).collections == ("Survey",)
        assert library.step_back()[0] == "Put 1 paper into Survey"
        with library.read() as reader:
            assert reader.collections.all() == []
        assert library.check().is_sound


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_a_library_of_any_schema_can_be_looked_into_as_a_backup(tmp_path: Path, path: Path) -> None:
    unpack_recorded(tmp_path / "recorded", path)
    content = inspect(tmp_path / "recorded" / "library.sqlite")
    assert (content.papers, content.notes, content.tags) == (4, 1, 2)
    assert content.collections == (3 if path.name >= "0004" else 0)


def test_files_of_an_old_library_are_told_from_links_and_none_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    unpack_recorded(folder, FOLDER / "0001.sqlite.gz")
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        rows = [
            (1, PDF_PATH, "a"),
            (1, "/elsewhere/x.pdf", "b"),
            (2, "C:\\elsewhere\\x.pdf", "b"),
            (2, "files/y.pdf", "b"),
        ]
        connection.executemany(
            "INSERT INTO file VALUES (NULL, ?, ?, ?, 5, 'application/pdf', '2025-11-01T12:00:00+00:00')", rows
        )
        connection.commit()
    with closing(Library(folder)) as library, library.read() as reader:
        files = [one for some in reader.files.of_many([PaperId(1), PaperId(2)]).values() for one in some]
    assert [(one.path, one.is_linked) for one in files] == [(rows[0][1], False), (rows[1][1], True), (rows[2][1], True)]


def test_a_migration_that_fails_on_an_old_library_leaves_its_file_and_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_halfway(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE paper ADD COLUMN half TEXT")
        connection.exec_driver_sql("UPDATE paper SET title = 'overwritten', half = 'done'")
        message = "the power went"
        raise RuntimeError(message)

    unpack_recorded(tmp_path / "old", RECORDED[0])
    before = dump(tmp_path / "old" / "library.sqlite")
    monkeypatch.setattr(upgrade, "HEAD", "9998")
    monkeypatch.setattr(upgrade, "_migrate", fail_halfway)
    with pytest.raises(RuntimeError, match="power"):
        Library(tmp_path / "old")
    assert dump(tmp_path / "old" / "library.sqlite") == before
    (copy,) = (tmp_path / "old" / "backups").iterdir()
    assert dump(copy) == before
    monkeypatch.undo()
    Library(tmp_path / "old").close()


def test_a_library_of_a_later_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    open_recorded(tmp_path / "new", RECORDED[-1]).close()
    path = tmp_path / "new" / "library.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = dump(path)
    with pytest.raises(LibraryTooNewError, match="9999"):
        Library(tmp_path / "new")
    assert dump(path) == before
    assert not (tmp_path / "new" / "backups").exists()


def dump(path: Path) -> list[object]:
    """Everything in a file: the schema and the rows of every table."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in names if sql and sql.startswith("CREATE TABLE")]
        return [names, *(connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in tables)]  # noqa: S608
