"""Fields that a turning wheel does not change, because they stand on pages that scroll.

The style sheet takes the system's arrows away, which it cannot colour; they are drawn here.
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget
from typing_extensions import override

from readinglist.ui import theme

ARROW = 12
SPIN_ARROW = 10


class Choice(QComboBox):
    """A combo box for a page that scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = QRect(self.width() - ARROW - theme.S, (self.height() - ARROW) // 2, ARROW, ARROW)
        _paint_arrow(self, "down", place)


class Number(QSpinBox):
    """A number field for a page that scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(theme.XS, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        left = self.width() - SPIN_ARROW - 6
        middle = self.height() // 2
        _paint_arrow(self, "up", QRect(left, middle - SPIN_ARROW, SPIN_ARROW, SPIN_ARROW))
        _paint_arrow(self, "down", QRect(left, middle, SPIN_ARROW, SPIN_ARROW))


def _paint_arrow(field: QWidget, name: str, place: QRect) -> None:
    painter = QPainter(field)
    if not field.isEnabled():
        painter.setOpacity(0.4)
    theme.icon(name).paint(painter, place)
    painter.end()
