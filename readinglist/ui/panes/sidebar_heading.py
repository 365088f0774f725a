"""What stands beside the heading of the collections: the button that makes one."""

from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.buttons import make_icon_button

SIDE = 24  # px
TIP = "New collection. Papers dropped on this heading go into it."


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
