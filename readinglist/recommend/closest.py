"""How near papers are to the nearest of some chosen ones, remembered while the chosen ones change by a few."""

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus, Floats, Rows

NEAREST = 3  # whose mean counts: one alone is often an accident
AT_ONCE = 2048  # rows compared at a time
MANY_CHANGES = 0.25  # share of the chosen ones that may change before comparing anew is simpler
NOBODY = -1
FARTHEST = np.float32(-1.0)


class Closest:
    """Compares rows of a corpus with chosen ones when somebody asks for them.

    Args:
        corpus: Has the vectors.
        background: Of the corpus.
    """

    def __init__(self, corpus: Corpus, background: Background) -> None:
        self._corpus = corpus
        self._background = background
        self._chosen: Rows = np.zeros(0, dtype=np.int64)
        self._is_known: NDArray[np.bool_] = np.zeros(len(corpus.ids), dtype=np.bool_)
        self._cosines: Floats = np.zeros((len(corpus.ids), NEAREST), dtype=np.float32)
        self._whose: NDArray[np.int64] = np.zeros((len(corpus.ids), NEAREST), dtype=np.int64)

    def choose(self, rows: Rows) -> None:
        """Compare with these from now on."""
        added, removed = np.setdiff1d(rows, self._chosen), np.setdiff1d(self._chosen, rows)
        if len(added) + len(removed) > max(1.0, MANY_CHANGES * len(rows)):
            self._is_known[:] = False
        else:
            self._forget(removed)
            self._add(added)
        self._chosen = rows

    def means(self, rows: Rows) -> Floats:
        """Return for rows the mean cosine of the nearest chosen ones, themselves left out; -1 where there are none."""
        unknown = rows[~self._is_known[rows]]
        for start in range(0, len(unknown), AT_ONCE):
            part = unknown[start : start + AT_ONCE]
            self._keep_best(part, self._compare(part, self._chosen), self._chosen)
        self._is_known[unknown] = True
        # Of a few chosen papers each may be about something else: half of them at most.
        nearest = min(NEAREST, (len(self._chosen) + 1) // 2)
        found, is_there = self._cosines[rows, :nearest], self._whose[rows, :nearest] != NOBODY
        means: Floats = np.where(is_there, found, 0).sum(axis=1) / np.maximum(is_there.sum(axis=1), 1)
        return np.where(is_there.any(axis=1), means, FARTHEST).astype(np.float32)

    def _forget(self, removed: Rows) -> None:
        """Those that were near to one that is no longer chosen have to be compared anew."""
        if len(removed):
            known = np.flatnonzero(self._is_known)
            self._is_known[known[np.isin(self._whose[known], removed).any(axis=1)]] = False

    def _add(self, added: Rows) -> None:
        known = np.flatnonzero(self._is_known)
        if not len(added) or not len(known):
            return
        cosines = np.hstack([self._cosines[known], self._compare(known, added)])
        whose = np.hstack([self._whose[known], np.broadcast_to(added, (len(known), len(added)))])
        cosines[whose == NOBODY] = FARTHEST
        self._keep_best(known, cosines, whose)

    def _compare(self, rows: Rows, chosen: Rows) -> Floats:
        cosines = self._background.cosines(self._corpus, rows, chosen)
        _, own, place = np.intersect1d(rows, chosen, return_indices=True)
        cosines[own, place] = FARTHEST  # nobody is like themselves
        return cosines

    def _keep_best(self, rows: Rows, cosines: Floats, whose: NDArray[np.int64]) -> None:
        """Keep the nearest of each row, `whose` being of one row or of each."""
        if cosines.shape[1] < NEAREST:
            missing = NEAREST - cosines.shape[1]
            cosines = np.pad(cosines, ((0, 0), (0, missing)), constant_values=FARTHEST)
            whose = np.pad(np.atleast_2d(whose), ((0, 0), (0, missing)), constant_values=NOBODY)
        # Three times the largest is much faster than any kind of sorting.
        cosines, each = cosines.copy(), np.arange(len(rows))
        best = np.zeros((len(rows), NEAREST), dtype=np.int64)
        for place in range(NEAREST):
            best[:, place] = cosines.argmax(axis=1)
            self._cosines[rows, place] = cosines[each, best[:, place]]
            cosines[each, best[:, place]] = FARTHEST
        owners = np.take_along_axis(np.broadcast_to(whose, cosines.shape), best, axis=1)
        self._whose[rows] = np.where(self._cosines[rows] > FARTHEST, owners, NOBODY)
