"""Connections to one SQLite file as the driver makes them: their settings, and what their failures mean.

Whatever reads by SQL text works on such a connection, so that a first list needs nothing of SQLAlchemy.
"""

import sqlite3
from pathlib import Path

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError
from readinglist.library import fulltext

BUSY_TIMEOUT_MS = 15_000  # the longest that another process may write before we give up: a large import
CACHE_KIB = 16_384  # for each connection


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection; the file is made if it is not there."""
    # The driver must not begin transactions on its own: with its defaults, a failing migration leaves tables
    # behind. Addresses are allowed because the texts of PDFs are attached by one.
    return sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False, uri=True
    )


def set_up(connection: sqlite3.Connection) -> None:
    """Give a new connection its settings."""
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


def translate(error: BaseException) -> ReadingListError:
    """Say what a failure of the driver means for the reader."""
    facts = str(error)
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
