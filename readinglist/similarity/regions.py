"""The parts of a map that get a name: crowds of points on several levels, each cut finer than the last.

Which words name a crowd is for whoever calls; here are only points.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.region import Region
from readinglist.similarity.plane import Points

PARTS = (10, 40, 160, 640)  # at most, on each level
FEWEST_IN_PART = 25  # on average: fewer papers have nothing in common that could be said
FINER = 1.5  # times as many parts as the last level, or the level says nothing new
NEAR_MIDDLE = 0.5  # share of the points of a part that are near enough to its middle to speak for it
TURNS = 25
SEED = 1

Name = Callable[[Sequence[int], Collection[str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A crowd of points."""

    rows: NDArray[np.int64]
    middle: tuple[float, float]


def find_regions(points: Points, name: Name) -> tuple[Region, ...]:
    """Cut a map into parts and name them; a part whose name a larger one around it has already is left out.

    Args:
        points: Of all papers.
        name: Names the papers of some rows, by other words than the given names have; empty if there is no name.
    """
    found: list[Region] = []
    for level, count in enumerate(_counts(len(points))):
        taken = [one.name for one in found]
        for part in sorted(_cut(points, count), key=lambda part: -len(part.rows)):
            words = name(part.rows.tolist(), taken)
            if words:
                taken.append(words)
                x, y = part.middle
                found.append(Region(name=words, x=x, y=y, papers=len(part.rows), level=level))
    levels = sorted({one.level for one in found})
    return tuple(replace(one, level=levels.index(one.level)) for one in found)


def _counts(points: int) -> list[int]:
    """Return how many parts each level has."""
    most = points // FEWEST_IN_PART
    counts: list[int] = []
    for parts in PARTS:
        count = min(parts, most)
        if count >= 1 and (not counts or count >= counts[-1] * FINER):
            counts.append(count)
    return counts


def _cut(points: Points, count: int) -> list[_Part]:
    """Cut points into crowds, by Lloyd's turns from a fixed start."""
    part_of = _crowds(points, count)
    parts = []
    for crowd in range(count):
        rows = np.flatnonzero(part_of == crowd)
        if len(rows):
            parts.append(_Part(rows=rows, middle=_middle(points[rows])))
    return parts


def _middle(points: Points) -> tuple[float, float]:
    """Return where most points are: the mean of those nearest to the median."""
    median = np.median(points, axis=0)
    apart = ((points - median) ** 2).sum(axis=1)
    x, y = points[apart <= np.quantile(apart, NEAR_MIDDLE)].mean(axis=0)
    return float(x), float(y)


def _crowds(points: Points, count: int) -> NDArray[np.int64]:
    from scipy.spatial import cKDTree  # takes a moment to load

    chance = np.random.default_rng(SEED)
    middles = _spread_out(points, count, chance)
    part_of = np.zeros(len(points), dtype=np.int64)
    for _ in range(TURNS):
        before = part_of
        part_of = np.asarray(cKDTree(middles).query(points)[1], dtype=np.int64)
        if np.array_equal(before, part_of):
            break
        sizes = np.maximum(np.bincount(part_of, minlength=count), 1)
        sums = [np.bincount(part_of, weights=points[:, axis], minlength=count) for axis in (0, 1)]
        filled = np.bincount(part_of, minlength=count) > 0
        middles[filled] = (np.stack(sums, axis=1) / sizes[:, np.newaxis])[filled]
    return part_of


def _spread_out(points: Points, count: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Choose points to start from, each far from those chosen before.

    Source: Arthur and Vassilvitskii, k-means++ (2007).
    """
    chosen = [int(chance.integers(len(points)))]
    apart = np.full(len(points), np.inf)
    for _ in range(count - 1):
        apart = np.minimum(apart, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        total = float(apart.sum())
        shares = apart / total if total > 0 else np.full(len(points), 1 / len(points))
        chosen.append(int(chance.choice(len(points), p=shares)))
    return points[chosen].astype(np.float64)
