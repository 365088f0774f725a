"""What handlers work with: the core, the road to it, and the parts of the window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QMainWindow

from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId
from readinglist.services.jobs import JobContext, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.handlers.fronts import Fronts
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.panes.sidebar import Sidebar
from readinglist.ui.reader.tabs import ReaderTabs
from readinglist.ui.widgets.action_set import ActionSet
from readinglist.ui.widgets.toast import Offer, Toast
from readinglist.ui.widgets.window_state import WindowState

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)  # a signal refers weakly to a method's object
class Parts:
    """The parts of one window.

    Attributes:
        window: Parent of dialogs.
        state: What is remembered of the window.
    """

    workspace: Workspace
    bridge: Bridge
    actions: ActionSet
    window: QMainWindow
    sidebar: Sidebar
    papers: PapersPane
    detail: DetailPane
    tabs: ReaderTabs
    toast: Toast
    state: WindowState
    fronts: Fronts

    @property
    def chosen(self) -> list[PaperId]:
        """What actions on papers are about: the paper that is being read, else those chosen in the list."""
        tab = self.tabs.front_pdf
        return [tab.paper_id] if tab is not None else self.papers.chosen

    @property
    def current(self) -> PaperId | None:
        """The paper whose details are shown."""
        tab = self.tabs.front_pdf
        return tab.paper_id if tab is not None else self.papers.current

    def go_to(self, paper_id: PaperId) -> None:
        """Show a paper in the list, or among all papers; the sidebar says where that is. A PDF gives way to it."""
        self.tabs.show_library()
        self.papers.reveal(paper_id)
        self.sidebar.choose(self.papers.scope)

    def edit(self, function: Callable[[], T], on_done: Callable[[T], None] | None = None, *, label: str = "") -> None:
        """Write to the library on its lane, and go on with the result."""

        def work(_context: JobContext) -> T:
            return function()

        self.bridge.run(work, lane=Lane.LIBRARY, on_done=on_done, on_error=self.fail, label=label, is_kept=True)

    def fail(self, error: BaseException) -> None:
        """Tell about a failed write and show the list as the library has it."""
        self.papers.settle()
        self.bridge.fail(error)

    def say_with_undo(self, text: str, *, offer: Offer | None = None) -> None:
        """Tell what was done, with a button that takes it back, and another one for what may come next."""
        self.toast.say(text, action="Undo", run=self.actions["undo"].trigger, offer=offer)
