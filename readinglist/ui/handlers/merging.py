"""Merging the chosen papers: looked at first, done as one step, and the merged one is shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.widgets.toast import Offer

if TYPE_CHECKING:
    from readinglist.domain.joining import Joined


class Merging:
    """Makes one paper of several."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {"merge": self.ask}

    def ask(self) -> None:
        """Show what the chosen papers would become, and go on when the reader agrees.

        What is being typed into a note is written first: the sheet shows it, and the merged paper has it.
        """
        parts, chosen = self._parts, self._parts.papers.chosen
        parts.detail.save_note()
        parts.edit(lambda: parts.workspace.merging.plan(chosen), self._show)

    def _show(self, joined: "Joined") -> None:
        from readinglist.ui.dialogs.merge import MergeSheet

        sheet = MergeSheet(joined, self._parts.window)
        sheet.accepted.connect(lambda: self._merge(sheet.joined, sheet.leading))
        sheet.open()

    def _merge(self, joined: "Joined", leading: PaperId) -> None:
        parts, kept = self._parts, joined.paper.id
        ids = [one.paper.id for one in joined.entries]
        parts.papers.take_out(joined.gone)
        parts.papers.show_paper(kept)
        is_leaving = parts.papers.scope.status not in {None, joined.paper.status}
        show = Offer(word="Show", tip="Go to the merged paper.", run=lambda: parts.go_to(kept))

        def done(_: Changes) -> None:
            parts.papers.settle(joined.gone)
            text = f"{count_text(len(ids), 'paper')} merged into one."
            parts.say_with_undo(text, offer=show if is_leaving else None)

        parts.edit(lambda: parts.workspace.merging.merge(ids, leading=leading), done)
