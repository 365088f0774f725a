"""How a paper looks in the table, cell by cell."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from readinglist.domain.paper import PaperRow
from readinglist.ui import theme
from readinglist.ui.models.columns import COLUMNS
from readinglist.ui.models.paper_table import ROW_ROLE, AnyIndex

TABLE_ROW_HEIGHT = 30
TABLE_DIVIDER_HEIGHT = 26
DOT = 8


class StatusDelegate(QStyledItemDelegate):
    """A status in a table cell: a dot of its hue and its word."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, PaperRow):
            super().paint(painter, option, index)
            return
        rect = _below_divider(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("chosen"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hue = theme.status_color(row.status)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue)
        painter.drawEllipse(QRect(rect.left() + theme.S, rect.center().y() - DOT // 2 + 1, DOT, DOT))
        painter.setPen(hue)
        painter.setFont(theme.font("body"))
        text = rect.adjusted(theme.S + DOT + 6, 0, -theme.XS, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.status.label)
        painter.restore()


class CellDelegate(QStyledItemDelegate):
    """A plain cell: figures of one width, room at both sides, the whole row marked as chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body = theme.font("body")
        self._number = theme.font("body")
        self._number.setFeature(QFont.Tag("tnum"), 1)
        self._title = theme.font("strong")

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        column = COLUMNS[index.column()]
        rect = _below_divider(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("chosen"))
        font = self._number if column.is_number else self._title if column.key == "title" else self._body
        painter.setFont(font)
        painter.setPen(theme.color("ink" if column.key == "title" else "ink-soft"))
        place = rect.adjusted(theme.S, 0, -theme.S, 0)
        text = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        if column.key == "star":
            side, place = Qt.AlignmentFlag.AlignHCenter, rect
            painter.setPen(theme.color("status-to-read"))
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def _below_divider(cell: QRect) -> QRect:
    return cell.adjusted(0, cell.height() - TABLE_ROW_HEIGHT, 0, 0)
