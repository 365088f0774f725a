"""What can be done with an entry of the sidebar."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from readinglist.ui import theme
from readinglist.ui.models.grouping import COLLECTIONS, Grouping, grouping_of
from readinglist.ui.models.scope import Scope
from readinglist.ui.models.wording import plain_label

TAG_COLORS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "gray")
LONGEST = 40  # characters of a name


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
        self.addAction(theme.icon("rename"), "Rename…", self.rename_wanted.emit)
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


def _short(name: str) -> str:
    """Return the end of a long name, which tells it from others; a menu is as wide as its widest line."""
    return name if len(name) <= LONGEST else f"…{name[1 - LONGEST :]}"
