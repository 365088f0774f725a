"""What is asked of whatever the reader has chosen: of the chosen paper, say, which tags it could have.

The choice may change with every key that goes down, and an answer takes a while. So it is asked for off the main
thread, once the choice rests, and only the newest answer for what is still chosen is shown.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.services.jobs import Job, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.widgets.delays import make_delay

Subject = TypeVar("Subject")
Answer = TypeVar("Answer")
T = TypeVar("T")

REST_MS = 200  # a reader who runs down the list with a held key asks for nothing


def leave_it() -> None:
    """Let stand what was shown of what was chosen before, until the next answer is there."""


def keep_quiet(_error: BaseException) -> None:
    """Say nothing of what went wrong: something else that is asked of the same does."""


class AskedOf(QObject, Generic[Subject, Answer]):
    """Asks one thing of what is chosen.

    Args:
        bridge: The road to who answers.
        parent: Owner.
        ask: Answers; called on a worker.
        show: Shows an answer.
        leave: Called when something else is chosen, or nothing: what is shown is not about that.
        fail: Gets what went wrong; without it a notice tells the reader.
    """

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject,
        *,
        ask: Callable[[Subject], Answer],
        show: Callable[[Answer], None],
        leave: Callable[[], None] = leave_it,
        fail: Callable[[BaseException], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._answer = ask
        self._show = show
        self._leave = leave
        self._fail = fail or bridge.fail
        self._subject: Subject | None = None
        self._job: Job[Answer] | None = None
        self._number = 0  # of the present request; what comes of those before is for nobody
        self._rest = make_delay(self, REST_MS, self.ask_now)
        self._is_about: Callable[[Changes, Subject], bool] = lambda _changes, _subject: False
        self._after_ms = REST_MS

    @property
    def subject(self) -> Subject | None:
        """What is chosen, and asked of; None while nothing is."""
        return self._subject

    @property
    def is_waiting(self) -> bool:
        """An answer is still to come."""
        return self._rest.isActive() or self._job is not None

    def turn_to(self, subject: Subject | None, *, rest_ms: int = REST_MS) -> None:
        """Ask of something else once it has been chosen for a moment; None asks nothing more."""
        if subject == self._subject:
            return
        self._drop()
        self._subject = subject
        self._leave()
        self.ask_soon(rest_ms)

    def ask_soon(self, after_ms: int = REST_MS) -> None:
        """Ask again a moment later: what is wanted several times meanwhile is asked once."""
        if self._subject is not None and not self._rest.isActive():
            self._rest.start(after_ms)

    def ask_now(self) -> None:
        """Ask again."""
        subject, answer = self._subject, self._answer
        if subject is None:
            return
        self._drop()
        self._job = self._bridge.run(
            lambda _context: answer(subject),
            lane=Lane.INTERACTIVE,
            on_done=self._for_newest(self._show),
            on_error=self._for_newest(self._fail),
        )

    def follow(
        self,
        kinds: Iterable[ChangeKind],
        is_about: Callable[[Changes, Subject], bool],
        *,
        after_ms: int = REST_MS,
    ) -> None:
        """Ask again after each change that could mean another answer.

        Args:
            kinds: Of change that could.
            is_about: Tells whether a change of these kinds could mean another answer for what is chosen.
            after_ms: Changes that come within this time ask once.
        """
        self._is_about, self._after_ms = is_about, after_ms
        self._bridge.subscribe(kinds, self._on_changes)

    def _drop(self) -> None:
        self._rest.stop()
        self._number += 1
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _for_newest(self, use: Callable[[T], None]) -> Callable[[T], None]:
        """Return a function that does nothing once something else is asked, or the same again."""
        number = self._number

        def take(value: T) -> None:
            if shiboken6.isValid(self) and number == self._number:
                self._job = None
                use(value)

        return take

    def _on_changes(self, changes: Changes) -> None:
        if self._subject is not None and self._is_about(changes, self._subject):
            self.ask_soon(self._after_ms)
