"""Collections: papers put together for a purpose; each change is one step that can be undone."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.levels import tidy_name
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.steps import Steps, literal

if TYPE_CHECKING:
    from readinglist.library.unit import Writer

NOUN = "collection"


class Collections:
    """Changes collections. Every method takes `initiator`, which comes back in the changes."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._steps = Steps(library, events)

    def make(self, name: str, *, initiator: str = "") -> Changes:
        """Make a collection without papers; one that there is already stays as it is, and nothing changes.

        Raises:
            UserError: The name cannot be one.
        """
        label = f"Make the collection {tidy_name(name, NOUN)}"
        return self._steps.take(label, lambda writer: writer.collections.make(name), initiator)

    def put(self, ids: Iterable[PaperId], names: Sequence[str], *, initiator: str = "") -> Changes:
        """Put papers into collections; new collections are made.

        Raises:
            UserError: A name cannot be one.
        """
        label = f"Put {{}} into {_named(names)}"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.collections.put(chosen, names), initiator
        )

    def take(self, ids: Iterable[PaperId], names: Sequence[str], *, initiator: str = "") -> Changes:
        """Take papers out of collections, of these alone and not of those below them; they stay in the library.

        Raises:
            UserError: A name cannot be one.
        """
        label = f"Take {{}} out of {_named(names)}"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.collections.take(chosen, names), initiator
        )

    def change(
        self, ids: Iterable[PaperId], added: Sequence[str], removed: Sequence[str], *, initiator: str = ""
    ) -> Changes:
        """Put papers into collections and take them out of others, in one step; new collections are made.

        Raises:
            UserError: A name cannot be one.
        """
        if not added or not removed:
            one = self.take if removed else self.put
            return one(ids, removed or added, initiator=initiator)

        def change(writer: "Writer", chosen: Sequence[PaperId]) -> None:
            writer.collections.put(chosen, added)
            writer.collections.take(chosen, removed)

        return self._steps.of_papers(ids, "Change the collections of {}", change, initiator)

    def rename(self, old: str, new: str, *, initiator: str = "") -> Changes:
        """Rename a collection and those below it; one that has the new name already takes the papers over.

        Raises:
            UserError: There is no such collection, or the new name cannot be one.
        """
        label = f"Rename the collection {tidy_name(old, NOUN)}"
        return self._steps.take(label, lambda writer: writer.collections.rename(old, new), initiator)

    def delete(self, name: str, *, initiator: str = "") -> Changes:
        """Delete a collection and those below it; the papers stay.

        Raises:
            UserError: There is no such collection.
        """
        label = f"Delete the collection {tidy_name(name, NOUN)}"
        return self._steps.take(label, lambda writer: writer.collections.delete(name), initiator)


def _named(names: Sequence[str]) -> str:
    """Say what a step is about: the one collection by its name, or how many there are."""
    tidy = list(dict.fromkeys(tidy_name(name, NOUN) for name in names))
    return literal(tidy[0]) if len(tidy) == 1 else count_text(len(tidy), NOUN)
