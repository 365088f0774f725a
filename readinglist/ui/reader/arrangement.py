"""Where the pages lie, one below the other or in pairs; from places of pages to places of the view and back.

Knows nothing of Qt. Places of the view are logical pixels from the upper left corner of everything.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.domain.pages import PageSize, Point, Rect

GAP = 12  # px between pages and around them
SMALLEST_ZOOM, LARGEST_ZOOM = 0.1, 10.0
LARGEST_SIDE = 30_000  # px of a page; Qt's painting has no room for much more


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the reader wants the pages.

    Attributes:
        zoom: Logical pixels for each point.
        rotation: Clockwise, 0, 90, 180 or 270 degrees, beyond what the file asks for.
        is_paired: Two pages beside each other.
    """

    zoom: float = 1.0
    rotation: int = 0
    is_paired: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where a page lies in the view, in whole pixels."""

    page: int
    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Below the last row of pixels."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """Beyond the last column of pixels."""
        return self.left + self.width


class Arrangement:
    """All pages of a document in one view.

    Args:
        sizes: Of the pages; at least one.
        look: Zoom, rotation, one or two beside each other.
        room: Width of the view, px; narrower pages stand in the middle of it.
    """

    def __init__(self, sizes: Sequence[PageSize], look: Look, room: int) -> None:
        self.sizes = sizes
        self.look = look
        self._boxes: list[Box] = []
        self._row_tops: list[int] = []
        self._rows: list[tuple[int, int]] = []  # number of the first page, and of the one after the last
        rows = list(_rows(len(sizes), is_paired=look.is_paired))
        extents = [turned(size, look.rotation) for size in sizes]
        widths = [sum(round(extents[page - 1][0] * look.zoom) + GAP for page in range(*row)) + GAP for row in rows]
        self.width = max(room, *widths)
        top = GAP
        for row, width in zip(rows, widths, strict=True):
            self._row_tops.append(top)
            self._rows.append(row)
            left, lowest = (self.width - width) // 2 + GAP, 0
            for page in range(*row):
                wide, high = (max(1, round(side * look.zoom)) for side in extents[page - 1])
                self._boxes.append(Box(page, left, top, wide, high))
                left, lowest = left + wide + GAP, max(lowest, high)
            top += lowest + GAP
        self.height = top

    def box(self, page: int) -> Box:
        """Return where a page lies."""
        return self._boxes[page - 1]

    def row_of(self, page: int) -> range:
        """Return the pages that lie beside a page, with it."""
        row = (page - 1) // 2 if self.look.is_paired else page - 1
        return range(*self._rows[row])

    def pages_between(self, top: int, bottom: int) -> list[int]:
        """Return the pages of which something lies between two heights."""
        first = max(0, bisect_right(self._row_tops, top) - 1)
        after = max(first + 1, bisect_right(self._row_tops, bottom))
        pages = range(self._rows[first][0], self._rows[min(after, len(self._rows)) - 1][1])
        return [page for page in pages if self.box(page).bottom > top and self.box(page).top < bottom]

    def seen_height(self, page: int, top: int, bottom: int) -> int:
        """Return how much of a page lies between two heights; less than nothing for a page that is away from them."""
        box = self.box(page)
        return min(box.bottom, bottom) - max(box.top, top)

    def page_at(self, x: float, y: float) -> int:
        """Return the page at a place, or the nearest one in that row."""
        row = self._rows[max(0, bisect_right(self._row_tops, y) - 1)]
        return min(range(*row), key=lambda page: _distance(self.box(page), x))

    def covers(self, page: int, x: float, y: float) -> bool:
        """Say whether a place lies on a page, and not beside it."""
        box = self.box(page)
        return box.left <= x < box.right and box.top <= y < box.bottom

    def to_view(self, page: int, point: Point) -> tuple[float, float]:
        """Return where a place of a page lies."""
        box, size, zoom = self.box(page), self.sizes[page - 1], self.look.zoom
        x, y = _turn(point, size, self.look.rotation)
        return box.left + x * zoom, box.top + y * zoom

    def to_page(self, page: int, x: float, y: float) -> Point:
        """Return which place of a page lies there; may lie outside the page."""
        box, zoom = self.box(page), self.look.zoom
        return _turn_back(Point((x - box.left) / zoom, (y - box.top) / zoom), self.sizes[page - 1], self.look.rotation)

    def rect_to_view(self, page: int, rect: Rect) -> Rect:
        """Return where a rectangle of a page lies."""
        one = self.to_view(page, Point(rect.left, rect.top))
        other = self.to_view(page, Point(rect.right, rect.bottom))
        return Rect(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

    def rect_to_page(self, page: int, rect: Rect) -> Rect:
        """Return the part of a page that lies in a rectangle of the view, at most all of the page."""
        one, other = self.to_page(page, rect.left, rect.top), self.to_page(page, rect.right, rect.bottom)
        size = self.sizes[page - 1]
        return Rect(
            max(0.0, min(one.x, other.x)),
            max(0.0, min(one.y, other.y)),
            min(size.width, max(one.x, other.x)),
            min(size.height, max(one.y, other.y)),
        )


def turned(size: PageSize, rotation: int) -> tuple[float, float]:
    """Return width and height of a page that is turned.

    >>> turned(PageSize(100, 200), 90)
    (200, 100)
    """
    return (size.height, size.width) if rotation % 180 else (size.width, size.height)


def turned_back(rect: Rect, size: PageSize, rotation: int) -> Rect:
    """Return the part of a page that is seen, once it is turned, in a rectangle; all in points.

    >>> turned_back(Rect(0, 0, 10, 20), PageSize(100, 200), 90)
    Rect(left=0, top=190, right=20, bottom=200)
    """
    one = _turn_back(Point(rect.left, rect.top), size, rotation)
    other = _turn_back(Point(rect.right, rect.bottom), size, rotation)
    return Rect(min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))


def fitting_zoom(sizes: Sequence[PageSize], rotation: int, room: tuple[int, int], *, is_whole: bool) -> float:
    """Return the zoom at which pages beside each other fill the view.

    Args:
        sizes: Of the pages of one row.
        rotation: As in `Look`.
        room: Width and height of the view, px.
        is_whole: All of the height is to be seen too.
    """
    extents = [turned(size, rotation) for size in sizes]
    # Each page is rounded to whole pixels: without one to spare for each, a scroll bar might come for nothing.
    wide = (room[0] - GAP * (len(sizes) + 1) - len(sizes)) / sum(extent[0] for extent in extents)
    high = (room[1] - 2 * GAP) / max(extent[1] for extent in extents)
    return bounded_zoom(min(wide, high) if is_whole else wide, sizes)


def bounded_zoom(zoom: float, sizes: Sequence[PageSize]) -> float:
    """Return a zoom at which pages can be shown."""
    longest = max(max(size.width, size.height) for size in sizes)
    return max(min(SMALLEST_ZOOM, LARGEST_SIDE / longest), min(zoom, LARGEST_ZOOM, LARGEST_SIDE / longest))


def _rows(count: int, *, is_paired: bool) -> Iterator[tuple[int, int]]:
    step = 2 if is_paired else 1
    for first in range(1, count + 1, step):
        yield first, min(first + step, count + 1)


def _distance(box: Box, x: float) -> float:
    return max(box.left - x, 0, x - box.right)


def _turn(point: Point, size: PageSize, rotation: int) -> tuple[float, float]:
    if rotation == 90:
        return size.height - point.y, point.x
    if rotation == 180:
        return size.width - point.x, size.height - point.y
    if rotation == 270:
        return point.y, size.width - point.x
    return point.x, point.y


def _turn_back(point: Point, size: PageSize, rotation: int) -> Point:
    if rotation == 90:
        return Point(point.y, size.height - point.x)
    if rotation == 180:
        return Point(size.width - point.x, size.height - point.y)
    if rotation == 270:
        return Point(size.width - point.y, point.x)
    return point
