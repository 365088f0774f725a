"""The pace at which each host is asked, kept for all threads of this process.

Knows nothing of requests: it is told a host's name and lets the caller wait.

LIMIT: two processes keep their paces apart; a window and a command line that fetch at once ask twice as often.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from readinglist.domain.errors import EnvironmentFault

SLICE_S = 0.1  # how long a waiting thread sleeps between two looks at whether it was cancelled

# Seconds between two requests to a host or any host below it.
# Source: arXiv API Terms of Use, https://info.arxiv.org/help/api/tou.html (2024): one request every three seconds and
# one connection at a time, for the API, the feeds and OAI together. Crossref, "Announcing changes to REST API rate
# limits" (2025): one search a second for those who do not introduce themselves. Semantic Scholar API,
# https://www.semanticscholar.org/product/api (2024): one request a second. OpenAlex and Unpaywall allow far more than
# this; the others publish no such number.
DEFAULT_INTERVALS_S: Mapping[str, float] = {
    "arxiv.org": 3.0,
    "huggingface.co": 0.2,
    "doi.org": 0.2,
    "crossref.org": 1.0,
    "semanticscholar.org": 1.0,
    "openalex.org": 0.2,
    "unpaywall.org": 0.2,
}


class HeldFault(EnvironmentFault):
    """The host asked for a longer wait than anybody should sit through; asking again at once is no use."""


def never_cancelled() -> None:
    """Stand in for a caller's `check_cancelled` where nobody can cancel."""


@dataclass(slots=True)
class _Host:
    interval_s: float
    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # when the next request may start
    held_until: float = 0.0  # the host itself asked to be left alone until then


class Pace:
    """Lets one request at a time start on each paced host, no sooner than its interval after the one before.

    Args:
        intervals_s: Seconds between two requests, by host; a host below a listed one shares its pace.
        longest_hold_s: A wait that the host asked for is waited out up to this long; longer ones fail at once.
        clock: Monotonic seconds.
        sleep: Waits that many seconds.
    """

    def __init__(
        self,
        intervals_s: Mapping[str, float] = DEFAULT_INTERVALS_S,
        *,
        longest_hold_s: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._intervals_s = dict(intervals_s)
        self._longest_hold_s = longest_hold_s
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, check_cancelled: Callable[[], None] = never_cancelled) -> Iterator[None]:
        """Wait for the host's turn and keep it while the block runs; hosts without a pace never wait for each other.

        Raises:
            HeldFault: The host asked for a longer wait than anybody should sit through.
            Cancelled: `check_cancelled` raised it; the turn is not taken.
        """
        state = self._state(host)
        if state.interval_s <= 0:
            self._wait_until_free(host, state, check_cancelled)
            yield
            return
        while not state.turn.acquire(timeout=SLICE_S):
            check_cancelled()
        try:
            self._wait_until_free(host, state, check_cancelled)
            try:
                yield
            finally:
                state.free_at = self._clock() + state.interval_s
        finally:
            state.turn.release()

    def hold(self, host: str, seconds: float) -> None:
        """Note that the host asked to be left alone for so many seconds."""
        state = self._state(host)
        state.held_until = max(state.held_until, self._clock() + seconds)

    def wait(self, seconds: float, check_cancelled: Callable[[], None] = never_cancelled) -> None:
        """Sleep in slices that notice a cancellation."""
        until = self._clock() + seconds
        while (left := until - self._clock()) > 0:
            check_cancelled()
            self._sleep(min(left, SLICE_S))
        check_cancelled()

    def _wait_until_free(self, host: str, state: _Host, check_cancelled: Callable[[], None]) -> None:
        held_s = state.held_until - self._clock()
        if held_s > self._longest_hold_s:
            raise _too_long(host, held_s)
        self.wait(max(state.free_at, state.held_until) - self._clock(), check_cancelled)

    def _state(self, host: str) -> _Host:
        name = host.lower()
        key = next((known for known in self._intervals_s if name == known or name.endswith(f".{known}")), name)
        with self._lock:
            return self._hosts.setdefault(key, _Host(self._intervals_s.get(key, 0.0)))


def _too_long(host: str, seconds: float) -> HeldFault:
    wait = f"{round(seconds)} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
    return HeldFault(f"{host} asks to be left alone for another {wait}. Try again then.", is_retryable=True)
