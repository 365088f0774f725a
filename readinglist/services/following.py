"""Keeps the index in step with the library by itself: counts after changes, and begins work soon after them."""

import threading
from collections.abc import Callable, Iterable, Sequence

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.services.background import BackgroundWork
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import JobContext, Lane, Runner

LABEL = "Comparing papers"
QUIET_S = 1.0
MANY = 500  # papers changed at once, from which on counting all anew is simpler
COMING_AND_GOING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
WATCHED = COMING_AND_GOING | {ChangeKind.DETAILS}


class Follower:
    """Hears of changes; every method may be called from any thread, and none waits for work.

    Args:
        events: Tells what changed.
        runner: Runs counting and building.
        count: Brings the numbers in step for some papers; None for all.
        has_work: Whether papers wait that are to be read by themselves.
        build: Reads them.
        watches_files: Whether PDFs count as well.
    """

    def __init__(
        self,
        events: EventHub,
        runner: Runner,
        *,
        count: Callable[[Sequence[PaperId] | None], object],
        has_work: Callable[[], bool],
        build: Callable[[JobContext], None],
        watches_files: Callable[[], bool],
    ) -> None:
        self.work = BackgroundWork(
            runner, work=build, has_work=has_work, lane=Lane.COMPUTE, label=LABEL, quiet_s=QUIET_S
        )
        self._events = events
        self._runner = runner
        self._count = count
        self._watches_files = watches_files
        self._lock = threading.Lock()
        self._doubtful: set[PaperId] | None = set()  # None: all
        self._is_counting = self._is_following = self._is_closed = False
        self._unsubscribe = events.subscribe(self._hear)

    def start(self) -> None:
        """From now on begin work as well, with what waits already."""
        self.work.start()
        self.count()

    def follow(self) -> None:
        """From now on have counted what changes; before, there are no numbers to keep in step."""
        self._is_following = True

    def count(self, ids: Iterable[PaperId] | None = None) -> None:
        """Have some papers counted soon, or all; calls that come together are one job."""
        with self._lock:
            if self._is_closed:
                return
            if ids is None or self._doubtful is None:
                self._doubtful = None
            else:
                self._doubtful.update(ids)
            if self._is_counting:
                return
            self._is_counting = True
        self._runner.submit(self._catch_up, lane=Lane.INTERACTIVE)

    def close(self) -> None:
        """Count and begin nothing any more."""
        self._unsubscribe()
        with self._lock:
            self._is_closed = True
        self.work.close()

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or not self._is_following:
            return
        if event.kinds & WATCHED or (ChangeKind.FILES in event.kinds and self._watches_files()):
            # Where papers came and went at once, a whole library may have been put back: those gone are not named.
            is_large = event.kinds >= COMING_AND_GOING or len(event.ids) > MANY
            self.count(None if is_large else event.ids)

    def _catch_up(self, _context: JobContext) -> None:
        with self._lock:
            doubtful, self._doubtful = self._doubtful, set()
            self._is_counting = False
        self._count(None if doubtful is None else sorted(doubtful))
        self._events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))
        self.work.plan()
