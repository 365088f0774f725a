"""Keeps the index in step with the library by itself: counts after changes, and begins work soon after them."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from typing import Any

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import Job, JobContext, Lane, Runner

LABEL = "Comparing papers"
QUIET_S = 1.0  # after a change, before work begins: an import is on the screen by then, and edits have come together
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
    """

    def __init__(
        self,
        events: EventHub,
        runner: Runner,
        *,
        count: Callable[[Sequence[PaperId] | None], object],
        has_work: Callable[[], bool],
        build: Callable[[JobContext], None],
    ) -> None:
        self.quiet_s = QUIET_S
        self._events = events
        self._runner = runner
        self._count = count
        self._has_work = has_work
        self._build = build
        self._lock = threading.Lock()
        self._doubtful: set[PaperId] | None = set()  # None: all
        self._is_counting = self._is_following = self._is_started = self._is_closed = False
        self._is_planned = False  # work waits for its time, or runs
        self._is_outdated = False  # work was stopped because it is to begin anew
        self._timer: threading.Timer | None = None
        self._job: Job[None] | None = None
        self._unsubscribe = events.subscribe(self._hear)

    def start(self) -> None:
        """From now on begin work as well, with what waits already."""
        with self._lock:
            self._is_started = True
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

    def stop_build(self) -> None:
        """Stop the work under way: it is to begin anew, from the next count."""
        with self._lock:
            job = self._job
            self._is_outdated = job is not None
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Begin nothing any more."""
        self._unsubscribe()
        with self._lock:
            self._is_closed = True
            timer, job = self._timer, self._job
        if job is not None:
            job.cancel()
        if timer is not None:
            timer.cancel()
            timer.join()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changes) and event.kinds & WATCHED and self._is_following:
            # Where papers came and went at once, a whole library may have been put back: those gone are not named.
            is_large = event.kinds >= COMING_AND_GOING or len(event.ids) > MANY
            self.count(None if is_large else event.ids)

    def _catch_up(self, _context: JobContext) -> None:
        with self._lock:
            doubtful, self._doubtful = self._doubtful, set()
            self._is_counting = False
        self._count(None if doubtful is None else sorted(doubtful))
        self._events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))
        self._plan()

    def _plan(self) -> None:
        if not self._has_work():
            return
        with self._lock:
            if self._is_planned or not self._is_started or self._is_closed:
                return
            self._is_planned = True
            self._timer = threading.Timer(self.quiet_s, self._begin)
            self._timer.name = "index-follower"
            self._timer.daemon = True
            self._timer.start()

    def _begin(self) -> None:
        with self._lock:
            if self._is_closed:
                return
        job = self._runner.submit(self._build, lane=Lane.COMPUTE, label=LABEL)
        with self._lock:
            self._job = job
        job.future.add_done_callback(self._end)

    def _end(self, done: "Future[Any]") -> None:
        with self._lock:
            self._is_planned = False
            self._job = None
            is_again, self._is_outdated = self._is_outdated, False
        # After a failure, or when the reader stopped it, the next change begins work again: not this one.
        if is_again or not (done.cancelled() or done.exception()):
            self._plan()
