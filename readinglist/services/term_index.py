"""Keeps the words of papers, as numbers, in step with the library: counted when somebody first asks for them.

For whoever compares papers by words and by meaning together. A few papers are counted while one waits; many by a job,
and what is not counted yet is compared by meaning alone.
"""

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import JobContext, Lane, Runner
from readinglist.similarity.encoder import encoder_text

if TYPE_CHECKING:
    from readinglist.similarity.term_store import TermStore
    from readinglist.similarity.terms import Terms

log = logging.getLogger(__name__)

LABEL = "Counting words"
AT_ONCE = 200  # papers that are counted while somebody waits: some 30 ms
CHUNK = 512  # papers whose texts are in memory at once
COMING_AND_GOING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED})
WATCHED = COMING_AND_GOING | {ChangeKind.DETAILS}
MANY = 1000  # papers changed at once, from which on looking at all anew is simpler


class TermIndex:
    """Counts words; every method may be called from any thread.

    Args:
        library: The papers; their words lie in its folder.
        events: Tells what changed, and hears when many papers were counted.
        runner: Runs the counting of many papers.
    """

    def __init__(self, library: Library, events: EventHub, runner: Runner) -> None:
        self._library = library
        self._events = events
        self._runner = runner
        self._folder = library.folder / "derived" / "words"
        self._counting = threading.RLock()
        self._store: TermStore | None = None
        self._missing: set[PaperId] = set()
        self._noting = threading.Lock()  # held for a moment only: events come on the window's thread too
        self._doubtful: set[PaperId] | None = None  # None: all
        self._is_planned = False
        self._unsubscribe = events.subscribe(self._hear)

    def terms(self) -> "Terms | None":
        """Return the words of all papers that are counted; None if there are none yet, or they cannot be read."""
        try:
            with self._counting:
                missing = self._look()
                if len(missing) <= AT_ONCE:
                    self._count(sorted(missing))
            if len(missing) > AT_ONCE:
                self._plan()  # in a command they are counted when this returns
            with self._counting:
                found = self._open().snapshot()
        except ReadingListError as error:
            log.warning("the words of papers cannot be read: %s", error.detail)
            return None
        return found if len(found.ids) else None

    @property
    def is_counting(self) -> bool:
        """The words of many papers are being counted, or will be: `terms` knows little as yet."""
        return self._is_planned

    def build(self, context: JobContext) -> None:
        """Count all papers that have not been counted in their present form.

        Raises:
            Cancelled: The reader stopped it; what was counted is stored.
            EnvironmentFault: The disk refuses.
        """
        try:
            is_news = self._count_all(context)
        finally:
            self._end_plan()
        if is_news:
            self._events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))

    def _count_all(self, context: JobContext) -> bool:
        done = 0
        while chunk := self._next():
            context.check_cancelled()
            with self._counting:
                self._count(chunk)
            done += len(chunk)
            context.progress(done, done + len(self._missing))
        self._compact()
        return done > 0

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for the words for so long."""
        if self._store is not None:
            self._store.let_go(unused_s=unused_s)

    def close(self) -> None:
        """Hear of no changes any more."""
        self._unsubscribe()

    def _plan(self) -> None:
        with self._noting:
            if self._is_planned:
                return
            self._is_planned = True
        job = self._runner.submit(self.build, lane=Lane.WORDS, label=LABEL)
        job.future.add_done_callback(lambda _: self._end_plan())  # also if it was called off before it began

    def _end_plan(self) -> None:
        with self._noting:
            self._is_planned = False

    def _next(self) -> list[PaperId]:
        with self._counting:
            return sorted(self._look(), reverse=True)[:CHUNK]  # those that came last first

    def _look(self) -> set[PaperId]:
        """Return which papers are not counted in their present form."""
        with self._noting:
            doubtful, self._doubtful = self._doubtful, set()
        if doubtful is None or doubtful:
            try:
                ids = None if doubtful is None else sorted(doubtful)
                with self._library.read() as reader:
                    wanted = reader.papers.content_hashes(ids)
                stale = self._open().stale(wanted)
            except ReadingListError:
                self._doubt_all()
                raise
            self._missing = stale if doubtful is None else (self._missing - doubtful) | stale
        return self._missing

    def _count(self, ids: Sequence[PaperId]) -> None:
        if not ids:
            return
        with self._library.read() as reader:
            texts = reader.papers.texts(ids)
        self._open().append(
            [one.id for one in texts],
            [one.content_hash for one in texts],
            [encoder_text(one.title, one.abstract) for one in texts],
        )
        self._missing -= set(ids)  # those that are gone included

    def _compact(self) -> None:
        import numpy as np  # noqa: PLC0415 - the window starts without it

        with self._counting, self._library.read() as reader:
            kept = [*reader.papers.outside_bin(), *reader.papers.binned()]
            self._open().compact(np.array(kept, dtype=np.int64))

    def _open(self) -> "TermStore":
        if self._store is None:
            from readinglist.similarity.term_store import TermStore  # noqa: PLC0415 - loads numpy

            self._store = TermStore(self._folder)
        return self._store

    def _doubt_all(self) -> None:
        with self._noting:
            self._doubtful = None

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or not event.kinds & WATCHED:
            return
        # Where papers came and went at once, a whole library may have been put back: those gone are not named.
        if event.kinds >= COMING_AND_GOING or len(event.ids) > MANY:
            self._doubt_all()
            return
        with self._noting:
            if self._doubtful is not None:
                self._doubtful |= event.ids
