"""Which pages were read: those that stood in the middle of the window long enough, while somebody was there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 1000
READ_AFTER = 3  # ticks: less is leafing through


class ReadingLog(QObject):
    """Counts the time on pages.

    Args:
        pages: Tells which pages are in front of the reader; none while nobody looks.
        parent: Owner.
    """

    page_read = Signal(int)

    def __init__(self, pages: Callable[[], Sequence[int]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._ticks: dict[int, int] = {}
        self.read: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to count."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Count one tick for the pages that are looked at."""
        for page in self._pages():
            if page in self.read:
                continue
            self._ticks[page] = self._ticks.get(page, 0) + 1
            if self._ticks[page] >= READ_AFTER:
                self.read.add(page)
                self.page_read.emit(page)
