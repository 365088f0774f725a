"""Backups are made, looked into and restored from the window, and nothing is lost by restoring."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.domain.errors import DataError
from readinglist.services.jobs import Lane
from readinglist.services.maintenance import BackupContent, Maintenance
from readinglist.ui.dialogs.backups import BackupsDialog, content_text
from tests.helpers.drafts import make_draft
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click, press

Key = Qt.Key


@dataclass(slots=True)
class Workspace:
    maintenance: Maintenance


@pytest.fixture
def workspace(core: UiCore) -> Workspace:
    core.add(*(make_draft(number) for number in range(3)))
    return Workspace(Maintenance(core.library, core.events))


@pytest.fixture
def show(
    window: QMainWindow,
    core: UiCore,
    workspace: Workspace,
    opened: Callable[[BackupsDialog], BackupsDialog],
    qtbot: QtBot,
) -> Callable[[], BackupsDialog]:
    def make() -> BackupsDialog:
        dialog = opened(BackupsDialog(workspace, core.bridge, window))
        qtbot.waitUntil(lambda: dialog.none.isVisible() or dialog.restore_button.isEnabled())
        return dialog

    return make


def test_without_backups_the_first_one_is_offered_and_made(show: Callable[[], BackupsDialog], qtbot: QtBot) -> None:
    dialog = show()
    assert dialog.none.isVisible()
    assert not dialog.restore_button.isEnabled()
    press(dialog.make_button, Key.Key_Space)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog.outcome.text().startswith("Backed up to library ")
    assert dialog._items.rowCount() == 1
    assert dialog._items.index(0, 1).data() == "Made by you"
    assert dialog.card.facts.text().startswith("3 papers, 0 notes, 0 tags.\nAdded last: Learning about subject 2")


def test_collections_are_counted_where_there_are_some() -> None:
    content = BackupContent(papers=3, notes=0, tags=1, collections=2, newest="", revision="0004")
    assert content_text(content) == "3 papers, 0 notes, 1 tag, 2 collections."


def test_the_chosen_backup_is_looked_into(
    core: UiCore, workspace: Workspace, show: Callable[[], BackupsDialog], qtbot: QtBot
) -> None:
    core.library.back_up(reason="automatic")
    core.add(make_draft(7))
    workspace.maintenance.backup()
    dialog = show()
    newest = {str(dialog._items.index(row, 1).data()): row for row in range(2)}
    dialog.list.setCurrentIndex(dialog._items.index(newest["Made by itself"], 0))
    qtbot.waitUntil(lambda: dialog.card.facts.text().startswith("3 papers"))
    dialog.list.setCurrentIndex(dialog._items.index(newest["Made by you"], 0))
    qtbot.waitUntil(lambda: dialog.card.facts.text().startswith("4 papers"))


def test_an_answer_about_the_backup_chosen_before_is_dropped(
    core: UiCore,
    workspace: Workspace,
    show: Callable[[], BackupsDialog],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, begun, inspect = threading.Event(), threading.Event(), workspace.maintenance.inspect

    def look(path: Path) -> BackupContent:
        if path.stem != "slow":
            return inspect(path)
        begun.set()
        gate.wait(30)
        message = "It is no library."
        raise DataError(message)

    monkeypatch.setattr(workspace.maintenance, "inspect", look)
    path = workspace.maintenance.backup()
    dialog = show()
    dialog.look_into(path.with_stem("slow"))
    qtbot.waitUntil(begun.is_set)
    dialog.look_into(path)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    gate.set()
    core.jobs.close()
    qtbot.wait(1)
    assert dialog.card.title.text() == path.name
    assert dialog.card.facts.text().startswith("3 papers")
    assert not dialog.card.trouble.isVisible()


def test_restoring_asks_first_and_keeps_what_is_here(
    core: UiCore, workspace: Workspace, show: Callable[[], BackupsDialog], qtbot: QtBot
) -> None:
    workspace.maintenance.backup()
    core.add(make_draft(7))
    dialog = show()
    click(dialog.restore_button)
    assert "3 papers" in dialog.card.question.text()
    assert "backed up first" in dialog.card.question.text()
    assert dialog.card.refused.hasFocus()
    press(dialog.card.refused, Key.Key_Space)
    assert not dialog.card.question.isVisible()
    assert core.catalog.counts().total == 4
    click(dialog.restore_button)
    press(dialog.card.confirmed, Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.outcome.isVisible() and dialog._items.rowCount() == 2)
    assert core.catalog.counts().total == 3
    saved = next(one for one in workspace.maintenance.list_backups() if one.reason == "restore")
    assert saved.path.name in dialog.outcome.text()
    assert workspace.maintenance.inspect(saved.path).papers == 4


def test_a_file_from_elsewhere_can_be_looked_into_and_restored(
    core: UiCore,
    workspace: Workspace,
    show: Callable[[], BackupsDialog],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    path = workspace.maintenance.backup(tmp_path / "elsewhere.sqlite")
    core.add(make_draft(7))
    dialog = show()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    click(dialog.file_button)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog.card.title.text() == "elsewhere.sqlite"
    click(dialog.restore_button)
    click(dialog.card.confirmed)
    qtbot.waitUntil(lambda: core.catalog.counts().total == 3)
    qtbot.waitUntil(dialog.outcome.isVisible)


def test_a_file_that_is_no_backup_says_so(
    show: Callable[[], BackupsDialog], workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    workspace.maintenance.backup()
    dialog = show()
    path = tmp_path / "<b>letter</b>"
    path.parent.mkdir(parents=True)
    path.write_text("Dear reader")
    dialog.look_into(path)
    qtbot.waitUntil(dialog.card.trouble.isVisible)
    assert "is not a backup of a library" in dialog.card.trouble.text()
    assert not dialog.restore_button.isEnabled()
    assert dialog.card.title.textFormat() is Qt.TextFormat.PlainText


def test_a_backup_that_cannot_be_made_says_why(show: Callable[[], BackupsDialog], core: UiCore, qtbot: QtBot) -> None:
    dialog = show()
    (core.library.folder / "backups").write_text("a file in the way")
    click(dialog.make_button)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "cannot be written" in dialog.problem.text()
    assert dialog.make_button.isEnabled()


def test_the_folder_is_shown_outside(
    show: Callable[[], BackupsDialog], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.maintenance.backup()
    dialog = show()
    asked: list[QUrl] = []

    def refuse(url: QUrl) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    click(dialog.folder_button)
    assert asked == [QUrl.fromLocalFile(str(path.parent))]
    assert str(path.parent) in dialog.problem.text()


def test_closing_while_it_is_looked_into_hurts_nobody(
    core: UiCore, workspace: Workspace, window: QMainWindow, qtbot: QtBot
) -> None:
    path = workspace.maintenance.backup()
    dialog = BackupsDialog(workspace, core.bridge, window)
    dialog.open()
    dialog.look_into(path)
    dialog.reject()
    done: list[int] = []
    core.bridge.run(lambda _: 1, lane=Lane.INTERACTIVE, on_done=done.append)
    qtbot.waitUntil(lambda: done == [1])


def test_every_control_has_a_name(show: Callable[[], BackupsDialog], workspace: Workspace) -> None:
    workspace.maintenance.backup()
    dialog = show()
    click(dialog.restore_button)
    assert control_count(dialog) >= 7
    assert unnamed_controls(dialog) == []


def test_an_empty_backup_has_no_last_paper() -> None:
    content = BackupContent(papers=0, notes=0, tags=1, newest="", revision="0001")
    assert content_text(content) == "0 papers, 0 notes, 1 tag."
