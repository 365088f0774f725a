"""How a similar paper looks: its title, how near it is as a bar and a number, its status, and why."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip
from typing_extensions import override

from readinglist.domain.paper import PaperRow
from readinglist.ui import theme
from readinglist.ui.models.similar_list import ENTRY_ROLE, SimilarEntry
from readinglist.ui.models.wording import SEPARATOR, authors_text
from readinglist.ui.panes.text_lines import break_lines, line_with_authors

Index = QModelIndex | QPersistentModelIndex
TITLE_LINE = 18  # px
LINE = 17
TITLE_LINES = 2
BAR_WIDTH, BAR_HEIGHT = 40, 4
NUMBER_WIDTH = 24
NARROW = 300  # px; below, the title needs the room of the bar
DOT = 7
FADED = 0.4  # of its colours, what belongs to the paper before


class SimilarDelegate(QStyledItemDelegate):
    """Paints entries; every one has the same height, so that thousands would be no trouble.

    Attributes:
        is_faded: What is shown belongs to another paper than the chosen one.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_faded = False
        self._strong = theme.font("strong")
        self._small = theme.font("secondary")
        self._digits = theme.font("small")

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, 2 * theme.S + TITLE_LINES * TITLE_LINE + 2 * LINE + theme.XS)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, SimilarEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(FADED if self.is_faded else 1.0)
        box: QRect = option.rect
        self._paint_ground(painter, option, box)
        inside = box.adjusted(theme.L, theme.S, -theme.M, -theme.S)
        text = inside.adjusted(score_width(box.width()) + theme.S, 0, 0, 0)
        lines = break_lines(entry.row.title, self._strong.toString(), max(text.width(), 40), TITLE_LINES)
        spare = TITLE_LINE // 2 * (TITLE_LINES - len(lines))  # a short title leaves its room above and below alike
        inside.translate(0, spare)
        text.translate(0, spare)
        score = QRect(inside.left(), inside.top(), score_width(box.width()), TITLE_LINE)
        self._paint_score(painter, score, entry.percent)
        top = self._paint_title(painter, text, lines)
        top = self._paint_facts(painter, text, top, entry.row)
        line = QRect(text.left(), top, text.width(), LINE)
        self._paint_line(painter, line, SEPARATOR.join(entry.found.reasons), "ink-faint")
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(box, theme.color("chosen"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        painter.fillRect(
            QRect(box.left() + theme.L, box.bottom(), box.width() - theme.L - theme.M, 1), theme.color("line")
        )

    def _paint_title(self, painter: QPainter, place: QRect, lines: Sequence[str]) -> int:
        """Paint the title; return where the next line begins."""
        painter.setFont(self._strong)
        painter.setPen(theme.color("ink"))
        line = QRect(place.left(), place.top(), place.width(), TITLE_LINE)
        for text in lines:
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            line.translate(0, TITLE_LINE)
        return line.top()

    def _paint_score(self, painter: QPainter, place: QRect, percent: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        bar_width = place.width() - NUMBER_WIDTH
        if bar_width > 0:
            bar = QRectF(place.left(), place.center().y() - BAR_HEIGHT / 2 + 1, bar_width - theme.XS, BAR_HEIGHT)
            painter.setBrush(theme.color("line"))
            painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
            bar.setWidth(max(BAR_HEIGHT, bar.width() * percent / 100))
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(bar, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
        painter.setFont(self._digits)
        painter.setPen(theme.color("ink-soft"))
        number = place.adjusted(bar_width, 0, 0, 0)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(percent))

    def _paint_facts(self, painter: QPainter, place: QRect, top: int, row: PaperRow) -> int:
        left = place.left()
        line = QRect(left, top, place.width(), LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.status_color(row.status))
        painter.drawEllipse(QRectF(left, line.center().y() - DOT / 2 + 1, DOT, DOT))
        painter.setFont(self._small)
        painter.setPen(theme.status_color(row.status))
        line.setLeft(left + DOT + theme.XS)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.status.label)
        line.setLeft(line.left() + QFontMetrics(self._small).horizontalAdvance(row.status.label))
        self._paint_line(painter, line, self._facts(row, line.width()), "ink-soft")
        return top + LINE

    def _facts(self, row: PaperRow, width: int) -> str:
        """Return who wrote it and in which year, as far as there is room."""
        year = str(row.published.year) if row.published else ""
        return line_with_authors(row, [year], QFontMetrics(self._small), width)

    def _paint_line(self, painter: QPainter, line: QRect, text: str, role: str) -> None:
        painter.setFont(self._small)
        painter.setPen(theme.color(role))
        shown = QFontMetrics(self._small).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        entry = index.data(ENTRY_ROLE)
        if event.type() is not QEvent.Type.ToolTip or not isinstance(entry, SimilarEntry):
            return False
        lines = [entry.row.title, authors_text(entry.row), *entry.found.reasons]
        text = "<br>".join(escape(line) for line in lines if line)
        QToolTip.showText(event.globalPos(), f"<qt>{text}</qt>", view)
        return True


def score_width(row_width: int) -> int:
    """Return how wide bar and number are; in a narrow row the number stands alone."""
    return NUMBER_WIDTH if row_width < NARROW else BAR_WIDTH + theme.XS + NUMBER_WIDTH
