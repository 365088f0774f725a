"""Which of the ranked papers are shown: the best, but not of one topic alone; and as far afield as the reader wants.

Among the first that are shown, every third one is the best paper of a topic that none before it has. What a topic is
is said by the source, where it has categories, or else by the groups that the vectors fall into.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.ranker import NEAR, Ranking
from readinglist.recommend.topics import Topics

CONSIDERED = 5  # times as many papers as are wanted are looked at
FARTHEST = 25  # times as many, if the reader wants to be surprised
FEWEST = 500  # are looked at in any case: papers of other topics stand further down
FIRST = 20  # places that no topic has for itself: what is seen without scrolling
EVERY = 3  # of those places, the one that is another topic's
TWINS = 0.95  # cosine above which two papers say the same thing, and the second can wait
Subjects = Callable[[NDArray[np.int64]], Mapping[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How papers are chosen.

    Attributes:
        surprise: 0 takes what is nearest to the reader's papers, 1 what is least expected among what still fits.
        is_diverse: Whether several topics are to be seen.
        subjects: Returns for papers the categories that their sources gave them; those without may be missing.
    """

    surprise: float = 0.0
    is_diverse: bool = True
    subjects: Subjects | None = None


USUAL = Manner()


def choose(ranking: Ranking, corpus: Corpus, candidates: NDArray[np.bool_], limit: int, manner: Manner = USUAL) -> Rows:
    """Choose papers.

    Args:
        ranking: Of the corpus.
        corpus: What was ranked.
        candidates: Mask of the rows that may be shown; those that are not live never are.
        limit: How many at most.
        manner: How they are chosen.

    Returns:
        Rows, in the order in which they are to be shown.
    """
    open_rows = np.flatnonzero(candidates & corpus.is_live & np.isfinite(ranking.scores))
    wanted = round(limit * (CONSIDERED + (FARTHEST - CONSIDERED) * manner.surprise))
    pool = _best(ranking.scores, open_rows, max(wanted, FEWEST))
    near = next((part.values for part in ranking.parts if part.name == NEAR), None)
    if manner.surprise > 0 and near is not None:
        pool = pool[:wanted]
        values = (1.0 - manner.surprise) * _between_0_and_1(ranking.scores[pool])
        values += manner.surprise * (1.0 - _between_0_and_1(near[pool]))
        pool = pool[np.argsort(-values, kind="stable")]
    if not manner.is_diverse or ranking.topics is None:
        return pool[:limit]
    topics = _topics_of(pool, corpus, ranking.topics, manner.subjects)
    return pool[_mixed(topics, corpus.matrix[pool], limit)]


def _best(scores: Floats, rows: Rows, limit: int) -> Rows:
    """Return the rows with the highest scores, the highest first; of equal ones the earlier first."""
    if limit < len(rows):
        rows = np.sort(rows[np.argpartition(-scores[rows], limit)[:limit]])
    return rows[np.argsort(-scores[rows], kind="stable")]


def _topics_of(pool: Rows, corpus: Corpus, topics: Topics, subjects: Subjects | None) -> list[str]:
    named = {} if subjects is None else subjects(corpus.ids[pool])
    groups = topics.find(corpus.matrix[pool])
    return [
        named.get(key) or f"group {group}"
        for key, group in zip(corpus.ids[pool].tolist(), groups.tolist(), strict=True)
    ]


def _mixed(topics: list[str], matrix: Floats, limit: int) -> Rows:
    """Take the best one after the other, and among the first ones every third from another topic; returns places."""
    waiting = list(range(len(topics)))
    chosen: list[int] = []
    seen: set[str] = set()
    while waiting and len(chosen) < limit:
        is_for_others = len(chosen) < FIRST and len(chosen) % EVERY == EVERY - 1
        wanted = (place for place in waiting if not (is_for_others and topics[place] in seen))
        best = next((place for place in wanted if not _has_twin(place, chosen, matrix)), waiting[0])
        chosen.append(best)
        waiting.remove(best)
        seen.add(topics[best])
    return np.array(chosen, dtype=np.int64)


def _has_twin(place: int, chosen: list[int], matrix: Floats) -> bool:
    return bool(chosen) and float((matrix[chosen] @ matrix[place]).max()) > TWINS


def _between_0_and_1(values: Floats) -> Floats:
    if not len(values):
        return values
    lowest, highest = float(values.min()), float(values.max())
    stretched: Floats = ((values - lowest) / max(highest - lowest, 1e-6)).astype(np.float32)
    return stretched
