"""What stands beside the list, and what beside a PDF: each front remembers its own panes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

HANDLE_WIDTH = 1


class Fronts:
    """Shows and hides panes when another tab comes to the front. A PDF begins with the window to itself.

    Args:
        beside: Panes to the left and the right.
        above: Those above.
    """

    def __init__(self, *, beside: Sequence[QWidget], above: Sequence[QWidget]) -> None:
        self._beside = beside
        self._panes = (*beside, *above)
        self._is_reading = False
        self._with_list = [True for _ in self._panes]
        self._with_pdf = [False for _ in self._panes]

    def show(self, *, is_reading: bool) -> None:
        """Bring back what stood there before."""
        if is_reading == self._is_reading:
            return
        shown = [not pane.isHidden() for pane in self._panes]
        if self._is_reading:
            self._with_pdf = shown
        else:
            self._with_list = shown
        self._is_reading = is_reading
        wanted = self._with_pdf if is_reading else self._with_list
        for pane, is_wanted in zip(self._panes, wanted, strict=True):
            pane.setVisible(is_wanted)

    def width_for_pdf(self, whole: int) -> int:
        """Return how wide a PDF will be that comes to the front now.

        Args:
            whole: Width of everything, px.
        """
        shown = [not pane.isHidden() for pane in self._beside] if self._is_reading else self._with_pdf
        pairs = zip(self._beside, shown, strict=False)
        return whole - sum(pane.width() + HANDLE_WIDTH for pane, is_shown in pairs if is_shown)
