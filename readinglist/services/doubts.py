"""Which papers changed since somebody last looked: what is remembered of them has to be read anew."""

import threading
from collections.abc import Iterable

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.services.events import Event, EventHub

COMING_AND_GOING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
MANY = 2000  # papers changed at once, from which on reading all anew is simpler and no slower


class Doubts:
    """Collects what changes; in the beginning everything is doubtful.

    What is doubtful is taken before the library is looked at, so that a change that comes meanwhile is doubtful again.

    Args:
        events: Tells what changed.
        kinds: Of change that matter.
    """

    def __init__(self, events: EventHub, kinds: Iterable[ChangeKind]) -> None:
        self._kinds = frozenset(kinds)
        self._lock = threading.Lock()  # held for a moment only: events come on the window's thread too
        self._ids: set[PaperId] | None = None  # None: all
        events.subscribe(self._hear)

    def take(self) -> list[PaperId] | None:
        """Return the papers to be read anew, in order, and begin to collect again; None for all."""
        with self._lock:
            taken, self._ids = self._ids, set()
        return None if taken is None else sorted(taken)

    def doubt_all(self) -> None:
        """Have everything read anew: what was taken could not be."""
        with self._lock:
            self._ids = None

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or not event.kinds & self._kinds:
            return
        with self._lock:
            # Where papers came and went at once, a whole library may have been put back: those gone are not named.
            if self._ids is None or event.kinds >= COMING_AND_GOING or len(event.ids) + len(self._ids) > MANY:
                self._ids = None
            else:
                self._ids |= event.ids
