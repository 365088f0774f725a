"""Finding papers: lists in any order, the best matches of words, papers with the same rare words."""

import math
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Among, And, Query, Sort, SortKey
from readinglist.domain.query_dates import as_of
from readinglist.domain.query_words import identifiers_of
from readinglist.domain.recommendation import PageOfPdf
from readinglist.library.page_text import MATCHING, SCHEMA, unpack
from readinglist.library.search_sql import IN_LIBRARY, Condition, Plan, condition_of, plan_of, status_of, titled
from readinglist.library.search_words import clean, ranking_of, text_ranking_of
from readinglist.library.times import today

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
    ORDER BY added DESC, id LIMIT ?"""
ALL = -1  # what SQLite takes for no limit
STATUS_ORDER = tuple(Status)
# Title, abstract, authors, tags, note, annotations: a word of the title says most about a paper.
WEIGHTS = "10.0, 1.0, 4.0, 4.0, 2.0, 2.0"
SORTED = 500  # papers, from the best; who has seen so many does not mind the order of the rest
SCORED_MOST = 5000  # more cannot be scored without being felt
RANKED_MOST = 10_000  # where words cannot be told from the rest of a query
LISTED_MOST = 5000  # papers that are named in a statement; more are compared with all that meet a condition
TELLING_TERMS = 12
COMMON_SHARE = 0.2  # a word in a larger share of the papers tells nothing about one of them
FEW = 20  # papers that may have a word in any case: in a small library shares mean little
LEAST_RARITY = 0.01  # SQLite's bm25 too takes a word in more than half of the papers for a little telling
BM25_SATURATION = 2.2  # k1 + 1 of SQLite's bm25: the most that one term can weigh, times its rarity
REMEMBERED = 100  # papers with a word, from which on its number is worth remembering
TERM = re.compile(r"[^\W_]{2,}")
SCORED = f"SELECT rowid, bm25(paper_fts, {WEIGHTS}) FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?"
# SQLite's sorter keeps the best alone, and only of these Python makes objects.
BEST = f"""SELECT rowid, bm25(paper_fts, {WEIGHTS}) AS score FROM paper_fts WHERE paper_fts MATCH ? AND {{sieve}}
    ORDER BY score, rowid LIMIT ?"""
NOT_IN_BIN = "+rowid NOT IN (SELECT id FROM paper WHERE is_binned = 1)"  # the bin is small
HAVING = "SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? AND {sieve} ORDER BY rowid DESC"
TEXTS = """
    SELECT id, title, abstract, note,
        coalesce((SELECT group_concat(name, ', ') FROM (SELECT name FROM paper_author
            WHERE paper_id = paper.id ORDER BY position)), ''),
        coalesce((SELECT group_concat(tag.name, ', ') FROM paper_tag JOIN tag ON tag.id = tag_id
            WHERE paper_id = paper.id), ''),
        coalesce((SELECT group_concat(quote || ' ' || comment, ' ') FROM annotation WHERE paper_id = paper.id), ''),
        coalesce((SELECT group_concat(title, ' · ') FROM other_title
            WHERE paper_id = paper.id AND title_key != paper.title_key), '')
    FROM paper
