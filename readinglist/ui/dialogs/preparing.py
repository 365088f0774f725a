"""What stands on the screen while a library of an older version is made ready, before there is a window."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.labels import make_label

T = TypeVar("T")

LOOK_MS = 30
WIDTH = 420
TEXT = "The library is made ready for this version of the program. A copy of it is kept among the backups."


class PreparingSheet(QDialog):
    """Stays until the work is done; it cannot be given up halfway.

    Args:
        work: Under way.
        parent: Owner.
    """

    def __init__(self, work: "Future[T]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preparing")
        self.setWindowTitle("Reading List")
        self.setMinimumWidth(WIDTH)
        self._work = work
        bar = QProgressBar(self)
        bar.setObjectName("preparing-bar")
        bar.setAccessibleName("Working")
        bar.setTextVisible(False)
        bar.setRange(0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.M)
        layout.addWidget(make_label(TEXT, "preparing-text", wraps=True, parent=self))
        layout.addWidget(bar)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if self._work.done():
            self._timer.stop()
            self.accept()

    @override
    def reject(self) -> None:
        """Escape does not end the work, so the sheet stays."""

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._work.done())


def run_with_sheet(work: Callable[[], T]) -> T:
    """Do work on another thread while the sheet is on the screen; returns and raises what it does."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        sheet = PreparingSheet(future)
        sheet.exec()
        sheet.deleteLater()
        return future.result()
