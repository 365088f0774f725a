"""The two views on the list of papers. Both show the same model and share one selection."""

from bisect import bisect
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.paper import PaperRow
from readinglist.domain.query import Sort
from readinglist.domain.recommendation import WhyHere
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.models.columns import COLUMNS
from readinglist.ui.models.paper_table import PAPERS_MIME, ROW_ROLE, WHY_ROLE, PaperTableModel, papers_of
from readinglist.ui.models.wording import why_tooltip
from readinglist.ui.panes.cards import DIVIDER_HEIGHT, ROW_HEIGHT, CardDelegate, paint_divider
from readinglist.ui.panes.column_menu import ColumnMenu, fill_with_title, show_usual_columns
from readinglist.ui.panes.table_cells import TABLE_DIVIDER_HEIGHT, TABLE_ROW_HEIGHT, CellDelegate, StatusDelegate

SCROLL_STEP = 40  # px for one notch of the wheel on cards


class PaperView(QTableView):
    """What cards and table have in common: keys, drags, the menu."""

    menu_wanted = Signal(QPoint)  # in screen coordinates
    queue_moved = Signal(list, object)  # PaperIds, and the PaperId they now stand before (None: the end)
    row_height: ClassVar[int]
    divider_height: ClassVar[int]

    def __init__(self, model: PaperTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = model
        self._drop_line_y: int | None = None
        self.setModel(model)
        self.setProperty("role", "flat")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.notifier().changed.connect(self.viewport().update)

    def set_queue(self, *, is_queue: bool) -> None:
        """Let papers be dragged to another place of this list, or not."""
        self.setAcceptDrops(is_queue)

    def choose(self, rows: Sequence[tuple[int, int]], current: int | None) -> None:
        """Choose ranges of rows (first, last) and make one the current."""
        model = self._papers
        last_column = model.columnCount() - 1
        selection = QItemSelection()
        for first, last in rows:
            selection.select(model.index(first, 0), model.index(last, last_column))
        index = model.index(current, 0) if current is not None else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
        self.selectionModel().select(selection, flag.ClearAndSelect)

    def chosen_ranges(self) -> list[tuple[int, int]]:
        """Return the chosen rows as (first, last), in order."""
        selection = self.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.count())]
        return sorted({(part.top(), part.bottom()) for part in parts})

    def divide(self, row: int | None) -> None:
        """Put a line above a row, which says that the papers from there on are only close in meaning."""
        heights, divided = self.verticalHeader(), self.divided_row
        if divided == row:
            return
        if divided is not None:
            heights.resizeSection(divided, self.row_height)
        if row is not None and row < heights.count():
            heights.resizeSection(row, self.row_height + self.divider_height)

    @property
    def divided_row(self) -> int | None:
        """The row that is higher than the others: it moves when papers above it leave."""
        heights = self.verticalHeader()
        rows = range(heights.count())
        if heights.length() == len(rows) * self.row_height:
            return None
        return bisect(rows, x=False, key=lambda row: heights.sectionPosition(row) > row * self.row_height) - 1

    def _row_under(self, y: int) -> int:
        """Return the row before which a drop at this height lands."""
        row = self.rowAt(y)
        if row < 0:
            return self._papers.rowCount()
        return row + (y - self.rowViewportPosition(row) > self.rowHeight(row) // 2)

    @override
    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        action = QAbstractItemView.CursorAction
        column = max(0, self.currentIndex().column())
        if cursorAction is action.MoveHome:
            return self._papers.index(0, column)
        if cursorAction is action.MoveEnd:
            return self._papers.index(self._papers.rowCount() - 1, column)
        return super().moveCursor(cursorAction, modifiers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() and not event.modifiers():
            event.ignore()  # single letters are the window's keys, not a search among titles
            return
        super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(place)

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        rows = [self._papers.index(row, 0) for first, last in self.chosen_ranges() for row in range(first, last + 1)]
        if not rows:
            return
        drag = QDrag(self)
        drag.setMimeData(self._papers.mimeData(rows))
        drag.setPixmap(drag_picture(count_text(len(rows), "paper"), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-theme.M, -theme.M))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_line_y = None
        self.viewport().update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_line_y = None
        self.viewport().update()
        if not event.mimeData().hasFormat(PAPERS_MIME):
            event.ignore()
            return
        moved = papers_of(event.mimeData())
        event.acceptProposedAction()
        row = self._row_under(round(event.position().y()))
        while row < self._papers.rowCount() and self._papers.id_at(row) in moved:
            row += 1
        self.queue_moved.emit(moved, self._papers.id_at(row))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_line_y is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(
                QRect(theme.M, self._drop_line_y - 1, self.viewport().width() - 2 * theme.M, 3), theme.color("accent")
            )
            painter.end()

    def _consider(self, event: QDragMoveEvent) -> None:
        if not event.mimeData().hasFormat(PAPERS_MIME):
            event.ignore()
            return
        event.acceptProposedAction()
        row = self._row_under(round(event.position().y()))
        last = self._papers.rowCount() - 1
        self._drop_line_y = (
            self.rowViewportPosition(row) if row <= last else self.rowViewportPosition(last) + self.rowHeight(last)
        )
        self.viewport().update()


class CardsView(PaperView):
    """Papers as cards: one column, one height."""

    row_height, divider_height = ROW_HEIGHT, DIVIDER_HEIGHT

    def __init__(self, model: PaperTableModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setObjectName("papers-cards")
        self.setAccessibleName("Papers")
        self.delegate = CardDelegate(self)
        self.setItemDelegate(self.delegate)
        self.horizontalHeader().hide()
        for column in range(1, len(COLUMNS)):
            self.setColumnHidden(column, True)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(SCROLL_STEP)
        self._table: TableView | None = None

    def go_along_with(self, table: "TableView") -> None:
        """From now on divide the table as the cards are."""
        self._table = table
        table.divide(self.divided_row)

    @override
    def divide(self, row: int | None) -> None:
        super().divide(row)
        if self._table is not None:
            self._table.divide(row)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = self._tooltip_of(index)
            if text:
                QToolTip.showText(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tooltip_of(self, index: QModelIndex) -> str:
        """Return what the card has no room for."""
        row, why = index.data(ROW_ROLE), index.data(WHY_ROLE)
        card_width = self.visualRect(index).width() - 2 * theme.M
        is_title_cut = isinstance(row, PaperRow) and self.delegate.title_is_cut(row, card_width)
        is_why_cut = isinstance(why, WhyHere) and self.delegate.why_is_cut(why, card_width)
        return why_tooltip(row.title if is_title_cut else "", why if is_why_cut else None)


class TableView(PaperView):
    """Papers as a table with columns to choose."""

    sort_wanted = Signal(int)  # column
    row_height, divider_height = TABLE_ROW_HEIGHT, TABLE_DIVIDER_HEIGHT

    def __init__(self, model: PaperTableModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setObjectName("papers-table")
        self.setAccessibleName("Papers")
        self.setItemDelegate(CellDelegate(self))
        keys = [column.key for column in COLUMNS]
        self.setItemDelegateForColumn(keys.index("status"), StatusDelegate(self))
        header = self.horizontalHeader()
        header.setObjectName("papers-table-head")
        header.setAccessibleName("Columns")
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionClicked.connect(self.sort_wanted)
        show_usual_columns(header)
        self.column_menu = ColumnMenu(header, self)
        header.customContextMenuRequested.connect(lambda place: self.column_menu.popup(header.mapToGlobal(place)))
        self.column_menu.changed.connect(self._fill_width)

    def show_sort(self, sort: Sort) -> None:
        """Mark the column that the list is ordered by."""
        columns = [place for place, column in enumerate(COLUMNS) if column.sort is sort.key]
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(columns[0] if columns else -1, order)

    def _fill_width(self) -> None:
        fill_with_title(self.horizontalHeader(), self.viewport().width())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        row = self.divided_row
        if row is not None:
            painter = QPainter(self.viewport())
            top = self.rowViewportPosition(row)
            paint_divider(painter, QRect(theme.S, top, self.viewport().width() - 2 * theme.S, TABLE_DIVIDER_HEIGHT))
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_width()

    @override
    def sizeHintForColumn(self, column: int) -> int:
        return COLUMNS[column].width_px  # a double click on the edge must not read every row


def drag_picture(text: str, ratio: float) -> QPixmap:
    """Return what hangs on the pointer while papers are dragged."""
    size = QSize(110, 28)
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color("accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRect(QPoint(0, 0), size), theme.RADIUS, theme.RADIUS)
    painter.setPen(theme.color("accent-ink"))
    painter.setFont(theme.font("strong"))
    painter.drawText(QRect(QPoint(0, 0), size), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made
