"""The application object: hears what the system wants opened while the program runs, as macOS says it.

Other systems start the program again with what is to be opened; there, the one window hears of it through its socket.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from readinglist.ui.widgets.delays import make_delay

TOGETHER_MS = 100  # several files that are opened at once are told one after the other


class Application(QApplication):
    """The application, and who is told of files and links that the system hands over.

    A filter would see every event of every widget; this sees the application's own.

    Args:
        arguments: The program's name, and what Qt itself is told.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(arguments)
        self._waiting: list[str] = []
        self._take: Callable[[Sequence[str]], object] | None = None
        self._gathering = make_delay(self, TOGETHER_MS, self._hand_over)

    def hear(self, take: Callable[[Sequence[str]], object]) -> None:
        """Hand over paths and links from now on, and those that came before the window could take them."""
        self._take = take
        self._hand_over()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self._waiting.append(event.file() or event.url().toString())
            self._gathering.start()
            return True
        return super().event(event)

    def _hand_over(self) -> None:
        if self._take is None or not self._waiting:
            return  # what the program was started for waits until the window can take it
        waiting, self._waiting = self._waiting, []
        self._take(waiting)
