"""Jumps within a PDF, and the ways back from them."""

from readinglist.domain.pages import Point
from readinglist.ui.reader.pages_view import PagesView
from readinglist.ui.reader.steps import Steps
from readinglist.ui.reader.toolbar import ReaderBar
from readinglist.ui.reader.viewing import Place


class Jumps:
    """Goes to places in the pages, and remembers where each jump began.

    Args:
        pages: Go there.
        bar: Shows whether there is a way back, and forward again.
    """

    def __init__(self, pages: PagesView, bar: ReaderBar) -> None:
        self._pages = pages
        self._bar = bar
        self._steps: Steps[Place] = Steps()

    def leave(self) -> None:
        """Remember where the reader is, for whoever goes elsewhere now."""
        self._steps.leave(self._pages.place)
        self._show()

    def go_to(self, page: int, point: Point | None = None) -> None:
        """Go to a place."""
        self.leave()
        self._pages.go_to(page, point)

    def go_back(self) -> None:
        """Go back to where the last jump began."""
        self._step(self._steps.back(self._pages.place))

    def go_forward(self) -> None:
        """Go where the way back was begun."""
        self._step(self._steps.forward(self._pages.place))

    def _step(self, place: Place | None) -> None:
        if place is not None:
            self._pages.go_to_place(place)
            self._show()

    def _show(self) -> None:
        self._bar.show_steps(can_go_back=self._steps.can_go_back, can_go_forward=self._steps.can_go_forward)
