"""The window: its parts and where they stand. What actions do, and who hears of what, stands in `handlers`.

The list comes first: whatever it can do without is loaded and built when it is on the screen, or when somebody asks for
it earlier.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.app.setting import AnySetting
from readinglist.app.settings import SHORTCUTS, THEME
from readinglist.app.workspace import Workspace
from readinglist.domain.changes import UndoStatus
from readinglist.ui import theme
from readinglist.ui.actions import PAPER_MENU, Situation
from readinglist.ui.bridge import Bridge
from readinglist.ui.handlers.menus import build_menus
from readinglist.ui.handlers.polling import Poll
from readinglist.ui.models.library_facts import Facts, LibraryFacts, read_facts
from readinglist.ui.models.scope import INBOX
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.panes.sidebar import Sidebar
from readinglist.ui.reader.tabs import ReaderTabs
from readinglist.ui.widgets.action_set import ActionSet, parse_own_keys
from readinglist.ui.widgets.first_paint import FirstPaint
from readinglist.ui.widgets.three_panes import ThreePanes
from readinglist.ui.widgets.turns import Turns
from readinglist.ui.widgets.window_state import WindowState

if TYPE_CHECKING:
    from readinglist.domain.raw import Drop
    from readinglist.ui.handlers.rest import Rest
    from readinglist.ui.handlers.table import Handlers
    from readinglist.ui.panes.detail import DetailPane
    from readinglist.ui.widgets.toast import Toast

log = logging.getLogger(__name__)

SIZE = (1280, 820)
SMALLEST = (720, 480)
UNSEEN_MS = 50  # after a page came to the front
# What `rest` is made of, in pieces of a few milliseconds.
PARTS_OF_REST = (
    *("services.drops", "ui.handlers.dropping", "ui.panes.detail", "ui.panes.search_hits", "ui.widgets.toast"),
    *("services.files", "services.gathering", "ui.handlers.imports", "services.reading", "ui.handlers.reader"),
    *("ui.handlers.edits", "ui.handlers.recommending", "ui.handlers.rest"),
)


class MainWindow(QMainWindow):
    """The window of one library.

    Args:
        workspace: The core.
        bridge: The road to it.
    """

    painted = Signal()  # the first list is on the screen

    def __init__(self, workspace: Workspace, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle("Reading List")
        self.setMinimumSize(*SMALLEST)
        self._workspace = workspace
        self._bridge = bridge
        self._undo = UndoStatus()
        self.state = WindowState(workspace.settings.path.parent)
        self.actions_ = ActionSet(self, parse_own_keys(workspace.settings.get(SHORTCUTS)))
        self._facts = LibraryFacts(lambda: read_facts(workspace), bridge, self)
        self._poll = Poll(workspace, bridge, self)
        self._beginning: Turns | None = None
        self._build_frame()
        self.bar = build_menus(self, self.actions_)
        self.actions_.attach(self.papers.cards)
        self.papers.table_made.connect(self.actions_.attach)
        self._restore_layout()

    def show_library(self) -> None:
        """Show the window with its first list; everything else comes after the first painting."""
        self.sidebar.choose(INBOX)
        self.papers.open_first(INBOX)
        if self.papers.model.rowCount() == 0:
            self._complete()
            self._facts.ask_now()  # an empty list is quickly counted, and may mean an empty library
        first_paint = FirstPaint(self)
        first_paint.happened.connect(partial(log.info, "the first list is painted"))
        self.show()
        self._beginning = Turns(self, self._pieces_of_beginning(), is_waiting=True)  # a key does not wait for the paint
        first_paint.happened.connect(self._beginning.begin)
        self.papers.take_keyboard()

    def offer(self, drops: "Sequence[Drop]") -> None:
        """Show what is in files that were named at the start or by a second start."""
        self.handlers.imports.review(drops)

    def follow(self, address: str) -> None:
        """Open the paper that a link from an export names, at its page."""
        self.handlers.reader.follow(address)

    def come_to_front(self) -> None:
        """Show the window to somebody who started the program again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def stop(self) -> None:
        """Start nothing more; the application is ending."""
        if self._beginning is not None:
            self._beginning.stop()
        self._poll.stop()
        self.papers.query.stop()

    @cached_property
    def rest(self) -> "Rest":
        """What the list alone can do without, in its place and connected."""
        from readinglist.ui.handlers.rest import Rest

        rest = Rest(self, self._workspace, self._bridge)
        self._column.addWidget(rest.jobs)
        self._middle.addWidget(rest.welcome)
        self.panes.put_right(rest.detail)
        rest.detail.restore_layout(self.state.bytes_of("detail"))
        self.papers.current_changed.connect(lambda _: self._show_current())
        self.papers.chosen_changed.connect(self._update_actions)
        self.papers.mode_changed.connect(self._update_actions)
        self.papers.menu_wanted.connect(self._show_paper_menu)
        self.tabs.front_changed.connect(self._show_front)
        rest.detail.left.connect(self._focus_middle)
        self._facts.changed.connect(self._show_facts)
        self._forget_settings = self._workspace.settings.subscribe(self._on_setting)
        self.setAcceptDrops(True)
        return rest

    @property
    def detail(self) -> "DetailPane":
        """The chosen paper, on the right."""
        return self.rest.detail

    @property
    def toast(self) -> "Toast":
        """What was just done, in a sentence."""
        return self.rest.toast

    @property
    def handlers(self) -> "Handlers":
        """What actions do."""
        return self.rest.handlers

    def _build_frame(self) -> None:
        self.sidebar = Sidebar(self)
        self.papers = PapersPane(self._workspace.catalog, self._bridge, self)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self.papers)
        self.tabs = ReaderTabs(self._middle, self)
        self.panes = ThreePanes(self.sidebar, self.tabs, self)
        self.central = QWidget(self)
        self._column = QVBoxLayout(self.central)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.panes, 1)
        self.setCentralWidget(self.central)

    def _complete(self) -> None:
        self._show_current()
        self._update_actions()

    def _pieces_of_beginning(self) -> Iterator[Callable[[], object]]:
        yield from (partial(import_module, f"readinglist.{name}") for name in PARTS_OF_REST)
        yield from (self._complete, self.papers.complete_list, self._facts.ask, self._poll.start, self.painted.emit)

    def _show_current(self) -> None:
        self.detail.show_paper(self.rest.parts.current)
        if self.detail.paper is not None and self.detail.paper.pdf:
            self._workspace.reading.prepare()  # it may be opened next, and then half a second is long

    def _show_front(self) -> None:
        """Another tab is in front: its paper is the one that actions and details are about."""
        self.rest.parts.fronts.show(is_reading=not self.tabs.is_list_in_front)
        if self.detail.isHidden():
            QTimer.singleShot(UNSEEN_MS, self, self._show_current)  # nobody sees it: the pages are painted first
        else:
            self._show_current()
        self._update_actions()
        self._focus_middle()

    def _focus_middle(self) -> None:
        if self.tabs.front_pdf is not None:
            self.tabs.front_pdf.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.papers.take_keyboard()

    def _show_paper_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("paper-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.actions_.fill(menu, [one for one in PAPER_MENU if not one or self.actions_[one].isEnabled()])
        menu.popup(place)

    def _update_actions(self) -> None:
        is_reading = not self.tabs.is_list_in_front
        self.actions_.update(
            Situation(
                selected=1 if is_reading else self.papers.chosen_count,
                listed=self.papers.model.rowCount(),
                is_bin=self.papers.scope.is_bin and not is_reading,
                is_reading=is_reading,
                is_waiting=is_reading and self.tabs.front is None,
                tabs=len(self.tabs.pdfs),
                is_like=self.papers.scope.is_like,
                is_collection=self.papers.scope.collection is not None,
                is_map=self.papers.bar.mode == "map" and not is_reading,
                undo_label=self._undo.undo_label,
                redo_label=self._undo.redo_label,
            )
        )

    def _show_facts(self, facts: Facts) -> None:
        self.sidebar.show_counts(facts.counts)
        self.sidebar.show_collections(facts.collections)
        self.sidebar.show_tags(facts.tags)
        self.detail.set_tags(facts.tags)
        self.detail.show_library(is_empty=facts.is_empty)
        self.papers.set_tag_colors({tag.name: tag.color for tag in facts.tags})
        self._undo = facts.undo
        is_leaving = self.rest.welcome.isAncestorOf(QApplication.focusWidget() or self) and not facts.is_empty
        self._middle.setCurrentWidget(self.rest.welcome if facts.is_empty else self.papers)
        if is_leaving:
            self.papers.take_keyboard()
        self.toast.raise_()  # a page that comes to the front covers it
        self._update_actions()

    def _on_setting(self, setting: AnySetting) -> None:
        application = QApplication.instance()
        if setting is THEME and isinstance(application, QApplication):
            theme.apply(application, self._workspace.settings.get(THEME))
        elif setting is SHORTCUTS:
            self.actions_.set_keys(parse_own_keys(self._workspace.settings.get(SHORTCUTS)))

    def _restore_layout(self) -> None:
        if not self.restoreGeometry(self.state.bytes_of("geometry")):
            self.resize(*SIZE)
        self.sidebar.restore_closed(self.state.text_of("closed"))
        self.panes.restore(self.state.bytes_of("panes"), self.width())
        self.papers.restore_layout(self.state.text_of("view", "cards"), self.state.bytes_of("columns"))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.detail.may_close():
            event.ignore()
            return
        self._forget_settings()
        self.handlers.reader.close_all()
        self.tabs.show_library()
        mode, columns = self.papers.layout_state()
        panes = self.panes.saveState()
        detail, closed = self.detail.layout_state(), self.sidebar.closed_branches()
        kept: dict[str, QByteArray | str] = {
            "panes": panes,
            "detail": detail,
            "view": mode,
            "columns": columns,
            "closed": closed,
        }
        self.state.keep({"geometry": self.saveGeometry(), **kept})
        super().closeEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.rest.dropping.enter(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.rest.dropping.move(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.rest.dropping.leave()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.rest.dropping.drop(event)
