"""The sheet that stands while a library of an older version is made ready."""

import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from readinglist.ui.dialogs.preparing import PreparingSheet, run_with_sheet


def sheet() -> PreparingSheet | None:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, PreparingSheet)), None)


def test_the_work_runs_on_another_thread_while_the_sheet_says_what_is_going_on(qtbot: QtBot) -> None:
    may_end = threading.Event()
    said: list[str] = []

    def look() -> None:
        shown = sheet()
        assert shown is not None
        said.extend(label.text() for label in shown.findChildren(QLabel))
        QTest.keyClick(shown, Qt.Key.Key_Escape)
        shown.close()
        said.append("still there" if shown.isVisible() else "gone")
        may_end.set()

    def work() -> threading.Thread:
        assert may_end.wait(20)
        return threading.current_thread()

    QTimer.singleShot(0, look)
    assert run_with_sheet(work) is not threading.main_thread()
    assert said[-1] == "still there"
    assert "A copy of it is kept" in said[0]
    qtbot.waitUntil(lambda: sheet() is None)


def test_what_goes_wrong_is_raised_where_it_can_be_shown(qtbot: QtBot) -> None:
    def work() -> None:
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        run_with_sheet(work)
    qtbot.waitUntil(lambda: sheet() is None)
