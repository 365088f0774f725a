"""Which papers are near to others by meaning, so that a reader of the ones could want the others.

For the reasons, which name what a paper is near to, and for the choice, which shows nothing for variety that is near to
nothing of the reader's.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats, Rows

FARTHEST = 0.3  # cosine below which it is no honest reason that a paper is near to another one
NEAR_ANYWHERE = 0.5  # above which it is one even in a library about one thing alone
UNUSUAL = 0.9  # share of the library that has to be farther away from a paper than what is near to it
USUAL = 256  # papers that stand for the library
AT_ONCE = 32  # papers compared where one that is near may be enough


def near_bars(corpus: Corpus, rows: Rows) -> Floats:
    """Return for each row the cosine above which another paper is near to it.

    Near is what is nearer than nearly all papers are: with one encoder any two are nearer than twins with another.
    """
    live = np.flatnonzero(corpus.is_live)
    if len(live) < USUAL:
        return np.full(len(rows), FARTHEST, dtype=np.float32)
    usual = live[:: len(live) // USUAL]
    bars: Floats = np.quantile(corpus.matrix[rows] @ corpus.matrix[usual].T, UNUSUAL, axis=1)
    return np.clip(bars, FARTHEST, NEAR_ANYWHERE)


class Reach:
    """Tells which papers are near to one of some others at least; compares a few when asked, and each once.

    Args:
        corpus: Has them all.
        rows: Of the papers; they go by their places among these.
        others: None of which is among them. Where there are none, all papers count as near.
    """

    def __init__(self, corpus: Corpus, rows: Rows, others: Rows) -> None:
        self._corpus = corpus
        self._rows = rows
        self._others = others
        self._is_known = np.full(len(rows), not len(others), dtype=np.bool_)
        self._is_near = self._is_known.copy()

    def mask(self, places: Rows) -> NDArray[np.bool_]:
        """Tell of each place whether its paper is near."""
        unknown = places[~self._is_known[places]]
        if len(unknown):
            rows = self._rows[unknown]
            nearest = (self._corpus.matrix[rows] @ self._corpus.matrix[self._others].T).max(axis=1)
            self._is_near[unknown] = nearest > near_bars(self._corpus, rows)
            self._is_known[unknown] = True
        return self._is_near[places]

    def near(self, places: Rows) -> Iterator[int]:
        """Yield those of some places whose papers are near, in their order."""
        for start in range(0, len(places), AT_ONCE):
            part = places[start : start + AT_ONCE]
            yield from part[self.mask(part)].tolist()
