"""Actions on what the window shows: which list and which paper of it, which tab, which panes."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from readinglist.ui.handlers.parts import Parts


class Showing:
    """Shows other things, and changes none of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        parts = self._parts
        papers = parts.papers
        return {
            "search": self._search,
            "select-all": papers.choose_all,
            "next": lambda: papers.step(1),
            "previous": lambda: papers.step(-1),
            "note": self._write_note,
            "view-cards": lambda: papers.set_mode("cards"),
            "view-table": lambda: papers.set_mode("table"),
            "view-map": lambda: papers.set_mode("map"),
            "next-tab": lambda: parts.tabs.step(1),
            "previous-tab": lambda: parts.tabs.step(-1),
            "toggle-sidebar": lambda: _toggle(parts.sidebar),
            "toggle-detail": lambda: _toggle(parts.detail),
            "full-screen": self._toggle_full_screen,
            "quit": lambda: _close(parts.window.close),
        }

    def _search(self) -> None:
        tab = self._parts.tabs.front
        if tab is not None:
            tab.begin_search()
        elif self._parts.tabs.is_list_in_front:
            self._parts.papers.search.focus()

    def _toggle_full_screen(self) -> None:
        window = self._parts.window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        window.menuBar().setHidden(window.isFullScreen())  # its keys work all the same
        keys = self._parts.actions["full-screen"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        way_back = f"{keys} gives the window its size back." if keys else "The window fills the screen."
        if window.isFullScreen():
            self._parts.toast.say(way_back)
        elif self._parts.toast.text == way_back:
            self._parts.toast.hide()

    def _write_note(self) -> None:
        self._parts.detail.show()
        self._parts.detail.focus_note()


def _toggle(pane: QWidget) -> None:
    pane.setVisible(not pane.isVisible())


def _close(close: Callable[[], bool]) -> None:
    close()
