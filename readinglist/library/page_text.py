"""The text of PDFs, page by page, in a database of its own below `derived/`: it can be deleted, and is made again.

Named by the content of the files, so that it knows nothing of papers. Connections to the library have it attached, for
reading only: a write to the library must not wait for a text that is stored, nor the other way round.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from readinglist.library.fulltext import spaced
from readinglist.library.text_database import TextDatabase, find_path, make_tables

SCHEMA = "texts"  # its name on a library's connections
PAGE_END = "\f"
# Papers whose files have the words of a text query, with the number of the text.
MATCHING = f"""{SCHEMA}.page_text CROSS JOIN {SCHEMA}.document ON document.id = page_text.rowid
    JOIN main.file ON file.sha256 = document.sha256 WHERE page_text MATCH ?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextState:
    """What is known of the text of a file.

    Attributes:
        is_read: It is here, even if it is empty.
        reason: Why it was set aside; empty if it was not.
    """

    is_read: bool
    reason: str


def attach(connection: sqlite3.Connection, folder: Path) -> None:
    """Give a library's connection the texts to read; an empty place stands in where there are none."""
    path = find_path(folder)
    if path.is_file():
        with suppress(sqlite3.Error):
            connection.execute(f"ATTACH DATABASE ? AS {SCHEMA}", (f"{path.absolute().as_uri()}?mode=ro",))
            connection.execute(f"SELECT 1 FROM {SCHEMA}.document LIMIT 1").fetchone()
            return
        with suppress(sqlite3.Error):
            connection.execute(f"DETACH DATABASE {SCHEMA}")
    connection.execute(f"ATTACH DATABASE ':memory:' AS {SCHEMA}")
    make_tables(connection, SCHEMA)


def unpack(packed: bytes | None) -> list[str]:
    """Return the texts of the pages of one document, the first page first."""
    return [] if packed is None else zlib.decompress(packed).decode().split(PAGE_END)


class PageTexts:
    """Stores texts; may be used by several threads and programs at once.

    Args:
        folder: The library's.
    """

    def __init__(self, folder: Path) -> None:
        self._database = TextDatabase(folder)

    def states(self) -> dict[str, TextState]:
        """Return what is known of which content."""
        rows = self._database.ask("SELECT sha256, text IS NOT NULL, reason FROM document")
        return {row[0]: TextState(is_read=bool(row[1]), reason=row[2]) for row in rows}

    def sizes(self) -> dict[str, int]:
        """Return how long the packed text is of each content that was read, in bytes."""
        return dict(self._database.ask("SELECT sha256, length(text) FROM document WHERE text IS NOT NULL"))

    def pages(self, sha256: str) -> list[str] | None:
        """Return the texts of the pages of a file; None if they were not read."""
        rows = self._database.ask("SELECT text FROM document WHERE sha256 = ? AND text IS NOT NULL", (sha256,))
        return unpack(rows[0][0]) if rows else None

    def save(self, sha256: str, pages: Sequence[str]) -> None:
        """Keep the text of a file, one text for each page from the first on."""
        text = PAGE_END.join(page.replace(PAGE_END, " ").replace("\0", " ") for page in pages)
        text = text.encode("utf-8", "ignore").decode()
        with self._database.writing() as connection:
            _drop(connection, [sha256])
            values = (sha256, zlib.compress(text.encode()))
            key = connection.execute("INSERT INTO document (sha256, text) VALUES (?, ?)", values).lastrowid
            connection.execute("INSERT INTO page_text (rowid, text) VALUES (?, ?)", (key, spaced(text)))

    def set_aside(self, sha256: str, reason: str) -> None:
        """Note that a file is not to be read again before somebody asks for it."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO document (sha256, reason) VALUES (?, ?) "
                "ON CONFLICT (sha256) DO UPDATE SET reason = excluded.reason",
                (sha256, reason),
            )

    def take_back(self, contents: Iterable[str] | None = None) -> None:
        """Forget that some files were set aside, or all: they are read again."""
        with self._database.writing() as connection:
            if contents is None:
                connection.execute("DELETE FROM document WHERE text IS NULL")
            else:
                rows = [(one,) for one in contents]
                connection.executemany("DELETE FROM document WHERE sha256 = ? AND text IS NULL", rows)

    def remove(self, contents: Iterable[str]) -> None:
        """Forget the texts of files."""
        with self._database.writing() as connection:
            _drop(connection, contents)

    def mend(self) -> bool:
        """Make the database anew if it is damaged; returns whether it was.

        Raises:
            EnvironmentFault: It cannot be replaced.
        """
        return self._database.mend()

    def clear(self) -> None:
        """Forget all texts."""
        with self._database.writing() as connection:
            connection.execute("INSERT INTO page_text (page_text) VALUES ('delete-all')")
            connection.execute("DELETE FROM document")


def _drop(connection: sqlite3.Connection, contents: Iterable[str]) -> None:
    for sha256 in contents:
        row = connection.execute("SELECT id, text FROM document WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            continue
        if row[1] is not None:  # a contentless index must be told what it forgets
            text = spaced(PAGE_END.join(unpack(row[1])))
            command = "INSERT INTO page_text (page_text, rowid, text) VALUES ('delete', ?, ?)"
            connection.execute(command, (row[0], text))
        connection.execute("DELETE FROM document WHERE id = ?", (row[0],))
