"""The database below `derived/` in which the texts of PDFs are, with what is kept beside them, and its way in.

It can be deleted at any time, and is made anew. Every question opens it by itself: a deleted file hinders nobody.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from readinglist.domain.errors import EnvironmentFault
from readinglist.library.connection import is_busy, keep_log
from readinglist.library.fulltext import TOKENIZE

log = logging.getLogger(__name__)

VERSION = 1
BUSY_TIMEOUT_S = 15.0


def make_tables(connection: sqlite3.Connection, schema: str = "main") -> None:
    """Make the tables of the texts.

    Args:
        connection: Has none of them.
        schema: The database among those of the connection.
    """
    connection.execute(
        f"""CREATE TABLE {schema}.document (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            reason TEXT NOT NULL DEFAULT '',
            text BLOB
        )"""
    )
    # Contentless: the text is kept packed in `document`, with the spaces that it was written with.
    columns = f"text, content = '', tokenize = '{TOKENIZE}'"
    connection.execute(f"CREATE VIRTUAL TABLE {schema}.page_text USING fts5 ({columns})")


def find_path(folder: Path) -> Path:
    """Return where the texts of a library lie."""
    return folder / "derived" / "page_text.sqlite"


def prepare(folder: Path) -> bool:
    """Make the database where there is none; one that is damaged is made anew, since all of it can be read again.

    Returns:
        Whether it was made.
    """
    path = find_path(folder)
    try:
        if path.exists() and not _is_of_use(path):
            log.warning("the texts of PDFs in %s are of another version or damaged, and are read again", path)
            _remove(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return _make(path)
    except (OSError, sqlite3.Error) as error:
        log.warning("the texts of PDFs cannot be kept in %s: %s", path, error)
        return False


def _is_of_use(path: Path) -> bool:
    """Tell whether there is this version in a file, or nothing yet: another program may be making it."""
    try:
        with closing(connect(path)) as connection:
            if not connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()[0]:
                return True
            connection.execute("SELECT 1 FROM document, page_text LIMIT 1")
            return _version(connection) == VERSION
    except sqlite3.Error as error:
        if is_busy(error):
            raise
        return False


def _make(path: Path) -> bool:
    """Make the tables in one step, so that nobody sees half of them; returns whether they were not there."""
    with closing(connect(path)) as connection:
        if _version(connection) == VERSION:
            return False
        keep_log(connection)
        connection.execute("BEGIN IMMEDIATE")
        is_new = _version(connection) != VERSION
        if is_new:
            make_tables(connection)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        return is_new


class TextDatabase:
    """Asks and writes; may be used by several threads and programs at once.

    Args:
        folder: The library's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = find_path(folder)
        self._lock = threading.Lock()

    @property
    def is_there(self) -> bool:
        """It was made, and nobody has deleted it."""
        return self._path.is_file()

    def ask(self, sql: str, values: tuple[Any, ...] = (), *, optional: tuple[str, ...] = ()) -> list[Any]:
        """Return the rows that answer a question.

        Args:
            sql: One statement.
            values: For its question marks.
            optional: Tables that need not be there; without one of them there are no rows.

        Raises:
            EnvironmentFault: It cannot be read.
        """
        try:
            with closing(connect(self._made())) as connection:
                return connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            if str(error).removeprefix("no such table: ") in optional:
                return []
            raise fault(error) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for one step, all of which is stored or nothing.

        Raises:
            EnvironmentFault: It cannot be stored.
        """
        try:
            with self._lock, closing(connect(self._made())) as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise fault(error) from error

    def mend(self) -> bool:
        """Make the database anew if it is damaged; returns whether it was.

        Raises:
            EnvironmentFault: It cannot be replaced.
        """
        with suppress(sqlite3.Error), closing(connect(self._made())) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return False
        try:
            _remove(self._path)
        except OSError as error:
            message = "The texts of the PDFs are damaged and in use. Close other windows of this library and try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
        prepare(self._folder)
        return True

    def _made(self) -> Path:
        if not self.is_there:
            prepare(self._folder)
        return self._path


def connect(path: Path) -> sqlite3.Connection:
    """Open the database of the texts."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    # All of it can be made again: a power cut may take the last texts, but never damages the file.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def fault(error: sqlite3.Error) -> EnvironmentFault:
    """Return what went wrong with the database, in words."""
    message = "The texts of the PDFs cannot be stored. Make room on the disk, or close other programs that use them."
    return EnvironmentFault(message, detail=str(error), is_retryable=True)
