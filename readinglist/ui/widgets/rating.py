"""A rating from none to five, by click or key."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget
from typing_extensions import override

from readinglist.ui import theme

HIGHEST = 5
STEP = 20  # px from one star to the next
EDGE = 3


class Rating(QSlider):
    """Five stars; a slider in disguise, so that screen readers and arrow keys work as they do everywhere."""

    chosen = Signal(int)  # by the reader, 0 to 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("rating")
        self.setAccessibleName("Rating")
        self.setToolTip("0 to 5: click a star, or press a number while the rating has the focus.")
        self.setRange(0, HIGHEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._hovered = 0
        theme.notifier().changed.connect(self.update)

    def show_rating(self, rating: int) -> None:
        """Show a rating that somebody else decided."""
        self.setValue(rating)

    def _choose(self, rating: int) -> None:
        rating = max(0, min(rating, HIGHEST))
        if rating != self.value():
            self.setValue(rating)
            self.chosen.emit(rating)

    def _star_at(self, x: float) -> int:
        return max(1, min(HIGHEST, int((x - EDGE) // STEP) + 1))

    def _wanted(self, event: QKeyEvent) -> int | None:
        """Return the rating that a key asks for; None if it asks for none."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            return key - Qt.Key.Key_0
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        if key in steps:
            return self.value() + steps[Qt.Key(key)]
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: HIGHEST, Qt.Key.Key_Delete: 0, Qt.Key.Key_Backspace: 0}
        return ends.get(Qt.Key(key))

    @override
    def event(self, event: QEvent) -> bool:
        # the numbers mean a status in the window, and a rating here
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._wanted(event) is not None:
                event.accept()
                return True
        elif event.type() is QEvent.Type.Leave:
            self._hovered = 0
            self.update()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self._wanted(event)
        if wanted is None:
            event.ignore()
        else:
            self._choose(wanted)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            star = self._star_at(event.position().x())
            self._choose(0 if star == self.value() else star)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._star_at(event.position().x())
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling past it must not rate

    @override
    def sizeHint(self) -> QSize:
        return QSize(HIGHEST * STEP + 2 * EDGE, 26)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._hovered or self.value()
        for star in range(1, HIGHEST + 1):
            place = QRect(EDGE + (star - 1) * STEP + 2, (self.height() - theme.ICON) // 2, theme.ICON, theme.ICON)
            icon = theme.icon("star-filled", "accent") if star <= shown else theme.icon("star", "ink-faint")
            icon.paint(painter, place, mode=QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.XS, theme.XS)
