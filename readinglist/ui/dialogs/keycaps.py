"""Keys as they stand on a keyboard: each alternative in a small frame."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.actions import shown_keys

HEIGHT = 22
LEAST = 24  # px; a single letter gets a key as wide as high
NO_KEY = "no key"


class Keycaps(QLabel):
    """The keys of one action.

    Args:
        keys: In Qt's portable writing; empty says that there is none.
        name: objectName.
        parent: Owner.
    """

    def __init__(self, keys: Sequence[str], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font("secondary"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._caps: list[str] = []
        self.show_keys(keys)
        theme.notifier().changed.connect(self.update)

    def show_keys(self, keys: Sequence[str]) -> None:
        """Show other keys."""
        self._caps = [shown_keys([key]) for key in keys]
        self.setText(", ".join(self._caps) or NO_KEY)  # for screen readers; painted as caps
        self.updateGeometry()
        self.update()

    def _width(self, cap: str) -> int:
        return max(LEAST, QFontMetrics(self.font()).horizontalAdvance(cap) + 2 * theme.S)

    @override
    def sizeHint(self) -> QSize:
        if not self._caps:
            return QSize(QFontMetrics(self.font()).horizontalAdvance(NO_KEY) + 2, HEIGHT)
        return QSize(sum(map(self._width, self._caps)) + theme.XS * (len(self._caps) - 1), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        if not self._caps:
            painter.setPen(theme.color("ink-faint"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, NO_KEY)
            return
        left = self.width() - self.sizeHint().width()
        for cap in self._caps:
            place = QRectF(left + 0.5, (self.height() - HEIGHT) / 2 + 0.5, self._width(cap) - 1, HEIGHT - 1)
            painter.setPen(QPen(theme.color("line-strong"), 1))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(theme.color("ink"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cap)
            left += self._width(cap) + theme.XS
