"""The hub through which the core tells whoever listens what happened.

Plain Python: the window turns it into one queued Qt signal, the command line prints, tests collect.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from readinglist.domain.changes import Changes

log = logging.getLogger(__name__)


class JobState(StrEnum):
    """Where a job stands; the last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Nothing more will be heard of the job."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """How far a job is.

    Attributes:
        job_id: Number unique in this process.
        label: What runs, in the reader's words; empty for work not worth showing.
        total: Number of steps; None if unknown.
        text: Detail such as a rate or the time left.
        problem: One sentence when `state` is `FAILED`; else empty.
    """

    job_id: int
    label: str
    state: JobState
    done: int = 0
    total: int | None = None
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence for the reader that belongs to no job.

    Attributes:
        is_error: Stays until read.
    """

    message: str
    is_error: bool = False


Event = Changes | JobProgress | Notice
Listener = Callable[[Event], None]


class EventHub:
    """Delivers each event to all listeners, on the thread that publishes it."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._last: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener, *, is_last: bool = False) -> Callable[[], None]:
        """Add a listener.

        Args:
            listener: Told of every event.
            is_last: Told after all others, whoever came first: a window asks at once, and what services remember has
                to be doubtful by then, also that of a service which was made later than the window.

        Returns:
            A function that removes it again; calling it twice is harmless.
        """
        with self._lock:
            if is_last:
                self._last = (*self._last, listener)
            else:
                self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)
                self._last = tuple(one for one in self._last if one is not listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell everyone; a listener that fails is logged and does not keep the others from hearing."""
        for listener in (*self._listeners, *self._last):
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %s", type(event).__name__)
