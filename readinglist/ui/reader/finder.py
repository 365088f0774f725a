"""Searching in the document: part after part, so that the first hits are there while the rest is still being read."""

from concurrent.futures import CancelledError, Future

from PySide6.QtCore import QObject, Signal

from readinglist.domain.pages import SearchHit, SearchPart
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.reader.needs import Document
from readinglist.ui.widgets.delays import make_delay

PAUSE_MS = 200  # after the last key
MOST_HITS = 2000


class Finder(QObject):
    """One search at a time.

    Args:
        document: Searches itself.
        bridge: Brings the answers.
        parent: Owner.
    """

    changed = Signal()  # more hits, or it has come to the end

    def __init__(self, document: Document, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._bridge = bridge
        self._number = 0  # of the present search; answers to earlier ones are for nobody
        self._is_closed = False
        self.text = ""
        self.hits: list[SearchHit] = []
        self.is_running = False
        self.problem = ""
        self._timer = make_delay(self, PAUSE_MS, self._begin)

    def search(self, text: str) -> None:
        """Search for a text, soon; an empty one ends the search."""
        text = " ".join(text.split())
        if text == self.text:
            return
        self.text = text
        self._number += 1
        self.hits, self.problem, self.is_running = [], "", bool(text)
        self.changed.emit()
        if text:
            self._timer.start()
        else:
            self._timer.stop()

    def close(self) -> None:
        """Take nothing more."""
        self._is_closed = True
        self._timer.stop()

    def _begin(self) -> None:
        self._ask(1)

    def _ask(self, page: int) -> None:
        number = self._number
        future = self._document.search(self.text, page=page)
        future.add_done_callback(lambda done: self._bridge.post(lambda: self._take(number, done)))

    def _take(self, number: int, future: Future[SearchPart]) -> None:
        if number != self._number or self._is_closed:
            return
        try:
            part = future.result(timeout=0)
        except CancelledError:
            self.is_running = False
        except Exception as error:  # noqa: BLE001 - said below the field
            self.problem, self.is_running = sentence_of(error), False
        else:
            self.hits += part.hits
            is_full = len(self.hits) >= MOST_HITS
            self.is_running = part.next_page is not None and not is_full
            if part.next_page is not None and not is_full:
                self._ask(part.next_page)
        self.changed.emit()
