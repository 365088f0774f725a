"""Search by words, the best first: how well each paper fits, and where it has the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readinglist.domain.paper import Paper
from readinglist.domain.query import QueryProblem, Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.recommendation import Recommendation
from readinglist.library.search_sql import words_of
from readinglist.recommend.found import found_reasons

if TYPE_CHECKING:
    from readinglist.library.unit import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class BestAnswer:
    """The papers that fit a query best.

    Attributes:
        items: Best first. A score is relative to that of the best; 1 for all where the query has no words.
        problems: Parts of the query that were left out, and why.
    """

    items: tuple[Recommendation, ...]
    problems: tuple[QueryProblem, ...] = ()


def find_best(reader: "Reader", text: str, limit: int) -> BestAnswer:
    """Answer a query.

    Args:
        reader: Sees the library.
        text: In the query language.
        limit: At most so many papers.
    """
    query = parse_query(text)
    ids = reader.search.ids(query, Sort(SortKey.RELEVANCE), limit)
    papers = reader.papers.get_many(ids)
    scores = reader.search.scores(ids, query)
    best = max(scores.values(), default=0.0)
    words = words_of(query)
    elsewhere = reader.search.snippets([key for key in ids if key not in scores], query)
    items = [
        Recommendation(
            paper_id=key,
            score=max(0.0, scores.get(key, 0.0)) / best if best > 0 else 1.0,
            reasons=_reasons(words, papers[key], elsewhere.get(key, "")),
        )
        for key in ids
        if key in papers
    ]
    # Where very many papers have the words, these are the newest of them, and not in the order of their scores.
    items.sort(key=lambda item: -item.score)
    return BestAnswer(items=tuple(items), problems=query.problems)


def _reasons(words: Sequence[str], paper: Paper, elsewhere: str) -> tuple[str, ...]:
    """Say where the words are; `elsewhere` is where a paper has them whose record has not."""
    return (f"In the PDF, {elsewhere}",) if elsewhere else found_reasons(words, paper)
