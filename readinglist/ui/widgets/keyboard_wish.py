"""The keyboard, for something that may not be on the screen yet.

Qt forgets that a hidden page of a stack was to have the focus, and gives it to whatever it finds when the page
is shown.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class KeyboardWish(QObject):
    """The wish to go on with keys in a widget, kept until it is seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._widget: QWidget | None = None

    def make(self, widget: QWidget) -> None:
        """Give a widget the keyboard, at once or when it is shown; an earlier wish is dropped."""
        self.drop()
        if widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._widget = widget
            widget.installEventFilter(self)

    def drop(self) -> None:
        """Give up what has not come true."""
        if self._widget is not None:
            self._widget.removeEventFilter(self)
            self._widget = None

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() is QEvent.Type.Show:
            self.make(self._widget)
        return False
