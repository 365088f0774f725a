"""A name as a pill with a cross that takes it away: of a tag in its colour, of a collection with its picture."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.labels import set_plain_tooltip

HEIGHT = 24
CROSS = 12
SIGN = 14
DISABLED_OPACITY = 0.5
WIDEST = 220  # px; longer names end in an ellipsis
NARROWEST = 80


class Chip(QAbstractButton):
    """One name.

    Args:
        name: The whole path.
        noun: What it is the name of.
        is_removable: Has a cross.
        parent: Owner.
    """

    sign = ""  # picture before the name: a name for `theme.icon`
    cut = Qt.TextElideMode.ElideRight  # where a name that does not fit loses something
    removing = "Delete takes the tag away."  # to be read aloud

    opened = Signal(str)  # the name was clicked
    removed = Signal(str)  # the cross was clicked, or Delete pressed

    def __init__(self, name: str, noun: str, *, is_removable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._is_removable = is_removable
        self.setObjectName(f"{noun}-{name}")
        self.setText(name)
        self.setShortcut(QKeySequence())  # of an & in the name Qt makes a key
        self.setAccessibleName(f"{noun.capitalize()} {name}")
        self.setAccessibleDescription(self.removing if is_removable else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        theme.notifier().changed.connect(self.update)

    def ink(self) -> QColor:
        """Return the colour of the name."""
        raise NotImplementedError

    def fill(self) -> QColor:
        """Return the colour of the ground."""
        raise NotImplementedError

    def edge(self) -> QColor | Qt.PenStyle:
        """Return the colour of the outline while nothing is done with it; `NoPen` for none."""
        return Qt.PenStyle.NoPen

    def _text_width(self) -> int:
        return QFontMetrics(theme.font("secondary")).horizontalAdvance(self.name)

    def _room(self, width: int) -> int:
        """Return how much of a chip is left for the name, px."""
        return width - 2 * theme.S - (CROSS + theme.XS if self._is_removable else 0) - self._sign_width()

    def _sign_width(self) -> int:
        return SIGN + theme.XS if self.sign else 0

    def shown_text(self) -> str:
        """Return the name as it fits into the chip."""
        room = self._room(self.width())
        if self._text_width() <= room:
            return self.name  # eliding rounds the other way and would cut a name that just fits
        return QFontMetrics(theme.font("secondary")).elidedText(self.name, self.cut, room)

    def _cross(self) -> QRect:
        return QRect(self.width() - theme.S - CROSS + 2, (self.height() - CROSS) // 2, CROSS, CROSS)

    def _is_on_cross(self, event: QMouseEvent) -> bool:
        return self._is_removable and event.position().x() >= self._cross().left() - theme.XS

    @override
    def sizeHint(self) -> QSize:
        around = WIDEST - self._room(WIDEST)
        return QSize(min(self._text_width() + around, WIDEST), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), NARROWEST), HEIGHT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_plain_tooltip(self, self.name if self.shown_text() != self.name else "")

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update(self._cross())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_down = self.isDown()
        self.setDown(False)
        if (
            was_down
            and event.button() is Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            (self.removed if self._is_on_cross(event) else self.opened).emit(self.name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_removable and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.name)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.name)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        is_lit = self.hasFocus() or self.underMouse()
        lit = theme.color("accent") if self.hasFocus() else self.ink()
        painter.setPen(QPen(lit, 1) if is_lit else self.edge())
        painter.setBrush(self.fill())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
        if self.sign:
            place = QRect(theme.S, (self.height() - SIGN) // 2, SIGN, SIGN)
            theme.icon(self.sign).paint(painter, place)
        painter.setFont(theme.font("secondary"))
        painter.setPen(self.ink())
        place = self.rect().adjusted(theme.S + self._sign_width(), 0, -theme.S, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown_text())
        if self._is_removable:
            theme.icon("close", "ink" if is_lit else "ink-soft").paint(painter, self._cross())


class TagChip(Chip):
    """One tag.

    Args:
        name: The whole path.
        color: Key of a tag colour.
        is_removable: Has a cross.
        parent: Owner.
    """

    def __init__(
        self, name: str, color: str = "gray", *, is_removable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, "tag", is_removable=is_removable, parent=parent)
        self._color = color

    @override
    def ink(self) -> QColor:
        return theme.tag_color(self._color)

    @override
    def fill(self) -> QColor:
        return theme.tag_fill(self._color)


class CollectionChip(Chip):
    """One collection: without a colour of its own, so that it is not taken for a tag."""

    sign = "collection"
    cut = Qt.TextElideMode.ElideMiddle  # the last level tells it from its neighbours
    removing = "Delete takes the paper out of it."

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "collection", parent=parent)

    @override
    def ink(self) -> QColor:
        return theme.color("ink")

    @override
    def fill(self) -> QColor:
        return theme.color("raised")

    @override
    def edge(self) -> QColor | Qt.PenStyle:
        return theme.color("line-strong")
