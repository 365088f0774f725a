"""What is asked of the chosen: once the choice rests, the newest alone, and again when the answer may be another."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.services.events import Notice
from readinglist.ui.widgets.asked_of import AskedOf, keep_quiet
from tests.helpers.ui_core import UiCore, destroy

TAGS = frozenset({ChangeKind.TAGS})


@dataclass(slots=True)
class Clerk:
    """Answers on a worker, and notes what came of it.

    Attributes:
        held: What is answered only once the gate is open.
        error: Raised instead of an answer, if set.
    """

    asked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    left: int = 0
    held: frozenset[str] = frozenset()
    gate: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def answer(self, subject: str) -> str:
        """Return the subject in capitals."""
        self.asked.append(subject)
        if subject in self.held:
            self.gate.wait(30)
        if self.error is not None:
            raise self.error
        return subject.upper()

    def leave(self) -> None:
        """Count how often something else was chosen."""
        self.left += 1


@pytest.fixture
def clerk() -> Iterator[Clerk]:
    clerk = Clerk()
    yield clerk
    clerk.gate.set()


@pytest.fixture
def owner(core: UiCore) -> Iterator[QWidget]:
    owner = QWidget()
    yield owner
    destroy(owner)


@pytest.fixture
def asked(core: UiCore, clerk: Clerk, owner: QWidget) -> AskedOf[str, str]:
    return AskedOf[str, str](
        core.bridge, owner, ask=clerk.answer, show=clerk.shown.append, leave=clerk.leave, fail=keep_quiet
    )


@pytest.fixture
def notices(core: UiCore) -> list[Notice]:
    heard: list[Notice] = []
    core.bridge.on_notice(heard.append)
    return heard


def test_only_where_the_choice_rests_is_asked(asked: AskedOf[str, str], clerk: Clerk, qtbot: QtBot) -> None:
    for subject in ("one", "two", "three"):
        asked.turn_to(subject)
    assert asked.is_waiting
    qtbot.waitUntil(lambda: not asked.is_waiting)
    assert clerk.asked == ["three"]
    assert clerk.shown == ["THREE"]
    assert clerk.left == 3


def test_the_same_choice_again_changes_nothing(asked: AskedOf[str, str], clerk: Clerk, qtbot: QtBot) -> None:
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.shown == ["ONE"])
    asked.turn_to("one", rest_ms=0)
    assert not asked.is_waiting
    assert clerk.left == 1


def test_an_answer_that_comes_too_late_is_for_nobody(
    asked: AskedOf[str, str], clerk: Clerk, core: UiCore, qtbot: QtBot
) -> None:
    clerk.held = frozenset({"one"})
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.asked == ["one"])
    asked.turn_to("two", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.shown == ["TWO"])
    clerk.gate.set()
    core.jobs.close()
    qtbot.wait(1)
    assert clerk.shown == ["TWO"]


def test_of_two_answers_about_the_same_the_newer_one_counts(
    asked: AskedOf[str, str], clerk: Clerk, core: UiCore, qtbot: QtBot
) -> None:
    clerk.held = frozenset({"one"})
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: len(clerk.asked) == 1)
    asked.ask_now()
    qtbot.waitUntil(lambda: len(clerk.asked) == 2)
    clerk.gate.set()
    core.jobs.close()
    qtbot.waitUntil(lambda: not asked.is_waiting)
    qtbot.wait(1)
    assert clerk.shown == ["ONE"]


def test_nothing_is_asked_once_nothing_is_chosen(
    asked: AskedOf[str, str], clerk: Clerk, core: UiCore, qtbot: QtBot
) -> None:
    clerk.held = frozenset({"one"})
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.asked == ["one"])
    asked.turn_to(None)
    assert asked.subject is None
    assert not asked.is_waiting
    asked.ask_soon(0)
    asked.ask_now()
    assert not asked.is_waiting
    clerk.gate.set()
    core.jobs.close()
    qtbot.wait(1)
    assert (clerk.asked, clerk.shown) == (["one"], [])


def test_what_is_wanted_several_times_at_once_is_asked_once(
    asked: AskedOf[str, str], clerk: Clerk, qtbot: QtBot
) -> None:
    asked.turn_to("one", rest_ms=0)
    for _ in range(3):
        asked.ask_soon(0)
    qtbot.waitUntil(lambda: not asked.is_waiting)
    assert clerk.asked == ["one"]
    asked.ask_soon(0)
    qtbot.waitUntil(lambda: clerk.shown == ["ONE", "ONE"])


def test_changes_that_are_about_the_choice_ask_again(
    asked: AskedOf[str, str], clerk: Clerk, core: UiCore, qtbot: QtBot
) -> None:
    asked.follow(TAGS, lambda changes, subject: PaperId(len(subject)) in changes.ids, after_ms=0)
    core.events.publish(Changes(kinds=TAGS, ids=frozenset({PaperId(3)})))
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.shown == ["ONE"])
    core.events.publish(Changes(kinds=TAGS, ids=frozenset({PaperId(4)})))
    core.events.publish(Changes(kinds=frozenset({ChangeKind.NOTE}), ids=frozenset({PaperId(3)})))
    core.events.publish(Changes(kinds=TAGS, ids=frozenset({PaperId(3)})))
    qtbot.waitUntil(lambda: len(clerk.shown) == 2)
    assert not asked.is_waiting
    assert clerk.asked == ["one", "one"]
    assert clerk.left == 1, "what is shown stays until the new answer is there"


def test_a_failure_is_told_unless_something_else_tells_it(
    core: UiCore, clerk: Clerk, owner: QWidget, asked: AskedOf[str, str], notices: list[Notice], qtbot: QtBot
) -> None:
    clerk.error = EnvironmentFault("The disk is gone.")
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.asked == ["one"] and not asked.is_waiting)
    assert notices == []
    failed: list[BaseException] = []
    other = AskedOf[str, str](core.bridge, owner, ask=clerk.answer, show=clerk.shown.append, fail=failed.append)
    other.turn_to("two", rest_ms=0)
    qtbot.waitUntil(lambda: failed == [clerk.error])
    loud = AskedOf[str, str](core.bridge, owner, ask=clerk.answer, show=clerk.shown.append)
    loud.turn_to("three", rest_ms=0)
    qtbot.waitUntil(lambda: notices == [Notice(message="The disk is gone.", is_error=True)])
    assert clerk.shown == []


def test_an_owner_that_is_gone_is_shown_nothing(core: UiCore, clerk: Clerk, qtbot: QtBot) -> None:
    owner = QWidget()
    asked = AskedOf[str, str](core.bridge, owner, ask=clerk.answer, show=clerk.shown.append)
    asked.follow(TAGS, lambda _changes, _subject: True)
    clerk.held = frozenset({"one"})
    asked.turn_to("one", rest_ms=0)
    qtbot.waitUntil(lambda: clerk.asked == ["one"])
    destroy(owner)
    clerk.gate.set()
    core.events.publish(Changes(kinds=TAGS))
    core.jobs.close()
    qtbot.wait(1)
    assert clerk.shown == []
