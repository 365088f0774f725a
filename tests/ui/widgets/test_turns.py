"""What is done in turns leaves the event loop its own, and nothing that is pressed gets lost."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.widgets.turns import Turns
from tests.helpers.ui_core import destroy


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    destroy(window)


def noting(said: list[str], *texts: str) -> list[Callable[[], object]]:
    return [lambda text=text: said.append(text) for text in texts]  # type: ignore[misc]


def test_between_two_pieces_others_have_their_turn(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    others = QTimer(window)
    others.setInterval(0)
    others.timeout.connect(lambda: said.append("others"))
    others.start()
    Turns(window, noting(said, "first", "second", "third"))
    assert said == []
    qtbot.waitUntil(lambda: "third" in said)
    ours = [place for place, text in enumerate(said) if text != "others"]
    assert [said[place] for place in ours] == ["first", "second", "third"]
    assert "others" in said[ours[0] : ours[1]]
    assert "others" in said[ours[1] : ours[2]]


def test_what_waits_begins_when_it_is_told_to(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    turns = Turns(window, noting(said, "first"), is_waiting=True)
    after = QTimer(window)
    with qtbot.waitSignal(after.timeout):
        after.start()
    assert said == []
    turns.begin()
    qtbot.waitUntil(lambda: said == ["first"])


def test_a_key_finds_done_what_waits_and_it_is_done_once(window: QWidget) -> None:
    said: list[str] = []
    key = QShortcut(QKeySequence("K"), window)
    key.activated.connect(lambda: said.append("key"))
    turns = Turns(window, noting(said, "first", "second"), is_waiting=True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K)
    turns.begin()
    turns.finish()
    assert said == ["first", "second", "key"]


def test_a_key_finds_everything_done(window: QWidget) -> None:
    said: list[str] = []
    key = QShortcut(QKeySequence("K"), window)
    key.activated.connect(lambda: said.append("key"))
    Turns(window, noting(said, "first", "second"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_K)
    assert said == ["first", "second", "key"]


def test_what_was_stopped_is_not_done(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    turns = Turns(window, noting(said, "first"))
    turns.stop()
    Turns(window, noting(said, "after"))
    qtbot.waitUntil(lambda: "after" in said)
    assert said == ["after"]


def test_a_piece_that_fails_keeps_no_other_from_being_done(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []

    def fail() -> None:
        message = "this piece is broken"
        raise RuntimeError(message)

    with qtbot.captureExceptions() as raised:
        Turns(window, [fail, *noting(said, "after")])
        qtbot.waitUntil(lambda: said == ["after"])
    assert [str(one[1]) for one in raised] == ["this piece is broken"]
