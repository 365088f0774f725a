"""Work that only the main thread can do, in pieces, so that paintings and keys come in between."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

# What finds everything done, as it did when all was done in one go.
WANTS = {
    *(QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress),
    *(QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin),
}


class Turns(QObject):
    """Does one thing after the other, each in a turn of the event loop of its own.

    Somebody who presses a key or a button meanwhile waits until all is done, and then it is heard: nothing that is
    pressed gets lost between two pieces.

    Args:
        window: Is shown; its keys and buttons are meant. Also the owner.
        pieces: What is to be done; one that fails keeps none of the others from being done.
        is_waiting: Nothing is done before `begin`, unless somebody presses something.
    """

    def __init__(self, window: QWidget, pieces: Iterable[Callable[[], object]], *, is_waiting: bool = False) -> None:
        super().__init__(window)
        self._left = deque(pieces)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._screen_window = window.windowHandle()
        self._screen_window.installEventFilter(self)
        if not is_waiting:
            self.begin()

    def begin(self) -> None:
        """Do what is left, if anything is."""
        if self._left:
            self._timer.start()

    def finish(self) -> None:
        """Do all that is left now."""
        while self._left:
            self._left.popleft()()
        self.stop()

    def stop(self) -> None:
        """Do nothing more."""
        self._left.clear()
        self._timer.stop()
        self._screen_window.removeEventFilter(self)

    def _go_on(self) -> None:
        if self._left:
            self._left.popleft()()
        else:
            self.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WANTS:
            self.finish()
        return False
