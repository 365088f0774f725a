"""The list of similar papers: looked through with the keyboard, opened with a click or Enter."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.models.similar_list import SimilarModel
from readinglist.ui.panes.similar_delegate import SimilarDelegate


class SimilarList(QListView):
    """The list: a click or Enter opens."""

    opened = Signal(int)  # place

    def __init__(self, model: SimilarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("similar-list")
        self.setAccessibleName("Similar papers")
        self.setProperty("role", "flat")
        self.setModel(model)
        self._delegate = SimilarDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        theme.notifier().changed.connect(self.viewport().update)

    def fade(self, *, is_faded: bool) -> None:
        """Show that what is shown belongs to another paper, or no longer."""
        self._delegate.is_faded = is_faded
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are the window's keys, not a search in the list."""
