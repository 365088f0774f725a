"""Vectors as points in the plane, near when alike: arranged anew step by step, or put in among those that lie there.

The arrangement is t-SNE on the exact nearest neighbours. It goes in steps of about a second, so that whoever waits can
tell how far it is and can stop it. Of very many vectors some stand for all; the rest is placed among them.

Source: van der Maaten and Hinton, Visualizing data using t-SNE (2008); Kobak and Berens, The art of using t-SNE for
single-cell transcriptomics (2019): start from the principal components, learning rate of n / 12.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]  # shape (rows, 2)
Matrix = NDArray[np.float32]  # rows of length 1

MOST_ARRANGED = 30_000  # beyond, time grows and the picture does not gain
PERPLEXITY = 30  # neighbours that count, roughly
ROWS_AT_ONCE = 512  # of a product with all others
MOST_COSINES = 8_000_000  # in memory
STEP = 25  # turns of the optimisation between two looks around
EARLY_STEPS, LATE_STEPS = 10, 16
EARLY_PULL, LATE_PULL = 12.0, 1.5  # how much stronger likeness attracts; at the end a little more, for clear islands
FEWEST_FOR_GRID = 3000  # below, exact forces are quicker than those on a grid
START_SIZE = 1e-4  # the standard deviation to begin with
NEIGHBOURS = 10  # that decide where a vector is placed
SHARPNESS = 20.0  # how fast a neighbour's word loses weight with its cosine
NEARBY = 0.04  # of the map's radius: neighbours this far apart still lie in one place
GOLDEN = 0.6180339887498949
SEED = 1


def arranging(matrix: Matrix, *, start: Points | None = None) -> Generator[float, None, Points]:
    """Arrange vectors; the same ones always come out the same.

    Args:
        matrix: At least 2 rows.
        start: Where they lay before, to begin from; None begins from what sets them apart most.

    Yields:
        The share that is done, 0 to 1, several times.

    Returns:
        Points around 0.
    """
    count = len(matrix)
    if count <= MOST_ARRANGED:
        return (yield from _arranging_all(matrix, start))
    some = np.sort(np.random.default_rng(SEED).choice(count, MOST_ARRANGED, replace=False))
    share = 0.7  # measured at 100,000
    arranged = yield from _scaled(_arranging_all(matrix[some], None if start is None else start[some]), 0, share)
    points = np.zeros((count, 2), dtype=np.float32)
    points[some] = arranged
    rest = np.setdiff1d(np.arange(count), some)
    known = Placed(matrix=np.ascontiguousarray(matrix[some]), points=arranged)
    for begin in range(0, len(rest), ROWS_AT_ONCE):
        rows = rest[begin : begin + ROWS_AT_ONCE]
        points[rows] = known.place(rows, matrix[rows])
        yield share + (1 - share) * (begin + len(rows)) / len(rest)
    return points


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Vectors that have their points.

    Attributes:
        matrix: Vectors; may be mapped from a file, and is not copied.
        points: Of each; NaN for those that have none.
    """

    matrix: Matrix
    points: Points

    def place(self, keys: NDArray[np.int64], matrix: Matrix) -> Points:
        """Return points for further vectors, each where most of its nearest neighbours lie together.

        Args:
            keys: A number for each vector; decides on which side of its neighbours it comes to lie.
            matrix: The vectors.
        """
        found = np.zeros((len(matrix), 2), dtype=np.float32)
        unknown: NDArray[np.bool_] = np.isnan(self.points[:, 0])
        known = self.points[~unknown]
        radius = radius_of(known)
        size = max(1, min(ROWS_AT_ONCE, MOST_COSINES // len(self.matrix)))
        for begin in range(0, len(matrix), size):
            part = slice(begin, begin + size)
            rows, cosines = _nearest(self.matrix, matrix[part], min(NEIGHBOURS, len(known)), without=unknown)
            found[part] = self._between(rows, cosines, radius)
        return found + _aside(keys, radius / np.sqrt(len(known)))

    def _between(self, rows: NDArray[np.int64], cosines: NDArray[np.float32], radius: float) -> Points:
        """Return the middle of the neighbours that lie together; never one between two crowds, where nobody is."""
        points = self.points[rows]
        weights = np.exp(SHARPNESS * (cosines - cosines.max(axis=1, keepdims=True)))
        apart = ((points[:, :, np.newaxis] - points[:, np.newaxis]) ** 2).sum(axis=-1)
        nearby = np.exp(-apart / (2 * max(radius * NEARBY, 1e-9) ** 2))
        crowd = np.argmax((nearby * weights[:, np.newaxis]).sum(axis=-1), axis=1)
        shares = weights * nearby[np.arange(len(rows)), crowd]
        middle: Points = (points * shares[..., np.newaxis]).sum(axis=1) / shares.sum(axis=1, keepdims=True)
        return middle


def radius_of(points: Points) -> float:
    """Return how far from the middle nearly all points lie."""
    if not len(points):
        return 0.0
    return float(np.quantile(np.hypot(*(points - points.mean(axis=0)).T), 0.98))


def aligned(points: Points, target: Points) -> Points:
    """Turn, mirror and move points as a whole, so that they lie as near to their targets as they can.

    Source: Schönemann, A generalized solution of the orthogonal Procrustes problem (1966).

    Args:
        points: To be turned.
        target: Where some of them lay before, NaN for those that did not.
    """
    known = ~np.isnan(target).any(axis=1)
    if known.sum() < 2:
        return points
    middle, there = points[known].mean(axis=0), target[known].mean(axis=0)
    left, _, right = np.linalg.svd((points[known] - middle).T @ (target[known] - there))
    turned: Points = ((points - middle) @ (left @ right) + there).astype(np.float32)
    return turned


def _arranging_all(matrix: Matrix, start: Points | None) -> Generator[float, None, Points]:
    count = len(matrix)
    wanted = min(3 * PERPLEXITY, count - 1)
    rows = np.zeros((count, wanted), dtype=np.int64)
    cosines = np.zeros((count, wanted), dtype=np.float32)
    share = 0.35 if count > FEWEST_FOR_GRID else 0.1  # of the time, measured
    for part in _parts(count):
        rows[part], cosines[part] = _nearest(matrix, matrix[part], wanted, skip=part.start)
        yield share * min(1.0, part.stop / count)
    embedding = _begin(rows, cosines, _beginning(matrix) if start is None else start)
    rate = max(200.0, count / EARLY_PULL)
    steps = EARLY_STEPS + LATE_STEPS
    for step in range(steps):
        is_early = step < EARLY_STEPS
        embedding.optimize(
            STEP,
            exaggeration=EARLY_PULL if is_early else LATE_PULL,
            momentum=0.5 if is_early else 0.8,
            learning_rate=rate,
            inplace=True,
        )
        yield min(1.0, share + (1 - share) * (step + 1) / steps)
    points: Points = np.array(embedding, dtype=np.float32)
    points -= points.mean(axis=0)
    return points


def _begin(rows: NDArray[np.int64], cosines: NDArray[np.float32], start: Points) -> Any:
    """Return openTSNE's embedding before its first turn."""
    import openTSNE  # noqa: PLC0415 - takes seconds to load
    from openTSNE.affinity import PerplexityBasedNN  # noqa: PLC0415
    from openTSNE.nearest_neighbors import PrecomputedNeighbors  # noqa: PLC0415

    distances = np.sqrt(np.maximum(0.0, 2 - 2 * cosines))
    affinities = PerplexityBasedNN(
        knn_index=PrecomputedNeighbors(rows, distances), perplexity=rows.shape[1] / 3, n_jobs=1
    )
    sized = start / max(float(start[:, 0].std()), 1e-12) * START_SIZE
    # One thread: sums in another order would give another picture each time.
    return openTSNE.TSNEEmbedding(
        sized.astype(np.float64),
        affinities,
        negative_gradient_method="fft" if len(rows) > FEWEST_FOR_GRID else "bh",
        n_jobs=1,
        random_state=SEED,
    )


def _aside(keys: NDArray[np.int64], length: float) -> Points:
    """Return small steps to the side, so that no two points fall on each other."""
    angles = 2 * np.pi * ((keys * GOLDEN) % 1.0)
    lengths = length * (0.3 + 0.7 * ((keys * GOLDEN**2 * np.e) % 1.0))
    steps: Points = (np.stack([np.cos(angles), np.sin(angles)], axis=1) * lengths[:, np.newaxis]).astype(np.float32)
    return steps


def _beginning(matrix: Matrix) -> Points:
    """Return the first two principal components, each so that its largest part is positive."""
    middle = matrix.mean(axis=0)
    spread = (matrix.T @ matrix) / len(matrix) - np.outer(middle, middle)
    _, axes = np.linalg.eigh(spread)
    axes = axes[:, [-1, -2]]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    points: Points = ((matrix - middle) @ axes).astype(np.float32)
    return points


def _nearest(
    matrix: Matrix,
    queries: Matrix,
    count: int,
    *,
    skip: int | None = None,
    without: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the rows of the nearest vectors and their cosines, the nearest first.

    Args:
        matrix: All of them.
        queries: Whose neighbours are wanted.
        count: How many.
        skip: The row of `matrix` that the first query is, where queries are not to find themselves.
        without: Rows of `matrix` that are not to be found.
    """
    cosines = queries @ matrix.T
    here = np.arange(len(queries))
    if skip is not None:
        cosines[here, here + skip] = -np.inf
    if without is not None:
        cosines[:, without] = -np.inf
    last = cosines.shape[1] - count
    rows = np.argpartition(cosines, last, axis=1)[:, last:] if last > 0 else np.argsort(cosines, axis=1)
    found = np.take_along_axis(cosines, rows, axis=1)
    order = np.argsort(-found, axis=1, kind="stable")
    return np.take_along_axis(rows, order, axis=1), np.take_along_axis(found, order, axis=1)


def _parts(count: int) -> Iterator[slice]:
    return (slice(begin, min(count, begin + ROWS_AT_ONCE)) for begin in range(0, count, ROWS_AT_ONCE))


def _scaled(steps: Generator[float, None, Points], first: float, last: float) -> Generator[float, None, Points]:
    """Pass steps on as the part of a longer way."""
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            points: Points = end.value
            return points
        yield first + (last - first) * done
