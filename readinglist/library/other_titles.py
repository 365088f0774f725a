"""Titles under which papers were known before they were merged: a listing that prints one again means the same paper.

What was told with a title is kept beside it: the paper may have more authors by now, or another year, and a listing
that tells what it always told would contradict that.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from readinglist.domain.joining import Joined
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.titles import fold_title
from readinglist.library.tables import other_title

COLUMNS = tuple(column for column in other_title.columns if column.name != "id")


class OtherTitleWriter:
    """Notes other titles of papers; what it touches is noted by the database itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, titles: Mapping[PaperId, Iterable[str]]) -> None:
        """Note titles of which no more is known.

        Args:
            titles: By paper; none of them is noted yet.
        """
        self._insert([_row(key, title) for key, some in titles.items() for title in some])

    def join(self, joined: Joined) -> None:
        """Let what entries become be known by all that each of them was known by; before the others are gone."""
        kept = joined.paper.id
        moved = update(other_title).where(other_title.c.paper_id.in_(joined.gone)).values(paper_id=kept)
        self._connection.execute(moved)
        known = {tuple(row) for row in self._connection.execute(select(*COLUMNS).where(other_title.c.paper_id == kept))}
        now = _what_is_matched(joined.paper)
        rows = [
            _row(
                kept,
                one.title,
                authors=json.dumps(one.authors, ensure_ascii=False),
                author_count=one.author_count,
                organization=one.organization,
                published=str(one.published) if one.published else None,
            )
            for one in (entry.paper for entry in joined.entries)
            if _what_is_matched(one) != now
        ]
        fresh = {key: row for row in rows if (key := tuple(row.values())) not in known}
        self._insert(list(fresh.values()))

    def _insert(self, rows: Sequence[Mapping[str, Any]]) -> None:
        telling = [row for row in rows if row["title_key"] and not is_provisional_title(row["title"])]
        if telling:
            self._connection.execute(insert(other_title), telling)


def _row(paper_id: PaperId, title: str, **told: Any) -> dict[str, Any]:
    """Make a row with all columns, in the order of `COLUMNS`."""
    said = {"paper_id": paper_id, "title": title, "title_key": fold_title(title), "authors": "[]", **told}
    return {column.name: said.get(column.name) for column in COLUMNS}


def _what_is_matched(one: Paper) -> tuple[object, ...]:
    """Return what `domain.matching` compares, but for identifiers: the paper has those of all."""
    surnames = tuple(map(fold_surname, one.authors))
    year = one.published.year if one.published else None
    return fold_title(one.title), surnames, year, one.author_count, one.organization
