"""Which pages were read, and how long: what stood in the middle of the window, while somebody was there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 1000
READ_AFTER = 3  # ticks: less is leafing through
AWAY_AFTER = 180  # ticks without a sign of anybody: a page of a hard paper takes minutes, a lunch takes longer


class ReadingLog(QObject):
    """Counts the time on pages.

    Args:
        pages: Tells which pages are in front of the reader; none while nobody looks.
        sign: Returns what becomes another value when somebody moves something.
        parent: Owner.
    """

    page_read = Signal(int)

    def __init__(
        self,
        pages: Callable[[], Sequence[int]],
        sign: Callable[[], object] = object,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._sign = sign
        self._last_sign: object = None
        self._still = self._spent = 0
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

    def take_seconds(self) -> float:
        """Return how long was read since this was last asked."""
        spent, self._spent = self._spent, 0
        return spent * TICK_MS / 1000

    def tick(self) -> None:
        """Count one tick for the pages that are looked at."""
        pages = self._pages()
        sign = self._sign()
        self._still = self._still + 1 if sign == self._last_sign else 0
        self._last_sign = sign
        if pages and self._still < AWAY_AFTER:
            self._spent += 1
        for page in pages:
            if page in self.read:
                continue
            self._ticks[page] = self._ticks.get(page, 0) + 1
            if self._ticks[page] >= READ_AFTER:
                self.read.add(page)
                self.page_read.emit(page)
