"""How the window begins: with the start of its list, then all of it, and divided as the reader left it."""

from itertools import permutations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.paper import Status
from readinglist.ui.bridge import Bridge
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.library_facts import LibraryFacts, read_facts
from readinglist.ui.panes.papers import FIRST, PapersPane
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import destroy
from tests.helpers.ui_input import press
from tests.helpers.ui_window import focused, open_window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def add_papers(workspace: Workspace, number: int) -> None:
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(one) for one in range(1, number + 1)], status=Status.INBOX)


def test_a_long_list_begins_with_its_first_papers_and_is_whole_once_they_are_painted(
    workspace: Workspace, qtbot: QtBot
) -> None:
    add_papers(workspace, FIRST + 7)
    bridge = Bridge(workspace.jobs, workspace.events)
    window = MainWindow(workspace, bridge)
    window.show_library()
    begun = list(window.papers.model.ids)
    assert len(begun) == FIRST
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == FIRST + 7)
    assert list(window.papers.model.ids)[:FIRST] == begun
    assert window.papers.current == begun[0]
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.id == begun[0])
    window.stop()
    workspace.jobs.close()
    bridge.close()
    destroy(window)


def test_what_the_list_can_do_without_is_not_built_before_it_is_painted(workspace: Workspace, qtbot: QtBot) -> None:
    add_papers(workspace, 3)
    bridge = Bridge(workspace.jobs, workspace.events)
    window = MainWindow(workspace, bridge)
    window.show_library()
    assert "rest" not in vars(window)
    with qtbot.waitSignal(window.painted):
        pass
    assert "rest" in vars(window)
    window.stop()
    workspace.jobs.close()
    bridge.close()
    destroy(window)


def test_a_key_that_is_pressed_before_the_first_list_is_painted_is_heard(workspace: Workspace, qtbot: QtBot) -> None:
    add_papers(workspace, 3)
    bridge = Bridge(workspace.jobs, workspace.events)
    window = MainWindow(workspace, bridge)
    window.show_library()
    window.activateWindow()
    QCoreApplication.processEvents()
    assert window.isActiveWindow()
    assert "rest" not in vars(window), "nothing that an action needs is there yet"
    current = window.papers.current
    assert current is not None
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_5)
    qtbot.waitUntil(lambda: workspace.catalog.get(current).status is Status.SKIPPED)
    window.stop()
    workspace.jobs.close()
    bridge.close()
    destroy(window)


def test_the_detail_pane_is_divided_as_the_reader_left_it(workspace: Workspace, qtbot: QtBot) -> None:
    add_papers(workspace, 3)
    opened = open_window(workspace, qtbot)
    window = next(opened)
    qtbot.waitUntil(lambda: window.detail.paper is not None)
    window.detail._splitter.setSizes([200, 400])
    window.close()
    bridge = Bridge(workspace.jobs, workspace.events)
    again = MainWindow(workspace, bridge)
    again.show_library()
    qtbot.waitUntil(lambda: again.detail.paper is not None)
    page, similar = again.detail._splitter.sizes()
    assert page / similar == pytest.approx(1 / 2, abs=0.02)
    again.stop()
    destroy(again)
    next(opened, None)
    bridge.close()


@pytest.mark.parametrize("order", list(permutations(("list", "facts", "keyboard"))))
def test_after_the_first_import_the_list_has_the_keyboard_whatever_comes_first(
    workspace: Workspace, qtbot: QtBot, order: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PapersPane, "_on_changes", lambda *_: None)
    monkeypatch.setattr(LibraryFacts, "_on_changes", lambda *_: None)
    windows = open_window(workspace, qtbot)
    window = next(windows)
    assert window.rest.welcome.isVisible()
    qtbot.waitUntil(lambda: not window._facts._is_asking)  # what was counted before comes no more
    add_papers(workspace, 3)
    for step in order:
        if step == "list":
            window.papers.query.repeat()
            qtbot.waitUntil(lambda: window.papers.model.rowCount() == 3)
        elif step == "facts":
            window._show_facts(read_facts(workspace))
        else:
            window.papers.take_keyboard()
    assert focused() is window.papers.cards
    assert not list(windows), "the window ended"


@pytest.mark.parametrize("mode", ["cards", "table"])
def test_after_everything_was_undone_and_redone_the_list_has_the_keyboard(
    workspace: Workspace, qtbot: QtBot, mode: str
) -> None:
    windows = open_window(workspace, qtbot)
    window = next(windows)
    window.papers.set_mode(mode)
    with workspace.library.write("Import") as writer:
        writer.papers.add_many([make_draft(one) for one in range(3)], status=Status.INBOX)
    workspace.events.publish(writer.changes)
    qtbot.waitUntil(lambda: window.papers.isVisible() and window.papers.model.rowCount() == 3)
    window.papers.take_keyboard()
    for _ in range(2):
        press(focused(), Qt.Key.Key_Z, modifiers=CONTROL)
        qtbot.waitUntil(lambda: window.rest.welcome.isVisible() and window.papers.model.rowCount() == 0)
        press(focused(), Qt.Key.Key_Z, modifiers=CONTROL | SHIFT)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is window.papers.view)
    assert not list(windows), "the window ended"
