"""The table of handlers: every action of `actions.ACTIONS` and what it does."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.ui.handlers.asking import Asking
from readinglist.ui.handlers.edits import Edits
from readinglist.ui.handlers.groups import Collections, Groups, Tags
from readinglist.ui.handlers.imports import Imports
from readinglist.ui.handlers.map import Map
from readinglist.ui.handlers.outward import Outward
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.handlers.reader import Reader
from readinglist.ui.handlers.recommending import Recommending
from readinglist.ui.models.grouping import grouping_of
from readinglist.ui.models.scope import Scope

Handler = Callable[[], None]


class Handlers:
    """All handlers of one window.

    Attributes:
        edits: Also used by drops on the sidebar.
        tags: Also used by the sidebar.
        collections: The same.
        outward: Also used by the sidebar and the detail pane.
        imports: Also used by drops on the window and by files named at the start.
        asking: Also used to jump to a list.
        reader: Also used by links to papers, and when the window closes.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.edits = Edits(parts)
        self.tags = Tags(parts)
        self.collections = Collections(parts)
        self.imports = Imports(parts)
        self.reader = Reader(parts)
        self.outward = Outward(parts, self.reader.open)
        self.asking = Asking(parts)
        self.recommending = Recommending(parts)
        self.map = Map(parts)

    def table(self) -> Mapping[str, Handler]:
        """Return action id to handler."""
        papers, window = self._parts.papers, self._parts.window
        return {
            "import-files": self.imports.choose_files,
            "import-folder": self.imports.choose_folder,
            "import-clipboard": self.imports.take_clipboard,
            "fetch-today": self.imports.fetch_today,
            "export": self.outward.export,
            "compare": self.recommending.compare,
            "backups": self.asking.backups,
            "settings": self.asking.settings,
            "quit": lambda: _close(window.close),
            "undo": self.edits.undo,
            "redo": self.edits.redo,
            "select-all": papers.choose_all,
            "copy-citation": self.outward.copy_citation,
            "search": self._search,
            "palette": self.asking.palette,
            "next": lambda: papers.step(1),
            "previous": lambda: papers.step(-1),
            "open": self.outward.open_paper,
            "open-outside": self.outward.open_outside,
            "star": self.edits.toggle_star,
            "tags": self.tags.pick,
            "note": self._write_note,
            "delete": self.edits.delete,
            "restore": self.edits.restore,
            "purge": self.edits.purge,
            "empty-bin": self.edits.empty_bin,
            "view-cards": lambda: papers.set_mode("cards"),
            "view-table": lambda: papers.set_mode("table"),
            "view-map": lambda: papers.set_mode("map"),
            "toggle-sidebar": lambda: _toggle(self._parts.sidebar),
            "toggle-detail": lambda: _toggle(self._parts.detail),
            "full-screen": self._toggle_full_screen,
            "next-tab": lambda: self._parts.tabs.step(1),
            "previous-tab": lambda: self._parts.tabs.step(-1),
            "shortcuts": self.asking.shortcuts,
            "about": self.asking.about,
            **self.collections.table(),
            **self.map.table(),
            **self.reader.table(),
            **self.recommending.table(),
            **{f"status-{status.value}": self._status(status) for status in Status},
            **{f"priority-{priority.name.lower()}": self._priority(priority) for priority in Priority},
        }

    def groups_of(self, scope: Scope) -> Groups:
        """Return what handles a list: that of tags, or of collections."""
        return self.tags if scope.tag is not None else self.collections

    def drop_into_group(self, scope: Scope, ids: list[PaperId]) -> None:
        """Give papers the tag or the collection that they were dropped on."""
        if grouping_of(scope) is not None:
            self.groups_of(scope).change(ids, [scope.title])

    def _status(self, status: Status) -> Handler:
        return lambda: self.edits.set_status(status)

    def _priority(self, priority: Priority) -> Handler:
        return lambda: self.edits.set_priority(priority)

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
