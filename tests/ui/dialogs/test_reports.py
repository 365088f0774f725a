"""Reports are shown as text, copied whole, and sent nowhere."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist import __version__
from readinglist.domain.errors import DataError
from readinglist.services.doctor import Diagnosis
from readinglist.ui.dialogs.about import AboutDialog, diagnosis_text
from readinglist.ui.dialogs.crash import CrashDialog
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import press

Key = Qt.Key
REPORT = "Reading List: 0.1.0\n\nTraceback <b>(most recent call last)</b>\nValueError: odd\n"


@dataclass(slots=True)
class MadeUpDoctor:
    diagnosis: Diagnosis
    error: Exception | None = None
    threads: list[int] = field(default_factory=list)

    def examine(self, *, meanwhile: object = None) -> Diagnosis:  # noqa: ARG002 - there is no model to wait for
        self.threads.append(threading.get_ident())
        if self.error is not None:
            raise self.error
        return self.diagnosis


@dataclass(slots=True)
class Workspace:
    doctor: MadeUpDoctor


def test_a_crash_report_is_text_that_can_be_copied(
    window: QMainWindow, opened: Callable[[CrashDialog], CrashDialog], qtbot: QtBot
) -> None:
    dialog = opened(CrashDialog(REPORT, window))
    assert dialog.report.toPlainText() == REPORT
    assert dialog.report.isReadOnly()
    assert "sent nowhere" in dialog.lead.text()
    press(dialog.copy_button, Key.Key_Space)
    assert QApplication.clipboard().text() == REPORT
    assert dialog.copy_button.text() == "Copied"
    assert control_count(dialog) >= 3
    assert unnamed_controls(dialog) == []
    with qtbot.waitSignal(dialog.rejected):
        press(dialog.report, Key.Key_Escape)


def test_a_crash_report_needs_no_window(qtbot: QtBot, opened: Callable[[CrashDialog], CrashDialog]) -> None:
    dialog = CrashDialog(REPORT, None)
    qtbot.addWidget(dialog, before_close_func=lambda one: one.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False))
    opened(dialog)
    assert dialog.isVisible()


def test_what_this_computer_offers_is_found_off_the_main_thread(
    core: UiCore, window: QMainWindow, opened: Callable[[AboutDialog], AboutDialog], qtbot: QtBot
) -> None:
    doctor = MadeUpDoctor(Diagnosis(facts={"Python": "3.11", "Runs on": "cpu"}, problems=("Only 3 MB are free.",)))
    dialog = opened(AboutDialog(Workspace(doctor), core.bridge, window))
    assert __version__ in dialog.heading.text()
    assert "Affero" in dialog.lead.text()
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    assert doctor.threads
    assert threading.get_ident() not in doctor.threads
    assert dialog.problem.text() == "Only 3 MB are free."
    press(dialog.copy_button, Key.Key_Space)
    assert QApplication.clipboard().text() == "Python   3.11\nRuns on  cpu\n\nOnly 3 MB are free."
    assert control_count(dialog) >= 3
    assert unnamed_controls(dialog) == []


def test_a_failure_to_look_around_is_said(
    core: UiCore, window: QMainWindow, opened: Callable[[AboutDialog], AboutDialog], qtbot: QtBot
) -> None:
    doctor = MadeUpDoctor(Diagnosis(facts={}, problems=()), DataError("The library cannot be read."))
    dialog = opened(AboutDialog(Workspace(doctor), core.bridge, window))
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.problem.text() == "The library cannot be read."
    assert not dialog.copy_button.isEnabled()


def test_nothing_wrong_is_said_too() -> None:
    assert diagnosis_text(Diagnosis(facts={"Python": "3.11"}, problems=())) == "Python  3.11\n\nNothing is wrong."
