"""Reading a library before all of it is loaded: what the first list of a window needs, by the same SQL as ever.

SQLAlchemy and what is built on it take a quarter of a second to load, longer than all of Qt. Only a library that needs
nothing done to it is looked at in this way; any other is opened whole, which upgrades it or says what is wrong.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.library import connection as plain
from readinglist.library import page_text, text_database
from readinglist.library.paper_reading import PaperReader
from readinglist.library.search import Search
from readinglist.library.upgrade import is_current

if TYPE_CHECKING:
    from readinglist.library.naming import Names

log = logging.getLogger(__name__)

LAST_ENTRY = "SELECT coalesce(max(id), 0) FROM change_log"


class Look:
    """What a list and the paper chosen in it ask of the library; all answers agree with each other.

    Args:
        connection: One of the driver, in a transaction.
        folder: The library's.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self.papers = PaperReader(connection, folder)
        self.search = Search(connection)
        self._driver = connection

    @property
    def names(self) -> "Names":
        """Names that papers have, for a reader who is typing one."""
        from readinglist.library.naming import Names  # noqa: PLC0415 - not needed for a first list

        return Names(self._driver)


class FirstLook:
    """One connection for looking, used by one thread at a time.

    Attributes:
        last_entry: Number of the newest entry of the log of changes when the library was found; 0 for none.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self.last_entry = int(connection.execute(LAST_ENTRY).fetchone()[0])

    @contextmanager
    def read(self) -> Iterator[Look]:
        """Look at the library as it is at one moment.

        Raises:
            EnvironmentFault: The file is locked.
            DataError: The file is damaged.
        """
        try:
            self._connection.execute("BEGIN DEFERRED")
            try:
                yield Look(self._connection, self._folder)
            finally:
                with suppress(sqlite3.OperationalError):  # SQLite ends it by itself after some failures
                    self._connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            raise plain.translate(error) from error

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def find_first_look(path: Path) -> FirstLook | None:
    """Open a library for looking; None if it is new, older, newer, damaged or out of reach.

    Args:
        path: The library's file.
    """
    if not path.is_file():
        return None
    connection = None
    try:
        connection = plain.connect(path)
        plain.set_up(connection)
        if is_current(connection):
            text_database.prepare(path.parent)
            page_text.attach(connection, path.parent)
            return FirstLook(connection, path.parent)
    except sqlite3.Error as error:
        log.info("the library is opened whole at once: %s", error)
    if connection is not None:
        connection.close()
    return None
