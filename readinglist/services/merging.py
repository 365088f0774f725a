"""Entries of one work made one paper: looked at before, done as one step, and taken back as one."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.joining import MOST, Entry, Joined, join
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.steps import Steps

if TYPE_CHECKING:
    from readinglist.library.unit import Writer


class Merging:
    """The use case; one for each workspace.

    Args:
        library: Whose papers are merged.
        events: Where changes are published.
    """

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._steps = Steps(library, events)

    def plan(self, ids: Iterable[PaperId], *, leading: PaperId | None = None) -> Joined:
        """Say what papers would become; nothing is changed.

        Args:
            ids: The papers; each counts once.
            leading: Whose version it is to be; None lets the published one lead.

        Raises:
            UserError: They are too few or too many, or one of them is in the bin or gone.
        """
        chosen = list(dict.fromkeys(ids))
        with self._library.read() as reader:
            return _joined(reader.joining.entries(chosen), chosen, leading)

    def merge(self, ids: Iterable[PaperId], *, leading: PaperId | None = None, initiator: str = "") -> Changes:
        """Make papers one: the number that `plan` says stays, and has all that the reader made of any; as `plan`.

        Returns:
            What changed; the papers that are gone are among its numbers.
        """
        chosen = list(dict.fromkeys(ids))

        def merge(writer: "Writer") -> None:
            writer.joining.join(_joined(writer.joining.entries(chosen), chosen, leading))

        return self._steps.take(f"Merge {count_text(len(chosen), 'paper')}", merge, initiator)


def _joined(entries: Sequence[Entry], ids: Sequence[PaperId], leading: PaperId | None) -> Joined:
    """Join what was asked for.

    Raises:
        UserError: As `Merging.plan`.
    """
    if not 1 < len(ids) <= MOST:
        message = f"Choose 2 to {MOST} papers to merge."
        raise UserError(message)
    if missing := [one for one in ids if one not in {entry.paper.id for entry in entries}]:
        message = f"There is no paper number {missing[0]}."
        raise UserError(message)
    if binned := [one.paper for one in entries if one.paper.is_binned]:
        message = f"“{binned[0].title}” is in the bin. Put it back before you merge it."
        raise UserError(message)
    if leading is not None and leading not in ids:
        message = f"Paper number {leading} is not one of those that are merged."
        raise UserError(message)
    return join(entries, leading)
