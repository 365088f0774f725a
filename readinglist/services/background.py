"""Work that begins by itself a while after something changed, one run at a time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from readinglist.services.jobs import Job, JobContext, Lane, Runner


class BackgroundWork:
    """Plans and runs one kind of work; every method may be called from any thread, and none waits for it.

    Args:
        runner: Runs it.
        work: Does all there is to do.
        has_work: Whether there is anything to do, so that no job flickers by after every change.
        lane: Where it runs.
        label: What the reader sees.
        quiet_s: After a change, before work begins: an import is on the screen by then, and edits have come together.
    """

    def __init__(
        self,
        runner: Runner,
        *,
        work: Callable[[JobContext], None],
        has_work: Callable[[], bool],
        lane: Lane,
        label: str,
        quiet_s: float,
    ) -> None:
        self.quiet_s = quiet_s
        self._runner = runner
        self._work = work
        self._has_work = has_work
        self._lane = lane
        self._label = label
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._job: Job[None] | None = None
        self._is_started = self._is_closed = False
        self._is_planned = False  # work waits for its time, or runs
        self._is_changed = False  # something changed while it did
        self._is_outdated = False  # work was stopped because it is to begin anew

    @property
    def is_planned(self) -> bool:
        """Work waits for its time, or runs."""
        return self._is_planned

    def start(self) -> None:
        """From now on work is planned; before, changes pass by."""
        with self._lock:
            self._is_started = True

    def plan(self) -> None:
        """Begin soon; what is planned or runs already looks again when it is done."""
        if not self._is_started or not self._has_work():
            return
        with self._lock:
            if self._is_closed:
                return
            if self._is_planned:
                self._is_changed = True
                return
            self._is_planned = True
            self._timer = threading.Timer(self.quiet_s, self._begin)
            self._timer.name = f"soon-{self._lane}"
            self._timer.daemon = True
            self._timer.start()

    def begin_now(self) -> bool:
        """Begin at once, because the reader asks for it; False if it waits for its time already, or runs."""
        with self._lock:
            if self._is_closed or self._is_planned:
                return False
            self._is_planned = True
        self._begin()
        return True

    def begin_anew(self) -> None:
        """Stop the work under way: it is to begin anew."""
        with self._lock:
            job = self._job
            self._is_outdated = job is not None
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Begin nothing any more, and stop what runs."""
        with self._lock:
            self._is_closed = True
            timer, job = self._timer, self._job
        if job is not None:
            job.cancel()
        if timer is not None:
            timer.cancel()
            timer.join()

    def _begin(self) -> None:
        with self._lock:
            if self._is_closed:
                return
            self._is_changed = False
        job = self._runner.submit(self._work, lane=self._lane, label=self._label)
        with self._lock:
            self._job = job
        job.future.add_done_callback(self._end)

    def _end(self, done: "Future[Any]") -> None:
        with self._lock:
            self._is_planned = False
            self._job = None
            is_outdated, self._is_outdated = self._is_outdated, False
            is_changed, self._is_changed = self._is_changed, False
        # After a failure, or when the reader stopped it, the next change begins work again: not one that came before.
        if is_outdated or (is_changed and not (done.cancelled() or done.exception())):
            self.plan()
