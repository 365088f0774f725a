"""What stands where there is nothing to show: why, and what to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.labels import make_label

HINT_WIDTH = 420
PICTURE = 32
LOW = 180  # px; with less there is room for words only


class EmptyState(QWidget):
    """A picture, a title, a hint and perhaps buttons, in the middle.

    Args:
        name: objectName; its parts are named after it.
        icon: Name for `theme.icon`.
        title: What there is not.
        hint: What to do.
        parent: Owner.
    """

    def __init__(self, *, name: str, icon: str, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon_name = icon
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = make_label("", f"{name}-title", role="title", wraps=True, parent=self)
        self._hint = make_label("", f"{name}-hint", role="secondary", wraps=True, parent=self)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.S)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addLayout(_in_the_middle(self._hint))
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setMaximumWidth(HINT_WIDTH)
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(self._buttons)
        row.addStretch()
        layout.addSpacing(theme.S)
        layout.addLayout(row)
        layout.addStretch(3)
        self.explain(title, hint)
        self._paint_icon()
        theme.notifier().changed.connect(self._paint_icon)

    def explain(self, title: str, hint: str = "", *, icon: str = "") -> None:
        """Say something else, with another picture if one is named."""
        if icon:
            self._icon_name = icon
            self._paint_icon()
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def add_button(self, text: str, name: str, *, icon: str = "", is_primary: bool = False) -> QPushButton:
        """Offer a way out of the emptiness."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        if icon:
            give_icon(button, icon, "accent-ink" if is_primary else "ink-soft")
        if is_primary:
            button.setProperty("role", "primary")
        self._buttons.addWidget(button)
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._icon.setVisible(event.size().height() >= LOW)

    def _paint_icon(self) -> None:
        self._icon.setPixmap(theme.icon(self._icon_name, "ink-faint").pixmap(PICTURE, PICTURE))


def _in_the_middle(label: QLabel) -> QHBoxLayout:
    """Return a row that gives the label its greatest width, or all there is if that is less."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row
