"""Which stored papers may be the same work as another record; `domain.matching` decides whether they are.

A paper that was made of several entries is described as what it is, and as each of them was told.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, or_, select

from readinglist.domain.matching import Candidate
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import PaperDraft, PaperId
from readinglist.domain.titles import fold_title
from readinglist.library.engine import driver_of
from readinglist.library.paper_reading import PaperReader, chunks
from readinglist.library.search import Search
from readinglist.library.tables import identifier, other_title, paper

LEAST_WORDS = 4  # a shorter beginning is that of many titles
LEAST_LETTERS = 4  # of a word that may be rare
RAREST = 4
MOST_LIKE = 10


class Candidates:
    """Finds candidates through the indexes of titles and identifiers, never by comparing all papers; the bin counts."""

    def __init__(self, connection: Connection, papers: PaperReader) -> None:
        self._connection = connection
        self._papers = papers

    def of(self, ids: Sequence[PaperId]) -> list[Candidate]:
        """Describe papers for matching, in no particular order; unknown numbers are left out."""
        return [one for chunk in chunks(ids) for one in self._where(paper.c.id.in_(chunk))]

    def for_drafts(self, drafts: Sequence[PaperDraft]) -> list[list[Candidate]]:
        """Return, for each draft, the stored papers that share an identifier or the folded title, or had it."""
        titles = list(chunks(sorted({fold_title(draft.title) for draft in drafts if draft.title})))
        found = [one for chunk in titles for one in self._where(paper.c.title_key.in_(chunk))]
        found += [one for condition in _identified(drafts) for one in self._where(condition)]
        found += [one for chunk in titles for one in self._before(other_title.c.title_key.in_(chunk))]
        by_key: dict[object, list[Candidate]] = {}
        for one in dict.fromkeys(found):
            for key in (one.title_key, *one.identifiers):
                by_key.setdefault(key, []).append(one)
        return [_distinct(by_key, (fold_title(draft.title), *draft.identifiers)) for draft in drafts]

    def with_like_title(self, title: str) -> list[Candidate]:
        """Return the papers whose titles begin as this one, or as which it begins, or that share its rarest words.

        The titles that they had before count as theirs.
        """
        words = fold_title(title).split()
        if len(words) < LEAST_WORDS:
            return []
        key = " ".join(words)
        beginnings = [" ".join(words[:count]) for count in range(LEAST_WORDS, len(words))]
        found = self._where(_goes_on(paper.c.title_key, key))[:MOST_LIKE]
        found += self._where(paper.c.title_key.in_(beginnings)) if beginnings else []
        sharing = self._with_rarest(words)
        found += self.of(sharing)
        had = other_title.c
        found += self._before(_goes_on(had.title_key, key))[:MOST_LIKE]
        found += self._before(or_(had.title_key.in_(beginnings), had.paper_id.in_(sharing)))
        return list(dict.fromkeys(found))

    def _with_rarest(self, words: Sequence[str]) -> list[PaperId]:
        """Return the papers whose titles have most of the rarest words; two hyphened halves may have been one word."""
        joined = [one + other for one, other in pairwise(words)]
        telling = sorted({one for one in (*words, *joined) if len(one) >= LEAST_LETTERS})
        search = Search(driver_of(self._connection))
        known = {one: number for one, number in search.document_frequencies(telling).items() if number}
        rarest = sorted(known, key=lambda one: (known[one], one))[:RAREST]
        if not rarest:
            return []
        alternatives = " OR ".join(f'"{one}"' for one in rarest)
        rows = self._connection.exec_driver_sql(
            f"SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? ORDER BY bm25(paper_fts) LIMIT {MOST_LIKE}",
            (f"title : ({alternatives})",),
        )
        return [PaperId(row[0]) for row in rows]

    def _where(self, condition: ColumnElement[bool]) -> list[Candidate]:
        columns = (paper.c.id, paper.c.title_key, paper.c.published, paper.c.author_count, paper.c.organization)
        rows = self._connection.execute(select(*columns).where(condition)).all()
        ids = [PaperId(row.id) for row in rows]
        authors, identifiers = self._papers.authors(ids), self._papers.identifiers(ids)
        return [
            Candidate(
                paper_id=PaperId(row.id),
                identifiers=tuple(identifiers[row.id]),
                title_key=row.title_key,
                surnames=tuple(fold_surname(name) for name in authors[row.id]),
                year=_year(row.published),
                author_count=row.author_count,
                organization=row.organization,
            )
            for row in rows
        ]

    def _before(self, condition: ColumnElement[bool]) -> list[Candidate]:
        """Describe papers as they were before they were merged with others; identifiers are those they have now."""
        if self._connection.execute(select(other_title.c.id).limit(1)).first() is None:
            return []  # as in most libraries: to say what is looked for takes longer than to see that there is nothing
        rows = self._connection.execute(select(other_title).where(condition)).all()
        identifiers = self._papers.identifiers([PaperId(row.paper_id) for row in rows])
        return [
            Candidate(
                paper_id=PaperId(row.paper_id),
                identifiers=tuple(identifiers[row.paper_id]),
                title_key=row.title_key,
                surnames=tuple(fold_surname(name) for name in json.loads(row.authors)),
                year=_year(row.published),
                author_count=row.author_count,
                organization=row.organization,
            )
            for row in rows
        ]


def _goes_on(column: ColumnElement[str], key: str) -> ColumnElement[bool]:
    return (column > f"{key} ") & (column < f"{key}!")


def _year(published: str | None) -> int | None:
    return int(published[:4]) if published else None


def _identified(drafts: Sequence[PaperDraft]) -> Iterator[ColumnElement[bool]]:
    """Conditions that select what has an identifier of one of the drafts, each served by one index."""
    schemes: dict[str, set[str]] = {}
    for one in (one for draft in drafts for one in draft.identifiers):
        schemes.setdefault(one.scheme, set()).add(one.value)
    for scheme, values in schemes.items():
        for chunk in chunks(sorted(values)):
            same = (identifier.c.scheme == scheme) & identifier.c.value.in_(chunk)
            yield paper.c.id.in_(select(identifier.c.paper_id).where(same))


def _distinct(by_key: Mapping[object, list[Candidate]], keys: Iterable[object]) -> list[Candidate]:
    return list(dict.fromkeys(one for key in keys for one in by_key.get(key, ())))
