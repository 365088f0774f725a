"""Finding papers: lists in any order, the best matches of words, papers with the same rare words."""

import math
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import Any

from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Query, Sort, SortKey
from readinglist.library.page_text import MATCHING, SCHEMA, unpack
from readinglist.library.search_sql import (
    Condition,
    clean,
    condition_of,
    ranking_of,
    status_of,
    text_ranking_of,
    words_of,
)

SORT_COLUMNS: Mapping[SortKey, str] = {
    SortKey.ADDED: "added",
    SortKey.PUBLISHED: "published",
    SortKey.TITLE: "title_key",
    SortKey.AUTHOR: "first_author",
    SortKey.UPVOTES: "upvotes",
    SortKey.COMMENTS: "comments",
    SortKey.PRIORITY: "priority",
    SortKey.RATING: "rating",
    SortKey.STATUS: "status",
    SortKey.QUEUE: "queue_position",
    SortKey.FINISHED: "finished",
}
# The list that a window begins with: SQLite prefers a longer way, three times as slow.
NEWEST_FIRST = Sort(key=SortKey.ADDED, descending=True)
STATUS_NEWEST = """SELECT id FROM paper INDEXED BY ix_paper_status_added WHERE is_binned = 0 AND status = ?
    ORDER BY added DESC, id"""
STATUS_ORDER = tuple(Status)
# Title, abstract, authors, tags, note, annotations: a word of the title says most about a paper.
WEIGHTS = "10.0, 1.0, 4.0, 4.0, 2.0, 2.0"
RANKED_MOST = 10_000  # scoring more would be felt while typing, and nobody looks for the best of so many
TELLING_TERMS = 12
COMMON_SHARE = 0.2  # a word in a larger share of the papers tells nothing about one of them
FEW = 20  # papers that may have a word in any case: in a small library shares mean little
LEAST_RARITY = 0.01  # SQLite's bm25 too takes a word in more than half of the papers for a little telling
BM25_SATURATION = 2.2  # k1 + 1 of SQLite's bm25: the most that one term can weigh, times its rarity
REMEMBERED = 100  # papers with a word, from which on its number is worth remembering
TERM = re.compile(r"[^\W_]{2,}")
MAX_TERMS = 400
SNIPPET_BEFORE, SNIPPET_AFTER = 60, 140  # characters


