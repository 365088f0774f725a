"""The one road from worker threads into the window.

`Bridge.run` names work and what to do with its result, `Bridge.when_done` takes the result of work that somebody else
has named, and `Bridge.subscribe` hears of changes. Everything arrives on the
main thread, in the order it happened, through one queued signal of one object that lives as long as the application:
objects made and dropped in workers lose results.

Source: the idea of one primitive and one signal is Anki's, qt/aqt/taskman.py.
"""

import gc
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.services.events import Event, EventHub, JobProgress, Notice
from readinglist.services.jobs import BUG_MESSAGE, Job, JobContext, Lane, Runner

log = logging.getLogger(__name__)
T = TypeVar("T")

SWITCH_S = 0.0005  # Python's own 5 ms, which a worker that computes may go on for, is waited for by each call into Qt
GARBAGE_MS = 250
YOUNGEST, OLDEST = 0, 2  # Python's numbers for objects that were just made, and that have been there for long
GROWTH = 1.25  # **Source:** CPython's own rule, "Design of CPython's garbage collector", devguide, 2023


class Bridge(QObject):
    """Brings results, progress, notices and changes to the main thread.

    Args:
        runner: Where work runs.
        events: The hub of the core.
        parent: Owner; the application.
    """

    _arrived = Signal(object)  # a callable without arguments, run on the main thread

    def __init__(self, runner: Runner, events: EventHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._change_listeners: list[tuple[frozenset[ChangeKind], Callable[[Changes], None]]] = []
        self._progress_listeners: list[Callable[[JobProgress], None]] = []
        self._notice_listeners: list[Callable[[Notice], None]] = []
        self._is_open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = events.subscribe(lambda event: self.post(lambda: self._dispatch(event)), is_last=True)

    def run(
        self,
        function: Callable[[JobContext], T],
        *,
        lane: Lane,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        label: str = "",
        is_kept: bool = False,
    ) -> Job[T]:
        """Do work off the main thread and hand its result to the main thread.

        Args:
            function: Runs on a worker; must touch nothing of Qt.
            lane: Which queue.
            on_done: Gets the result, unless the widget it is a method of is gone by then.
            on_error: Gets the error; without it a notice tells the reader. Never called for cancelled work.
            label: Shown in the strip of running jobs; empty keeps the work out of sight.
            is_kept: See `Runner.submit`: for what the reader has decided.
        """
        job = self._runner.submit(function, lane=lane, label=label, is_kept=is_kept)
        self.when_done(job.future, on_done, on_error=on_error)
        return job

    def when_done(
        self,
        promise: Future[T],
        on_done: Callable[[T], None] | None,
        *,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Hand what a promise brings to the main thread; what is given is used as by `run`."""
        promise.add_done_callback(lambda done: self.post(lambda: self._settle(done, on_done, on_error)))

    def subscribe(self, kinds: Iterable[ChangeKind], listener: Callable[[Changes], None]) -> None:
        """Hear of changes of any of these kinds; a pane ignores its own by `Changes.initiator`."""
        self._change_listeners.append((frozenset(kinds), listener))

    def on_progress(self, listener: Callable[[JobProgress], None]) -> None:
        """Hear how jobs get on."""
        self._progress_listeners.append(listener)

    def on_notice(self, listener: Callable[[Notice], None]) -> None:
        """Hear what the reader should be told."""
        self._notice_listeners.append(listener)

    def tell(self, message: str, *, is_error: bool = False) -> None:
        """Tell the reader something, as the core does; call on the main thread."""
        self._dispatch(Notice(message=message, is_error=is_error))

    def fail(self, error: BaseException) -> None:
        """Tell the reader about a failure."""
        self.tell(sentence_of(error), is_error=True)

    def post(self, function: Callable[[], None]) -> None:
        """Run a function on the main thread soon; callable from every thread, ignored after `close`."""
        if self._is_open:
            self._arrived.emit(function)

    def close(self) -> None:
        """Hear no more, deliver what has arrived, then fall silent; after the runner is closed."""
        self._unsubscribe()
        QCoreApplication.sendPostedEvents(self)
        self._is_open = False

    def _deliver(self, function: Callable[[], None]) -> None:
        if self._is_open:
            function()

    def _settle(
        self,
        future: Future[T],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[BaseException], None] | None,
    ) -> None:
        try:
            result = future.result(timeout=0)
        except (Cancelled, CancelledError):
            return
        except Exception as error:  # noqa: BLE001 - errors travel the road of results; the runner has logged it
            if on_error is None:
                self.fail(error)
            elif _is_alive(on_error):
                on_error(error)
            return
        if on_done is not None and _is_alive(on_done):
            on_done(result)

    def _dispatch(self, event: Event) -> None:
        if isinstance(event, Changes):
            for kinds, listener in tuple(self._change_listeners):
                if kinds & event.kinds and _is_alive(listener):
                    listener(event)
            return
        listeners: list[Callable[[Any], None]] = (
            [*self._progress_listeners] if isinstance(event, JobProgress) else [*self._notice_listeners]
        )
        for hear in listeners:
            if _is_alive(hear):
                hear(event)


class MainThreadGarbage(QObject):
    """Collects Python's garbage on the main thread and nowhere else, about as often as Python itself would.

    All objects are gone through only when there are a quarter more than after the last time: with many tabs open it
    takes longer than a reader should wait for a scrolling page. What is there when more than the youngest would
    first be gone through is the program itself, which stays: it is never gone through at all.

    WORKAROUND(pyside 6.11): a collection that happens to run on a worker takes signals apart there. Qt then holds the
    lock of their connections and waits for the interpreter, while the main thread, which has the interpreter, waits
    for that lock: the window stands still for ever.

    Args:
        parent: Owner; the application.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known_blocks = 0  # of memory, after all was gone through; 0 before the program was set aside
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(GARBAGE_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def close(self) -> None:
        """Let Python collect where it likes again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        full = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most and (age < OLDEST or self._has_grown)
        ]
        if not full:
            return
        is_first = full[-1] > YOUNGEST and not self._known_blocks
        gc.collect(YOUNGEST if is_first else full[-1])
        if is_first:
            gc.freeze()
        if is_first or full[-1] == OLDEST:
            self._known_blocks = sys.getallocatedblocks()

    @property
    def _has_grown(self) -> bool:
        return sys.getallocatedblocks() > self._known_blocks * GROWTH


def favour_main_thread() -> None:
    """Let the main thread have the interpreter soon after it asks for it, whatever workers compute.

    Most calls into Qt let the interpreter go and have to wait for it again, and one painting has dozens of them.
    (measured) Beside a worker that computes all the time, the event loop was away for 83 ms at p99, and is for 14; the
    worker is no slower.
    """
    sys.setswitchinterval(SWITCH_S)


def sentence_of(error: BaseException) -> str:
    """Return what to tell the reader about a failure."""
    return error.message if isinstance(error, ReadingListError) else BUG_MESSAGE


def _is_alive(function: Callable[..., object]) -> bool:
    """Tell whether the widget whose method this is still exists on Qt's side."""
    owner = getattr(function, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
