"""Which papers are near to others by meaning, so that a reader of the ones could want the others.

For the reasons, which name what a paper is near to, and for the choice, which shows nothing for variety that is near to
nothing of the reader's.
"""

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats, Rows

FARTHEST = 0.3  # cosine below which it is no honest reason that a paper is near to another one
NEAR_ANYWHERE = 0.5  # above which it is one even in a library about one thing alone
UNUSUAL = 0.9  # share of the library that has to be farther away from a paper than what is near to it
USUAL = 256  # papers that stand for the library


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


def is_near_any(corpus: Corpus, rows: Rows, others: Rows) -> NDArray[np.bool_]:
    """Tell of each row whether it is near to one of some others at least.

    Args:
        corpus: Has them all.
        rows: In any order.
        others: At least one, none of which is among the rows.
    """
    nearest = (corpus.matrix[rows] @ corpus.matrix[others].T).max(axis=1)
    is_near: NDArray[np.bool_] = nearest > near_bars(corpus, rows)
    return is_near
