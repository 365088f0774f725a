"""Tabs of PDFs that belong to another paper now: entries were merged, or that was taken back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId
from readinglist.ui.actions import Context
from readinglist.ui.handlers.parts import Parts

if TYPE_CHECKING:
    from readinglist.ui.reader.tab import ReaderTab
    from readinglist.ui.reader.waiting_tab import WaitingTab

    AnyTab = ReaderTab | WaitingTab


class MovedTabs:
    """Lets a tab stay with the paper that has its file.

    Args:
        parts: Of the window.
        leave: Keeps the place in a tab for the paper that its file belongs to now; called before the tab goes.
        end: Ends a tab that was taken out.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        leave: "Callable[[AnyTab, PaperId], None]",
        end: "Callable[[AnyTab], None]",
    ) -> None:
        self._parts = parts
        self._leave = leave
        self._end = end

    def follow(self, changes: Changes) -> None:
        """Look whose the files of open tabs are; the tab in front is opened anew at once, the others when they are."""
        tabs = [tab for tab in self._parts.tabs.pdfs if tab.paper_id in changes.ids]
        if not tabs:
            return
        owners = self._parts.workspace.files.owners(tab.sha256 for tab in tabs)
        for tab in tabs:
            having = owners.get(tab.sha256, ())
            others = [one for one in having if one in changes.ids]
            if tab.paper_id not in having and others:
                self._give(tab, others[0])

    def _give(self, tab: "AnyTab", paper_id: PaperId) -> None:
        from readinglist.ui.reader.waiting_tab import WaitingTab

        parts = self._parts
        self._leave(tab, paper_id)
        (row,) = parts.workspace.catalog.rows([paper_id])
        is_in_front = parts.tabs.currentWidget() is tab
        there = parts.tabs.find_pdf(paper_id, tab.sha256)
        if there is None:
            there = WaitingTab(paper_id, tab.sha256, row.title)
            parts.actions.attach(there, Context.READER)
            parts.tabs.add_waiting(there, row.title, place=parts.tabs.indexOf(tab))
        parts.tabs.take_out(tab)
        self._end(tab)
        if is_in_front:
            parts.tabs.setCurrentWidget(there)
