"""The moment at which a window is really on the screen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class FirstPaint(QObject):
    """Tells once, after the widget and all that is in it were painted for the first time.

    A timer without delay is no substitute: with a window system it fires before the window is exposed.

    Args:
        widget: Watched; also the owner.
    """

    happened = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def _wait(self) -> None:
        """Let the event loop hand the picture over to the screen before anything else begins."""
        QTimer.singleShot(0, self.happened.emit)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._wait)  # its children are painted within the same event
        return False
