"""Three panes side by side, as a mail program has them: where to look, what is there, and the chosen one."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QWidget

LEFT_WIDTH = 208
RIGHT_SHARE = 0.42  # of what the left pane leaves
LEAST_WIDTHS = (140, 300, 240)
STRETCHES = (0, 3, 2)  # who takes what a wider window gives, and gives what a narrower one takes


class ThreePanes(QSplitter):
    """Shows two panes at once; the right one is put in when it is built, and an empty page keeps its place.

    Args:
        left: Keeps its width.
        middle: What the reader looks at most.
        parent: Owner.
    """

    def __init__(self, left: QWidget, middle: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panes")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._kept = QByteArray()
        self._right = QWidget()  # a child would stand in the first place
        self._right.setProperty("role", "paper")
        self._right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for place, pane in enumerate((left, middle, self._right)):
            self.addWidget(pane)
            self._fit(place, pane)

    def put_right(self, pane: QWidget) -> None:
        """Put the right pane into its place."""
        sizes = self.sizes()
        place = self.indexOf(self._right)
        self.replaceWidget(place, pane)
        self._fit(place, pane)
        self._right.deleteLater()
        self._right = pane
        if self.isVisible():
            self.setSizes(sizes)
        else:
            self.restore(self._kept, self.window().width())  # what is not laid out yet knows no sizes

    def restore(self, kept: QByteArray | bytes, width: int) -> None:
        """Give the panes the widths they had, or the usual ones of a window that is so wide."""
        self._kept = QByteArray(kept)
        if not self.restoreState(self._kept):
            rest = width - LEFT_WIDTH - 2 * self.handleWidth()
            right = round(rest * RIGHT_SHARE)
            self.setSizes([LEFT_WIDTH, rest - right, right])

    def _fit(self, place: int, pane: QWidget) -> None:
        pane.setMinimumWidth(LEAST_WIDTHS[place])
        self.setStretchFactor(place, STRETCHES[place])
