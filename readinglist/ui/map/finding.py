"""Finding points: under the pointer, in a direction, within a line drawn around them. Brute force: it takes no time."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]  # shape (points, 2)
Mask = NDArray[np.bool_]
Place = tuple[float, float]

SIDEWAYS = 2.5  # how much further away a step to the side counts than one in the direction


def nearest(places: Points, among: Mask, place: Place, reach: float) -> int | None:
    """Return the point nearest to a place; None if none is within reach.

    Args:
        places: In pixels.
        among: Which points count.
        place: In pixels.
        reach: In pixels.
    """
    apart = ((places - np.array(place, dtype=np.float32)) ** 2).sum(axis=1)
    apart[~among] = np.inf
    if not len(apart):
        return None
    row = int(apart.argmin())
    return row if apart[row] <= reach * reach else None


def towards(points: Points, among: Mask, start: int, direction: Place) -> int | None:
    """Return the point to go to from another one: near, and rather ahead than aside.

    Args:
        points: All of them.
        among: Which points count.
        start: Row of the point to start from.
        direction: A step to one side: (1, 0) is to the right, (0, 1) down.
    """
    steps = points - points[start]
    ahead = steps @ np.array(direction, dtype=np.float32)
    aside = steps @ np.array([direction[1], direction[0]], dtype=np.float32)
    apart = np.hypot(ahead, aside * SIDEWAYS)
    apart[~among | (ahead <= np.abs(aside) / SIDEWAYS) | (ahead <= 0)] = np.inf
    if not len(apart) or not np.isfinite(apart).any():
        return None
    return int(apart.argmin())


def inside(places: Points, corners: Points) -> Mask:
    """Tell which points lie within a closed line; where it crosses itself, an odd number of turns counts.

    Args:
        places: In pixels.
        corners: Of the line, shape (corners, 2).
    """
    within: Mask = np.zeros(len(places), dtype=np.bool_)
    if len(corners) < 3 or not len(places):
        return within
    low, high = corners.min(axis=0), corners.max(axis=0)
    rows = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    x, y = places[rows].T
    odd = np.zeros(len(rows), dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if ay == by:
            continue
        crosses = (ay > y) != (by > y)
        odd ^= crosses & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    within[rows] = odd
    return within
