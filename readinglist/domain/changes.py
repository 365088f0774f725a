"""What a write did: which kinds of facts about which papers. Published after commit, in every process.

And what can be taken back of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from readinglist.domain.paper import PaperId

Progress = Callable[[int, int], None]  # (rows done, rows in all); what it raises calls the write off


class ChangeKind(StrEnum):
    """What about a paper changed; a pane subscribes to the kinds it shows."""

    ADDED = "added"  # papers came into the library, or out of the bin
    REMOVED = "removed"  # papers went to the bin, or away for good
    STATUS = "status"  # status, its dates, the queue
    MARKS = "marks"  # star, priority, rating
    TAGS = "tags"
    COLLECTIONS = "collections"  # which there are, and which papers are in them
    NOTE = "note"
    DETAILS = "details"  # bibliographic facts, identifiers, mentions
    FILES = "files"  # which files it has, and what is known of them
    ANNOTATIONS = "annotations"  # what is drawn and written on its pages
    VECTORS = "vectors"
    MAP = "map"  # where papers lie on the map
    FEEDBACK = "feedback"  # what For you was told of papers, and how long they were read
    HISTORY = "history"  # what can be undone or redone


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The effect of one committed write.

    Attributes:
        kinds: What changed; empty if nothing did.
        ids: The papers touched. Large for imports; never an estimate.
        initiator: Who asked, so that a pane can ignore its own edits; empty for another process.
    """

    kinds: frozenset[ChangeKind] = field(default_factory=frozenset)
    ids: frozenset[PaperId] = field(default_factory=frozenset)
    initiator: str = ""

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(kinds=self.kinds | other.kinds, ids=self.ids | other.ids, initiator=self.initiator)

    def __bool__(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStatus:
    """What the Edit menu shows; None where there is nothing to take back or to do again."""

    undo_label: str | None = None
    redo_label: str | None = None


def unheard(_done: int, _total: int) -> None:
    """Nobody asks how far a write is."""
