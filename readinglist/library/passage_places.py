"""Where the passages of PDFs stand in their texts: numbers that their vectors are kept under.

The tables lie beside the texts, in the same derived database: a text that is forgotten takes its passages along, and
their numbers are never given again. `token` names the numbering: where it is another one, vectors belong to nothing.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NewType

from readinglist.domain.passages import CUT, Passage, cut_passages
from readinglist.library.page_text import unpack
from readinglist.library.text_database import TextDatabase

PassageId = NewType("PassageId", int)

CREATE = (
    "CREATE TABLE IF NOT EXISTS numbering (token TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS cut_document (document INTEGER PRIMARY KEY, cut INTEGER NOT NULL)",
    """CREATE TABLE IF NOT EXISTS passage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS passage_document ON passage (document)",
    """CREATE TRIGGER IF NOT EXISTS passages_of_document AFTER DELETE ON document BEGIN
        DELETE FROM passage WHERE document = old.id;
        DELETE FROM cut_document WHERE document = old.id;
    END""",
)
DROP = (
    "DROP TRIGGER IF EXISTS passages_of_document",
    "DROP TABLE IF EXISTS passage",
    "DROP TABLE IF EXISTS cut_document",
    "DROP TABLE IF EXISTS numbering",
)
WAITING = """SELECT id FROM document WHERE text IS NOT NULL
    AND id NOT IN (SELECT document FROM cut_document WHERE cut = ?) ORDER BY id DESC"""
TABLES = ("numbering", "cut_document", "passage")
CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePlace:
    """Where a passage is.

    Attributes:
        sha256: Of the file's content.
        passage: Page and place there.
        siblings: How many passages the file has, this one included.
    """

    sha256: str
    passage: Passage
    siblings: int


class PassagePlaces:
    """Cuts texts and knows their passages; may be used by several threads and programs at once.

    Every method raises an `EnvironmentFault` where the database cannot be used.

    Args:
        folder: The library's.
    """

    def __init__(self, folder: Path) -> None:
        self._database = TextDatabase(folder)

    def token(self) -> str:
        """Return what names the numbering; empty if there is none."""
        rows = self._ask("SELECT token FROM numbering") if self._database.is_there else []
        return str(rows[0][0]) if rows else ""

    def begin(self) -> str:
        """Make room for passages if there is none; returns the token of the numbering."""
        if found := self.token():
            return found
        with self._database.writing() as connection:
            for statement in CREATE:
                connection.execute(statement)
            row = connection.execute("SELECT token FROM numbering").fetchone()
            if row is None:
                row = (uuid.uuid4().hex[:12],)
                connection.execute("INSERT INTO numbering (token) VALUES (?)", row)
        return str(row[0])

    def waiting(self) -> list[int]:
        """Return the texts that are not cut, the newest first; they have numbers of their own."""
        return [row[0] for row in self._ask(WAITING, (CUT,))]

    def cut(self, document: int) -> None:
        """Cut a text, in place of how it was cut before; nothing happens if it is gone."""
        rows = self._ask("SELECT text FROM document WHERE id = ? AND text IS NOT NULL", (document,))
        if not rows:
            return
        found = cut_passages(unpack(rows[0][0]))
        with self._database.writing() as connection:
            if not connection.execute("SELECT 1 FROM document WHERE id = ?", (document,)).fetchone():
                return
            done = connection.execute("SELECT 1 FROM cut_document WHERE document = ? AND cut = ?", (document, CUT))
            if done.fetchone():
                return  # another program was faster
            connection.execute("DELETE FROM passage WHERE document = ?", (document,))
            connection.executemany(
                "INSERT INTO passage (document, page, start, stop) VALUES (?, ?, ?, ?)",
                [(document, one.page, one.start, one.stop) for one in found],
            )
            connection.execute("INSERT OR REPLACE INTO cut_document VALUES (?, ?)", (document, CUT))

    def ids(self) -> list[PassageId]:
        """Return all passages, in order."""
        return [PassageId(row[0]) for row in self._ask("SELECT id FROM passage ORDER BY id")]

    def of_contents(self, contents: Sequence[str]) -> dict[str, list[PassageId]]:
        """Return the passages of files; those without any are left out."""
        sql = """SELECT sha256, passage.id FROM document JOIN passage ON document = document.id
            WHERE sha256 IN ({}) ORDER BY sha256, passage.id"""
        rows = self._ask_many(sql, contents)
        return {key: [PassageId(row[1]) for row in some] for key, some in groupby(rows, key=lambda row: str(row[0]))}

    def find(self, ids: Sequence[PassageId]) -> dict[PassageId, PassagePlace]:
        """Return where passages are; those that are gone are left out."""
        sql = """SELECT passage.id, sha256, page, start, stop,
            (SELECT count(*) FROM passage AS other WHERE other.document = passage.document)
            FROM passage JOIN document ON document.id = passage.document WHERE passage.id IN ({})"""
        return {
            PassageId(key): PassagePlace(sha256=sha256, passage=Passage(page, start, stop), siblings=siblings)
            for key, sha256, page, start, stop, siblings in self._ask_many(sql, ids)
        }

    def texts(self, ids: Sequence[PassageId]) -> dict[PassageId, str]:
        """Return the words of passages, read from the texts of their pages; those that are gone are left out."""
        sql = "SELECT document, id, page, start, stop FROM passage WHERE id IN ({}) ORDER BY document"
        found: dict[PassageId, str] = {}
        for document, some in groupby(sorted(self._ask_many(sql, ids)), key=lambda row: int(row[0])):
            rows = self._ask("SELECT text FROM document WHERE id = ?", (document,))
            if not rows:
                continue
            pages = unpack(rows[0][0])
            for _, key, page, start, stop in some:
                found[PassageId(key)] = " ".join("".join(pages[page - 1 : page])[start:stop].split())
        return found

    def forget(self) -> None:
        """Forget all passages and their numbering; the texts stay."""
        with self._database.writing() as connection:
            for statement in DROP:
                connection.execute(statement)

    def _ask_many(self, sql: str, keys: Sequence[Any]) -> list[Any]:
        rows: list[Any] = []
        for start in range(0, len(keys), CHUNK):
            some = tuple(keys[start : start + CHUNK])
            rows += self._ask(sql.format(", ".join("?" * len(some))), some)
        return rows

    def _ask(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Return rows; none where somebody turned passages off, or nobody has turned them on."""
        return self._database.ask(sql, values, optional=TABLES)
