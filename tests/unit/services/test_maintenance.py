"""Keeping a library safe: which backups are made, kept, looked into and put back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import LibraryTooNewError, UserError
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


def test_a_backup_tells_what_is_in_it_without_being_opened(
    library: Library, maintenance: Maintenance, tmp_path: Path
) -> None:
    ids = add(library, 1, 2, 3, 4)
    with library.write("Note") as writer:
        writer.papers.set_values(ids[:2], {"note": "Words."})
        writer.tags.put(ids[:1], ["a", "b"])
        writer.papers.set_binned(ids[1:2], is_binned=True)
    path = maintenance.backup(tmp_path / "copy.sqlite")
    before = path.read_bytes()
    content = maintenance.inspect(path)
    assert (content.papers, content.notes, content.tags, content.revision) == (3, 1, 2, HEAD)
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
