"""Why a paper is recommended: the reader's papers it is near to, the words it shares with them, the tag it would get.

Only what can be checked by looking at the papers is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.described import Described, Rarity, words_to_count
from readinglist.recommend.profile import Taste
from readinglist.recommend.reach import near_bars
from readinglist.recommend.sharing import shared_terms
from readinglist.recommend.telling import Telling

NAMED = 2  # of the reader's papers
LOOKED_AT = 5  # of the reader's papers, for shared words
TERMS = 2  # named
Liked = tuple[PaperId, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why a paper is recommended.

    Attributes:
        near: Papers of the reader's it is like, and cosines, the nearest first; empty if none is near.
        terms: What it shares with them, the most telling first, as it writes them itself.
        tag: What its neighbours are tagged with; empty if they do not agree.
    """

    near: tuple[Liked, ...]
    terms: tuple[str, ...]
    tag: str = ""


def nearest_liked(
    corpus: Corpus, taste: Taste, rows: NDArray[np.int64], *, limit: int = LOOKED_AT
) -> list[tuple[Liked, ...]]:
    """Return for each row the liked papers it is near to, and their cosines, the nearest first."""
    liked = corpus.rows_of(taste.liked)
    if not len(liked):
        return [() for _ in rows]
    cosines = corpus.matrix[rows] @ corpus.matrix[liked].T
    cosines[rows[:, np.newaxis] == liked[np.newaxis, :]] = -1.0  # nobody is like themselves
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :limit]
    return [
        tuple((PaperId(int(corpus.ids[liked[place]])), float(row[place])) for place in best if row[place] > bar)
        for row, best, bar in zip(cosines, order, near_bars(corpus, rows), strict=True)
    ]


def likest_by_words(corpus: Corpus, taste: Taste, rows: NDArray[np.int64]) -> list[tuple[Liked, ...]]:
    """Return for each row the liked papers that have most of its words, and cosines, the best first."""
    liked = corpus.rows_of(taste.liked)
    if corpus.terms is None or corpus.term_rows is None or not len(liked):
        return [() for _ in rows]
    liked = liked[corpus.term_rows[liked] >= 0]
    telling, counted = Telling(corpus.terms), corpus.term_rows[liked]
    found: list[tuple[Liked, ...]] = []
    for row in rows[:, np.newaxis]:
        if corpus.term_rows[row[0]] < 0:  # its words are not counted yet
            found.append(())
            continue
        cosines = telling.scores(telling.direction(corpus.term_rows[row]), counted)
        cosines[liked == row] = 0.0
        best = [place for place in np.argsort(-cosines, kind="stable")[:LOOKED_AT] if cosines[place] > 0]
        found.append(tuple((PaperId(int(corpus.ids[liked[place]])), float(cosines[place])) for place in best))
    return found


def words_of_all(paper: Described, near: Sequence[Described]) -> list[str]:
    """Return the words whose rarity the reasons of a paper depend on."""
    return words_to_count(paper, near)


def because(
    paper: Described, near: Sequence[Liked], described: Sequence[Described], rarity: Rarity, *, tag: str = ""
) -> Because:
    """Say why a paper is recommended.

    Args:
        paper: What is recommended.
        near: Papers of the reader's that it is like; the first are named.
        described: Papers of the reader's that it may share something with, the most alike first.
        rarity: Knows `words_of_all`.
        tag: Suggested for it.
    """
    terms = shared_terms(paper, described, rarity, TERMS)
    return Because(near=tuple(near[:NAMED]), terms=tuple(terms), tag=tag)
