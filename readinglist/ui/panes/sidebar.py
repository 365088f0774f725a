"""The left of the window: which list is shown. Papers dropped on an entry get its status, star, tag or collection."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.paper import Collection, Counts, Tag
from readinglist.ui import theme
from readinglist.ui.models.grouping import COLLECTIONS, TAGS, Group, Grouping
from readinglist.ui.models.paper_table import AnyIndex
from readinglist.ui.models.scope import Scope
from readinglist.ui.models.sidebar_model import GROUPING_ROLE, SCOPE_ROLE, SidebarModel
from readinglist.ui.panes.sidebar_painting import SidebarDelegate

TURNING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
OPENING_MS = 500  # papers that are held over a closed branch open it


class SidebarTree(QTreeView):
    """The tree: one entry chosen, keys that type go to the window.

    A click on a heading closes what is below it, as Space, Enter and the arrow keys to both sides do.
    """

    menu_wanted = Signal(QModelIndex, QPoint)
    rename_wanted = Signal(QModelIndex)

    def __init__(self, model: SidebarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar-tree")
        self.setAccessibleName("Lists")
        self.setProperty("role", "sidebar")
        self.setModel(model)
        self.setItemDelegate(SidebarDelegate(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(theme.M)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(True)  # onto entries, never between them
        self.setAutoExpandDelay(OPENING_MS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._turn_heading)
        theme.notifier().changed.connect(self.viewport().update)

    def _turn_heading(self, index: QModelIndex) -> bool:
        """Close what is below a heading, or open it; return whether this is one."""
        is_heading = index.data(GROUPING_ROLE) is not None
        if is_heading:
            self.setExpanded(index, not self.isExpanded(index))
        return is_heading

    @override
    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        if index.data(GROUPING_ROLE) is not None:
            return QItemSelectionModel.SelectionFlag.NoUpdate  # the list that is shown stays marked
        return super().selectionCommand(index, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit(self.currentIndex())
            return
        if event.key() in TURNING and not event.modifiers() and self._turn_heading(self.currentIndex()):
            return
        if event.text().strip() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_key else self.indexAt(event.pos())
        place = self.viewport().mapToGlobal(self.visualRect(index).center()) if is_key else event.globalPos()
        self.menu_wanted.emit(index, place)


class Sidebar(QWidget):
    """The pane around the tree; what can be done with its entries, `SidebarTools` offers."""

    scope_chosen = Signal(object)  # Scope
    dropped = Signal(object, list)  # Scope, PaperIds
    new_wanted = Signal(str, list)  # a collection: what its name begins with, PaperIds for it
    rename_wanted = Signal(object)  # Scope of a tag or a collection
    color_chosen = Signal(str, str)  # tag, key of a tag colour
    delete_wanted = Signal(object)  # Scope of a tag or a collection
    export_wanted = Signal(object)  # the same
    recommend_wanted = Signal(object)  # the same
    empty_bin_wanted = Signal()
    gone = Signal(object)  # Scope: the entry that was chosen is no longer there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "sunken")
        self.model = SidebarModel(self)
        self.tree = SidebarTree(self.model, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, 0, theme.S)
        layout.addWidget(self.tree)
        self.model.dropped.connect(self.dropped)
        self.model.dropped_on_heading.connect(lambda ids: self.new_wanted.emit("", ids))
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self._shown: Scope | None = None
        self._is_quiet = False
        self._closed: set[str] = set()
        self.tree.collapsed.connect(lambda index: self._closed.add(_key(index)))
        self.tree.expanded.connect(lambda index: self._closed.discard(_key(index)))
        self.tree.collapsed.connect(self._name_heading)
        self.tree.expanded.connect(self._name_heading)

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers."""
        self.model.show_counts(counts)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the tags; branches stay open or closed as they were, and the chosen entry stays chosen."""
        self._show(TAGS, tags)

    def show_collections(self, collections: Sequence[Collection]) -> None:
        """Show the collections in the same way."""
        self._show(COLLECTIONS, collections)

    def closed_branches(self) -> str:
        """Return which branches are closed, to be kept until the next start."""
        return "\n".join(sorted(self._closed))

    def restore_closed(self, text: str) -> None:
        """Close the branches that were closed the last time, as soon as they are there."""
        self._closed = set(text.splitlines())

    def choose(self, scope: Scope) -> None:
        """Mark an entry as the one shown, without asking for its list again; one that is to come is marked then."""
        before, self._is_quiet = self._is_quiet, True
        self._shown = scope
        self.tree.setCurrentIndex(self.model.index_of(scope.query))
        self._is_quiet = before

    def _show(self, grouping: Grouping, groups: Sequence[Group]) -> None:
        shown = self._shown
        was_there = shown is not None and self.model.index_of(shown.query).isValid()
        self._is_quiet = True
        if self.model.show_groups(grouping, groups):
            self._open_branches(QModelIndex())
            self._name_heading(self.model.heading_of(grouping))
            if shown is not None:
                self.choose(shown)
        self._is_quiet = False
        if shown is not None and was_there and not self.model.index_of(shown.query).isValid():
            self.gone.emit(shown)

    def _open_branches(self, parent: QModelIndex) -> None:
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.model.rowCount(index):
                closed = set(self._closed)
                self.tree.setExpanded(index, _key(index) not in closed)
                self._closed = closed
                self._open_branches(index)

    def _name_heading(self, index: QModelIndex) -> None:
        if index.data(GROUPING_ROLE) is not None:
            self.model.name_heading(index, is_open=self.tree.isExpanded(index))

    def _on_current(self, index: QModelIndex) -> None:
        scope = index.data(SCOPE_ROLE)
        if scope is not None and not self._is_quiet:
            self._shown = scope
            self.scope_chosen.emit(scope)


def _key(index: QModelIndex) -> str:
    scope = index.data(SCOPE_ROLE)
    return scope.query if scope is not None else str(index.data())
