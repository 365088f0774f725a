"""The page on the chosen paper above, similar papers below."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

PAGE_SHARE, SIMILAR_SHARE = 65, 35  # of the height, at first
LEAST_HEIGHT = 120  # of either, px


class DetailSplitter(QSplitter):
    """Shares its height out once it has one, then the reader decides.

    Args:
        page: The upper part.
        similar: The lower part.
        parent: Owner.
    """

    def __init__(self, page: QWidget, similar: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("detail-splitter")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.addWidget(page)
        self.addWidget(similar)
        self.setStretchFactor(0, PAGE_SHARE)
        self.setStretchFactor(1, SIMILAR_SHARE)
        page.setMinimumHeight(LEAST_HEIGHT)
        self._is_shared = False
        self._state = QByteArray()

    def restore(self, state: QByteArray) -> None:
        """Share the height out as the reader left it, once there is a height; an empty state says nothing."""
        self._state = state

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = event.size().height()
        if not self._is_shared and height > 2 * LEAST_HEIGHT:
            self._is_shared = True
            if not self.restoreState(self._state):
                self.setSizes([height * PAGE_SHARE, height * SIMILAR_SHARE])
