"""What is remembered between two questions about similar papers, and kept in step with the library.

Both would otherwise be read anew each time: 100,000 numbers, and how many papers have which word.
"""

import threading
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.services.events import Event, EventHub

if TYPE_CHECKING:
    from readinglist.similarity.vectors import Vectors

COMING_AND_GOING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
MANY = 1000  # papers changed at once, from which on reading all anew is simpler and no slower
GROWN = 0.05  # share of the library that may come or go before words are counted anew


class LivingPapers:
    """Which papers are outside the bin, and the vectors of just those."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._refreshing = threading.Lock()
        self._ids: set[PaperId] = set()
        self._all: Vectors | None = None
        self._masked: Vectors | None = None
        self._noting = threading.Lock()  # held for a moment only: events come on the window's thread too
        self._doubtful: set[PaperId] = set()
        self._is_all_doubtful = True
        events.subscribe(self._hear)

    def only(self, vectors: "Vectors") -> "Vectors":
        """Return vectors with all those marked whose papers are in the bin or gone."""
        import numpy as np  # noqa: PLC0415 - the window starts without it

        with self._refreshing:
            is_changed = self._refresh()
            if is_changed or self._masked is None or self._all is not vectors:
                self._masked = vectors.only(np.fromiter(self._ids, dtype=np.int64, count=len(self._ids)))
                self._all = vectors
            return self._masked

    def _refresh(self) -> bool:
        """Bring the numbers in step; returns whether any changed.

        What is doubtful is taken before the library is looked at: a change that comes meanwhile is doubtful again.
        """
        with self._noting:
            is_all, doubtful = self._is_all_doubtful, self._doubtful
            self._is_all_doubtful, self._doubtful = False, set()
        if not is_all and not doubtful:
            return False
        try:
            with self._library.read() as reader:
                living = reader.papers.outside_bin(None if is_all else sorted(doubtful))
        except ReadingListError:
            self._doubt_all()
            raise
        before = self._ids
        self._ids = living if is_all else (before - doubtful) | living
        return is_all or self._ids != before

    def _doubt_all(self) -> None:
        with self._noting:
            self._is_all_doubtful = True

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or not event.kinds & COMING_AND_GOING:
            return
        # Where papers came and went at once, a whole library may have been put back: those gone are not named.
        if event.kinds >= COMING_AND_GOING or len(event.ids) > MANY:
            self._doubt_all()
        else:
            with self._noting:
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
