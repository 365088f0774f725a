"""A list is never given the answer to what was asked before."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort
from readinglist.services.catalog import CatalogAnswer
from readinglist.ui.models.paper_query import PaperQuery
from tests.helpers.ui_core import UiCore

NUMBERS = {"one": PaperId(1), "two": PaperId(2)}


class SlowAsk:
    """Answers when it is let; every query has a paper of its own."""

    def __init__(self) -> None:
        self.may_answer, self.has_answered = threading.Event(), threading.Event()

    def __call__(self, query_text: str, sort: Sort, limit: int | None = None) -> CatalogAnswer:
        """Return the paper of a query."""
        assert sort == Sort()
        assert limit is None
        assert self.may_answer.wait(30)
        self.has_answered.set()
        return CatalogAnswer(ids=[NUMBERS[query_text]])


@pytest.fixture
def ask() -> Iterator[SlowAsk]:
    ask = SlowAsk()
    yield ask
    ask.may_answer.set()


def test_an_answer_that_comes_while_something_else_is_being_typed_is_for_nobody(
    ask: SlowAsk, core: UiCore, qtbot: QtBot
) -> None:
    query = PaperQuery(ask, core.bridge)
    given: list[list[PaperId]] = []
    query.answered.connect(lambda answer: given.append(answer.ids))
    query.ask("one", Sort())
    query.ask_soon("two", Sort())
    assert query.is_waiting
    ask.may_answer.set()
    assert ask.has_answered.wait(30)
    qtbot.waitUntil(lambda: not query.is_waiting)
    assert given == [[NUMBERS["two"]]]
    query.join([PaperId(3)])
    assert given[-1] == [NUMBERS["two"], PaperId(3)]
    query.stop()


def test_what_leaves_the_answer_does_not_come_back_behind_it(core: UiCore, qtbot: QtBot) -> None:
    first, second, close = (PaperId(number) for number in (1, 2, 3))
    found = [first, second]

    def ask(query_text: str, sort: Sort, limit: int | None = None) -> CatalogAnswer:
        return CatalogAnswer(ids=list(found))

    query = PaperQuery(ask, core.bridge)
    given: list[list[PaperId]] = []
    query.answered.connect(lambda answer: given.append(list(answer.ids)))
    query.ask("one", Sort())
    qtbot.waitUntil(lambda: not query.is_waiting)
    query.join([second, first, close])
    found.remove(first)
    query.repeat()
    qtbot.waitUntil(lambda: not query.is_waiting)
    assert given == [[first, second], [first, second, close], [second, close]]
    query.join([first, close])
    assert given[-1] == [second, first, close], "unless it is found to be close still"
    query.stop()


def test_a_question_that_cannot_be_answered_is_no_longer_waited_for(core: UiCore, qtbot: QtBot) -> None:
    def fail(query_text: str, sort: Sort, limit: int | None = None) -> CatalogAnswer:
        raise EnvironmentFault(query_text)

    query = PaperQuery(fail, core.bridge)
    with qtbot.waitSignal(query.failed):
        query.ask("one", Sort())
    assert not query.is_waiting
    query.stop()


def test_what_goes_with_the_calendar_is_asked_again_on_another_day(core: UiCore, qtbot: QtBot) -> None:
    days = [date(2025, 5, 15)]
    asked: list[str] = []

    def ask(query_text: str, sort: Sort, limit: int | None = None) -> CatalogAnswer:
        asked.append(query_text)
        return CatalogAnswer(ids=[])

    query = PaperQuery(ask, core.bridge, today=lambda: days[-1])
    query._calendar.setInterval(1)
    query.ask("added:today", Sort())
    with qtbot.waitSignal(query._calendar.timeout):
        pass
    qtbot.waitUntil(lambda: not query.is_waiting)
    assert asked == ["added:today"], "it is the same day"
    days.append(date(2025, 5, 16))
    qtbot.waitUntil(lambda: asked == ["added:today"] * 2)
    with qtbot.waitSignal(query._calendar.timeout):
        pass
    qtbot.waitUntil(lambda: not query.is_waiting)
    assert asked == ["added:today"] * 2, "once a day is enough"
    query.ask("added:2025", Sort())
    qtbot.waitUntil(lambda: asked[-1] == "added:2025")
    assert not query._calendar.isActive()
    query.stop()
