"""Running work: lanes of threads, progress, pause and cancel; knows nothing of Qt.

A function given to `JobRunner.submit` gets a `JobContext` and returns its result through the job's future. The
`InlineRunner` has the same interface and runs at once, for the command line and tests.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from enum import StrEnum
from queue import LifoQueue, Queue
from typing import Any, Generic, Protocol, TypeVar

from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.services.events import EventHub, JobProgress, JobState

log = logging.getLogger(__name__)
T = TypeVar("T")

PROGRESS_INTERVAL_S = 0.05  # at most twenty reports a second for each job: more than an eye can use
BUG_MESSAGE = "Something went wrong inside Reading List. The log has the details."


class Lane(StrEnum):
    """A queue with its own workers; the reason for each number stands beside it in `LANE_WORKERS`."""

    LIBRARY = "library"
    NETWORK = "network"
    COMPUTE = "compute"
    WORDS = "words"
    PASSAGES = "passages"
    FILES = "files"
    INTERACTIVE = "interactive"


LANE_WORKERS = {
    Lane.LIBRARY: 1,  # SQLite has one writer
    Lane.NETWORK: 8,  # waits more than it works; the pace per host is kept in net/limits.py
    Lane.COMPUTE: 1,  # the encoder already uses all cores
    Lane.WORDS: 1,  # some seconds, without which For you knows little: they must not wait for the encoder's minutes
    Lane.PASSAGES: 1,  # an hour of the encoder, which neither a map nor an export must wait for
    Lane.FILES: 1,  # waits for one process that reads PDFs, and must not wait for an hour of the encoder
    Lane.INTERACTIVE: 2,  # somebody is looking: newest first, one slow answer does not hold up the next
}


class Job(Generic[T]):
    """Handle of submitted work.

    Attributes:
        future: Carries the result; a cancelled job's raises `concurrent.futures.CancelledError` or `Cancelled`.
        is_kept: See `Runner.submit`.
    """

    def __init__(self, *, job_id: int, label: str, events: EventHub, is_kept: bool = False) -> None:
        self.id = job_id
        self.label = label
        self.is_kept = is_kept
        self.future: Future[T] = Future()
        self._events = events
        self._cancelled = threading.Event()
        self._may_run = threading.Event()
        self._may_run.set()
        self._reporting = threading.RLock()  # whoever hears of a job may stop it
        self._last = JobProgress(job_id=job_id, label=label, state=JobState.WAITING)
        self._reported_at = 0.0

    @property
    def state(self) -> JobState:
        """Where the job stands now."""
        return self._last.state

    def cancel(self) -> None:
        """Ask the job to stop; it does so at its next `check_cancelled`, at once if it has not begun."""
        self._cancelled.set()
        self._may_run.set()
        if self.future.cancel():
            self._report(JobState.CANCELLED)

    def pause(self) -> None:
        """Hold the job at its next `check_cancelled`."""
        with self._reporting:
            if not self.state.is_final:
                self._may_run.clear()
                self._report(JobState.PAUSED)

    def resume(self) -> None:
        """Let a paused job go on."""
        self._may_run.set()
        with self._reporting:
            if self.state is JobState.PAUSED:
                self._report(JobState.RUNNING)

    def run(self, function: "Callable[[JobContext], T]") -> None:
        """Do the work on the calling thread; called once, by a runner."""
        if not self.future.set_running_or_notify_cancel():
            return
        self._report(JobState.RUNNING)
        try:
            result = function(JobContext(self))
        except Cancelled as stopped:
            self._report(JobState.CANCELLED)
            self.future.set_exception(stopped)
        except ReadingListError as error:
            log.info("%s failed: %s %s", self.label or "job", error.message, error.detail)
            self._report(JobState.FAILED, problem=error.message)
            self.future.set_exception(error)
        except Exception as error:
            log.exception("a bug in %s", self.label or "a job")
            self._report(JobState.FAILED, problem=BUG_MESSAGE)
            self.future.set_exception(error)
        else:
            self._report(JobState.DONE)
            self.future.set_result(result)

    def wait_while_paused(self) -> None:
        """Return when the job may go on.

        Raises:
            Cancelled: The job was cancelled, also while it was paused.
        """
        self._may_run.wait()
        if self._cancelled.is_set():
            message = "Stopped."
            raise Cancelled(message)

    def report(self, done: int, total: int | None, text: str) -> None:
        """Note progress; published at most every `PROGRESS_INTERVAL_S`, the last step always."""
        now = time.monotonic()
        is_last = total is not None and done >= total
        state = JobState.RUNNING if self._may_run.is_set() else JobState.PAUSED
        if is_last or now - self._reported_at >= PROGRESS_INTERVAL_S:
            self._reported_at = now
            self._report(state, done=done, total=total, text=text)

    def _report(self, state: JobState, **facts: Any) -> None:
        """Note and tell how things are, in one order for all threads; nothing more is heard of a job that has ended."""
        with self._reporting:
            before = self._last
            if before.state.is_final:
                return
            known = {"done": before.done, "total": before.total, "text": before.text, **facts}
            self._last = JobProgress(job_id=self.id, label=self.label, state=state, **known)
            if self.label:
                self._events.publish(self._last)


@dataclass(frozen=True, slots=True)
class JobContext:
    """What running work may ask of its job."""

    job: Job[Any]

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far the work is; cheap enough for every step."""
        self.job.report(done, total, text)

    def check_cancelled(self) -> None:
        """Stop or wait here if the reader asked for it.

        Raises:
            Cancelled: The reader cancelled; leave nothing half done behind.
        """
        self.job.wait_while_paused()


