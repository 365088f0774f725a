"""Reads passages of PDFs by itself, in a job beside all others: it may take an hour, and papers always come first."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from readinglist.services.background import BackgroundWork
from readinglist.services.index_state import PassagesState
from readinglist.services.jobs import JobContext, Lane, Runner
from readinglist.services.passages import Passages

if TYPE_CHECKING:
    from readinglist.services.indexing import Indexing

LABEL = "Comparing passages of PDFs"
QUIET_S = 1.0


class PassageWork:
    """Keeps passages in step with the texts; every method may be called from any thread.

    Args:
        passages: What is kept in step.
        indexing: Has the model, and reads papers.
        runner: Runs the work.
        is_automatic: Whether it begins without being asked to.
    """

    def __init__(
        self, passages: Passages, indexing: "Indexing", runner: Runner, *, is_automatic: Callable[[], bool]
    ) -> None:
        self.passages = passages
        self.work = BackgroundWork(
            runner, work=self._build, has_work=self._has_work, lane=Lane.PASSAGES, label=LABEL, quiet_s=QUIET_S
        )
        self._indexing = indexing
        self._runner = runner
        self._is_automatic = is_automatic
        self._reading = threading.Lock()
        self._is_running = False

    @property
    def state(self) -> PassagesState:
        """How far it is."""
        return replace(self.passages.state, is_running=self._is_running)

    def start(self) -> None:
        """From now on begin by itself; what was not wanted any more when the program ended goes now."""
        self.work.start()
        if not self.passages.is_wanted():
            self.reconsider()

    def count(self) -> None:
        """Bring the numbers in step, and begin soon if something waits; what is gone leaves the disk."""
        self.passages.count(self._indexing.info)
        if self.passages.has_gone:
            self._runner.submit(lambda _: self.passages.leave_out_gone(self._indexing.info), lane=Lane.PASSAGES)
        self.work.plan()

    def begin_now(self) -> None:
        """Read what waits, because the reader asks for it; returns at once."""
        if self.passages.state.has_work:
            self.work.begin_now()

    def reconsider(self) -> None:
        """Delete what is not wanted any more; returns at once."""
        self._runner.submit(lambda _: self.passages.tidy(), lane=Lane.INTERACTIVE)

    def read(self, context: JobContext) -> bool:
        """Let the model read all passages that it has not read; returns whether no paper waits.

        Raises:
            Cancelled: The reader stopped it, or chose another model.
            EnvironmentFault: The model cannot be loaded or run, or the disk refuses.
            UserError: What the reader chose is no usable model.
        """
        with self._reading:
            self._is_running = True
            try:
                self._read(context)
            finally:
                self._is_running = False
        return not self._indexing.papers_wait()

    def close(self) -> None:
        """Begin nothing any more, and stop what runs."""
        self.work.close()

    def _read(self, context: JobContext) -> None:
        self.passages.tidy()
        info = self._indexing.info
        self.passages.count(info)
        if not self.passages.state.has_work:
            return
        self.passages.read(
            self._indexing.load_model(meanwhile=context.check_cancelled),
            lambda texts: self._indexing.encode_many(texts, context),
            context,
            must_stop=self._indexing.papers_wait,
            chance=random.Random(),  # noqa: S311 - an order, no secret
        )

    def _build(self, context: JobContext) -> None:
        self.read(context)  # where papers came meanwhile, reading them plans this again

    def _has_work(self) -> bool:
        return self._is_automatic() and self.passages.state.has_work and not self._indexing.papers_wait()
