"""A reader's hand: clicks and keys on widgets."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier


def click(widget: QWidget, at: QPoint | None = None, *, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Click with the left button, in the middle unless told where."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, widget.rect().center() if at is None else at)


def press(widget: QWidget, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press keys, one after the other."""
    for key in keys:
        QTest.keyClick(widget, key, modifiers)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text, one key for each character."""
    QTest.keyClicks(widget, text)
