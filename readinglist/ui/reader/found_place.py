"""What a search of the library found in a PDF, marked on its page when that is opened because of it.

The mark stays until the reader clicks somewhere, presses Escape or searches in the document.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from readinglist.domain.page_places import find_place
from readinglist.domain.recommendation import PageOfPdf
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.pages_view import PagesView
from readinglist.ui.reader.scene import Scene
from readinglist.ui.widgets.delays import make_delay

PATIENCE_MS = 150  # for the words of a page; then it comes to the screen without the mark


class FoundMark(QObject):
    """Finds the place among the words of its page, and shows it.

    Args:
        pages: Scrolled to it.
        facts: Know the words.
        scene: Has the mark.
        parent: Owner.
    """

    def __init__(self, pages: PagesView, facts: PageFacts, scene: Scene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._facts = facts
        self._scene = scene
        self._sought: PageOfPdf | None = None
        self._then: Callable[[], None] | None = None
        self._patience = make_delay(self, PATIENCE_MS, self._go_on)

    @property
    def phrase(self) -> str:
        """What to search the document for, to find more of what is marked; empty if nothing of that kind is."""
        return self._scene.found.phrase if self._scene.found is not None else ""

    def show(self, place: PageOfPdf) -> None:
        """Mark what was found as soon as the words of its page are known, and bring it into view."""
        self._scene.show_found(None)
        self._sought = place if place.said else None
        if self._sought is not None:
            self._facts.when_known([place.page], lambda: self._mark(place))

    def when_shown(self, then: Callable[[], None]) -> None:
        """Go on when the mark is there or there is none to wait for, or when that takes too long."""
        self._then = then
        if self._sought is None:
            self._go_on()
        else:
            self._patience.start()

    def _mark(self, place: PageOfPdf) -> None:
        if self._sought is not place:
            return
        self._sought = None
        words = self._facts.words(place.page)
        found = None if words is None else find_place(words, place)
        if found is not None:
            self._scene.show_found(found)
            self._pages.reveal(found.page, found.view)
        self._go_on()

    def _go_on(self) -> None:
        self._patience.stop()
        then, self._then = self._then, None
        if then is not None:
            then()
