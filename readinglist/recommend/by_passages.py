"""How close a paper is by the passages of its PDFs, beside the closeness of its title and abstract.

The same model reads both, so their cosines with a query can be compared as they are. To set each against the others of
its kind was measured, and is worse: the papers that have PDFs are often about other things than the rest. But of many
passages the best is close by chance alone, and long PDFs would stand before everything: a part of what chance gives is
taken off. The part was measured (tests/benchmarks/passages.py): three tenths keep nearly all of what passages find,
and papers without a PDF are found as well as before.
"""

from collections.abc import Mapping
from functools import cache
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.vectors import NO_PAPER, Vectors

Key = TypeVar("Key", bound=int)

SAMPLE = 4096  # rows that stand for all
ENOUGH = 50  # fewer do not tell how cosines are spread
CHANCE = 0.3  # of what the best of independent passages would gain: those of one PDF are much alike


class ByPassages:
    """Says what a paper's best passage is worth.

    Args:
        passages: Of all PDFs.
        query: Shape (dimensions,), of length 1.
        chance: Which part of the gain of chance is taken off.
    """

    def __init__(self, passages: Vectors, query: NDArray[np.float32], *, chance: float = CHANCE) -> None:
        self._taken_off = chance * _spread(passages, query)

    def score(self, cosine: float, siblings: int) -> float:
        """Return how close it makes the paper, as a cosine.

        Args:
            cosine: Of the passage with the query.
            siblings: How many passages the PDF has.
        """
        return cosine - self._taken_off * _best_by_chance(siblings)


def merged(papers: Mapping[Key, float], by_passages: Mapping[Key, float]) -> dict[Key, float]:
    """Return for each paper the larger of two scores, the best first; of equal ones the older paper first."""
    best = {key: max(papers.get(key, -1.0), by_passages.get(key, -1.0)) for key in papers.keys() | by_passages.keys()}
    return dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))


def _spread(vectors: Vectors, query: NDArray[np.float32]) -> float:
    """Return the standard deviation of the cosines of passages with a query."""
    rows = np.flatnonzero(vectors.ids != NO_PAPER)
    if len(rows) < ENOUGH:
        return 0.0
    return float((vectors.matrix[rows[:: -(-len(rows) // SAMPLE)]] @ query).std())


@cache
def _best_by_chance(number: int) -> float:
    """Return how many standard deviations the largest of so many independent numbers is above the mean, usually.

    **Source:** Blom, Statistical Estimates and Transformed Beta-Variables (1958): the approximation of normal scores.
    """
    return NormalDist().inv_cdf((number - 0.375) / (number + 0.25)) if number > 1 else 0.0
