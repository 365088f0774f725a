"""Names that papers have, found by how they begin: for a reader who is typing one.

Each is read from an index, so that the answer is there before the next key.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from readinglist.domain.completing import fits, in_order
from readinglist.library.search_words import clean

SAMPLE = 200  # papers by an author that begins so, the newest; more would only count better
LEAST_LETTERS = 2  # of an author's name: nearly every paper has one that begins with a given letter
LIKED = 200  # tags, collections and venues that are counted
GROUPS = """SELECT name, (SELECT count(*) FROM paper_{noun} WHERE {noun}_id = {noun}.id) FROM {noun}
    WHERE name LIKE ? LIMIT ?"""
AUTHORS = """SELECT name FROM paper_author WHERE paper_id IN
    (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? ORDER BY rowid DESC LIMIT ?)"""
VENUES = "SELECT venue, count(*) FROM paper WHERE venue LIKE ? GROUP BY venue ORDER BY 2 DESC LIMIT ?"
# A step along the index for each source, not for each paper.
SOURCES = """WITH RECURSIVE one (source) AS (
        SELECT min(source) FROM mention UNION ALL
        SELECT (SELECT min(source) FROM mention WHERE source > one.source) FROM one WHERE one.source IS NOT NULL)
    SELECT source, (SELECT count(*) FROM mention WHERE mention.source = one.source) FROM one WHERE source IS NOT NULL"""


class Names:
    """Finds names, seen through one unit of work on a connection of the driver."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, field: str, typed: str, limit: int) -> list[tuple[str, int]]:
        """Return the names of a field that begin with what was typed, or of which a word does.

        Args:
            field: `tag`, `collection`, `author`, `venue` or `source`.
            typed: May be empty; then the most frequent are returned, where that is quickly known.
            limit: At most so many.

        Returns:
            Names and numbers of papers, the likeliest first; of authors the numbers are those of a sample.
        """
        ways: Mapping[str, Callable[[str], list[tuple[str, int]]]] = {
            "tag": partial(self._groups, "tag"),
            "collection": partial(self._groups, "collection"),
            "author": self._authors,
            "venue": self._venues,
            "source": self._sources,
        }
        return in_order(ways[field](clean(typed)), typed, limit)

    def _groups(self, noun: str, typed: str) -> list[tuple[str, int]]:
        return self._rows(GROUPS.format(noun=noun), (f"%{typed}%", LIKED))

    def _venues(self, typed: str) -> list[tuple[str, int]]:
        return self._rows(VENUES, (f"%{typed}%", LIKED))

    def _sources(self, _typed: str) -> list[tuple[str, int]]:
        return self._rows(SOURCES, ())

    def _authors(self, typed: str) -> list[tuple[str, int]]:
        if sum(map(str.isalnum, typed)) < LEAST_LETTERS:
            return []
        quoted = typed.replace('"', " ")
        rows = self._connection.execute(AUTHORS, (f'authors : "{quoted}" *', SAMPLE)).fetchall()
        return list(Counter(name for (name,) in rows if fits(name, typed)).items())

    def _rows(self, sql: str, values: tuple[str | int, ...]) -> list[tuple[str, int]]:
        return self._connection.execute(sql, values).fetchall()