class Search:
    """Answers queries, seen through one unit of work on a connection of the driver."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ids(self, query: Query, sort: Sort, limit: int | None = None) -> list[PaperId]:
        """Return the papers a query asks for, in order; equal ones in the order of their numbers.

        A column's missing values come last in either direction. By relevance, the best come first whatever the
        direction; a query without words, or with words that very many papers have, is answered newest first.
        """
        condition = condition_of(query)
        if (status := status_of(query)) is not None and sort == NEWEST_FIRST:
            found = [key for (key,) in self._rows(STATUS_NEWEST, (status,))]
        elif sort.key is SortKey.RELEVANCE:
            found = self._by_relevance(condition, query)
        elif sort.key is SortKey.STATUS:
            found = self._by_status(condition, is_descending=sort.descending)
        else:
            found = self._by_column(condition, SORT_COLUMNS[sort.key], is_descending=sort.descending)
        return found if limit is None else found[:limit]

    def snippets(self, ids: Sequence[PaperId], query: Query) -> dict[PaperId, str]:
        """Return where abstract, note, annotations or PDF have one of the words asked for.

        Papers with no such place are left out. Meant for the rows on screen: the texts are loaded and looked through.
        """
        words = words_of(query)
        if not words or not ids:
            return {}
        pattern = re.compile("|".join(rf"(?<![^\W_]){re.escape(word)}" for word in words), re.IGNORECASE)
        chosen = ", ".join(str(int(key)) for key in ids)
        quotes = "SELECT group_concat(quote || '\n' || comment, '\n') FROM annotation WHERE paper_id = paper.id"
        rows = self._rows(f"SELECT id, abstract, note, ({quotes}) FROM paper WHERE id IN ({chosen})")
        places = ((PaperId(key), (_cut(text or "", pattern) for text in texts)) for key, *texts in rows)
        found = {key: next(filter(None, cuts), "") for key, cuts in places}
        for key in [key for key, text in found.items() if not text]:
            found[key] = self._snippet_in_pdf(key, pattern)
        return {key: text for key, text in found.items() if text}

    def _snippet_in_pdf(self, paper_id: PaperId, pattern: re.Pattern[str]) -> str:
        """Return where the PDF has a word, and on which page; empty if it does not."""
        sql = f"SELECT text FROM {SCHEMA}.document WHERE sha256 IN (SELECT sha256 FROM main.file WHERE paper_id = ?)"
        for (packed,) in self._rows(sql, (paper_id,)):
            for number, text in enumerate(unpack(packed), start=1):
                if cut := _cut(text, pattern):
                    return f"p. {number}: {cut}"
        return ""

    def scores(self, ids: Sequence[PaperId], query: Query) -> dict[PaperId, float]:
        """Return how well papers fit the words of a query; larger is better.

        Papers whose record lacks them are left out, even if their PDFs have them.
        """
        ranking = ranking_of(query)
        if ranking is None or not ids:
            return {}
        chosen = ", ".join(str(int(key)) for key in ids)
        rows = self._rows(
            f"SELECT rowid, -bm25(paper_fts, {WEIGHTS}) FROM paper_fts WHERE paper_fts MATCH ? AND rowid IN ({chosen})",
            (ranking,),
        )
        return {PaperId(key): score for key, score in rows}

    def similar_by_words(
        self,
        text: str,
        *,
        limit: int,
        exclude: Collection[PaperId],
        known: MutableMapping[str, int] | None = None,
    ) -> list[tuple[PaperId, float]]:
        """Return papers outside the bin whose title or abstract shares a text's telling words, best first.

        Args:
            text: Title and abstract, or anything the reader wrote.
            limit: At most so many.
            exclude: Papers to leave out, such as the one the text is of.
            known: As for `document_frequencies`.

        Returns:
            Numbers and scores from 0 to 1, where 1 is a paper full of every one of these words.
        """
        counts = Counter(term.lower() for term in TERM.findall(clean(text)))
        terms = [term for term, _ in counts.most_common(MAX_TERMS)]
        frequencies, total = self.document_frequencies(terms, known), self.count_papers()
        least = len(exclude) + 1  # a word that only the papers left out can have finds nothing
        most = max(FEW, total * COMMON_SHARE)
        rarity = {
            term: max(LEAST_RARITY, math.log((total - number + 0.5) / (number + 0.5)))
            for term, number in frequencies.items()
            if least <= number <= most
        }
        telling = sorted(rarity, key=lambda term: (-rarity[term] * (1 + math.log(counts[term])), term))[:TELLING_TERMS]
        if not telling:
            return []
        alternatives = " OR ".join(f'"{term}"' for term in telling)
        ceiling = BM25_SATURATION * sum(rarity[term] for term in telling)
        left_out = ", ".join(str(int(key)) for key in exclude)
        rows = self._rows(
            f"""SELECT paper_fts.rowid, -bm25(paper_fts, {WEIGHTS}) AS score
                FROM paper_fts JOIN paper ON paper.id = paper_fts.rowid
                WHERE paper_fts MATCH ? AND is_binned = 0 AND paper_fts.rowid NOT IN ({left_out})
                ORDER BY score DESC, paper_fts.rowid LIMIT ?""",
            (f"{{title abstract}} : ({alternatives})", limit),
        )
        return [(PaperId(key), min(1.0, max(0.0, score / ceiling))) for key, score in rows]

    def document_frequencies(
        self, terms: Sequence[str], known: MutableMapping[str, int] | None = None
    ) -> dict[str, int]:
        """Count the papers that have a word, the bin included.

        Args:
            terms: Words.
            known: What was counted before, by the word as the index has it; frequent words are added to it. One that
                nearly every one of 100,000 papers has takes 15 ms to count, and its number hardly changes.

        Returns:
            The number for each term as it was given; 0 for one that no paper has.
        """
        folded = {term: fold_term(term) for term in terms}
        remembered = known if known is not None else {}
        distinct = sorted(set(folded.values()) - remembered.keys())
        counted: dict[str, int] = {}
        for start in range(0, len(distinct), MAX_TERMS):
            chunk = tuple(distinct[start : start + MAX_TERMS])
            marks = ", ".join("?" * len(chunk))
            counted.update(map(tuple, self._rows(f"SELECT term, doc FROM paper_terms WHERE term IN ({marks})", chunk)))
        numbers = {term: counted.get(key, remembered.get(key, 0)) for term, key in folded.items()}
        remembered.update((key, number) for key, number in counted.items() if number >= REMEMBERED)
        return numbers

    def count_papers(self) -> int:
        """Count all papers, the bin included."""
        ((total,),) = self._rows("SELECT count(*) FROM paper")
        return int(total)

    def _by_column(self, condition: Condition, column: str, *, is_descending: bool) -> list[PaperId]:
        direction = "DESC" if is_descending else "ASC"
        order = f"ORDER BY {column} {direction}, id"
        if is_descending:  # missing values are the smallest
            return [
                key for (key,) in self._rows(f"SELECT id FROM paper WHERE {condition.sql} {order}", condition.values)
            ]
        sql = f"SELECT id, ifnull({column}, '') = '' FROM paper WHERE {condition.sql} {order}"
        rows = self._rows(sql, condition.values)
        return [key for key, is_missing in rows if not is_missing] + [key for key, is_missing in rows if is_missing]

    def _by_status(self, condition: Condition, *, is_descending: bool) -> list[PaperId]:
        """The order is that of a paper's life, not of the alphabet."""
        groups: dict[str, list[PaperId]] = {status.value: [] for status in STATUS_ORDER}
        for key, status in self._rows(
            f"SELECT id, status FROM paper WHERE {condition.sql} ORDER BY status, id", condition.values
        ):
            groups[status].append(key)
        ordered = reversed(STATUS_ORDER) if is_descending else STATUS_ORDER
        return [key for status in ordered for key in groups[status]]

    def _by_relevance(self, condition: Condition, query: Query) -> list[PaperId]:
        newest = self._by_column(condition, "added", is_descending=True)
        ranking = ranking_of(query)
        if ranking is None or len(newest) > RANKED_MOST:
            return newest
        scored = self._rows(
            f"SELECT rowid, bm25(paper_fts, {WEIGHTS}) FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?",
            (ranking, RANKED_MOST + 1),
        )
        if len(scored) > RANKED_MOST:
            return newest
        scores: dict[PaperId, float] = dict(map(tuple, scored))
        in_pdf = self._scores_in_pdfs(query) if any(key not in scores for key in newest) else {}
        places = {key: (0, score) for key, score in scores.items()}
        places |= {key: (1, score) for key, score in in_pdf.items() if key not in scores}
        return sorted(newest, key=lambda key: (*places.get(key, (2, 0.0)), key))

    def _scores_in_pdfs(self, query: Query) -> dict[PaperId, float]:
        """Score papers by the texts of their PDFs; the smaller the better, as SQLite has it."""
        ranking = text_ranking_of(query)
        if ranking is None:
            return {}
        sql = f"SELECT paper_id, bm25(page_text) FROM {MATCHING} LIMIT ?"
        return dict(map(tuple, self._rows(sql, (ranking, RANKED_MOST))))

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> Sequence[Any]:
        return self._connection.execute(sql, values).fetchall()


def fold_term(term: str) -> str:
    """Write a word as the text index has it: lower case, no accents."""
    decomposed = unicodedata.normalize("NFD", clean(term).lower())
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not unicodedata.combining(one)))


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    """Cut a text around the first place that fits; empty if none does."""
    found = pattern.search(text)
    if found is None:
        return ""
    start, end = max(0, found.start() - SNIPPET_BEFORE), found.end() + SNIPPET_AFTER
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = len(text) if end >= len(text) else max(text.rfind(" ", found.end(), end), found.end())
    body = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{body}{' …' if end < len(text) else ''}"
