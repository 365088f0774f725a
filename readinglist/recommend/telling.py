"""What the words of some papers tell of a taste: which words they have at all, the rare ones far above the common.

For the ranker. Similar papers are compared with counted words; of a taste a word tells hardly more when one abstract
repeats it, but much more when few papers have it. A word that is shared by all of a field is then little beside the
one that is somebody's own subject.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from readinglist.recommend.corpus import Floats, Rows
from readinglist.similarity.terms import PLACES, Terms

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

STEEPNESS = 1.5  # power of the rarity; with 1 the words of a field outweigh those of a subject
AT_ONCE = 4096  # rows


class Telling:
    """Compares by words; used by one thread at a time.

    Args:
        terms: The words of papers.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._told = np.power(terms.rarity, np.float32(STEEPNESS))

    def direction(self, rows: Rows, weights: Floats | None = None) -> Floats:
        """Return the weighted sum of rows, each of length 1, by place; what `scores` takes.

        Args:
            rows: Numbers of rows of the terms.
            weights: Of the same rows; None counts each once.
        """
        summed = np.zeros(PLACES, dtype=np.float32)
        for start in range(0, len(rows), AT_ONCE):
            part = self._some(rows[start : start + AT_ONCE])
            factors = 1.0 / _lengths(part @ np.square(self._told))
            if weights is not None:
                factors = factors * weights[start : start + AT_ONCE]
            summed += part.T @ factors
        return summed * self._told

    def scores(self, direction: Floats, rows: Rows | None = None) -> Floats:
        """Return how much of a direction is in rows: a cosine, if the direction has the length 1.

        Args:
            direction: By place, shape (`PLACES`,).
            rows: Numbers of rows of the terms; None for all.
        """
        wanted = direction * self._told
        if rows is None:
            return self._products(wanted) / self._all_lengths
        part = self._some(rows)
        found: Floats = (part @ wanted) / _lengths(part @ np.square(self._told))
        return found

    @cached_property
    def _all_lengths(self) -> Floats:
        return _lengths(self._products(np.square(self._told)))

    def _products(self, values: Floats) -> Floats:
        """Return for each row the sum of the values of its words."""
        starts = self._terms.starts
        found = np.zeros(len(self._terms.ids), dtype=np.float32)
        for start in range(0, len(found), AT_ONCE):
            bounds = starts[start : start + AT_ONCE + 1]
            found[start : start + AT_ONCE] = _presence(self._terms.places[bounds[0] : bounds[-1]], bounds) @ values
        return found

    def _some(self, rows: Rows) -> "csr_matrix":
        starts = self._terms.starts
        sizes = starts[rows + 1] - starts[rows]
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        where = np.arange(bounds[-1]) + np.repeat(starts[rows] - bounds[:-1], sizes)
        return _presence(self._terms.places[where], bounds)


def _presence(places: "np.ndarray[tuple[int], np.dtype[np.int32]]", bounds: Rows) -> "csr_matrix":
    """Return which words rows have, as a matrix of ones."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(places), dtype=np.float32)
    return csr_matrix((ones, places, bounds - bounds[0]), shape=(len(bounds) - 1, PLACES))


def _lengths(squares: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.where(squares > 0, squares, 1.0)).astype(np.float32)
    return lengths
