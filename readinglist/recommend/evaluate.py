"""How good a ranking is: measures of its first places, and how sure they are.

For the developer's command and the benchmarks; knows neither files nor models.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

RESAMPLES = 2000
SURE = 0.95  # of intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean and where it lies for sure enough.

    Attributes:
        mean: Over all questions.
        low: Lower end of the interval that holds it in 95 of 100 cases.
        high: Upper end.
    """

    mean: float
    low: float
    high: float

    @override
    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ndcg(gains: Sequence[float], possible: Collection[float], limit: int) -> float:
    """Return the discounted gain of the first places as a share of the best that was possible.

    Args:
        gains: Of what was ranked, the first place first.
        possible: Gains of everything that could have been ranked.
        limit: Places that count.

    Returns:
        0 to 1; 0 if nothing was to be gained.

    >>> round(ndcg([0, 1], [1, 0], 2), 2), ndcg([3, 1, 0], [0, 1, 3], 3)
    (0.63, 1.0)
    """
    best = _discounted(sorted(possible, reverse=True)[:limit])
    return _discounted(gains[:limit]) / best if best else 0.0


def recall(found: Sequence[Any], wanted: Collection[Any], limit: int) -> float:
    """Return which share of what is wanted is among the first places."""
    return len(set(found[:limit]) & set(wanted)) / len(wanted) if wanted else 0.0


def estimate(values: Sequence[float], *, seed: int = 0) -> Estimate:
    """Return the mean with its interval, by drawing the questions again and again."""
    numbers = np.asarray(values, dtype=np.float64)
    if not len(numbers):
        return Estimate(mean=0.0, low=0.0, high=0.0)
    chance = np.random.default_rng(seed)
    means = numbers[chance.integers(0, len(numbers), (RESAMPLES, len(numbers)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - SURE) / 2, (1 + SURE) / 2])
    return Estimate(mean=float(numbers.mean()), low=float(low), high=float(high))


def difference(ours: Sequence[float], theirs: Sequence[float], *, seed: int = 0) -> Estimate:
    """Return how much better one method is than another on the same questions, in the same order."""
    return estimate([one - other for one, other in zip(ours, theirs, strict=True)], seed=seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """What people said of one question.

    Attributes:
        query: Number of the paper asked about.
        grades: By paper, 0 (does not fit) upwards; the papers that were judged and no others.
    """

    query: int
    grades: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good a method is.

    Attributes:
        ndcg_share: nDCG over a fifth of each question's judged papers.
        ndcg_20: nDCG over 20 places.
        recall_share: Share of the papers that fit, among a fifth of those judged.
    """

    ndcg_share: Estimate
    ndcg_20: Estimate
    recall_share: Estimate


SHARE = 0.2
FITS = 2  # grade from which on a paper fits, where grades go further than 1


def judge(scores: Mapping[int, float], question: Judgements) -> tuple[float, float, float]:
    """Judge the ranking of one question's papers; returns what `Quality` has the means of."""
    order = sorted(question.grades, key=lambda paper: (-scores[paper], paper))
    gains = [question.grades[paper] for paper in order]
    places = max(1, int(SHARE * len(order)))
    least = min(FITS, max(gains, default=0))
    fitting = [paper for paper, grade in question.grades.items() if grade >= max(least, 1)]
    return ndcg(gains, gains, places), ndcg(gains, gains, 20), recall(order, fitting, places)


def quality(judged: Sequence[tuple[float, float, float]]) -> Quality:
    """Put the questions' figures together."""
    columns = list(zip(*judged, strict=True)) or [(), (), ()]
    share, twenty, found = map(estimate, columns)
    return Quality(ndcg_share=share, ndcg_20=twenty, recall_share=found)


def _discounted(gains: Sequence[float]) -> float:
    values: NDArray[np.float64] = np.asarray(gains, dtype=np.float64)
    return float((values / np.log2(np.arange(2, len(values) + 2))).sum())
