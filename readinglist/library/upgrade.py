"""Bringing a library's schema up to date: a copy first, then everything in one transaction, or nothing.

Alembic takes a fifth of a second to import, so it is not even loaded for a library that is up to date. SQLAlchemy is
not loaded before there is something to open.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist import __version__
from readinglist.domain.errors import DataError, LibraryTooNewError
from readinglist.library.backup import make_backup

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD = "0005"
KNOWN = ("0001", "0002", "0003", "0004", "0005")


def upgrade(engine: "Engine", path: Path) -> None:
    """Make the schema the one of this program; the file stays as it was if that fails.

    Raises:
        LibraryTooNewError: The file's revision is not known here.
        DataError: The file is no library, or is damaged.
    """
    from readinglist.library.engine import driver_of, transaction, translated  # noqa: PLC0415 - loads SQLAlchemy

    with translated(), engine.connect() as connection:
        revision = current_revision(driver_of(connection))
        if revision == HEAD:
            return
        check_known(revision, path)
        if revision is not None:
            make_backup(path, reason="upgrade")
        with transaction(connection, mode="IMMEDIATE"):
            # Another program may have made or upgraded it while this one waited for its turn.
            if current_revision(driver_of(connection)) is None:
                _check_empty(connection, path)
            _migrate(connection)


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether the schema is the one of this program."""
    return current_revision(connection) == HEAD


def is_older(path: Path) -> bool:
    """Tell whether a file is a library whose schema this program must bring up to date."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return current_revision(connection) in KNOWN[:-1]
    except sqlite3.Error:
        return False  # opening it says what is wrong


def current_revision(connection: sqlite3.Connection) -> str | None:
    """Return the revision of the file; None for a file without tables."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(query).fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def check_known(revision: str | None, path: Path) -> None:
    """Refuse what this program cannot read.

    Raises:
        LibraryTooNewError: The revision is of a newer program.
    """
    if revision is not None and revision not in KNOWN:
        message = (
            f"The library {path} was written by a newer Reading List (schema {revision}; this is version {__version__} "
            f"with schema {HEAD}). Install the newer version; nothing was changed."
        )
        raise LibraryTooNewError(message)


def _check_empty(connection: "Connection", path: Path) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is not None:
        message = f"{path} is a database of another program, not a library."
        raise DataError(message)


def _migrate(connection: "Connection") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
