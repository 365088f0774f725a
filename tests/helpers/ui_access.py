"""Walking a widget as a screen reader does."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.ButtonDropDown,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.RadioButton,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
}


def unnamed_controls(widget: QWidget) -> list[str]:
    """Return the visible controls in a widget that a screen reader could not name, as role and object name."""
    root = QAccessible.queryAccessibleInterface(widget)
    return [
        f"{one.role().name} {_object_name(one)}"
        for one in _walk(root)
        if one.role() in CONTROLS and not one.state().invisible and not one.text(QAccessible.Text.Name).strip()
    ]


def control_count(widget: QWidget) -> int:
    """Return how many visible controls there are, so that a test knows that it looked at something."""
    root = QAccessible.queryAccessibleInterface(widget)
    return sum(one.role() in CONTROLS and not one.state().invisible for one in _walk(root))


def _walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    if interface.role() in {QAccessible.Role.Table, QAccessible.Role.Tree, QAccessible.Role.List}:
        return  # their cells are what the models say, which the models' tests look at
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child.isValid():
            yield from _walk(child)


def _object_name(interface: QAccessibleInterface) -> str:
    return interface.object().objectName()
