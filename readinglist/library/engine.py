"""Connections to one SQLite file: their settings, their transactions, and what their failures mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError
from readinglist.library import fulltext, page_text

BUSY_TIMEOUT_MS = 15_000  # the longest that another process may write before we give up: a large import
CACHE_KIB = 16_384  # for each connection


def open_engine(path: Path) -> Engine:
    """Make the engine; no connection is opened yet.

    Args:
        path: The SQLite file; the texts of PDFs are looked for below its folder.
    """

    def connect() -> sqlite3.Connection:
        # The driver must not begin transactions on its own: with its defaults, a failing migration leaves tables
        # behind. Addresses are allowed because the texts of PDFs are attached by one.
        return sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False, uri=True
        )

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        isolation_level=None,
        poolclass=QueuePool,
        pool_size=6,
        max_overflow=20,
    )

    def set_up(connection: Any, _record: object) -> None:
        _set_up(connection)
        page_text.attach(connection, path.parent)

    event.listen(engine, "connect", set_up)
    return engine


def _set_up(connection: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",  # NORMAL may lose the last edits in a power cut
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    fulltext.install(connection)


@contextmanager
def transaction(connection: Connection, *, mode: str) -> Iterator[None]:
    """Run a block inside BEGIN and COMMIT, or ROLLBACK if it fails.

    Args:
        connection: Not in a transaction.
        mode: `DEFERRED` for reading, `IMMEDIATE` for writing.

    Raises:
        EnvironmentFault: The file is locked, full or read-only.
        DataError: The file is damaged.
    """
    try:
        connection.exec_driver_sql(f"BEGIN {mode}")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise
    except DatabaseError as error:
        raise translate(error) from error


def _roll_back(connection: Connection) -> None:
    """SQLite has rolled back by itself after some failures; a second time is no harm."""
    with suppress(OperationalError):
        connection.exec_driver_sql("ROLLBACK")


def translate(error: DatabaseError) -> ReadingListError:
    """Say what a failure of the database means for the reader."""
    facts = str(error.orig)
    if "locked" in facts or "busy" in facts:
        message = "Another program is writing to the library. Try again in a moment."
        return EnvironmentFault(message, detail=facts, is_retryable=True)
    if "full" in facts:
        return EnvironmentFault("The disk is full. Make room and try again.", detail=facts, is_retryable=True)
    if "readonly" in facts or "unable to open" in facts:
        message = "The library cannot be written. Check the permissions of its folder."
        return EnvironmentFault(message, detail=facts)
    if "malformed" in facts or "not a database" in facts:
        message = "The library file is damaged. Restore the last backup: readinglist restore FILE."
        return DataError(message, detail=facts)
    return DataError("The library refused a change.", detail=facts)
