"""What the reader does to papers in the detail pane, done off the main thread."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.panes.needs import Core

INITIATOR = "detail"


class PaperEdits(QObject):
    """Writes what was chosen, and says so in a sentence that fits a toast.

    Args:
        core: Writes.
        bridge: Takes the work to the library's lane.
        parent: Owner.
    """

    done = Signal(str)  # a sentence; the step can be undone
    settled = Signal()  # nothing is under way any more: the library's word counts, also after a failure

    def __init__(self, core: Core, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = core.edit
        self._core = core
        self._bridge = bridge
        self._under_way = 0

    def set_status(self, ids: Sequence[PaperId], status: Status) -> None:
        """Mark papers."""
        ids = tuple(ids)
        self._run(
            lambda: self._edit.set_status(ids, status, initiator=INITIATOR),
            f"{_papers(ids)} marked as {status.label}.",
        )

    def set_starred(self, ids: Sequence[PaperId], *, starred: bool) -> None:
        """Give or take stars."""
        ids = tuple(ids)
        self._run(
            lambda: self._edit.set_starred(ids, starred=starred, initiator=INITIATOR),
            f"{_papers(ids)} starred." if starred else f"Star taken from {_papers(ids)}.",
        )

    def set_priority(self, ids: Sequence[PaperId], priority: Priority) -> None:
        """Say how urgent."""
        ids = tuple(ids)
        self._run(
            lambda: self._edit.set_priority(ids, priority, initiator=INITIATOR),
            f"Priority of {_papers(ids)}: {priority.name.lower()}.",
        )

    def set_rating(self, ids: Sequence[PaperId], rating: int) -> None:
        """Rate."""
        ids = tuple(ids)
        self._run(
            lambda: self._edit.set_rating(ids, rating, initiator=INITIATOR),
            f"{_papers(ids)} rated {rating} of 5." if rating else f"Rating taken from {_papers(ids)}.",
        )

    def add_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Tag."""
        ids, names = tuple(ids), tuple(names)
        self._run(
            lambda: self._edit.add_tags(ids, names, initiator=INITIATOR),
            f"{_papers(ids)} tagged {', '.join(names)}.",
        )

    def refuse_tag(self, ids: Sequence[PaperId], name: str) -> None:
        """Have a tag suggested no more."""
        ids = tuple(ids)
        self._run(
            lambda: self._edit.refuse_tag(ids, name, initiator=INITIATOR),
            f"The tag {name} is no longer suggested for {_papers(ids)}.",
        )

    def remove_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Take tags away."""
        ids, names = tuple(ids), tuple(names)
        self._run(
            lambda: self._edit.remove_tags(ids, names, initiator=INITIATOR),
            f"Tag {', '.join(names)} taken from {_papers(ids)}.",
        )

    def take_out(self, ids: Sequence[PaperId], name: str) -> None:
        """Take papers out of a collection."""
        ids, core = tuple(ids), self._core
        self._run(
            lambda: core.collections.take(ids, [name], initiator=INITIATOR),
            f"{_papers(ids)} taken out of {name}.",
        )

    def restore(self, ids: Sequence[PaperId]) -> None:
        """Put papers back."""
        ids = tuple(ids)
        self._run(lambda: self._edit.restore(ids, initiator=INITIATOR), f"{_papers(ids)} put back.")

    def _run(self, write: Callable[[], Changes], sentence: str) -> None:
        def finish(changes: Changes) -> None:
            if changes.kinds:
                self.done.emit(sentence)
            self._end_one()

        self._under_way += 1
        self._bridge.run(
            lambda _context: write(), lane=Lane.LIBRARY, on_done=finish, on_error=self._report, is_kept=True
        )

    def _report(self, error: BaseException) -> None:
        self._bridge.tell(sentence_of(error), is_error=True)
        self._end_one()

    def _end_one(self) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.settled.emit()


def _papers(ids: Sequence[PaperId]) -> str:
    return count_text(len(ids), "paper")
