"""Which of the ranked papers are shown: the best, but not of one topic alone; and as far afield as the reader wants.

Among the first that are shown, every third one is the best paper of a topic that none before it has. What a topic is
is said by the source, where it has categories, or else by the groups that the vectors fall into. Groups have no sharp
borders: of those the best paper is one that fits well and lies well away from the groups shown before.

One paper that the reader could never want costs more trust than ten of another topic win. So nothing comes before what
fits better, be it for variety or as a surprise, unless it is near to a paper of the reader's, and fits half as well as
the first ones do. Where no other topic has such a paper, its place is not given away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.ranker import NEAR, Ranking
from readinglist.recommend.reach import Reach

CONSIDERED = 5  # times as many papers as are wanted are looked at
FARTHEST = 25  # times as many, if the reader wants to be surprised
FEWEST = 500  # are looked at in any case: papers of other topics stand further down
DEEPEST = 3000  # and so many, where topics are no more than groups
FIRST = 20  # places that no topic has for itself: what is seen without scrolling
EVERY = 3  # of those places, the one that is another topic's
AWAY = 0.5  # how much lying away from the groups shown before counts beside fitting as well as the first papers do
FITTING = 0.5  # of what the first papers have: what fits less well is not shown for the sake of variety
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
    pool = _best(ranking.scores, open_rows, max(wanted, DEEPEST))
    worth = _shares(ranking.scores[pool])
    fits = worth >= FITTING
    near = next((part.values for part in ranking.parts if part.name == NEAR), None)
    if manner.surprise > 0 and near is not None:
        pool, worth, fits = pool[:wanted], worth[:wanted], fits[:wanted]
        fits[fits] = Reach(corpus, pool, ranking.liked).mask(np.flatnonzero(fits))
        worth = _surprising(worth, near[pool], fits, manner.surprise)
        order = np.argsort(-worth, kind="stable")
        pool, worth, fits = pool[order], _shares(worth[order]), fits[order]
    if not manner.is_diverse or ranking.topics is None or not len(pool):
        return pool[:limit]
    named = {} if manner.subjects is None else manner.subjects(corpus.ids[pool[: max(wanted, FEWEST)]])
    if named:
        pool, worth, fits = pool[: max(wanted, FEWEST)], worth[: max(wanted, FEWEST)], fits[: max(wanted, FEWEST)]
    nearness = ranking.topics.nearness(corpus.matrix[pool])
    groups = _Groups(labels=nearness.argmax(axis=1), values=worth, fits=fits, nearness=nearness)
    if named:
        groups = _named_groups(corpus.ids[pool].tolist(), named, groups)
    return pool[_mixed(groups, Reach(corpus, pool, ranking.liked), corpus.matrix[pool], limit)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Groups:
    """What the papers are about that may be shown.

    Attributes:
        labels: Of each paper, the number of its topic.
        values: Which paper of a topic to show first: the highest.
        fits: Mask of those that fit well enough to come before papers that fit better.
        nearness: How near each is to the middle of each topic; None where nobody but the source knows what topics are.
    """

    labels: Rows
    values: Floats
    fits: NDArray[np.bool_]
    nearness: Floats | None = None

    def others(self, waiting: NDArray[np.bool_], seen: NDArray[np.bool_]) -> Rows:
        """Return those that wait and are about something not seen yet, the best first."""
        values = self.values
        if self.nearness is not None:
            own = np.take_along_axis(self.nearness, self.labels[:, np.newaxis], axis=1)[:, 0]
            values = values + AWAY * (own - self.nearness[:, seen].max(axis=1))
        open_places = np.flatnonzero(waiting & self.fits & ~seen[self.labels])
        return open_places[np.argsort(-values[open_places], kind="stable")]


def _best(scores: Floats, rows: Rows, limit: int) -> Rows:
    """Return the rows with the highest scores, the highest first; of equal ones the earlier first."""
    if limit < len(rows):
        rows = np.sort(rows[np.argpartition(-scores[rows], limit)[:limit]])
    return rows[np.argsort(-scores[rows], kind="stable")]


def _shares(worth: Floats) -> Floats:
    """Measure worth, which is in order, by that of the first ones."""
    best = float(worth[:FIRST].mean()) if len(worth) else 0.0
    shares: Floats = worth / np.float32(best) if best > 0 else np.zeros_like(worth)
    return shares


def _surprising(worth: Floats, near: Floats, fits: NDArray[np.bool_], surprise: float) -> Floats:
    """Return what papers are worth where they are to surprise: of those that the reader could want, the least near.

    That counts as much as fitting does: the least near of them as the first ones fit, the nearest as what just fits.
    """
    unexpected = np.zeros_like(worth)
    unexpected[fits] = 1.0 - (1.0 - FITTING) * _between_0_and_1(near[fits])
    return (1.0 - surprise) * worth + surprise * unexpected


def _named_groups(ids: list[int], named: Mapping[int, str], groups: _Groups) -> _Groups:
    """Take the categories of the source, and groups for the papers without one; the best one is the first."""
    names = [named.get(key) or f"group {group}" for key, group in zip(ids, groups.labels.tolist(), strict=True)]
    labels = np.unique(names, return_inverse=True)[1]
    values = np.linspace(2.0, 1.0, len(ids), dtype=np.float32)
    return _Groups(labels=labels, values=values, fits=groups.fits)


def _mixed(groups: _Groups, reach: Reach, matrix: Floats, limit: int) -> Rows:
    """Take the best one after the other, and among the first ones every third from another topic; returns places."""
    waiting = np.ones(len(matrix), dtype=np.bool_)
    seen = np.zeros(int(groups.labels.max()) + 1 if groups.nearness is None else groups.nearness.shape[1], np.bool_)
    chosen: list[int] = []
    while len(chosen) < min(limit, len(matrix)):
        is_for_others = len(chosen) < FIRST and len(chosen) % EVERY == EVERY - 1
        in_order = np.flatnonzero(waiting).tolist()
        others = reach.near(groups.others(waiting, seen)) if is_for_others else iter(())
        found = (place for place in chain(others, in_order) if not _has_twin(place, chosen, matrix))
        best = next(found, in_order[0])
        chosen.append(best)
        waiting[best] = False
        seen[groups.labels[best]] = True
    return np.array(chosen, dtype=np.int64)


def _has_twin(place: int, chosen: list[int], matrix: Floats) -> bool:
    return bool(chosen) and float((matrix[chosen] @ matrix[place]).max()) > TWINS


def _between_0_and_1(values: Floats) -> Floats:
    if not len(values):
        return values
    lowest, highest = float(values.min()), float(values.max())
    stretched: Floats = ((values - lowest) / max(highest - lowest, 1e-6)).astype(np.float32)
    return stretched
