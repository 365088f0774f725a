"""What is written on the pages, and where their links lead: asked for when a page comes near, then kept."""

from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import PageLink
from readinglist.services.jobs import Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.reader.needs import Document
from readinglist.ui.reader.selection import Selection

FEW_PAGES = 4  # whose text is written out before anybody notices
Facts = TypeVar("Facts")


class PageFacts(QObject):
    """Words and links of pages.

    Args:
        document: Knows them.
        bridge: Brings them to the main thread.
        parent: Owner.
    """

    arrived = Signal(int)  # page

    def __init__(self, document: Document, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: _Shelf[PageWords] = _Shelf(document.words, PageWords.of(()), bridge, self._tell_words)
        self._bridge = bridge
        self._waiting: list[tuple[set[int], Callable[[], None]]] = []
        self._links: _Shelf[tuple[PageLink, ...]] = _Shelf(document.links, (), bridge, self.arrived.emit)

    def words(self, page: int) -> PageWords | None:
        """Return the words of a page in reading order; None as long as they are being read."""
        return self._words.get(page)

    def when_known(self, pages: Iterable[int], then: Callable[[], None]) -> None:
        """Go on as soon as the words of some pages are known: at once where they are already."""
        missing = {page for page in pages if self.words(page) is None}
        if missing:
            self._waiting.append((missing, then))
        else:
            then()

    def write_text(self, selection: Selection, then: Callable[[str], None]) -> None:
        """Write out what is chosen, on a worker where that is much, and go on with it."""

        def write() -> None:
            if len(selection.pages) <= FEW_PAGES:
                then(selection.text(self.words))
                return
            known = {page: self.words(page) for page in selection.pages}
            self._bridge.run(lambda _: selection.text(known.get), lane=Lane.INTERACTIVE, on_done=then)

        self.when_known(selection.pages, write)

    def links(self, page: int) -> tuple[PageLink, ...] | None:
        """Return the links of a page; None as long as they are being read."""
        return self._links.get(page)

    def close(self) -> None:
        """Take nothing more, and give the memory back."""
        self._words.close()
        self._links.close()
        self._waiting = []

    def _tell_words(self, page: int) -> None:
        self.arrived.emit(page)
        for missing, _ in self._waiting:
            missing.discard(page)
        complete = [then for missing, then in self._waiting if not missing]
        self._waiting = [one for one in self._waiting if one[0]]
        for then in complete:
            then()


class _Shelf(Generic[Facts]):
    """One kind of facts by page; a page of which they cannot be read has none."""

    def __init__(
        self, read: Callable[[int], "Future[Facts]"], nothing: Facts, bridge: Bridge, tell: Callable[[int], object]
    ) -> None:
        self._read = read
        self._nothing = nothing
        self._bridge = bridge
        self._tell = tell
        self._known: dict[int, Facts] = {}
        self._asked: set[int] = set()
        self._is_closed = False

    def close(self) -> None:
        self._is_closed = True
        self._known.clear()

    def get(self, page: int) -> Facts | None:
        if page not in self._known and page not in self._asked and not self._is_closed:
            self._asked.add(page)
            future = self._read(page)
            future.add_done_callback(lambda done: self._bridge.post(lambda: self._take(page, done)))
        return self._known.get(page)

    def _take(self, page: int, future: "Future[Facts]") -> None:
        if self._is_closed:
            return
        self._asked.discard(page)
        try:
            self._known[page] = future.result(timeout=0)
        except CancelledError:
            return  # asked for again when it is next needed
        except Exception:  # noqa: BLE001 - the picture of the page tells what is wrong with it
            self._known[page] = self._nothing
        self._tell(page)
