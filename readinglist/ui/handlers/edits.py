"""Actions that change papers. Every one is undoable and says so in a toast."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.domain.wording import count_text
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.undo import UndoReport
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.scope import STARRED, Scope

UNREAD = frozenset({Status.INBOX, Status.TO_READ})
LOOKED_AT = 500  # rows read to see whether all chosen papers have a star


class Edits:
    """Changes to what is chosen in the list, or dropped on the sidebar."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "undo": self.undo,
            "redo": self.redo,
            "star": self.toggle_star,
            "delete": self.delete,
            "restore": self.restore,
            "purge": self.purge,
            "empty-bin": self.empty_bin,
            **{f"status-{one.value}": partial(self.set_status, one) for one in Status},
            **{f"priority-{one.name.lower()}": partial(self.set_priority, one) for one in Priority},
        }

    def set_status(self, status: Status, ids: Sequence[PaperId] | None = None) -> None:
        """Give papers a status; in the list of another status they leave at once and the next one is chosen."""
        parts = self._parts
        chosen = list(parts.chosen if ids is None else ids)
        if not chosen:
            return
        if parts.tabs.is_list_in_front:
            self._go_on_from(chosen, status)

        def done(changes: Changes) -> None:
            parts.papers.settle(chosen)
            if changes:
                parts.say_with_undo(f"{count_text(len(chosen), 'paper')} marked as {status.label}.")

        parts.edit(lambda: parts.workspace.edit.set_status(chosen, status), done)

    def _go_on_from(self, chosen: Sequence[PaperId], status: Status) -> None:
        """Let papers leave a list that they no longer belong to, and go on to the next one."""
        papers = self._parts.papers
        is_recommending = papers.scope.wish is not None
        if papers.scope.status not in {None, status} or (is_recommending and status not in UNREAD):
            papers.take_out(chosen)
        elif is_recommending and len(chosen) == 1:
            papers.step(1)  # it may be read next, and stays; the decision about it is made all the same

    def toggle_star(self) -> None:
        """Star the chosen papers, or take the star away if all of them have one."""
        parts = self._parts
        chosen = parts.chosen
        rows = parts.workspace.catalog.rows(chosen[:LOOKED_AT])
        self._set_star(chosen, is_starred=not all(row.is_starred for row in rows))

    def set_priority(self, priority: Priority) -> None:
        """Give the chosen papers a priority."""
        parts = self._parts
        chosen = parts.chosen
        words = f"{priority.name.lower()} priority" if priority else "no priority"
        text = f"{count_text(len(chosen), 'paper')} given {words}."
        parts.edit(lambda: parts.workspace.edit.set_priority(chosen, priority), lambda _: parts.say_with_undo(text))

    def delete(self, ids: Sequence[PaperId] | None = None) -> None:
        """Move papers to the bin."""
        parts = self._parts
        chosen = list(parts.chosen if ids is None else ids)
        if not chosen:
            return
        parts.papers.take_out(chosen)

        def done(_: Changes) -> None:
            parts.papers.settle(chosen)
            parts.say_with_undo(f"{count_text(len(chosen), 'paper')} moved to the bin.")

        parts.edit(lambda: parts.workspace.edit.delete(chosen), done)

    def restore(self) -> None:
        """Put the chosen papers back from the bin."""
        parts = self._parts
        chosen = parts.chosen
        parts.papers.take_out(chosen)

        def done(_: Changes) -> None:
            parts.papers.settle(chosen)
            parts.say_with_undo(f"{count_text(len(chosen), 'paper')} put back.")

        parts.edit(lambda: parts.workspace.edit.restore(chosen), done)

    def purge(self) -> None:
        """Remove the chosen papers from the bin."""
        parts = self._parts
        chosen = parts.chosen
        parts.papers.take_out(chosen)

        def done(_: Changes) -> None:
            parts.papers.settle(chosen)
            parts.say_with_undo(f"{count_text(len(chosen), 'paper')} deleted for good.")

        parts.edit(lambda: parts.workspace.edit.purge(chosen), done)

    def empty_bin(self) -> None:
        """Remove everything from the bin."""
        parts = self._parts
        parts.edit(
            parts.workspace.edit.empty_bin,
            lambda changes: parts.say_with_undo(f"{count_text(len(changes.ids), 'paper')} deleted for good."),
        )

    def undo(self) -> None:
        """Take the last change back."""
        self._step("undo", self._parts.workspace.undo.undo, lambda one: self._tell_undone(one, "Undone", "redo"))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step("redo", self._parts.workspace.undo.redo, lambda one: self._tell_undone(one, "Done again", "undo"))

    def drop_on(self, scope: Scope, ids: list[PaperId]) -> None:
        """Give papers what the sidebar entry stands for that they were dropped on."""
        if scope.status is not None:
            self.set_status(scope.status, ids)
        elif scope.is_bin:
            self.delete(ids)
        elif scope == STARRED:
            self._set_star(ids, is_starred=True)

    def move_in_queue(self, ids: list[PaperId], before: PaperId | None) -> None:
        """Give papers another place in the To read queue."""
        parts = self._parts
        parts.edit(lambda: parts.workspace.edit.move_in_queue(ids, before))

    def _set_star(self, ids: Sequence[PaperId], *, is_starred: bool) -> None:
        parts = self._parts
        words = "starred" if is_starred else "without a star now"
        text = f"{count_text(len(ids), 'paper')} {words}."
        parts.edit(
            lambda: parts.workspace.edit.set_starred(ids, starred=is_starred), lambda _: parts.say_with_undo(text)
        )

    def _step(
        self, action: str, step: Callable[..., UndoReport | None], on_done: Callable[[UndoReport | None], None]
    ) -> None:
        """Take a step, which may be an import of many papers, and show how far that is."""
        parts = self._parts

        def work(context: JobContext) -> UndoReport | None:
            def progress(done: int, total: int) -> None:
                context.check_cancelled()
                context.progress(done, total)

            return step(progress=progress)

        label = parts.actions[action].text().replace("&&", "&")
        parts.bridge.run(work, lane=Lane.LIBRARY, on_done=on_done, on_error=parts.fail, label=label, is_kept=True)

    def _tell_undone(self, report: UndoReport | None, word: str, inverse: str) -> None:
        parts = self._parts
        if report is None:
            parts.toast.say("There is nothing to undo." if inverse == "redo" else "There is nothing to do again.")
            return
        parts.papers.expect(report.changes.ids)
        parts.toast.say(f"{word}: {report.label}.", action=inverse.capitalize(), run=parts.actions[inverse].trigger)
