"""What can be done with entries of the sidebar: the button beside a heading, and menus. The first list does without."""

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QRegion, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.models.grouping import COLLECTIONS, Grouping, grouping_of
from readinglist.ui.models.scope import Scope
from readinglist.ui.models.sidebar_model import GROUPING_ROLE, SCOPE_ROLE
from readinglist.ui.models.wording import plain_label
from readinglist.ui.panes.sidebar import Sidebar
from readinglist.ui.widgets.buttons import make_icon_button

SIDE = 24  # px
TIP = "New collection. Papers dropped on this heading go into it."
LONGEST = 40  # characters of a name
TAG_COLORS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "gray")


class HeadingRow(QWidget):
    """Lies over the heading, and leaves everything but its button to the tree below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("collections-heading")
        self.button = make_icon_button("new-collection", "add", "New collection", self, tip=TIP)
        self.button.setFixedSize(SIDE, SIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.S, theme.M, 0)
        layout.addStretch(1)
        layout.addWidget(self.button)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMask(QRegion(self.button.geometry()))  # the pointer goes through everywhere else


class SidebarMenu(QMenu):
    """The menu of one entry; says what the reader wants, and changes nothing itself.

    Args:
        scope: The entry: a tag, a collection or the bin; None for the heading of the collections.
        parent: Owner.
    """

    new_wanted = Signal(str)  # above it; empty for none
    recommend_wanted = Signal()
    rename_wanted = Signal()
    color_chosen = Signal(str)  # key of a tag colour
    export_wanted = Signal()
    delete_wanted = Signal()
    empty_bin_wanted = Signal()

    def __init__(self, scope: Scope | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar-menu")
        grouping = grouping_of(scope) if scope is not None else None
        if scope is None:
            self.addAction(theme.icon("new-collection"), "New collection…", lambda: self.new_wanted.emit(""))
        elif grouping is not None:
            self._offer_group(grouping, scope.title)
        else:
            self.addAction(theme.icon("bin"), "Empty the bin", self.empty_bin_wanted.emit)

    def _offer_group(self, grouping: Grouping, name: str) -> None:
        if grouping is COLLECTIONS:
            above = f"{name}/"
            self.addAction(theme.icon("new-collection"), "New collection inside…", lambda: self.new_wanted.emit(above))
        self.addAction(theme.icon("for-you"), f"Recommend from this {grouping.noun}", self.recommend_wanted.emit)
        self.addSeparator()
        rename = self.addAction(theme.icon("rename"), "Rename…", self.rename_wanted.emit)
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))  # to be seen; the tree hears it
        rename.setShortcutVisibleInContextMenu(True)
        if grouping.has_colors:
            self._offer_colors()
        self.addAction(theme.icon("export"), "Export…", self.export_wanted.emit)
        self.addSeparator()
        text = f"Delete the {grouping.noun} {plain_label(_short(name))}"
        self.addAction(theme.icon("bin", "danger"), text, self.delete_wanted.emit)

    def _offer_colors(self) -> None:
        colors = self.addMenu(theme.icon("color"), "Colour")
        for key in TAG_COLORS:
            action = colors.addAction(theme.icon("color-dot", f"tag-{key}"), key.capitalize())
            action.triggered.connect(lambda _checked=False, key=key: self.color_chosen.emit(key))


class SidebarTools(QObject):
    """Gives a sidebar its button and its menus; the sidebar's signals say what the reader wants.

    Args:
        sidebar: Also the owner.
    """

    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        tree = sidebar.tree
        row = HeadingRow(tree.viewport())
        row.button.clicked.connect(lambda: sidebar.new_wanted.emit("", []))
        tree.setIndexWidget(sidebar.model.heading_of(COLLECTIONS), row)
        QWidget.setTabOrder(tree, row.button)
        tree.menu_wanted.connect(self._show_menu)
        tree.rename_wanted.connect(self._rename)

    def _rename(self, index: QModelIndex) -> None:
        scope = index.data(SCOPE_ROLE)
        if scope is not None and grouping_of(scope) is not None:
            self._sidebar.rename_wanted.emit(scope)

    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        sidebar = self._sidebar
        scope, is_heading = index.data(SCOPE_ROLE), index.data(GROUPING_ROLE) is COLLECTIONS
        has_menu = is_heading or (scope is not None and (scope.is_bin or grouping_of(scope) is not None))
        if not has_menu:
            return
        menu = SidebarMenu(scope, sidebar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.new_wanted.connect(lambda beginning: sidebar.new_wanted.emit(beginning, []))
        menu.recommend_wanted.connect(lambda: sidebar.recommend_wanted.emit(scope))
        menu.rename_wanted.connect(lambda: sidebar.rename_wanted.emit(scope))
        menu.color_chosen.connect(lambda key: sidebar.color_chosen.emit(scope.title, key))
        menu.export_wanted.connect(lambda: sidebar.export_wanted.emit(scope))
        menu.delete_wanted.connect(lambda: sidebar.delete_wanted.emit(scope))
        menu.empty_bin_wanted.connect(sidebar.empty_bin_wanted)
        menu.popup(place)


def _short(name: str) -> str:
    """Return the end of a long name, which tells it from others; a menu is as wide as its widest line."""
    return name if len(name) <= LONGEST else f"…{name[1 - LONGEST :]}"
