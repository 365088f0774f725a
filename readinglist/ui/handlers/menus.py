"""The menu bar and the toolbar, filled from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QToolBar, QWidget

from readinglist.ui.actions import TOOLBAR, Menu, menu_ids
from readinglist.ui.widgets.action_set import ActionSet


def build_menus(window: QMainWindow, actions: ActionSet) -> QToolBar:
    """Give a window its menus and its toolbar, and return the latter."""
    for menu in Menu:
        made = window.menuBar().addMenu(f"&{menu.value}")
        made.setObjectName(f"menu-{menu.value.lower()}")
        actions.fill(made, menu_ids(menu))
    bar = _toolbar(window, actions)
    window.addToolBar(bar)
    return bar


def _toolbar(window: QMainWindow, actions: ActionSet) -> QToolBar:
    bar = QToolBar("Tools", window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    for action_id in TOOLBAR:
        if action_id == "|":
            gap = QWidget(bar)
            gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(gap)
        elif action_id:
            bar.addAction(actions[action_id])
            bar.widgetForAction(actions[action_id]).setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            bar.addSeparator()
    return bar
