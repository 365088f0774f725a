"""Asking for the papers of a list without holding up the window; answers that came too late are dropped."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.domain.paper import PaperId, PaperRow
from readinglist.domain.query import Sort
from readinglist.domain.query_dates import goes_with_calendar
from readinglist.domain.query_text import parse_query
from readinglist.services.catalog import CatalogAnswer
from readinglist.services.jobs import Job, Lane
from readinglist.ui.bridge import Bridge

T = TypeVar("T")
Prepare = Callable[[str, Sort], Callable[[], CatalogAnswer]]

DEBOUNCE_MS = 5  # keys that come in one go ask once; a pause would only be waited for
CALENDAR_MS = 30_000  # so long after midnight at most, or after the computer woke, `added:today` means another day


def _today() -> date:
    """Return the day where the reader is."""
    return datetime.now(UTC).astimezone().date()


class Ask(Protocol):
    """Answers a query: `workspace.catalog.ids`."""

    def __call__(self, query_text: str, sort: Sort, limit: int | None = None, /) -> CatalogAnswer:
        """Return the papers in order, all or the first ones."""
        ...


class Catalog(Protocol):
    """What a list asks: `workspace.catalog`."""

    @property
    def ids(self) -> Ask:
        """Answers a query."""
        ...

    def rows(self, ids: Sequence[PaperId], /) -> list[PaperRow]:
        """Read rows by id, in order."""
        ...


class PaperQuery(QObject):
    """The question a list asks at present.

    Further papers may be joined to an answer: they stand after its own for as long as the same is asked.

    Args:
        ask: Answers; called on workers, once on the main thread by `ask_now`.
        bridge: Brings answers back.
        parent: Owner.
        today: Tells the day; what goes with the calendar is asked again on another one.
    """

    started = Signal()
    answered = Signal(object)  # CatalogAnswer, with what was joined to it
    failed = Signal()  # no answer comes, which has been said
    renewed = Signal()  # the library has answered: what was joined before may no longer be right

    def __init__(
        self, ask: Ask, bridge: Bridge, parent: QObject | None = None, *, today: Callable[[], date] = _today
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._today = today
        self._day = date.min  # for which was asked last
        self._prepare: Prepare | None = None
        self._bridge = bridge
        self._question: tuple[str, Sort] | None = None
        self._joined: tuple[tuple[str, Sort] | None, list[PaperId]] = (None, [])
        self._last: tuple[tuple[str, Sort] | None, CatalogAnswer] | None = None
        self._number = 0
        self._job: Job[CatalogAnswer] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self.send)
        self._calendar = QTimer(self)
        self._calendar.setInterval(CALENDAR_MS)
        self._calendar.timeout.connect(self.follow_calendar)

    @property
    def is_waiting(self) -> bool:
        """An answer is still to come."""
        return self._timer.isActive() or self._job is not None

    @property
    def question(self) -> tuple[str, Sort] | None:
        """What is asked at present: a query and an order."""
        return self._question

    def join(self, ids: Sequence[PaperId]) -> None:
        """Let papers stand after those of the answer that came last; those that are in it already stay where they are.

        Nothing happens if something else is asked by now.

        Args:
            ids: In order; none takes away what was joined before.
        """
        if self._last is not None and self._last[0] == self._question:
            self._joined = self._question, list(ids)
            self.answered.emit(self._with_joined(self._last[1]))

    def use(self, prepare: Prepare | None) -> None:
        """From now on, ask somebody else than at first.

        Args:
            prepare: Called on the main thread when a question is sent; what it returns answers on a worker. None goes
                back to who was asked at first.
        """
        self._prepare = prepare

    def ask_soon(self, text: str, sort: Sort) -> None:
        """Ask when the reader has stopped typing for a moment; what was asked before needs no answer any more."""
        self._question = (text, sort)
        self._drop()
        self._timer.start()

    def ask(self, text: str, sort: Sort) -> None:
        """Ask at once."""
        self._question = (text, sort)
        self.send()

    def ask_now(self, text: str, sort: Sort, limit: int) -> CatalogAnswer:
        """Ask for the first papers and wait: for the first list of the window, which has nothing else to show."""
        self._question = (text, sort)
        self._drop()
        self._keep_day(text)
        answer = self._ask(text, sort, limit)
        self._last = self._question, answer
        return answer

    def repeat(self) -> None:
        """Ask the same again, because the library changed; changes that follow each other quickly ask once."""
        if self._question is not None and not self._timer.isActive():
            self.send()

    def send(self) -> None:
        """Put the question to a worker."""
        if self._question is None:
            return
        self._drop()
        text, sort = self._question
        self._keep_day(text)
        number = self._number
        answer = self._prepare(text, sort) if self._prepare is not None else lambda: self._ask(text, sort)
        self._job = self._bridge.run(
            lambda _context: answer(),
            lane=Lane.INTERACTIVE,
            on_done=self._for(number, self._take),
            on_error=self._for(number, self._fail),
        )
        self.started.emit()

    def follow_calendar(self) -> None:
        """Ask the same again if it is another day by now; called while the question goes with the calendar."""
        if self._today() != self._day:
            self.repeat()

    def stop(self) -> None:
        """Ask nothing more; the window is closing."""
        self._drop()
        self._calendar.stop()

    def _keep_day(self, text: str) -> None:
        """Remember for which day is asked, as long as that matters."""
        self._day = self._today()
        if goes_with_calendar(parse_query(text)):
            self._calendar.start()
        else:
            self._calendar.stop()

    def _drop(self) -> None:
        self._timer.stop()
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _for(self, number: int, function: Callable[[T], None]) -> Callable[[T], None]:
        def if_still_asked(value: T) -> None:
            if number == self._number:
                self._job = None
                function(value)

        return if_still_asked

    def _take(self, answer: CatalogAnswer) -> None:
        before, self._last = self._last, (self._question, answer)
        question, joined = self._joined
        if joined and before is not None and before[0] == self._question:
            # What has left the answer is not to come back at its end, where it would take the reader along.
            left = set(before[1].ids).difference(answer.ids)
            self._joined = question, [one for one in joined if one not in left]
        self.answered.emit(self._with_joined(answer))
        self.renewed.emit()

    def _fail(self, error: BaseException) -> None:
        self._bridge.fail(error)
        self.failed.emit()

    def _with_joined(self, answer: CatalogAnswer) -> CatalogAnswer:
        question, joined = self._joined
        if not joined or question != self._question:
            return answer
        known = set(answer.ids)
        further = [one for one in joined if one not in known]
        return replace(answer, ids=[*answer.ids, *further], close=frozenset(further))
