"""Buttons with an icon: alone, or in front of words."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from readinglist.ui import theme

ROOM = 3  # px on either side of the picture: the style alone sets the words too near to it


def give_icon(button: QPushButton, name: str, role: str = "ink-soft") -> None:
    """Put an icon in front of a button's words.

    Args:
        button: Gets it.
        name: For `theme.icon`.
        role: Colour role.
    """
    button.setIcon(theme.icon(name, role))
    button.setIconSize(QSize(theme.ICON + 2 * ROOM, theme.ICON))


def make_icon_button(name: str, icon: str, says: str, parent: QWidget, *, tip: str = "") -> QToolButton:
    """Make a button that is an icon alone; the Tab key reaches it.

    Args:
        name: Object name.
        icon: For `theme.icon`.
        says: What it does, for whoever does not see it.
        parent: Owns it.
        tip: Shown under the pointer; empty for the same words.
    """
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setIcon(theme.icon(icon))
    button.setAccessibleName(says)
    button.setToolTip(tip or says)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
