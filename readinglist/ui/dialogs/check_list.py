"""Lists of things to tick: how the boxes are drawn, and that Space, a click and Enter do what they should."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.check_box import BOX, paint_box
from readinglist.ui.widgets.row_ground import paint_focused_ground

AnyIndex = QModelIndex | QPersistentModelIndex


class CheckDelegate(QStyledItemDelegate):
    """Paints the ground and the box of a row; whoever inherits paints the rest.

    Args:
        height: Of every row, px.
        parent: The view.
    """

    def __init__(self, *, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = height

    def box_of(self, row: QRect) -> QRect:
        """Return where the box of a row is."""
        return QRect(row.left() + theme.S, row.top() + (row.height() - BOX) // 2, BOX, BOX)

    def paint_text(self, painter: QPainter, place: QRect, index: AnyIndex) -> None:
        """Paint what stands right of the box."""
        raise NotImplementedError

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, self._height)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focused_ground(painter, row, option.state)
        value = index.data(Qt.ItemDataRole.CheckStateRole)
        if value is not None:
            paint_box(painter, self.box_of(row), Qt.CheckState(value))
        self.paint_text(painter, row.adjusted(theme.S + BOX + theme.M, 0, -theme.M, 0), index)
        painter.restore()

    @override
    def editorEvent(self, event: QEvent, model: QObject, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        """Leave ticking to the view, which knows what else is chosen."""
        return False


class CheckList(QListView):
    """A list whose chosen rows Space ticks, and whose boxes a click ticks."""

    toggled = Signal(list)  # rows, the one whose box decides first

    def __init__(self, *, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.notifier().changed.connect(self.viewport().update)

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows, the current one first."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        current = self.currentIndex().row()
        return sorted(rows, key=lambda row: row != current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if rows := self.chosen_rows():
                self.toggled.emit(rows)
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are for the fields."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_of_box(event)
        if row is None:
            super().mousePressEvent(event)
            return
        chosen = self.chosen_rows()
        if row not in chosen:
            self.setCurrentIndex(self.model().index(row, 0))
            chosen = [row]
        self.toggled.emit(sorted(chosen, key=lambda one: one != row))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._row_of_box(event) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def _row_of_box(self, event: QMouseEvent) -> int | None:
        """Return the row whose box, or whose edge left of it, was pressed."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        delegate = self.itemDelegate()
        if event.button() is not Qt.MouseButton.LeftButton or not isinstance(delegate, CheckDelegate):
            return None
        if not index.isValid() or index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return None
        return index.row() if place.x() <= delegate.box_of(self.visualRect(index)).right() + theme.XS else None
