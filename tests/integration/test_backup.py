"""Backups: made in use, looked into, put back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import DataError, EnvironmentFault, LibraryTooNewError, UserError
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.library.upgrade import HEAD
from readinglist.services.events import Event, EventHub
from readinglist.services.maintenance import Maintenance
from tests.helpers.drafts import make_draft


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def maintenance(library: Library, heard: list[Event]) -> Maintenance:
    events = EventHub()
    events.subscribe(heard.append)
    return Maintenance(library, events)


def add(library: Library, *numbers: int) -> list[PaperId]:
    with library.write(f"Import {len(numbers)} papers") as writer:
        return writer.papers.add_many([make_draft(number) for number in numbers], status=Status.INBOX)


def total(library: Library) -> int:
    with library.read() as reader:
        return reader.papers.counts().total


def test_a_backup_is_one_file_with_everything(library: Library, maintenance: Maintenance, tmp_path: Path) -> None:
    add(library, 1, 2, 3)
    path = maintenance.backup(tmp_path / "elsewhere" / "copy.sqlite")
    assert [one.name for one in path.parent.iterdir()] == ["copy.sqlite"]
    content = maintenance.inspect(path)
    assert (content.papers, content.newest) == (3, make_draft(3).title)


def test_going_back_keeps_what_was_there(library: Library, maintenance: Maintenance, heard: list[Event]) -> None:
    add(library, 1, 2)
    path = maintenance.backup()
    add(library, 3)
    saved = maintenance.restore(path)
    assert total(library) == 2
    assert maintenance.inspect(saved).papers == 3
    assert {one.reason for one in maintenance.list_backups()} == {"manual", "restore"}
    assert ChangeKind.ADDED in heard[-1].kinds  # type: ignore[union-attr]
    add(library, 4)  # the library goes on
    assert library.check().is_sound


def test_another_program_notices_that_a_backup_was_restored(library: Library, maintenance: Maintenance) -> None:
    add(library, 1)
    path = maintenance.backup()
    add(library, 2)
    add(library, 3)
    other = Library(library.folder)
    try:
        maintenance.restore(path)
        (changes,) = other.foreign_changes()
        assert ChangeKind.REMOVED in changes.kinds
        with other.read() as reader:
            assert reader.papers.counts().total == 1
    finally:
        other.close()


def test_only_a_sound_backup_is_restored(library: Library, maintenance: Maintenance, tmp_path: Path) -> None:
    add(library, *range(200))
    good = maintenance.backup(tmp_path / "good.sqlite")
    bad = tmp_path / "bad.sqlite"
    content = bytearray(good.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\xff" * 20_000
    bad.write_bytes(content)
    with pytest.raises((DataError, UserError)):
        maintenance.restore(bad)
    assert total(library) == 200


@pytest.mark.parametrize("text", [b"", b"no database at all, but a text of some length" * 30])
def test_what_is_no_backup_is_named(maintenance: Maintenance, tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "listing.txt"
    path.write_bytes(text)
    with pytest.raises(UserError, match=r"listing\.txt"):
        maintenance.restore(path)
    with pytest.raises(UserError, match="no file"):
        maintenance.restore(tmp_path / "nothing.sqlite")


def test_a_place_that_cannot_be_written_is_named(maintenance: Maintenance, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentFault, match=r"copy\.sqlite"):
        maintenance.backup(tmp_path / "file" / "copy.sqlite")


def test_a_copy_never_takes_the_place_of_the_library(
    library: Library, maintenance: Maintenance, tmp_path: Path
) -> None:
    add(library, 1)
    link = tmp_path / "link.sqlite"
    link.symlink_to(library.path)
    before = library.path.stat().st_ino
    for target in (library.path, library.folder / ".." / library.folder.name / library.path.name, link):
        with pytest.raises(UserError, match="the library itself"):
            maintenance.backup(target)
    assert library.path.stat().st_ino == before
    assert link.is_symlink()


def test_an_old_backup_that_cannot_be_deleted_does_not_keep_a_new_one_from_being_made(
    library: Library, maintenance: Maintenance, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, 1)
    later = datetime.now(UTC) + timedelta(days=8)
    first = maintenance.back_up_if_due(interval_days=7, kept=1, now=later)

    delete = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == ".sqlite":
            raise PermissionError(13, "in use", str(path))
        delete(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    second = maintenance.back_up_if_due(interval_days=7, kept=1, now=later)
    assert {one.path for one in maintenance.list_backups()} == {first, second}


def test_a_backup_whose_upgrade_fails_leaves_the_library_as_it_was(
    library: Library, maintenance: Maintenance, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, 1)
    path = maintenance.backup()
    add(library, 2)

    def refuse(*_: object) -> None:
        message = "The disk is full. Make room and try again."
        raise EnvironmentFault(message)

    monkeypatch.setattr("readinglist.library.store.upgrade", refuse)
    with pytest.raises(EnvironmentFault, match="disk is full"):
        maintenance.restore(path)
    assert total(library) == 2


def test_automatic_backups_come_when_due_and_go_when_old(library: Library, maintenance: Maintenance) -> None:
    assert maintenance.back_up_if_due(interval_days=7, kept=2) is None  # nothing to lose
    add(library, 1)
    assert maintenance.back_up_if_due(interval_days=0, kept=2) is None  # switched off
    assert maintenance.back_up_if_due(interval_days=7, kept=2) is not None
    assert maintenance.back_up_if_due(interval_days=7, kept=2) is None  # not due yet
    later = datetime.now(UTC) + timedelta(days=8)
    for _ in range(3):
        assert maintenance.back_up_if_due(interval_days=7, kept=2, now=later) is not None
    assert [one.reason for one in maintenance.list_backups()] == ["automatic", "automatic"]


def test_a_backup_tells_what_is_in_it_without_being_opened(
    library: Library, maintenance: Maintenance, tmp_path: Path
) -> None:
    ids = add(library, 1, 2, 3, 4)
    with library.write("Note") as writer:
        writer.papers.set_values(ids[:2], {"note": "Words."})
        writer.tags.put(ids[:1], ["a", "b"])
        writer.collections.make("Empty")
        writer.papers.set_binned(ids[1:2], is_binned=True)
    path = maintenance.backup(tmp_path / "copy.sqlite")
    before = path.read_bytes()
    content = maintenance.inspect(path)
    assert (content.papers, content.notes, content.tags, content.revision) == (3, 1, 2, HEAD)
    assert content.collections == 1
    assert content.newest == make_draft(4).title
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.sqlite", "library"]


def test_a_backup_of_any_kind_puts_off_the_automatic_one(library: Library, maintenance: Maintenance) -> None:
    add(library, 1)
    maintenance.backup()
    now = datetime.now(UTC)
    assert maintenance.back_up_if_due(interval_days=7, kept=3, now=now + timedelta(days=6)) is None
    assert maintenance.back_up_if_due(interval_days=7, kept=3, now=now + timedelta(days=8)) is not None


def test_the_readers_own_backups_are_never_deleted(library: Library, maintenance: Maintenance) -> None:
    add(library, 1)
    own = [maintenance.backup() for _ in range(6)]
    later = datetime.now(UTC) + timedelta(days=30)
    for _ in range(4):
        maintenance.back_up_if_due(interval_days=1, kept=1, now=later)
    reasons = [one.reason for one in maintenance.list_backups()]
    assert (reasons.count("manual"), reasons.count("automatic")) == (6, 1)
    assert all(path.is_file() for path in own)


def test_backups_of_one_second_have_names_of_their_own(library: Library, maintenance: Maintenance) -> None:
    add(library, 1)
    assert len({maintenance.backup() for _ in range(5)}) == 5


def test_going_back_and_back_again_gives_what_was_there(
    library: Library, maintenance: Maintenance, heard: list[Event]
) -> None:
    add(library, 1)
    path = maintenance.backup()
    add(library, 2, 3)
    saved = maintenance.restore(path, initiator="dialog")
    assert total(library) == 1
    (changes,) = heard
    assert isinstance(changes, Changes)
    assert (changes.kinds, changes.initiator) == (frozenset(ChangeKind), "dialog")
    maintenance.restore(saved)
    assert total(library) == 3
    assert library.step_back()[0] == "Import 2 papers"
    assert maintenance.check().is_sound


def test_a_backup_of_a_later_program_is_refused(library: Library, maintenance: Maintenance, tmp_path: Path) -> None:
    add(library, 1)
    path = maintenance.backup(tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    add(library, 2)
    with pytest.raises(LibraryTooNewError, match="9999"):
        maintenance.restore(path)
    assert total(library) == 2


def test_another_programs_database_is_no_backup(maintenance: Maintenance, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection:
        connection.execute("CREATE TABLE paper (id INTEGER)")
        connection.commit()
    with pytest.raises(UserError, match=r"other\.sqlite is not a backup"):
        maintenance.inspect(tmp_path / "other.sqlite")
