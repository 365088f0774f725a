"""Finds the rectangle at a place, or the nearest one, among tens of thousands without looking at all of them."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterator

from readinglist.domain.pages import Point

MOST_COLUMNS = 96
MOST_CELLS = 64  # of one rectangle; one that covers more is looked at every time


class RectGrid:
    """Rectangles by the cells of a grid that they touch.

    Args:
        rects: Four numbers each: left, top, right, bottom.
    """

    __slots__ = ("_cells", "_columns", "_high", "_large", "_left", "_rects", "_top", "_wide")

    def __init__(self, rects: "array[float]") -> None:
        self._rects = rects
        count = len(rects) // 4
        self._columns = max(1, min(MOST_COLUMNS, math.isqrt(count)))
        self._left, self._top = min(rects[0::4], default=0.0), min(rects[1::4], default=0.0)
        right, bottom = max(rects[2::4], default=0.0), max(rects[3::4], default=0.0)
        self._wide = (right - self._left) / self._columns or 1.0
        self._high = (bottom - self._top) / self._columns or 1.0
        self._cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._large: list[int] = []
        for number in range(count):
            self._put(number)

    def at(self, point: Point) -> list[int]:
        """Return the rectangles around a point, in their order."""
        near = (*self._large, *self._cells.get(self._cell(point.x, point.y), ()))
        return sorted(number for number in near if not self._distance(number, point))

    def nearest(self, point: Point) -> int | None:
        """Return the rectangle nearest to a point, the smallest one of several; None if there is none."""
        if not self._rects:
            return None
        best = min((self._rank(number, point) for number in self._large), default=(math.inf, 0.0, -1))
        cell = min(self._wide, self._high)
        for ring in range(self._columns):
            for number in self._ring(self._cell(point.x, point.y), ring):
                best = min(best, self._rank(number, point))
            if best[0] <= (ring * cell) ** 2:  # what was not looked at is at least so far away
                break
        return best[2]

    def _put(self, number: int) -> None:
        left, top, right, bottom = self._rects[4 * number : 4 * number + 4]
        (first_column, first_row), (last_column, last_row) = self._cell(left, top), self._cell(right, bottom)
        columns, rows = range(first_column, last_column + 1), range(first_row, last_row + 1)
        if len(columns) * len(rows) > MOST_CELLS:
            self._large.append(number)
            return
        for column in columns:
            for row in rows:
                self._cells[column, row].append(number)

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        """Return the cell of a place, the nearest one if it lies outside."""
        last = self._columns - 1
        column, row = (x - self._left) / self._wide, (y - self._top) / self._high
        return max(0, min(last, math.floor(column))), max(0, min(last, math.floor(row)))

    def _ring(self, middle: tuple[int, int], ring: int) -> Iterator[int]:
        """Yield what lies in the cells so many steps away from one."""
        for column in range(middle[0] - ring, middle[0] + ring + 1):
            step = 1 if abs(column - middle[0]) == ring else max(1, 2 * ring)
            for row in range(middle[1] - ring, middle[1] + ring + 1, step):
                yield from self._cells.get((column, row), ())

    def _distance(self, number: int, point: Point) -> float:
        left, top, right, bottom = self._rects[4 * number : 4 * number + 4]
        return max(left - point.x, 0.0, point.x - right) ** 2 + max(top - point.y, 0.0, point.y - bottom) ** 2

    def _rank(self, number: int, point: Point) -> tuple[float, float, int]:
        left, top, right, bottom = self._rects[4 * number : 4 * number + 4]
        return self._distance(number, point), (right - left) * (bottom - top), number
