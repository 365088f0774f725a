"""A quiet sign that something is being done; appears only when the wait is long enough to be felt."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from readinglist.ui import theme
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.labels import ElidedLabel

PATIENCE_MS = 300  # shorter waits need no sign


def patience(owner: QObject, show: Callable[[], None]) -> QTimer:
    """Return a timer, to be started with a wait and stopped with its end, that shows that it is a long one."""
    return make_delay(owner, PATIENCE_MS, show)


class BusyIndicator(QWidget):
    """A moving bar and a word.

    Args:
        name: objectName.
        parent: Owner.
    """

    appeared = Signal()

    def __init__(self, *, name: str = "busy", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._bar = QProgressBar(self)
        self._bar.setObjectName(f"{name}-bar")
        self._bar.setAccessibleName("Working")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(72)
        self._text = ElidedLabel(name=f"{name}-text", role="secondary", parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._bar)
        layout.addWidget(self._text, 1)
        self._timer = patience(self, self._appear)
        self.hide()

    def begin(self, text: str) -> None:
        """Appear after a while, unless `end` comes first."""
        self._text.setText(text)
        if not self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """Go, or never appear."""
        self._timer.stop()
        self._bar.setRange(0, 1)  # a moving bar keeps repainting
        self.hide()

    def _appear(self) -> None:
        self._bar.setRange(0, 0)
        self.show()
        self.appeared.emit()
