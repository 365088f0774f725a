"""What lies below the words of a row in a list: the same colours and the same focus in all lists that paint rows."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle

from readinglist.ui import theme


def paint_ground(painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
    """Fill a row that is chosen, or under the pointer; others are left as they are."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(row, theme.color("chosen"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(row, theme.color("hover"))


def paint_focused_ground(painter: QPainter, row: QRect, state: QStyle.StateFlag) -> None:
    """Fill any row of a list whose current row need not be a chosen one, and frame that row."""
    painter.fillRect(row, theme.color("raised"))
    paint_ground(painter, row, state)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.drawRect(row.adjusted(0, 0, -1, -1))
