"""Which of the ranked papers are shown: the best, but not ten times the same; and as far afield as the reader wants."""

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus
from readinglist.recommend.ranker import NEAR, Ranking

CONSIDERED = 5  # times as many papers as are wanted are looked at
FARTHEST = 25  # times as many, if the reader wants to be surprised
LIKENESS = 0.5  # how much it counts against a paper that it is like one that was chosen before
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


def choose(
    ranking: Ranking,
    corpus: Corpus,
    candidates: NDArray[np.bool_],
    limit: int,
    *,
    surprise: float = 0.0,
    is_diverse: bool = True,
) -> Rows:
    """Choose papers.

    Args:
        ranking: Of the corpus.
        corpus: What was ranked.
        candidates: Mask of the rows that may be shown; those that are not live never are.
        limit: How many at most.
        surprise: 0 takes what is nearest to the reader's papers, 1 what is least expected among what still fits.
        is_diverse: Whether a paper has to be told from those chosen before it.

    Returns:
        Rows, in the order in which they are to be shown.
    """
    open_rows = np.flatnonzero(candidates & corpus.is_live & np.isfinite(ranking.scores))
    pool = _best(ranking.scores, open_rows, round(limit * (CONSIDERED + (FARTHEST - CONSIDERED) * surprise)))
    values = _between_0_and_1(ranking.scores[pool])
    near = next((part.values[pool] for part in ranking.parts if part.name == NEAR), None)
    if surprise > 0 and near is not None:
        values = (1.0 - surprise) * values + surprise * (1.0 - _between_0_and_1(near))
    if is_diverse:
        return pool[_spread(values, corpus.matrix[pool], limit)]
    return pool[np.argsort(-values, kind="stable")[:limit]]


def _best(scores: Floats, rows: Rows, limit: int) -> Rows:
    """Return the rows with the highest scores, the highest first; of equal ones the earlier first."""
    if limit < len(rows):
        rows = np.sort(rows[np.argpartition(-scores[rows], limit)[:limit]])
    return rows[np.argsort(-scores[rows], kind="stable")]


def _spread(values: Floats, matrix: Floats, limit: int) -> Rows:
    """Take one after the other what is good and not like what was taken; returns places in `values`."""
    likeness = np.zeros(len(values), dtype=np.float32)
    is_open = np.ones(len(values), dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(min(limit, len(values))):
        best = int(np.argmax(np.where(is_open, values - LIKENESS * likeness, -np.inf)))
        chosen.append(best)
        is_open[best] = False
        np.maximum(likeness, matrix @ matrix[best], out=likeness)
    return np.array(chosen, dtype=np.int64)


def _between_0_and_1(values: Floats) -> Floats:
    if not len(values):
        return values
    lowest, highest = float(values.min()), float(values.max())
    stretched: Floats = ((values - lowest) / max(highest - lowest, 1e-6)).astype(np.float32)
    return stretched
