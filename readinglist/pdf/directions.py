"""Which way the text of a page runs, for marks on it: tables set sideways are underlined where their letters stand."""

from collections.abc import Mapping
from typing import Any

import pymupdf

FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
# The corners of a rectangle where text begins above, ends above, begins below and ends below its letters.
CORNERS: Mapping[tuple[int, int], tuple[str, str, str, str]] = {
    (1, 0): ("tl", "tr", "bl", "br"),
    (0, 1): ("tr", "br", "tl", "bl"),
    (-1, 0): ("br", "bl", "tr", "tl"),
    (0, -1): ("bl", "tl", "br", "tr"),
}


class Directions:
    """The lines of a page of PyMuPDF and where they run; read once, when the first is asked for."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._lines: list[tuple[Any, tuple[int, int]]] | None = None

    def quad(self, rect: Any) -> Any:
        """Return a rectangle as a mark wants it, with the corners in the order in which the text in it is read.

        Args:
            rect: In the coordinates of the page before its rotation.
        """
        names = CORNERS[self._direction(rect)]
        return pymupdf.Quad(*(getattr(rect, name) for name in names))

    def _direction(self, rect: Any) -> tuple[int, int]:
        if self._lines is None:
            blocks = self._page.get_text("dict", flags=FLAGS)["blocks"]
            lines = [line for block in blocks for line in block.get("lines", ())]
            self._lines = [(pymupdf.Rect(line["bbox"]), _rounded(line["dir"])) for line in lines]
        found = max(self._lines, key=lambda line: (line[0] & rect).get_area(), default=None)
        if found is not None and found[0].intersects(rect):
            return found[1]
        across = pymupdf.Point(1, 0) * self._page.derotation_matrix - pymupdf.Point(0, 0) * self._page.derotation_matrix
        return _rounded((across.x, across.y))


def _rounded(direction: tuple[float, float]) -> tuple[int, int]:
    """Return the nearest of the four directions."""
    across, down = direction
    if abs(across) >= abs(down):
        return (1 if across > 0 else -1), 0
    return 0, (1 if down > 0 else -1)
