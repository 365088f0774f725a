"""Why a paper is recommended: the reader's papers it is near to, the words it shares with them, the tag it would get.

Only what can be checked by looking at the papers is said.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.recommend.reach import near_bars
from readinglist.recommend.reasons import Described, Rarity, choose_terms, term_weights, words_to_count
from readinglist.recommend.telling import Telling
from readinglist.recommend.words import Keys, Term

NAMED = 2  # of the reader's papers
LOOKED_AT = 5  # of the reader's papers, for shared words
TERMS = 2  # named
FADING = 0.85  # of what is shared with a paper beside what is shared with the one before it, which is nearer
PAIR_SHARE = 0.1  # of the papers that have the rarer word of a pair, above which it says nothing about one of them
NAME_SHARE = 0.06  # the same of an acronym or a name
PLAIN_SHARE = 0.03  # the same of any other word
RARE_SHARE = 0.01  # the same where one paper alone shares it
RARER_SHARE = 0.002  # the same of a word that titles speak of on both sides, though the paper does not come back to it
PAIR_TIMES, NAME_TIMES = 4, 12  # more often among the reader's papers, to be named though more papers have it
AGREED = 2  # papers of the reader's that share it, or one that does and a title that speaks of it
NEARLY_ALL = 4  # of those looked at
MENTIONED = 2  # times that a paper says what is no accident of its wording; the first may be the title
REPEATED = 3  # times that a paper says a plain word of which its title does not speak, for it to be its subject
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
    weights: defaultdict[Keys, float] = defaultdict(float)
    for place, other in enumerate(described):
        for keys, weight in term_weights(paper, other, rarity).items():
            weights[keys] += weight * FADING**place
    ordered = sorted(weights, key=lambda one: (-weights[one], one))
    telling = [paper.terms[keys] for keys in ordered if _is_telling(keys, paper, described, rarity)]
    own = {term.text for term in telling if _is_own(term, described, rarity)}
    return Because(
        near=tuple(near[:NAMED]), terms=tuple(choose_terms(telling, [paper, *described], TERMS, own)), tag=tag
    )


def _is_telling(keys: Keys, paper: Described, described: Sequence[Described], rarity: Rarity) -> bool:
    """Tell whether a term says something of one paper beside others.

    Not too many papers may have it; and one thing in common is an accident, unless a title speaks of it.
    """
    term = paper.terms[keys]
    sharing = [other for other in described if keys in other.keys]
    titles = (keys in paper.title_keys) + any(keys in other.title_keys for other in sharing)
    share, among_near = min(map(rarity.share, term.words)), len(sharing) / LOOKED_AT
    if len(keys) > 1:
        is_meant = share <= RARE_SHARE or keys in paper.title_keys or paper.counts[keys] >= MENTIONED
        return is_meant and share <= max(PAIR_SHARE, among_near / PAIR_TIMES) and len(sharing) + titles >= AGREED
    if any(map(str.isupper, term.text)):
        return share <= max(NAME_SHARE, among_near / NAME_TIMES) and len(sharing) + titles >= AGREED
    is_usual = share <= (PLAIN_SHARE if len(sharing) >= AGREED else RARE_SHARE) and len(sharing) + titles > AGREED
    return is_usual and (_are_about(keys, paper, sharing) or (share <= RARER_SHARE and titles == AGREED))


def _are_about(keys: Keys, paper: Described, sharing: Sequence[Described]) -> bool:
    """Tell whether a plain word is a subject of a paper and of the reader's: what only stands there is none.

    Both have to come back to it. A title alone is enough where that is all that is known, and of the reader's papers.
    """
    is_in_title = keys in paper.title_keys
    if is_in_title and not paper.abstract:
        return True
    about = sum(keys in other.title_keys or other.counts[keys] >= REPEATED for other in sharing)
    least = MENTIONED if is_in_title or about >= AGREED else REPEATED
    return about > 0 and paper.counts[keys] >= least


def _is_own(term: Term, described: Sequence[Described], rarity: Rarity) -> bool:
    """Tell whether a word is the reader's subject even where it is but an attribute, as in quantum computing."""
    sharing = sum(term.keys in other.keys for other in described)
    return len(term.keys) == 1 and sharing >= NEARLY_ALL and rarity.share(term.words[0]) <= RARE_SHARE
