"""What the view of the pages speaks of: how they fit into it, where the reader is, and who gets the mouse."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtGui import QKeyEvent, QMouseEvent


class Fit(StrEnum):
    """What the zoom follows; the values are kept."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the reader is.

    Attributes:
        page: At the top edge of the view.
        offset: How much of that page is above the edge, from 0 to 1.
        zoom: `width`, `page`, or a number as text, where 1 is the page's own size.
    """

    page: int = 1
    offset: float = 0.0
    zoom: str = Fit.WIDTH.value


class Hand(Protocol):
    """Who gets what the mouse does; each says whether that was all there is to do."""

    def pressed(self, event: QMouseEvent, /) -> None:
        """A button went down."""
        ...

    def moved(self, event: QMouseEvent, /) -> None:
        """The pointer moved."""
        ...

    def released(self, event: QMouseEvent, /) -> None:
        """A button went up."""
        ...

    def double_clicked(self, event: QMouseEvent, /) -> None:
        """A button went down twice."""
        ...

    def left(self) -> None:
        """The pointer is elsewhere."""
        ...

    def key_pressed(self, event: QKeyEvent, /) -> bool:
        """A key went down; True if it was meant for the hand."""
        ...
