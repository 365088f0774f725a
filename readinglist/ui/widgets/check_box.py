"""Boxes to tick, drawn alike in lists and on pages, with an edge that is seen in both themes."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.ui import theme

BOX = 16
CORNER = 4
MARK = 12  # the check mark in the box
DASH = 8
DISABLED_OPACITY = 0.45


def paint_box(painter: QPainter, box: QRect, state: Qt.CheckState, *, has_focus: bool = False) -> None:
    """Draw a box.

    Args:
        painter: Where; it keeps its settings.
        box: A square of `BOX` pixels.
        state: A check mark, a dash for some of several, or nothing in it.
        has_focus: Draws the edge of the control that keys go to.
    """
    is_full = state is not Qt.CheckState.Unchecked
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("accent" if is_full or has_focus else "line-strong"), 1))
    painter.setBrush(theme.color("accent" if is_full else "raised"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
    if state is Qt.CheckState.Checked:
        inset = (box.width() - MARK) // 2
        theme.icon("check", "accent-ink").paint(painter, box.adjusted(inset, inset, -inset, -inset))
    elif is_full:
        painter.setPen(QPen(theme.color("accent-ink"), 2))
        middle = QRectF(box).center()
        painter.drawLine(
            round(middle.x() - DASH / 2), round(middle.y()), round(middle.x() + DASH / 2), round(middle.y())
        )
    painter.restore()


class CheckBox(QCheckBox):
    """A box with words."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    def _ink(self) -> QColor:
        return theme.color("accent" if self.hasFocus() else "ink")

    @override
    def sizeHint(self) -> QSize:
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(BOX + theme.S + text.width(), max(BOX + theme.XS, text.height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: QPoint, /) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        box = QRect(0, (self.height() - BOX) // 2, BOX, BOX)
        paint_box(painter, box, self.checkState(), has_focus=self.hasFocus())
        painter.setPen(self._ink())
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect().adjusted(BOX + theme.S, 0, 0, 0), flags, self.text())
