"""The table of contents beside the pages."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTreeView, QVBoxLayout, QWidget

from readinglist.domain.pages import OutlineEntry
from readinglist.ui import theme
from readinglist.ui.models.wording import plain_tooltip
from readinglist.ui.widgets.empty_state import EmptyState

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
OPEN_LEVELS = 1  # below the outermost that are open at first
NUMBER_WIDTH = 48
ROW_HEIGHT = 26


class ContentsPane(QWidget):
    """Headings; a click goes there, and the one that is being read is marked.

    Args:
        parent: Owner.
    """

    place_wanted = Signal(int, object)  # page, Point or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-contents")
        self._items: list[tuple[int, QStandardItem]] = []
        self._model = QStandardItemModel(0, 2, self)
        self.view = QTreeView(self)
        self.view.setObjectName("reader-contents-list")
        self.view.setAccessibleName("Contents")
        self.view.setProperty("role", "flat")
        self.view.setHeaderHidden(True)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(theme.L)
        self.view.setModel(self._model)
        self.view.header().setStretchLastSection(False)
        self.view.header().setMinimumSectionSize(NUMBER_WIDTH)
        self.view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.view.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.view.header().resizeSection(1, NUMBER_WIDTH)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self._nothing = EmptyState(
            name="reader-no-contents", icon="contents", title="No contents", hint="This file brings none along."
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)  # empty, until it is known what the file has
        self._pages.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def show_outline(self, entries: Sequence[OutlineEntry]) -> None:
        """Show headings."""
        self._model.removeRows(0, self._model.rowCount())
        self._items = []
        above: list[tuple[int, QStandardItem]] = []
        for entry in entries:
            while above and above[-1][0] >= entry.level:
                above.pop()
            item, number = _row(entry)
            (above[-1][1] if above else self._model.invisibleRootItem()).appendRow([item, number])
            above.append((entry.level, item))
            if entry.page is not None:
                self._items.append((entry.page, item))
        self.view.expandToDepth(OPEN_LEVELS - 1)
        self._pages.setCurrentWidget(self.view if entries else self._nothing)

    def show_page(self, page: int) -> None:
        """Mark the last heading up to a page."""
        before = [item for at, item in self._items if at <= page]
        if not before:
            self.view.clearSelection()
            return
        index = before[-1].index()
        while (parent := index.parent()).isValid() and not self.view.isExpanded(parent):
            index = parent
        self.view.setCurrentIndex(index)

    def _go(self, index: QModelIndex) -> None:
        entry = index.siblingAtColumn(0).data(ENTRY_ROLE)
        if isinstance(entry, OutlineEntry) and entry.page is not None:
            self.place_wanted.emit(entry.page, entry.point)


def _row(entry: OutlineEntry) -> tuple[QStandardItem, QStandardItem]:
    item = QStandardItem(entry.title)
    item.setData(entry, ENTRY_ROLE)
    item.setToolTip(plain_tooltip(entry.title))
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    where = f", page {entry.page}" if entry.page is not None else ""
    item.setAccessibleText(f"{entry.title}{where}")
    number = QStandardItem("" if entry.page is None else str(entry.page))
    number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    number.setForeground(theme.color("ink-faint"))
    return item, number
