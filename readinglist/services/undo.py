"""Taking steps back and doing them again, whichever program made them."""

from collections.abc import Callable
from dataclasses import dataclass

from readinglist.domain.changes import Changes, UndoStatus
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

    def undo(self, *, initiator: str = "") -> UndoReport | None:
        """Take the last step back; None if there is none."""
        return self._step(self._library.step_back, initiator)

    def redo(self, *, initiator: str = "") -> UndoReport | None:
        """Do again the step that was taken back last; None if there is none."""
        return self._step(self._library.step_forward, initiator)

    def _step(self, step: Callable[..., tuple[str | None, Changes]], initiator: str) -> UndoReport | None:
        label, changes = step(initiator=initiator)
        if label is None:
            return None
        self._events.publish(changes)
        return UndoReport(label=label, changes=changes)
