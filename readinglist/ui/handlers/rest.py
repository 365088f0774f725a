"""What a window has besides its first list: built when that is on the screen, so that nobody waits for it."""

from typing import TYPE_CHECKING

from readinglist.app.workspace import Workspace
from readinglist.ui.bridge import Bridge
from readinglist.ui.handlers.dropping import Dropping
from readinglist.ui.handlers.fronts import Fronts
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.handlers.table import Handlers
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.panes.jobs import JobsStrip
from readinglist.ui.panes.search_completion import SearchCompletion
from readinglist.ui.panes.search_hits import SearchHits
from readinglist.ui.panes.sidebar_tools import SidebarTools
from readinglist.ui.panes.welcome import Welcome
from readinglist.ui.panes.why_pointer import WhyPointer
from readinglist.ui.widgets.drop_sheet import DropSheet
from readinglist.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow


class Rest:
    """The other parts of a window, and what its actions do; the window puts the parts where they belong.

    Args:
        window: Has the list, the sidebar, the tabs and the actions.
        workspace: The core.
        bridge: The road to it.
    """

    def __init__(self, window: "MainWindow", workspace: Workspace, bridge: Bridge) -> None:
        self.detail = DetailPane(workspace, bridge, window)
        self.jobs = JobsStrip(workspace.jobs, bridge, window)
        self.welcome = Welcome(window)
        self.toast = Toast(window.tabs)
        self.drop_sheet = DropSheet(window.central)
        self.parts = Parts(
            workspace=workspace,
            bridge=bridge,
            actions=window.actions_,
            window=window,
            sidebar=window.sidebar,
            papers=window.papers,
            detail=self.detail,
            tabs=window.tabs,
            toast=self.toast,
            state=window.state,
            fronts=Fronts(window.panes, left=window.sidebar, right=self.detail, above=(window.bar,)),
        )
        self.sidebar_tools = SidebarTools(window.sidebar)
        self.handlers = Handlers(self.parts)
        self.dropping = Dropping(self.drop_sheet, workspace.settings, self.handlers.imports.review)
        self.search_hits = SearchHits(workspace, bridge, window.papers, window)
        self.why_pointer = WhyPointer(window.papers.cards)
        self.completion = SearchCompletion(window.papers.search, workspace.catalog, bridge)
        window.actions_.handle(self.handlers.table())
        self._connect()

    def _connect(self) -> None:
        """Who hears of what."""
        actions, papers, sidebar = self.parts.actions, self.parts.papers, self.parts.sidebar
        handlers, detail = self.handlers, self.detail
        sidebar.scope_chosen.connect(handlers.asking.show_scope)
        sidebar.dropped.connect(handlers.edits.drop_on)
        sidebar.dropped.connect(handlers.drop_into_group)
        sidebar.new_wanted.connect(handlers.collections.make)
        sidebar.rename_wanted.connect(lambda scope: handlers.groups_of(scope).rename(scope.title))
        sidebar.color_chosen.connect(handlers.tags.set_color)
        sidebar.delete_wanted.connect(lambda scope: handlers.groups_of(scope).delete(scope.title))
        sidebar.export_wanted.connect(handlers.outward.export_list)
        sidebar.gone.connect(lambda scope: handlers.groups_of(scope).leave(scope))
        sidebar.empty_bin_wanted.connect(handlers.edits.empty_bin)
        papers.everywhere_wanted.connect(handlers.asking.search_everywhere)
        papers.opened.connect(actions["open"].trigger)
        papers.chosen_changed.connect(self._show_choice)
        self.parts.tabs.front_changed.connect(self._show_choice)
        self.why_pointer.followed.connect(lambda paper_id, place: handlers.reader.open(paper_id, found=place))
        papers.queue_moved.connect(handlers.edits.move_in_queue)
        detail.paper_wanted.connect(self.parts.go_to)
        detail.pdf_wanted.connect(handlers.outward.read)
        detail.file_wanted.connect(lambda paper_id, sha256: handlers.reader.open(paper_id, sha256=sha256))
        detail.feedback_taken_back.connect(lambda kind, paper_id: handlers.recommending.say(kind, [paper_id]))
        detail.edited.connect(self.parts.say_with_undo)
        detail.scope_wanted.connect(handlers.asking.show_scope)
        self.welcome.fetch_wanted.connect(actions["fetch-today"].trigger)
        self.welcome.open_wanted.connect(actions["import-files"].trigger)
        self.parts.bridge.on_notice(lambda notice: self.toast.say(notice.message, is_error=notice.is_error))

    def _show_choice(self) -> None:
        self.detail.show_choice(self.parts.chosen)
