"""From PyMuPDF's places to those of the program, for the other modules of this package."""

from typing import Any

import pymupdf

from readinglist.domain.pages import Point, Rect


def rect_of(raw: Any, turn: Any) -> Rect:
    """Return a rectangle of PyMuPDF as a place on the page as it is seen.

    Args:
        raw: Four numbers.
        turn: The matrix that leads there.
    """
    seen = pymupdf.Rect(raw) * turn
    return Rect(seen.x0, seen.y0, seen.x1, seen.y1)


def point_of(raw: Any, turn: Any) -> Point:
    """Do the same for a point."""
    seen = pymupdf.Point(raw) * turn
    return Point(seen.x, seen.y)
