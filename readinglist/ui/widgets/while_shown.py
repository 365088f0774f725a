"""Facts that change by themselves and are kept true while somebody looks at them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class WhileShown(QObject):
    """Does something when a widget is shown, and again and again for as long as it is.

    Args:
        widget: Owner.
        every_ms: How often.
        do: What to do.
        begin: What to do at first; None for the same.
    """

    def __init__(
        self,
        widget: QWidget,
        every_ms: int,
        do: Callable[[], object],
        *,
        begin: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(widget)
        self._begin = begin or do
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(do)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._begin()
            self._timer.start()
        elif event.type() is QEvent.Type.Hide:
            self._timer.stop()
        return False
