"""Icons on buttons that also have words."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

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
