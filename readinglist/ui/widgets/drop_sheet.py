"""What lies over the window while something is dragged over it: that it may be dropped, and what then happens."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from readinglist.domain.taking import Taking
from readinglist.ui import theme

VEIL = 0.88  # how much of the sheet covers what is below
EDGE = 16  # px
TEXT = "Drop to read it.\nYou see what is in it before anything is stored."
FATES = {
    Taking.COPY: "PDFs will be copied into the library.",
    Taking.LINK: "PDFs will stay where they are.",
    Taking.MOVE: "PDFs will be moved into the library.",
}
KEYS = {
    Taking.COPY: "Ctrl copies",
    Taking.MOVE: "Shift moves",
    Taking.LINK: "Ctrl+Shift or Alt leaves them where they are",
}


class DropSheet(QWidget):
    """Covers its parent; lets every mouse and drag event through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drop-sheet")
        self.setAccessibleName("Drop to import")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._taking: Taking | None = None
        self.hide()

    @property
    def taking(self) -> Taking | None:
        """What the sheet says would become of PDFs; None if it says nothing of them."""
        return self._taking

    def cover(self) -> None:
        """Show the sheet over all of the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def show_taking(self, taking: Taking | None) -> None:
        """Say what would become of PDFs, and which keys make it something else; None where there are none."""
        if taking is not self._taking:
            self._taking = taking
            self.setAccessibleDescription("" if taking is None else FATES[taking])
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.color("paper")
        veil.setAlphaF(VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE), theme.M, theme.M)
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("heading"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, TEXT)
        if self._taking is not None:
            self._paint_taking(painter, self._taking)
        painter.end()

    def _paint_taking(self, painter: QPainter, taking: Taking) -> None:
        """Say it at the lower edge, the keys below: those that would change nothing are left out."""
        line = painter.fontMetrics().lineSpacing() + theme.XS
        bottom = self.rect().adjusted(0, 0, 0, -2 * EDGE)
        bottom.setTop(bottom.bottom() - 2 * line)
        painter.setFont(theme.font("title"))
        painter.drawText(bottom, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, FATES[taking])
        painter.setPen(theme.color("ink-soft"))
        painter.setFont(theme.font())
        keys = "   ·   ".join(words for one, words in KEYS.items() if one is not taking)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, keys)
