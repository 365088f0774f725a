"""Actions on what For you recommends: what is said of it, what it goes by, and why a paper stands where it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from readinglist.domain.changes import Changes
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Explanation
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.grouping import grouping_of
from readinglist.ui.models.scope import FOR_YOU, Scope, like_scope
from readinglist.ui.panes.for_you import ForYouList

GIVEN = {
    Feedback.MORE: "More papers like {} from now on.",
    Feedback.LESS: "Fewer papers like {} from now on.",
    Feedback.HIDE: "{} hidden from For you.",
}
TAKEN = {
    Feedback.MORE: "Papers like {} are no longer favoured.",
    Feedback.LESS: "Papers like {} are no longer held back.",
    Feedback.HIDE: "{} may be recommended again.",
}
LATEST = "is:latest"
NO_SUGGESTION = "No tag is suggested for {}."
LOOKING = "Tags for {} are still being looked for."


class Recommending:
    """Handles the actions of one window.

    Attributes:
        list: Stands behind the list of papers while that shows recommendations.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.list = ForYouList(parts.workspace, parts.bridge, parts.papers, parts.window)
        self.list.scope_wanted.connect(self.show)
        self.list.unlike_taken_back.connect(lambda: self._show_unlike(self.list.wish.unlike[:-1]))
        parts.sidebar.recommend_wanted.connect(self.show_from)
        parts.sidebar.dropped.connect(self._take_drop)

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "compare": self.compare,
            "for-you": self.show,
            "for-you-latest": lambda: self.show(search=LATEST),
            "more-like": lambda: self.say(Feedback.MORE),
            "less-like": lambda: self.say(Feedback.LESS),
            "hide": lambda: self.say(Feedback.HIDE),
            "recommend-like": self.show_like,
            "recommend-unlike": self.leave_out_like,
            "why-not": self.explain,
            "accept-tag": self.accept_tag,
            "refuse-tag": self.refuse_tag,
        }

    def show(self, scope: Scope = FOR_YOU, *, search: str = "") -> None:
        """Show a list of recommendations, narrowed by a search, and mark For you in the sidebar."""
        self._parts.tabs.show_library()  # a PDF gives way to it
        self._parts.sidebar.choose(scope)
        self._parts.papers.show_scope(scope, search=search)
        self._parts.papers.take_keyboard()

    def show_from(self, scope: Scope) -> None:
        """Show unread papers like those of a tag or a collection."""
        grouping = grouping_of(scope)
        if grouping is not None:
            self.show(grouping.wish_scope_of(scope.title))

    def show_like(self, ids: Sequence[PaperId] | None = None) -> None:
        """Show unread papers like those that are chosen."""
        chosen = tuple(self._parts.papers.chosen if ids is None else ids)
        if chosen:
            self.show(like_scope(chosen, name=self._name(chosen)))

    def leave_out_like(self) -> None:
        """Keep papers like the chosen ones out of a list that goes by chosen papers."""
        wish, chosen = self.list.wish, tuple(self._parts.papers.chosen)
        if wish.like and chosen:
            self._show_unlike((*wish.unlike, *(one for one in chosen if one not in wish.unlike)))

    def _show_unlike(self, unlike: tuple[PaperId, ...]) -> None:
        like, name = self.list.wish.like, self._name(unlike)
        self.show(like_scope(like, unlike, name=self._name(like)))
        if name:
            self.list.bar.show_left_out(f"Not like “{name}”")

    def say(self, kind: Feedback, ids: Sequence[PaperId] | None = None) -> None:
        """Say something of the chosen papers, or take it back if it was said of all of them.

        In For you, what is not wanted leaves the list at once and the next paper is chosen.
        """
        parts = self._parts
        chosen = list(parts.papers.chosen if ids is None else ids)
        if not chosen:
            return
        is_leaving = self.list.is_shown and kind is not Feedback.MORE
        self.list.follow_word()
        if is_leaving:
            parts.papers.take_out(chosen)

        def done(result: tuple[Changes, bool]) -> None:
            changes, is_given = result
            if is_leaving:
                parts.papers.settle(chosen)
            if changes:
                words = (GIVEN if is_given else TAKEN)[kind]
                number = count_text(len(chosen), "paper")
                these = "this one" if len(chosen) == 1 else f"these {number}"
                parts.say_with_undo(words.format(number if kind is Feedback.HIDE else these))

        parts.edit(lambda: parts.workspace.edit.toggle_feedback(chosen, kind), done)

    def explain(self) -> None:
        """Say why the chosen paper is recommended, or why it is not."""
        parts, asked = self._parts, self.list.asked
        paper_id = parts.papers.current
        if paper_id is None:
            return
        if self.list.is_shown:  # where it may have stayed, because the reader looks at it
            asked = replace(asked, kept=(paper_id,))

        def show(explanation: Explanation) -> None:
            from readinglist.ui.dialogs.why import WhyDialog

            title = parts.workspace.catalog.get(paper_id).title
            dialog = WhyDialog(title, explanation, parts.window)
            dialog.show_wanted.connect(lambda kind: self.say(kind, [paper_id]))
            dialog.open()

        workspace = parts.workspace
        parts.bridge.run(
            lambda _context: workspace.recommend.explain(paper_id, asked), lane=Lane.INTERACTIVE, on_done=show
        )

    def compare(self) -> None:
        """Have the model read what it has not read yet, or say that it has."""
        indexing, toast = self._parts.workspace.indexing, self._parts.toast
        state = indexing.state()
        is_complete = 0 < state.total == state.done and not state.passages.has_work and not state.problem
        if is_complete:
            toast.say("All papers are compared by meaning already.")
        elif indexing.begin_now():
            toast.say("The model is reading what it has not read yet.")
        else:
            toast.say("The model is reading already.")

    def accept_tag(self) -> None:
        """Give what is chosen the first of the suggested tags."""
        if not self._parts.detail.suggested.accept_first():
            self._say_no_tag()

    def refuse_tag(self) -> None:
        """Have the first of the suggested tags suggested no more."""
        if not self._parts.detail.suggested.refuse_first():
            self._say_no_tag()

    def _say_no_tag(self) -> None:
        parts = self._parts
        these = "these papers" if parts.papers.chosen_count > 1 else "this paper"
        parts.toast.say((LOOKING if parts.detail.is_suggesting else NO_SUGGESTION).format(these))

    def _name(self, ids: Sequence[PaperId]) -> str:
        """Return the title of a single paper; of several, they are counted."""
        rows = self._parts.workspace.catalog.rows(ids[:1]) if len(ids) == 1 else []
        return rows[0].title if rows else ""

    def _take_drop(self, scope: Scope, ids: list[PaperId]) -> None:
        """Papers that are dropped on For you are what it is to go by."""
        if scope.wish is not None:
            self.show_like(ids)
