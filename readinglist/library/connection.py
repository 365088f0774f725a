"""Connections to one SQLite file as the driver makes them: their settings, and what their failures mean.

Whatever reads by SQL text works on such a connection, so that a first list needs nothing of SQLAlchemy.
"""

import sqlite3
import time
from pathlib import Path

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError
from readinglist.library import fulltext

BUSY_TIMEOUT_MS = 15_000  # the longest that another process may write before we give up: a large import
CACHE_KIB = 16_384  # for each connection
TRY_AGAIN_S = 0.02
CODE = 0xFF  # the part of SQLite's extended codes that says which kind of failure it is


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
    keep_log(connection)
    for pragma in (
        "synchronous = FULL",  # NORMAL may lose the last edits in a power cut
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"cache_size = -{CACHE_KIB}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    fulltext.install(connection)


def keep_log(connection: sqlite3.Connection) -> None:
    """Have changes written to a log first.

    Two programs that make the same library at once are in each other's way here, and SQLite does not wait by itself.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > until:
                raise
            time.sleep(TRY_AGAIN_S)
        else:
            return


def translate(error: BaseException) -> ReadingListError:
    """Say what a failure of the driver means for the reader."""
    facts = str(error)
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = "Another program is writing to the library. Try again in a moment."
            return EnvironmentFault(message, detail=facts, is_retryable=True)
        case sqlite3.SQLITE_FULL:
            return EnvironmentFault("The disk is full. Make room and try again.", detail=facts, is_retryable=True)
        case sqlite3.SQLITE_IOERR:
            message = "The disk does not read or write the library. Check that it is connected and has room."
            return EnvironmentFault(message, detail=facts, is_retryable=True)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            message = "The library cannot be written. Check the permissions of its folder."
            return EnvironmentFault(message, detail=facts)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            message = "The library file is damaged. Restore the last backup: readinglist restore FILE."
            return DataError(message, detail=facts)
    return DataError("The library refused a change.", detail=facts)


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program was in the way."""
    return _code(error) == sqlite3.SQLITE_BUSY


def _code(error: BaseException) -> int | None:
    """Return which kind of failure it is; None for one of the driver itself, which has no code."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & CODE
