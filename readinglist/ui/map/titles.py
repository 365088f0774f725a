"""Titles beside the points, once the reader is so near that only few papers are seen: as many as find room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from readinglist.ui.map.camera import Camera, Points
from readinglist.ui.map.picture import Seen

MOST_SEEN = 130  # papers in the view, up to which titles are looked for
MOST = 30
WIDTHS = (280.0, 150.0)  # px, at most: with room, and with less of it
BESIDE = 5  # px between a point and its title
GAP = 3  # px between two titles
EDGE = 4  # px between a title and the edge of the view

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class PlacedTitle:
    """A title at its place.

    Attributes:
        row: Of the paper.
        rect: In pixels of the view.
        form: Which of its sizes it has.
    """

    row: int
    rect: QRectF
    form: int = 0


def rows_to_title(seen: Seen, camera: Camera, places: Points) -> Rows:
    """Return the papers that may have their titles beside them, those that matter most first; none of a crowd.

    Args:
        seen: What is shown.
        camera: The view.
        places: Of all papers, in pixels of the view.
    """
    x, y = places.T
    is_within = (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height)
    rows = np.flatnonzero(is_within & seen.reachable) if len(places) else np.zeros(0, dtype=np.intp)
    if len(rows) > MOST_SEEN:
        return rows[:0]
    ranks = (seen.looks.size_of[rows].astype(np.int64), seen.chosen[rows], rows == seen.current)
    order: Rows = rows[np.lexsort(ranks)[::-1]]
    return order


def place_titles(
    rows: Rows,
    places: Points,
    sizes: Mapping[int, Sequence[QSizeF]],
    *,
    away: float,
    view: QSizeF,
    taken: Sequence[QRectF],
) -> list[PlacedTitle]:
    """Put titles beside points, right of them or else left, over no other title, name or point.

    Args:
        rows: Papers, the first served first.
        places: Of all papers, in pixels.
        sizes: How much room a title takes in each of its forms, by row; those without stay away.
        away: Radius of the points, in pixels.
        view: Its size.
        taken: Where no title may be.
    """
    room = _Room(points=places[rows], away=away, view=view, taken=taken)
    placed: list[PlacedTitle] = []
    for row, (x, y) in zip(rows.tolist(), places[rows].tolist(), strict=True):
        forms = enumerate(sizes.get(row, ()))
        tries = (PlacedTitle(row, one, form) for form, size in forms for one in _beside(x, y, size, away + BESIDE))
        found = next((one for one in tries if room.has(one.rect)), None)
        if found is not None:
            placed.append(found)
            room.take(found.rect)
        if len(placed) == MOST:
            break
    return placed


class _Room:
    """The room of a view that titles may have; see `place_titles`."""

    def __init__(self, *, points: Points, away: float, view: QSizeF, taken: Sequence[QRectF]) -> None:
        self._points = points
        self._away = away
        self._area = QRectF(EDGE, EDGE, view.width() - 2 * EDGE, view.height() - 2 * EDGE)
        self._taken = list(taken)

    def has(self, rect: QRectF) -> bool:
        """Tell whether a title could stand there."""
        away = self._away
        low, high = (rect.left() - away, rect.top() - away), (rect.right() + away, rect.bottom() + away)
        return (
            self._area.contains(rect)
            and not ((self._points > low) & (self._points < high)).all(axis=1).any()
            and not any(map(rect.intersects, self._taken))
        )

    def take(self, rect: QRectF) -> None:
        """Let no other title stand there."""
        self._taken.append(rect.adjusted(-GAP, -GAP, GAP, GAP))


def _beside(x: float, y: float, size: QSizeF, away: float) -> list[QRectF]:
    """Return where a title may stand beside a point that is so far away from it."""
    top = y - size.height() / 2
    return [QRectF(QPointF(left, top), size) for left in (x + away, x - away - size.width())]
