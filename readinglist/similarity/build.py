"""Which papers have yet to be read by the model, in which order, and how long that takes; no model, no storage."""

import heapq
import random
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text

T = TypeVar("T")
Hashes = Mapping[PaperId, str]

REMEMBERED_BATCHES = 32  # long enough to be calm, short enough to notice another program that takes the processor
TELLING_BATCHES = 3  # fewer may be the first after a start, which are slow
MINUTE_S, HOUR_S = 60, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far the papers are.

    Attributes:
        total: Papers outside the bin.
        done: Those with a vector of their present text.
        stale: Those with a vector of a text they had before.
    """

    total: int = 0
    done: int = 0
    stale: int = 0


class Standing:
    """Which papers have a vector of their present text; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._present: set[PaperId] = set()
        self._missing: set[PaperId] = set()
        self._changed: set[PaperId] = set()

    def replace(self, wanted: Hashes, stored: Hashes) -> None:
        """Learn everything anew.

        Args:
            wanted: Hashes of the texts of all papers outside the bin.
            stored: Hashes of the texts that vectors were made from.
        """
        missing = {one for one in wanted if one not in stored}
        changed = {one for one, digest in wanted.items() if stored.get(one, digest) != digest}
        with self._lock:
            self._present, self._missing, self._changed = set(wanted), missing, changed

    def update(self, ids: Iterable[PaperId], wanted: Hashes, stored: Hashes) -> None:
        """Learn anew about some papers; the hashes need not know others."""
        with self._lock:
            for one in ids:
                for known in (self._present, self._missing, self._changed):
                    known.discard(one)
                if one not in wanted:
                    continue
                self._present.add(one)
                if one not in stored:
                    self._missing.add(one)
                elif stored[one] != wanted[one]:
                    self._changed.add(one)

    def counts(self) -> Counts:
        """Return the numbers."""
        with self._lock:
            total, stale = len(self._present), len(self._changed)
            return Counts(total=total, done=total - len(self._missing) - stale, stale=stale)

    def todo(self, limit: int) -> list[PaperId]:
        """Return papers without a vector of their present text, those that came last first."""
        with self._lock:
            return heapq.nlargest(limit, self._missing | self._changed)

    def is_done(self, paper_id: PaperId) -> bool:
        """Tell whether a paper has a vector of its present text."""
        with self._lock:
            return paper_id in self._present and paper_id not in self._missing and paper_id not in self._changed


def batches(items: Sequence[T], size: int, *, length: Callable[[T], int], chance: random.Random) -> list[list[T]]:
    """Cut items into batches of similar length, so that little is lost to filling up.

    The batches come in random order: the rate is then steady from the start, and of two programs that work on the same
    library each does another part.
    """
    ordered = sorted(items, key=length)
    cut = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    chance.shuffle(cut)
    return cut


class Pace:
    """How fast it goes.

    Args:
        noun: What is read.
    """

    def __init__(self, noun: str = "paper") -> None:
        self._noun = noun
        self._rates: deque[float] = deque(maxlen=REMEMBERED_BATCHES)
        self._letter_rates: deque[float] = deque(maxlen=REMEMBERED_BATCHES)

    def note(self, number: int, seconds: float, *, letters: int = 0) -> None:
        """Note a batch; its letters, where the speed is to be kept."""
        self._rates.append(number / max(seconds, 1e-6))
        self._letter_rates.append(letters / max(seconds, 1e-6))

    @property
    def letters_a_second(self) -> float:
        """How many letters of text are read in a second; 0 before there are enough batches to say so."""
        from statistics import median  # noqa: PLC0415 - the window starts without it

        return median(self._letter_rates) if len(self._letter_rates) >= TELLING_BATCHES else 0.0

    def words(self, left: int) -> str:
        """Say how fast it goes and how long the rest takes; empty before the first batch.

        >>> pace = Pace()
        >>> pace.note(40, 0.5)
        >>> pace.words(9600), pace.words(79), pace.words(0)
        ('80 papers a second, 2 minutes left', '80 papers a second, a few seconds left', '80 papers a second')
        """
        if not self._rates:
            return ""
        from statistics import median  # noqa: PLC0415 - the window starts without it

        rate = median(self._rates)  # a pause or a nap of the computer is one odd batch, and changes nothing
        speed = f"{count_text(round(rate), self._noun)} a second"
        if rate < 1:
            speed = f"{count_text(round(rate * MINUTE_S), self._noun)} a minute"
        return f"{speed}, {time_words(left / rate)} left" if left else speed


def time_words(seconds: float) -> str:
    """Say about how long something takes.

    >>> time_words(7200), time_words(200), time_words(4)
    ('2 hours', '3 minutes', 'a few seconds')
    """
    if seconds >= 1.5 * HOUR_S:
        return count_text(round(seconds / HOUR_S), "hour")
    if seconds >= MINUTE_S:
        return count_text(round(seconds / MINUTE_S), "minute")
    return "less than a minute" if seconds >= 10 else "a few seconds"
