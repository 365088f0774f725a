"""What is remembered between two questions about similar papers, and kept in step with the library.

Both would otherwise be read anew each time: 100,000 numbers, and how many papers have which word.
"""

import threading
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.library.unit import Reader
from readinglist.services.events import Event, EventHub

if TYPE_CHECKING:
    from readinglist.similarity.vectors import Vectors

COMING_AND_GOING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
MANY = 1000  # papers changed at once, from which on reading all anew is simpler and no slower
GROWN = 0.05  # share of the library that may come or go before words are counted anew


class LivingPapers:
    """Which papers are outside the bin, and the vectors of just those."""

    def __init__(self, events: EventHub) -> None:
        self._lock = threading.Lock()
        self._ids: set[PaperId] | None = None
        self._doubtful: set[PaperId] = set()
        self._all: Vectors | None = None
        self._masked: Vectors | None = None
        events.subscribe(self._hear)

    def only(self, vectors: "Vectors", reader: Reader) -> "Vectors":
        """Return the vectors with all those marked whose papers are in the bin or gone.

        Args:
            vectors: As the index has them now.
            reader: Sees the library as it is now.
        """
        import numpy as np  # noqa: PLC0415 - the window starts without it

        with self._lock:
            is_changed = self._refresh(reader)
            if is_changed or self._masked is None or self._all is not vectors:
                ids = self._ids or set()
                self._masked = vectors.only(np.fromiter(ids, dtype=np.int64, count=len(ids)))
                self._all = vectors
            return self._masked

    def _refresh(self, reader: Reader) -> bool:
        """Bring the numbers in step; returns whether any changed."""
        if self._ids is None:
            self._ids, self._doubtful = reader.papers.outside_bin(), set()
            return True
        if not self._doubtful:
            return False
        doubtful, self._doubtful = self._doubtful, set()
        living = reader.papers.outside_bin(sorted(doubtful))
        is_changed = self._ids & doubtful != living
        self._ids = (self._ids - doubtful) | living
        return is_changed

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or not event.kinds & COMING_AND_GOING:
            return
        with self._lock:
            # Where papers came and went at once, a whole library may have been put back: those gone are not named.
            if event.kinds >= COMING_AND_GOING or len(event.ids) > MANY:
                self._ids = None
            else:
                self._doubtful |= event.ids


class Frequencies:
    """How many papers have which word, counted when it is first needed."""

    def __init__(self, events: EventHub) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, int] = {}
        self._moved = 0
        events.subscribe(self._hear)

    def known(self, total: int) -> MutableMapping[str, int]:
        """Return what was counted, to be added to; nothing if the library has grown or shrunk much since.

        Args:
            total: Papers there are now.
        """
        with self._lock:
            if self._moved > total * GROWN:
                self._known, self._moved = {}, 0
            return self._known

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changes) and event.kinds & (COMING_AND_GOING | {ChangeKind.DETAILS}):
            with self._lock:
                self._moved += len(event.ids)
