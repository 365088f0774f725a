"""The left of the window: which list is shown. Papers are dropped here to get a status, a star or a tag."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.paper import Counts, Tag
from readinglist.ui import theme
from readinglist.ui.models.paper_table import AnyIndex
from readinglist.ui.models.scope import Scope
from readinglist.ui.models.sidebar_model import COLOR_ROLE, COUNT_ROLE, SCOPE_ROLE, SidebarModel
from readinglist.ui.models.wording import plain_label

ENTRY_HEIGHT = 30
HEADING_HEIGHT = 36
DOT = 10
TAG_COLORS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "gray")


class SidebarDelegate(QStyledItemDelegate):
    """Paints an entry: icon or tag dot, name, number."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        scope = index.data(SCOPE_ROLE)
        if scope is None and not index.data():
            return QSize(80, theme.S)
        if scope is None:
            return QSize(80, HEADING_HEIGHT)
        return QSize(80, ENTRY_HEIGHT + gap_above(scope))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect
        scope = index.data(SCOPE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if scope is None:
            self._paint_heading(painter, rect, str(index.data() or ""))
        else:
            self._paint_entry(painter, rect.adjusted(0, gap_above(scope), 0, 0), scope, index, option.state)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = theme.font("small")
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(theme.color("ink-faint"))
        place = rect.adjusted(theme.XS, theme.S, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text.upper())

    def _paint_entry(
        self, painter: QPainter, rect: QRect, scope: Scope, index: AnyIndex, state: QStyle.StateFlag
    ) -> None:
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = rect.adjusted(0, 1, -theme.S, -1)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("chosen") if is_chosen else theme.colors().mix("ink", "sunken", 0.05))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
        self._paint_sign(painter, rect, scope, index)
        self._paint_words(painter, rect, index, is_chosen=is_chosen)

    def _paint_sign(self, painter: QPainter, rect: QRect, scope: Scope, index: AnyIndex) -> None:
        middle = rect.center().y()
        if scope.tag is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tag_color(str(index.data(COLOR_ROLE))))
            painter.drawEllipse(QRect(rect.left() + theme.S + 3, middle - DOT // 2 + 1, DOT, DOT))
            return
        role = f"status-{scope.status.value}" if scope.status is not None else "ink-soft"
        place = QRect(rect.left() + theme.S, middle - theme.ICON // 2 + 1, theme.ICON, theme.ICON)
        theme.icon(scope.icon, role).paint(painter, place)

    def _paint_words(self, painter: QPainter, rect: QRect, index: AnyIndex, *, is_chosen: bool) -> None:
        count = index.data(COUNT_ROLE)
        right = rect.right() - theme.L
        if count:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("ink-soft" if is_chosen else "ink-faint"))
            text = f"{count:,}"
            width = painter.fontMetrics().horizontalAdvance(text)
            place = QRect(right - width, rect.top(), width + 2, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            right -= width + theme.S
        painter.setFont(theme.font("strong" if is_chosen else "body"))
        painter.setPen(theme.color("ink"))
        left = rect.left() + theme.S + theme.ICON + theme.S
        place = QRect(left, rect.top(), max(0, right - left), rect.height())
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def gap_above(scope: Scope) -> int:
    """Return how far an entry stands from the one before it, px: the bin is no tag."""
    return theme.S if scope.is_bin else 0


class SidebarTree(QTreeView):
    """The tree: one entry chosen, keys that type go to the window."""

    menu_wanted = Signal(QModelIndex, QPoint)

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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.notifier().changed.connect(self.viewport().update)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
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
    """The pane around the tree."""

    scope_chosen = Signal(object)  # Scope
    dropped = Signal(object, list)  # Scope, PaperIds
    rename_wanted = Signal(str)  # tag
    color_chosen = Signal(str, str)  # tag, key of a tag colour
    delete_wanted = Signal(str)  # tag
    empty_bin_wanted = Signal()
    recommend_wanted = Signal(str)  # tag

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
        self.tree.menu_wanted.connect(self._show_menu)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self._is_quiet = False
        self._closed: set[str] = set()
        self.tree.collapsed.connect(lambda index: self._closed.add(_key(index)))
        self.tree.expanded.connect(lambda index: self._closed.discard(_key(index)))

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers."""
        self.model.show_counts(counts)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the tags; branches stay open or closed as they were, and the chosen entry stays chosen."""
        scope = self.tree.currentIndex().data(SCOPE_ROLE)
        self._is_quiet = True
        if self.model.show_tags(tags):
            self._open_branches(QModelIndex())
            if scope is not None:
                self.choose(scope)
        self._is_quiet = False

    def choose(self, scope: Scope) -> None:
        """Mark an entry as the one shown, without asking for its list again."""
        before, self._is_quiet = self._is_quiet, True
        self.tree.setCurrentIndex(self.model.index_of(scope.query))
        self._is_quiet = before

    def _open_branches(self, parent: QModelIndex) -> None:
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.model.rowCount(index):
                closed = set(self._closed)
                self.tree.setExpanded(index, _key(index) not in closed)
                self._closed = closed
                self._open_branches(index)

    def _on_current(self, index: QModelIndex) -> None:
        scope = index.data(SCOPE_ROLE)
        if scope is not None and not self._is_quiet:
            self.scope_chosen.emit(scope)

    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        scope = index.data(SCOPE_ROLE)
        if scope is None or not (scope.tag is not None or scope.is_bin):
            return
        menu = QMenu(self)
        menu.setObjectName("sidebar-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if scope.tag is not None:
            self._fill_tag_menu(menu, scope.tag)
        else:
            menu.addAction(theme.icon("bin"), "Empty the bin", self.empty_bin_wanted.emit)
        menu.popup(place)

    def _fill_tag_menu(self, menu: QMenu, tag: str) -> None:
        menu.addAction(theme.icon("for-you"), "Recommend from this tag", lambda: self.recommend_wanted.emit(tag))
        menu.addSeparator()
        menu.addAction(theme.icon("rename"), "Rename…", lambda: self.rename_wanted.emit(tag))
        colors = menu.addMenu(theme.icon("color"), "Colour")
        for key in TAG_COLORS:
            action = colors.addAction(theme.icon("color-dot", f"tag-{key}"), key.capitalize())
            action.triggered.connect(lambda _checked=False, key=key: self.color_chosen.emit(tag, key))
        menu.addSeparator()
        text = f"Delete the tag {plain_label(tag)}"
        menu.addAction(theme.icon("bin", "danger"), text, lambda: self.delete_wanted.emit(tag))


def _key(index: QModelIndex) -> str:
    scope = index.data(SCOPE_ROLE)
    return scope.query if scope is not None else str(index.data())
