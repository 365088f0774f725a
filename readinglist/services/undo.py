"""Taking steps back and doing them again, whichever program made them."""

from dataclasses import dataclass

from readinglist.domain.changes import Changes, Progress, UndoStatus, unheard
from readinglist.library.library import Library
from readinglist.services.events import EventHub

__all__ = ["Undo", "UndoReport", "UndoStatus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What was taken back, or done again.

    Attributes:
        label: Of the step, "Tag 12 papers".
    """

    label: str
    changes: Changes


class Undo:
    """The history of a library."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._events = events

    def status(self) -> UndoStatus:
        """Say what the next step back and the next step forward would be."""
        with self._library.read() as reader:
            return reader.history.status()

    def undo(self, *, initiator: str = "", progress: Progress = unheard) -> UndoReport | None:
        """Take the last step back; None if there is none.

        Args:
            initiator: Who asks.
            progress: Hears how far it is; what it raises leaves everything as it was.
        """
        return self._step(self._library.step_back(initiator=initiator, progress=progress))

    def redo(self, *, initiator: str = "", progress: Progress = unheard) -> UndoReport | None:
        """Do again the step that was taken back last; None if there is none. As `undo`."""
        return self._step(self._library.step_forward(initiator=initiator, progress=progress))

    def _step(self, step: tuple[str | None, Changes]) -> UndoReport | None:
        label, changes = step
        if label is None:
            return None
        self._events.publish(changes)
        return UndoReport(label=label, changes=changes)