class Runner(Protocol):
    """Takes work and runs it somewhere."""

    def submit(
        self, function: Callable[[JobContext], T], *, lane: Lane, label: str = "", is_kept: bool = False
    ) -> Job[T]:
        """Queue work.

        Args:
            function: The work.
            lane: Which queue.
            label: An empty one keeps it out of the reader's sight.
            is_kept: The reader has decided it and sees it as done, so that the end of the program does not call it off.
        """
        ...

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Cancel what runs and wait for it, and for what is kept."""
        ...


@dataclass(slots=True)
class _Workers:
    queue: "Queue[tuple[Job[Any], Callable[[JobContext], Any]] | None]"
    threads: list[threading.Thread] = field(default_factory=list)


class JobRunner:
    """Runs jobs on the threads of their lanes, started when first needed."""

    def __init__(self, events: EventHub) -> None:
        self._events = events
        self._numbers = itertools.count(1)
        self._lanes: dict[Lane, _Workers] = {}
        self._jobs: set[Job[Any]] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def submit(
        self, function: Callable[[JobContext], T], *, lane: Lane, label: str = "", is_kept: bool = False
    ) -> Job[T]:
        """Queue work on a lane; see `Runner.submit`."""
        job: Job[T] = Job(job_id=next(self._numbers), label=label, events=self._events, is_kept=is_kept)
        with self._lock:
            if self._is_closed:
                job.cancel()
                return job
            self._jobs.add(job)
            workers = self._lanes.setdefault(lane, _Workers(LifoQueue() if lane is Lane.INTERACTIVE else Queue()))
            workers.queue.put((job, function))
            if len(workers.threads) < LANE_WORKERS[lane]:
                name = f"{lane}-{len(workers.threads) + 1}"
                thread = threading.Thread(target=self._work, args=(workers,), name=name, daemon=True)
                workers.threads.append(thread)
                thread.start()
        return job

    def running(self) -> tuple[Job[Any], ...]:
        """Return the jobs that are not finished, oldest first."""
        with self._lock:
            return tuple(sorted(self._jobs, key=lambda job: job.id))

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Cancel everything but what is kept, let the workers finish their step, and take no more work.

        Args:
            timeout_s: How long to wait in all; a worker that is stuck is left behind and named in the log.
        """
        with self._lock:
            self._is_closed = True
            jobs, lanes = tuple(self._jobs), tuple(self._lanes.values())
        for job in jobs:
            if not job.is_kept:
                job.cancel()
        deadline = time.monotonic() + timeout_s
        for workers in lanes:
            for _ in workers.threads:
                workers.queue.put(None)  # behind what is kept; between them are cancelled ones, which take no time
        for thread in (thread for workers in lanes for thread in workers.threads):
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("worker %s did not stop in time", thread.name)

    def _work(self, workers: _Workers) -> None:
        while (task := workers.queue.get()) is not None:
            job, function = task
            try:
                job.run(function)
            finally:
                with self._lock:
                    self._jobs.discard(job)
            del job, function, task  # results must not live until the next job


class InlineRunner:
    """Runs each job at once on the caller's thread."""

    def __init__(self, events: EventHub) -> None:
        self._events = events
        self._numbers = itertools.count(1)

    def submit(
        self,
        function: Callable[[JobContext], T],
        *,
        lane: Lane,  # noqa: ARG002 - there is one
        label: str = "",
        is_kept: bool = False,
    ) -> Job[T]:
        """Run the work and return its finished job."""
        job: Job[T] = Job(job_id=next(self._numbers), label=label, events=self._events, is_kept=is_kept)
        job.run(function)
        return job

    def close(self, *, timeout_s: float = 10.0) -> None:
        """Nothing runs, so nothing is to be waited for."""


def is_cancelled(error: BaseException) -> bool:
    """Tell whether a future ended because somebody stopped the job."""
    return isinstance(error, Cancelled | CancelledError)
