"""Which papers may be recommended, and what is known of each beside its text; read for a whole library at once."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from readinglist.domain.paper import PaperId, Status
from readinglist.library.paper_reading import chunks

OPEN = (Status.INBOX, Status.TO_READ)  # nobody has read these yet, or decided against them
DONE = (Status.READ, Status.READING, Status.SKIPPED)
Groups = list[tuple[str | int, list[int]]]


def _listed(statuses: Sequence[Status]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


# Numbers are gathered by what they have in common, each along an index of its own: a row for each of 100,000 papers
# would take five times as long.
GATHERED = """SELECT {value}, json_group_array(id) FROM paper {{by}}
    WHERE is_binned = 0 AND {condition} {{ids}} GROUP BY 1"""
STATUSES = GATHERED.format(value="status", condition="1")
UPVOTES = GATHERED.format(value="upvotes", condition="upvotes > 0")
PUBLISHED = GATHERED.format(value="published", condition="published IS NOT NULL")
ADDED = GATHERED.format(value="date(added, 'localtime')", condition="published IS NULL")
NAMESAKES = f"""SELECT p.id, r.id FROM paper r JOIN paper p ON p.title_key = r.title_key AND p.id != r.id
    WHERE r.is_binned = 0 AND r.status IN ({_listed(DONE)}) AND r.title_key != ''
    AND p.is_binned = 0 AND p.status IN ({_listed(OPEN)}) {{ids}}"""
SUBJECTS = "SELECT id, json_extract(keywords, '$[0]') FROM paper WHERE id IN ({ids}) AND keywords != '[]'"
KEYWORDS = "SELECT id, keywords FROM paper WHERE keywords != '[]'"
# Small letters name a group as well, as in a query. The bin is a set from an index: looking each paper up, or beginning
# with all of them, would take ten times as long.
MEMBERS = """SELECT DISTINCT paper_id FROM paper_{noun}
    WHERE {noun}_id IN (SELECT id FROM {noun}
        WHERE name = ? COLLATE NOCASE OR (name > ? COLLATE NOCASE AND name < ? COLLATE NOCASE))
    AND paper_id NOT IN (SELECT id FROM paper WHERE is_binned = 1)"""


class UnreadReader:
    """Answers for many papers at a time.

    Args:
        plain: A connection of the driver, in a transaction.
    """

    def __init__(self, plain: sqlite3.Connection) -> None:
        self._plain = plain

    def statuses(self, ids: Sequence[PaperId] | None = None) -> Groups:
        """Return some papers outside the bin, or all, by their status."""
        return self._gather(STATUSES, ids)

    def upvotes(self, ids: Sequence[PaperId] | None = None) -> Groups:
        """Return some papers outside the bin, or all, by how many upvotes they have; those without any are left out."""
        return self._gather(UPVOTES, ids)

    def days(self, ids: Sequence[PaperId] | None = None) -> Groups:
        """Return some papers outside the bin, or all, by the day of publication, or else by the day they were added.

        The day is in the precision that is known, and that of adding the one where the reader is.
        """
        return [*self._gather(PUBLISHED, ids), *self._gather(ADDED, ids)]

    def namesakes(self, ids: Sequence[PaperId] | None = None) -> list[tuple[PaperId, PaperId]]:
        """Return unread papers with papers of the same folded title that were read or decided against.

        Args:
            ids: Only pairs with one of these; None for all.
        """
        rows = list(self._about(NAMESAKES, ids, column="r.id"))
        if ids is not None:
            rows += self._about(NAMESAKES, ids, column="p.id")
        return [(PaperId(one), PaperId(other)) for one, other in rows]

    def members(self, noun: str, name: str) -> list[PaperId]:
        """Return the papers outside the bin that are in a group or in one below it.

        Args:
            noun: What kind of group: `tag` or `collection`.
            name: Of the group.
        """
        rows = self._plain.execute(MEMBERS.format(noun=noun), (name, f"{name}/", f"{name}0"))
        return [PaperId(row[0]) for row in rows]

    def subjects(self, ids: Sequence[PaperId]) -> dict[int, str]:
        """Return the first category or subject word of papers whose source gave one."""
        found: dict[int, str] = {}
        for part in chunks(ids):
            numbers = ",".join(str(int(one)) for one in part)
            found.update(self._plain.execute(SUBJECTS.format(ids=numbers)).fetchall())
        return found

    def keywords(self, ids: Sequence[PaperId] | None = None) -> Iterator[tuple[int, str]]:
        """Yield the categories and subject words of papers whose source gave some, as JSON; of all, the bin included.

        Args:
            ids: Of these alone; None for all.
        """
        if ids is None:
            yield from self._plain.execute(KEYWORDS)
            return
        for part in chunks(ids):
            numbers = ",".join(str(int(one)) for one in part)
            yield from self._plain.execute(f"{KEYWORDS} AND id IN ({numbers})")

    def _gather(self, query: str, ids: Sequence[PaperId] | None) -> Groups:
        return [(value, json.loads(numbers)) for value, numbers in self._about(query, ids, column="id")]

    def _about(self, query: str, ids: Sequence[PaperId] | None, *, column: str) -> Iterator[tuple[Any, Any]]:
        if ids is None:
            yield from self._plain.execute(query.format(ids="", by=""))
            return
        for chunk in chunks(ids):
            named = ", ".join(str(int(key)) for key in chunk)
            # NOT INDEXED leaves nothing but the papers' numbers to look them up by: they are few.
            yield from self._plain.execute(query.format(ids=f"AND {column} IN ({named})", by="NOT INDEXED"))
