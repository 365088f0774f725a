"""Why a paper is recommended: the reader's papers it is near to, the words it shares with them, the tag it would get.

Only what can be checked by looking at the papers is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.recommend.reasons import Described, Rarity, shared_terms, words_to_count
from readinglist.recommend.telling import Telling
from readinglist.recommend.words import WORD, key_of, root_of

NAMED = 2  # of the reader's papers
LOOKED_AT = 5  # of the reader's papers, for shared words
TERMS = 2  # named
FIRST = 8  # points of the best term shared with the nearest paper; each step down costs one
NAME_SHARE = 0.06  # of the papers that have an acronym or a name, above which it says nothing about one of them
PLAIN_SHARE = 0.03  # the same of any other word
RARE_SHARE = 0.01  # up to which it says something even where one paper alone shares it
AGREED = 3  # papers of the reader's that share it otherwise
PAIR_POINTS = 2  # two words say more exactly what is meant
FARTHEST = 0.25  # cosine below which it is no honest reason that a paper is near to another one

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
    """Return for each row the liked papers it is most like, and their cosines, the nearest first."""
    liked = corpus.rows_of(taste.liked)
    if not len(liked):
        return [() for _ in rows]
    cosines = corpus.matrix[rows] @ corpus.matrix[liked].T
    cosines[rows[:, np.newaxis] == liked[np.newaxis, :]] = -1.0  # nobody is like themselves
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :limit]
    return [
        tuple((PaperId(int(corpus.ids[liked[place]])), float(row[place])) for place in best if row[place] > FARTHEST)
        for row, best in zip(cosines, order, strict=True)
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
        near: What `nearest_liked` found for it.
        described: The same papers.
        rarity: Knows `words_of_all`.
        tag: Suggested for it.
    """
    found: Counter[str] = Counter()
    for place, other in enumerate(described):
        for rank, term in enumerate(shared_terms(paper, other, rarity)):
            found[term] += FIRST - min(place, LOOKED_AT) - rank + (PAIR_POINTS if _is_pair(term) else 0)
    ordered = [term for term, _ in found.most_common()]
    telling = [term for term in ordered if _is_telling(term, described, rarity)]
    return Because(near=tuple(near[:NAMED]), terms=tuple(_apart(telling or ordered[:1])[:TERMS]), tag=tag)


def _apart(terms: Sequence[str]) -> list[str]:
    """Leave out terms that repeat a word of one before them."""
    chosen: list[str] = []
    said: set[str] = set()
    for term in terms:
        roots = {root_of(key_of(word)) for word in WORD.findall(term)}
        if not roots & said:
            chosen.append(term)
            said |= roots
    return chosen


def _is_pair(term: str) -> bool:
    return " " in term or "-" in term


def _is_telling(term: str, described: Sequence[Described], rarity: Rarity) -> bool:
    """Tell whether a term says something beside others.

    Two words do, and so does a name. One plain word does if few papers have it, or if several of the reader's share it
    and not too many others have it.
    """
    if _is_pair(term):
        return True
    share = rarity.share(term.lower())
    if share <= RARE_SHARE or any(map(str.isupper, term)):
        return share <= NAME_SHARE
    sharing = sum((key_of(term),) in other.keys for other in described)
    return share <= PLAIN_SHARE and sharing >= AGREED
