"""The line of a card that says why the paper is in the list: one line, a thin edge before it, its marks emphasised."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from readinglist.domain.recommendation import WhyHere
from readinglist.ui import theme
from readinglist.ui.models.wording import why_parts

EDGE = 2  # px; the line is a remark beside the paper's own text, not a part of it
FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class WhyLine:
    """How such a line is set.

    Attributes:
        plain: Type of its text.
        strong: Type of its marks.
    """

    plain: QFont
    strong: QFont

    def is_cut(self, why: WhyHere, width: int) -> bool:
        """Tell whether a reason does not fit, so that a tooltip has something to add."""
        return sum(self._widths(why)) > width - EDGE - theme.S

    def paint(self, painter: QPainter, place: QRect, why: WhyHere) -> None:
        """Paint a reason, with an ellipsis where it does not fit."""
        painter.fillRect(QRect(place.left(), place.top() + 3, EDGE, place.height() - 6), theme.color("accent"))
        left, right = float(place.left() + EDGE + theme.S), place.right() + 1
        for text, is_mark in why_parts(why):
            font = self._font(is_mark=is_mark)
            metrics = QFontMetricsF(font)
            width = metrics.horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(theme.color("ink" if is_mark else "ink-soft"))
            shown = text
            if left + width > right:
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - left))
            painter.drawText(QRect(round(left), place.top(), max(0, right - round(left)), place.height()), FLAGS, shown)
            left += width
            if left >= right:
                return

    def _widths(self, why: WhyHere) -> list[float]:
        return [QFontMetricsF(self._font(is_mark=is_mark)).horizontalAdvance(text) for text, is_mark in why_parts(why)]

    def _font(self, *, is_mark: bool) -> QFont:
        return self.strong if is_mark else self.plain
