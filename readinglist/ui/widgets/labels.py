"""Labels that show text as it is, never as markup, and one that ends in an ellipsis where it does not fit."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

TIP = "plainTip"  # property: the description that a widget has from its tooltip


def make_label(text: str, name: str, *, role: str = "", wraps: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label for plain text.

    Args:
        text: Shown as it is.
        name: objectName.
        role: Style sheet role; empty for body text.
        wraps: Breaks into lines.
        parent: Owner.
    """
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wraps)
    if role:
        label.setProperty("role", role)
    return label


def never_widen(label: QLabel) -> None:
    """Let a label that wraps take the room that there is, however long its longest word."""
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)


def make_line(parent: QWidget | None = None) -> QFrame:
    """Return a hairline."""
    line = QFrame(parent)
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows the text as it is: Qt takes what looks like markup for markup.

    A screen reader, which is given the tooltip where there is no description, hears no markup either.
    """
    widget.setToolTip(f"<qt>{escape(text)}</qt>" if text else "")
    if widget.accessibleDescription() == (widget.property(TIP) or ""):
        widget.setAccessibleDescription(text)
        widget.setProperty(TIP, text)


class ElidedLabel(QLabel):
    """One line that never asks for more room than there is; the whole text is in its tooltip when it is cut.

    Args:
        text: Plain text; line ends become blanks.
        name: objectName.
        role: Style sheet role.
        parent: Owner.
    """

    def __init__(self, text: str = "", *, name: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    @override
    def setText(self, text: str, /) -> None:
        super().setText(" ".join(text.split()))
        self._explain()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _explain(self) -> None:
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        set_plain_tooltip(self, self.text() if is_cut else "")
