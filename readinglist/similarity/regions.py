"""The parts of a map that get a name: crowds of points on several levels, each cut finer than the last.

Which words name a crowd is for whoever calls; here are only points. Crowds that had names before are found again where
they are, and keep their names as long as these fit.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.region import Region
from readinglist.similarity.plane import Points

PARTS = (10, 40, 160, 640)  # at most, on each level
FEWEST_IN_PART = 25  # on average: fewer papers have nothing in common that could be said
FINER = 1.5  # times as many parts as the last level, or the level says nothing new
NEAR_MIDDLE = 0.5  # share of the points of a part that are near enough to its middle to speak for it
WORSE = 1.1  # times the spread within parts, up to which those of before are good enough
TURNS = 25
TURNS_OF_SAME = 2  # so that crowds of before stay where they are, rather than walk on to better places
SEED = 1

Name = Callable[[Sequence[int], Collection[str]], str]
Fits = Callable[[str, Sequence[int], Collection[str]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A crowd of points.

    Attributes:
        rows: Its papers.
        middle: Where most of them are.
        before: What was there.
    """

    rows: NDArray[np.int64]
    middle: tuple[float, float]
    before: Region | None


def find_regions(
    points: Points, name: Name, *, before: Sequence[Region] = (), fits: Fits = lambda *_: False
) -> tuple[Region, ...]:
    """Cut a map into parts and name them; a part whose name a larger one around it has already is left out.

    Args:
        points: Of all papers.
        name: Names the papers of some rows, by other words than the given names have; empty if there is no name.
        before: Parts that had names when there were other papers on the same map.
        fits: Tells whether a name of before still suits the papers of some rows, beside the given names.
    """
    found: list[Region] = []
    for level, count in enumerate(_counts(len(points))):
        earlier = [one for one in before if one.level == level]
        parts = sorted(_cut(points, count, earlier), key=lambda part: -len(part.rows))
        taken = [one.name for one in found]
        names = _kept_names(parts, taken, fits)
        taken += names.values()
        for place, part in enumerate(parts):
            if place not in names and (words := name(part.rows.tolist(), taken)):
                taken.append(words)
                names[place] = words
        for place in sorted(names):
            x, y = parts[place].middle
            found.append(Region(name=names[place], x=x, y=y, papers=len(parts[place].rows), level=level))
    levels = sorted({one.level for one in found})
    return tuple(replace(one, level=levels.index(one.level)) for one in found)


def _kept_names(parts: Sequence[_Part], taken: Collection[str], fits: Fits) -> dict[int, str]:
    """Return the names of before that still fit, by the places of the parts that were there."""
    names: dict[int, str] = {}
    for place, part in enumerate(parts):
        one = part.before
        if one is not None and fits(one.name, part.rows.tolist(), [*taken, *names.values()]):
            names[place] = one.name
    return names


def _counts(points: int) -> list[int]:
    """Return how many parts each level has."""
    most = points // FEWEST_IN_PART
    counts: list[int] = []
    for parts in PARTS:
        count = min(parts, most)
        if count >= 1 and (not counts or count >= counts[-1] * FINER):
            counts.append(count)
    return counts


def _cut(points: Points, count: int, earlier: Sequence[Region]) -> list[_Part]:
    """Cut points into crowds: those of before, unless papers lie so differently now that others say it better."""
    part_of, spread = _crowds(points, count, [])
    if earlier:
        same, spread_of_same = _crowds(points, count, [(one.x, one.y) for one in earlier[:count]])
        if spread_of_same <= WORSE * spread:
            known = dict(enumerate(earlier[:count]))
            return [_part(points, rows, known.get(crowd)) for crowd, rows in _filled(same, count)]
    parts = [_part(points, rows, None) for _, rows in _filled(part_of, count)]
    return _recognised(parts, earlier)


def _filled(part_of: NDArray[np.int64], count: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield the crowds that have points, and these."""
    for crowd in range(count):
        rows = np.flatnonzero(part_of == crowd)
        if len(rows):
            yield crowd, rows


def _part(points: Points, rows: NDArray[np.int64], before: Region | None) -> _Part:
    return _Part(rows=rows, middle=_middle(points[rows]), before=before)


def _recognised(parts: Sequence[_Part], earlier: Sequence[Region]) -> list[_Part]:
    """Tell parts what was there before: where two middles are nearest to each other it is the same crowd."""
    if not earlier:
        return list(parts)
    from scipy.spatial import cKDTree  # takes a moment to load

    now, then = [part.middle for part in parts], [(one.x, one.y) for one in earlier]
    nearest_then, nearest_now = cKDTree(then).query(now)[1], cKDTree(now).query(then)[1]
    return [
        replace(part, before=earlier[one]) if nearest_now[one] == place else part
        for place, (part, one) in enumerate(zip(parts, nearest_then, strict=True))
    ]


def _middle(points: Points) -> tuple[float, float]:
    """Return where most points are: the mean of those nearest to the median."""
    median = np.median(points, axis=0)
    apart = ((points - median) ** 2).sum(axis=1)
    x, y = points[apart <= np.quantile(apart, NEAR_MIDDLE)].mean(axis=0)
    return float(x), float(y)


def _crowds(points: Points, count: int, middles: Sequence[tuple[float, float]]) -> tuple[NDArray[np.int64], float]:
    """Return the crowd of each point, by Lloyd's turns, and how far the points of a crowd are apart all in all.

    Args:
        points: Of all papers.
        count: How many crowds there are to be.
        middles: Where some of them were; the others begin far from these.
    """
    from scipy.spatial import cKDTree  # takes a moment to load

    chance = np.random.default_rng(SEED)
    centres = _spread_out(points, count, middles, chance)
    part_of = np.zeros(len(points), dtype=np.int64)
    for _ in range(TURNS_OF_SAME if middles else TURNS):
        before = part_of
        part_of = np.asarray(cKDTree(centres).query(points)[1], dtype=np.int64)
        if np.array_equal(before, part_of):
            break
        sizes = np.maximum(np.bincount(part_of, minlength=count), 1)
        sums = [np.bincount(part_of, weights=points[:, axis], minlength=count) for axis in (0, 1)]
        filled = np.bincount(part_of, minlength=count) > 0
        centres[filled] = (np.stack(sums, axis=1) / sizes[:, np.newaxis])[filled]
    return part_of, float(((points - centres[part_of]) ** 2).sum())


def _spread_out(
    points: Points, count: int, middles: Sequence[tuple[float, float]], chance: np.random.Generator
) -> NDArray[np.float64]:
    """Choose points to start from, each far from those chosen before, and from some that are given.

    Source: Arthur and Vassilvitskii, k-means++ (2007).
    """
    chosen = [*middles] or [_pair(points[int(chance.integers(len(points)))])]
    apart = np.full(len(points), np.inf)
    for middle in chosen:
        apart = np.minimum(apart, ((points - middle) ** 2).sum(axis=1))
    while len(chosen) < count:
        total = float(apart.sum())
        shares = apart / total if total > 0 else np.full(len(points), 1 / len(points))
        chosen.append(_pair(points[int(chance.choice(len(points), p=shares))]))
        apart = np.minimum(apart, ((points - chosen[-1]) ** 2).sum(axis=1))
    return np.array(chosen, dtype=np.float64)


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
