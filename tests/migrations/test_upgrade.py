"""Bringing the schema up to date: whole or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData

from readinglist.library import fulltext, upgrade
from readinglist.library.engine import open_engine
from readinglist.library.library import Library
from readinglist.library.tables import metadata


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
    monkeypatch.setattr(upgrade, "HEAD", "0002")
    monkeypatch.setattr(upgrade, "_migrate", lambda _: None)
    Library(tmp_path).close()
    assert [one.name.split()[-1] for one in (tmp_path / "backups").iterdir()] == ["upgrade.sqlite"]
