"""What a list says when there is nothing in it: why, and what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from readinglist.domain.paper import Status
from readinglist.ui.models.scope import ALL, BIN, FOR_YOU, STARRED, Scope, has_words
from readinglist.ui.widgets.empty_state import EmptyState

HINTS = {
    Status.INBOX: ("The Inbox is empty", "Drop files, addresses or text anywhere on this window to bring papers in."),
    Status.TO_READ: ("Nothing is waiting to be read", "Press 2 on a paper to give it a place in this queue."),
    Status.READING: ("You are not reading anything", "Press 3 on a paper when you begin to read it."),
    Status.READ: ("Nothing has been read yet", "Press 4 on a paper when you are done with it."),
    Status.SKIPPED: ("Nothing was skipped", "Press 5 on a paper that you looked at and do not want."),
}
NO_PAPERS = ("No papers yet", "Drop files, addresses or text anywhere on this window to bring papers in.")
LOOKING = ("No paper has these words", "Looking for papers that are close in meaning…")
LISTS = {
    BIN.query: ("The bin is empty", "Papers that you delete stay here until you empty it."),
    STARRED.query: ("No paper has a star", "Press S on a paper to give it one."),
    FOR_YOU.query: (
        "Nothing to recommend",
        "Every paper is read, skipped or hidden. Drop new ones anywhere on this window.",
    ),
}


class NothingHere(EmptyState):
    """The empty state of the list."""

    clear_wanted = Signal()
    everywhere_wanted = Signal()  # the same search in all papers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="nothing", icon="all", title="", parent=parent)
        self._clear = self.add_button("Clear the search", "nothing-clear")
        self._clear.clicked.connect(self.clear_wanted)
        self._everywhere = self.add_button("Search all papers", "nothing-everywhere")
        self._everywhere.clicked.connect(self.everywhere_wanted)

    def explain_scope(self, scope: Scope, search: str, *, is_looking: bool = False) -> None:
        """Say why a list is empty.

        Args:
            scope: The list.
            search: What narrows it.
            is_looking: There may be papers that are close in meaning to the search.
        """
        is_search = bool(search.strip())
        title, hint = _words_of_search(scope, search, is_looking=is_looking) if is_search else _words(scope)
        self.explain(title, hint, icon="search" if is_search else scope.icon)
        self._clear.setVisible(is_search)
        self._everywhere.setVisible(is_search and scope not in {ALL, BIN})


def _words_of_search(scope: Scope, search: str, *, is_looking: bool) -> tuple[str, str]:
    if is_looking:
        return LOOKING
    fewer = "words" if has_words(search) else "filters"
    return "No paper matches", f"Nothing in {scope.title} fits this search. Fewer {fewer} find more."


def _words(scope: Scope) -> tuple[str, str]:
    if scope.status is not None:
        return HINTS[scope.status]
    if scope.tag is not None:
        return "No paper has this tag", "Drag papers onto the tag in the sidebar, or press T on a paper."
    if scope.collection is not None:
        return (
            "This collection is empty",
            "Drag papers onto it in the sidebar, or press C on a paper.",
        )
    return LISTS.get(scope.query, NO_PAPERS)
