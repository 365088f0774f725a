"""What stands beside the list, and what beside a PDF: each front remembers its own panes."""

from PySide6.QtWidgets import QWidget


class Fronts:
    """Shows and hides panes when another tab comes to the front. A PDF begins with the window to itself.

    Args:
        panes: What stands beside the middle.
    """

    def __init__(self, *panes: QWidget) -> None:
        self._panes = panes
        self._is_reading = False
        self._beside_list = [True for _ in panes]
        self._beside_pdf = [False for _ in panes]

    def show(self, *, is_reading: bool) -> None:
        """Bring back what stood there before."""
        if is_reading == self._is_reading:
            return
        shown = [not pane.isHidden() for pane in self._panes]
        if self._is_reading:
            self._beside_pdf = shown
        else:
            self._beside_list = shown
        self._is_reading = is_reading
        wanted = self._beside_pdf if is_reading else self._beside_list
        for pane, is_wanted in zip(self._panes, wanted, strict=True):
            pane.setVisible(is_wanted)