"""
MAX_TERMS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The papers that a query asks for, the best first.

    Attributes:
        scores: Of those whose record has the words, larger is better; empty where too many have them to be scored.
    """

    ids: list[PaperId]
    scores: Mapping[PaperId, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What a search may have found a paper by.

    Attributes:
        marks: Quotes and remarks of its annotations.
        other_titles: Those that it had.
    """

    title: str
    abstract: str
    note: str
    authors: str
    tags: str
    marks: str
    other_titles: str


class Search:
    """Answers queries, seen through one unit of work on a connection of the driver.

    Args:
        connection: In a transaction.
        today: Tells the day where the reader is.
    """

    def __init__(self, connection: sqlite3.Connection, today: Callable[[], date] = today) -> None:
        self._connection = connection
        self._today = today

    def ids(self, query: Query, sort: Sort, limit: int | None = None) -> list[PaperId]:
        """Return the papers a query asks for, in order; equal ones in the order of their numbers.

        A column's missing values come last in either direction. By relevance, the best come first whatever the
        direction; a query without words is answered newest first.
        """
        query = as_of(query, self._today())
        condition = condition_of(query)
        if (status := status_of(query)) is not None and sort == NEWEST_FIRST:
            found = [key for (key,) in self._rows(STATUS_NEWEST, (status, ALL if limit is None else limit))]
        elif sort.key is SortKey.RELEVANCE:
            found = self.ranked(query, limit).ids
        elif sort.key is SortKey.STATUS:
            found = self._by_status(condition, is_descending=sort.descending)
        else:
            found = self._by_column(condition, SORT_COLUMNS[sort.key], is_descending=sort.descending)
        return found if limit is None else found[:limit]

    def ranked(self, query: Query, limit: int | None = None) -> Ranked:
        """Return the papers that a query asks for, the best first, with their scores; all, or about so many.

        Of many papers only the `SORTED` best are put in order, and the newest of the others come first. Where more than
        `SCORED_MOST` have the words, the best are those that have them in the title.
        """
        query = as_of(query, self._today())
        plan = plan_of(query)
        if plan is None:
            return self._ranked_apart(query)
        sieve = _sieve(plan.rest)
        all_sql = HAVING.format(sieve=sieve.sql)
        is_all = limit is None or limit > SORTED
        having = self._rows(all_sql, (plan.expression, *sieve.values)) if is_all else []
        wanted = f"title : ({plan.expression})" if len(having) > SCORED_MOST else plan.expression
        rows = self._rows(BEST.format(sieve=sieve.sql), (wanted, *sieve.values, SORTED))
        scores: dict[PaperId, float] = {key: -score for key, score in rows}
        if is_all and (len(rows) == SORTED or len(having) > len(rows)):
            ids = [*scores, *(key for (key,) in having if key not in scores)]
        else:
            ids = list(scores)
        if plan.text_expression is not None and self._has_texts():
            ids += self._only_in_pdfs(plan, plan.text_expression, known=set(ids))
        return Ranked(ids=ids, scores=scores)

    def meeting(self, ids: Sequence[PaperId], query: Query) -> list[PaperId]:
        """Return those papers that a query asks for, in the order in which they were given."""
        return self._meeting(ids, condition_of(as_of(query, self._today())))

    def titled(self, text: str) -> list[PaperId]:
        """Return the papers outside the bin that have a text in their title, also within words."""
        return self._by_column(titled(text), "added", is_descending=True)

    def texts(self, ids: Sequence[PaperId]) -> dict[PaperId, Texts]:
        """Load what may be shown of papers; meant for those on the screen."""
        chosen = ", ".join(str(int(key)) for key in ids)
        rows = self._rows(f"{TEXTS} WHERE id IN ({chosen})") if ids else []
        names = ("title", "abstract", "note", "authors", "tags", "marks", "other_titles")
        return {PaperId(key): Texts(**dict(zip(names, texts, strict=True))) for key, *texts in rows}

    def place_in_pdf(self, paper_id: PaperId, count: Callable[[str], int], enough: int) -> tuple[PageOfPdf, str] | None:
        """Return the page of a paper's PDFs that has the most of what is looked for, and its text; None if none has.

        Args:
            paper_id: The paper.
            count: Counts how much of it a page has.
            enough: With so much no further page is looked at.
        """
        best, most = None, 0
        sql = f"""SELECT sha256, text FROM {SCHEMA}.document
            WHERE sha256 IN (SELECT sha256 FROM main.file WHERE paper_id = ?)"""
        for sha256, packed in self._rows(sql, (paper_id,)):
            for page, text in enumerate(unpack(packed), start=1):
                if (number := count(text)) > most:
                    best, most = (PageOfPdf(sha256=sha256, page=page), text), number
                if most >= enough:
                    return best
        return best

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
        # A word that only the papers left out can have finds nothing.
        telling = self._telling_terms(text, least=len(exclude) + 1, known=known)
        if not telling:
            return []
        alternatives = " OR ".join(f'"{term}"' for term in telling)
        ceiling = BM25_SATURATION * sum(telling.values())
        left_out = ", ".join(str(int(key)) for key in exclude)
        rows = self._rows(
            f"""SELECT paper_fts.rowid, -bm25(paper_fts, {WEIGHTS}) AS score
                FROM paper_fts JOIN paper ON paper.id = paper_fts.rowid
                WHERE paper_fts MATCH ? AND is_binned = 0 AND paper_fts.rowid NOT IN ({left_out})
                ORDER BY score DESC, paper_fts.rowid LIMIT ?""",
            (f"{{title abstract}} : ({alternatives})", limit),
        )
        return [(PaperId(key), min(1.0, max(0.0, score / ceiling))) for key, score in rows]

    def _telling_terms(self, text: str, *, least: int, known: MutableMapping[str, int] | None) -> dict[str, float]:
        """Return the words of a text that tell most of what it is about, with how rare they are.

        Args:
            text: As in `similar_by_words`.
            least: Papers that must have a word.
            known: As for `document_frequencies`.
        """
        counts = Counter(term.lower() for term in TERM.findall(clean(text)))
        terms = [term for term, _ in counts.most_common(MAX_TERMS)]
        frequencies, total = self.document_frequencies(terms, known), self.count_papers()
        most = max(FEW, total * COMMON_SHARE)
        rarity = {
            term: max(LEAST_RARITY, math.log((total - number + 0.5) / (number + 0.5)))
            for term, number in frequencies.items()
            if least <= number <= most
        }
        weights = {term: rare * (1 + math.log(counts[term])) for term, rare in rarity.items()}
        best = sorted(weights, key=lambda term: (-weights[term], term))[:TELLING_TERMS]
        return {term: rarity[term] for term in best}

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

    def _ranked_apart(self, query: Query) -> Ranked:
        """Rank what is asked for by words that cannot be told from the rest, such as `a OR tag:b`, or by none."""
        ids = self._by_column(condition_of(query), "added", is_descending=True)
        ranking = ranking_of(query)
        if ranking is None or len(ids) > RANKED_MOST:
            return Ranked(ids=_in_order_of(query, ids), scores={})
        rows = self._rows(SCORED, (ranking, RANKED_MOST + 1))
        if len(rows) > RANKED_MOST:
            return Ranked(ids=ids, scores={})
        scores: dict[PaperId, float] = {key: -score for key, score in rows}
        text_ranking = text_ranking_of(query)
        in_pdf = self._scores_in_pdfs(text_ranking) if text_ranking is not None else {}
        places = {key: (2, score) for key, score in in_pdf.items()} | {key: (1, -one) for key, one in scores.items()}
        for one in identifiers_of(query):  # the paper itself comes before those that mention it
            rows = self._rows("SELECT paper_id FROM identifier WHERE scheme = ? AND value = ?", (one.scheme, one.value))
            places |= {key: (0, 0.0) for (key,) in rows}
        return Ranked(ids=sorted(ids, key=lambda key: (*places.get(key, (3, 0.0)), key)), scores=scores)

    def _only_in_pdfs(self, plan: Plan, expression: str, *, known: Collection[PaperId]) -> list[PaperId]:
        in_pdf = sorted(self._scores_in_pdfs(expression).items(), key=lambda row: (row[1], row[0]))
        others = self._meeting([key for key, _ in in_pdf if key not in known], plan.rest)
        return others if plan.in_fields is None else self._meeting(others, plan.in_fields)

    def _meeting(self, ids: Sequence[PaperId], condition: Condition | None) -> list[PaperId]:
        if condition is None or not ids:
            return list(ids)
        sql = f"SELECT id FROM paper WHERE {condition.sql}"
        if len(ids) <= LISTED_MOST:
            sql += f" AND id IN ({', '.join(str(int(key)) for key in ids)})"
        kept = {key for (key,) in self._rows(sql, condition.values)}
        return [key for key in ids if key in kept]

    def _has_texts(self) -> bool:
        return bool(self._rows(f"SELECT 1 FROM {SCHEMA}.document LIMIT 1"))

    def _scores_in_pdfs(self, expression: str) -> dict[PaperId, float]:
        """Score papers by the texts of their PDFs; the smaller the better, as SQLite has it."""
        sql = f"SELECT paper_id, bm25(page_text) FROM {MATCHING} LIMIT ?"
        return dict(map(tuple, self._rows(sql, (expression, RANKED_MOST))))

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()


def fold_term(term: str) -> str:
    """Write a word as the text index has it: lower case, no accents."""
    decomposed = unicodedata.normalize("NFD", clean(term).lower())
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not unicodedata.combining(one)))


def _sieve(rest: Condition | None) -> Condition:
    """Say which rows of the text index are wanted; the plus keeps SQLite from asking that once for each of them."""
    if rest is None:
        return Condition("1")
    if rest == IN_LIBRARY:
        return Condition(NOT_IN_BIN)
    inner = rest.sql.removeprefix(f"{IN_LIBRARY.sql} AND ")
    if inner != rest.sql and (numbers := _set_of(inner)):  # then no row of a paper needs to be looked at
        return Condition(f"+rowid {numbers} AND {NOT_IN_BIN}", rest.values)
    return Condition(f"+rowid IN (SELECT id FROM paper WHERE {rest.sql})", rest.values)


def _set_of(sql: str) -> str:
    """Return the set of numbers that a condition compares `id` with, if it is nothing but that; else an empty text.

    >>> _set_of("(id IN (SELECT (1)))"), _set_of("id NOT IN (SELECT 1)"), _set_of("id IN (1) OR id IN (2)")
    ('IN (SELECT (1))', 'NOT IN (SELECT 1)', '')
    """
    if _is_wrapped(sql):
        return _set_of(sql[1:-1])
    for operator in ("IN ", "NOT IN "):
        rest = sql.removeprefix(f"id {operator}")
        if rest != sql and _is_wrapped(rest):
            return operator + rest
    return ""


def _is_wrapped(sql: str) -> bool:
    """Tell whether the first parenthesis is closed by the last letter."""
    depth = 0
    for place, letter in enumerate(sql):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return letter == ")" and place == len(sql) - 1
    return False


def _in_order_of(query: Query, ids: list[PaperId]) -> list[PaperId]:
    """Put those first that were found outside the library, in the order in which they were found."""
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    places = {key: place for node in nodes if isinstance(node, Among) for place, key in enumerate(node.ids)}
    return sorted(ids, key=lambda key: places.get(key, len(places))) if places else ids
