"""Writes that the reader makes: each is one step that can be undone, with a name in the reader's words."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.events import EventHub

if TYPE_CHECKING:
    from readinglist.library.unit import Writer


class Steps:
    """Changes a library and tells about it."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._events = events

    def take(
        self, label: str | None, change: Callable[["Writer"], object], initiator: str, *, merge_key: str = ""
    ) -> Changes:
        """Make one step.

        Args:
            label: What it is called; None for what cannot be undone.
            change: Does it.
            initiator: Comes back in the changes.
            merge_key: Steps of the same one that follow each other closely are one step.
        """
        with self._library.write(label, initiator=initiator, merge_key=merge_key) as writer:
            change(writer)
        if writer.changes:
            self._events.publish(writer.changes)
        return writer.changes

    def of_papers(
        self,
        ids: Iterable[PaperId],
        label: str,
        change: Callable[["Writer", Sequence[PaperId]], object],
        initiator: str,
    ) -> Changes:
        """Change papers in one step; without papers nothing happens.

        Args:
            ids: The papers; each counts once.
            label: `{}` in it becomes their number.
            change: Does it.
            initiator: Comes back in the changes.
        """
        chosen = list(dict.fromkeys(ids))
        if not chosen:
            return Changes(initiator=initiator)
        label = label.format(count_text(len(chosen), "paper"))
        return self.take(label, lambda writer: change(writer, chosen), initiator)


def literal(text: str) -> str:
    """Return text that stays as it is in a label, where braces have a meaning.

    >>> literal("{x}").format("2 papers")
    '{x}'
    """
    return text.replace("{", "{{").replace("}", "}}")
