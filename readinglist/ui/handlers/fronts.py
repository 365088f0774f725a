"""What stands beside the list, and what beside a PDF: each front remembers its own panes, and how wide they are."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

HANDLE_WIDTH = 1
SHARE_BESIDE_PDF = 0.28  # of the window: pages want to be wide, and what stands beside them is looked at in between


class Fronts(QObject):
    """Shows and hides panes when another tab comes to the front. A PDF begins with the window to itself.

    Args:
        panes: What is in front, between those beside it.
        left: Beside it.
        right: Beside it too; narrower beside a PDF than beside the list.
        above: Those above.
    """

    def __init__(self, panes: QSplitter, *, left: QWidget, right: QWidget, above: Sequence[QWidget]) -> None:
        super().__init__(panes)
        self._splitter = panes
        self._beside = (left, right)
        self._panes = (left, right, *above)
        self._is_reading = False
        self._with_list = [True for _ in self._panes]
        self._with_pdf = [False for _ in self._panes]
        self._list_widths: list[int] = []
        self._width_beside_pdf = 0  # px; 0 until the reader has seen it
        right.installEventFilter(self)

    def show(self, *, is_reading: bool) -> None:
        """Bring back what stood there before."""
        if is_reading == self._is_reading:
            return
        shown = [not pane.isHidden() for pane in self._panes]
        if self._is_reading:
            self._with_pdf = shown
            self._keep_width()
        else:
            self._with_list = shown
            left, right = (pane.width() for pane in self._beside)  # of hidden ones, what they had
            self._list_widths = [left, self._splitter.width() - left - right - 2 * HANDLE_WIDTH, right]
        wanted = self._with_pdf if is_reading else self._with_list
        self._is_reading = False  # what is hidden and shown by this is not by the reader
        for pane, is_wanted in zip(self._panes, wanted, strict=True):
            pane.setVisible(is_wanted)
        self._is_reading = is_reading
        if not is_reading:
            self._splitter.setSizes(self._list_widths)
        elif not self._beside[1].isHidden():
            self._fit_right()

    def width_for_pdf(self, whole: int) -> int:
        """Return how wide a PDF will be that comes to the front now.

        Args:
            whole: Width of everything, px.
        """
        shown = [not pane.isHidden() for pane in self._beside] if self._is_reading else self._with_pdf
        widths = (self._beside[0].width(), self._right_width(whole))
        pairs = zip(widths, shown, strict=False)
        return whole - sum(width + HANDLE_WIDTH for width, is_shown in pairs if is_shown)

    def _keep_width(self) -> None:
        right = self._beside[1]
        if not right.isHidden():
            self._width_beside_pdf = right.width()

    def _right_width(self, whole: int) -> int:
        return self._width_beside_pdf or max(self._beside[1].minimumWidth(), round(whole * SHARE_BESIDE_PDF))

    def _fit_right(self) -> None:
        """Give the right pane its width beside a PDF, and the rest to the pages."""
        left, whole = self._beside[0].width(), self._splitter.width()
        right = self._right_width(whole)
        taken = right + (0 if self._beside[0].isHidden() else left)
        self._splitter.setSizes([left, whole - taken, right])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_reading and watched is self._beside[1]:
            if event.type() is QEvent.Type.Show:
                self._fit_right()
            elif event.type() is QEvent.Type.Hide:
                self._width_beside_pdf = self._beside[1].width()
        return False
