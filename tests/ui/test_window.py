"""One window on a real library, driven as a reader drives it; only the language model is off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.changes import Changes
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.services.edit import Edit
from readinglist.services.events import JobProgress
from readinglist.ui.dialogs.group_name import GroupNameSheet
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.scope import BIN, INBOX, STARRED, status_scope, tag_scope
from tests.helpers.ui_input import press, type_text
from tests.helpers.ui_window import PAPERS, focused, open_window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def status_of(workspace: Workspace, paper_id: PaperId) -> Status:
    return workspace.catalog.get(paper_id).status


def test_the_inbox_opens_with_its_first_paper_and_all_counts(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    assert window.papers.scope == INBOX
    assert window.papers.current == ids[0]
    assert window.detail.paper is not None
    assert window.detail.paper.id == ids[0]
    assert not window.rest.jobs.isVisible()
    qtbot.waitUntil(window.actions_["star"].isEnabled)


def test_a_reader_goes_through_the_inbox_from_the_keyboard(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    keys = Qt.Key
    press(focused(), keys.Key_2)
    assert window.papers.current == ids[1], "the next one, at once"
    press(focused(), keys.Key_J, keys.Key_5, keys.Key_K, keys.Key_S)
    qtbot.waitUntil(lambda: status_of(workspace, ids[2]) is Status.SKIPPED)
    assert status_of(workspace, ids[0]) is Status.TO_READ
    assert status_of(workspace, ids[1]) is Status.INBOX
    qtbot.waitUntil(lambda: workspace.catalog.counts().starred == 1)
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [ids[1], *ids[3:]])


def test_undo_brings_a_paper_back_and_redo_sends_it_away_again(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: window.actions_["undo"].text() == "Undo: Mark 1 paper as Read")
    assert window.toast.text == "1 paper marked as Read."
    press(focused(), Qt.Key.Key_Z, modifiers=CONTROL)
    qtbot.waitUntil(lambda: window.papers.current == ids[0])
    assert status_of(workspace, ids[0]) is Status.INBOX
    assert window.toast.text == "Undone: Mark 1 paper as Read."
    qtbot.waitUntil(window.actions_["redo"].isEnabled)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: status_of(workspace, ids[0]) is Status.READ)
    window.actions_["redo"].setEnabled(True)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: window.toast.text == "There is nothing to do again.")


def test_the_strip_below_names_a_step_that_takes_long_to_take_back(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    heard: list[JobProgress] = []
    workspace.events.subscribe(lambda event: heard.append(event) if isinstance(event, JobProgress) else None)
    press(focused(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: window.actions_["undo"].text() == "Undo: Mark 1 paper as Read")
    press(focused(), Qt.Key.Key_Z, modifiers=CONTROL)
    qtbot.waitUntil(lambda: window.toast.text == "Undone: Mark 1 paper as Read.")
    assert {event.label for event in heard} == {"Undo: Mark 1 paper as Read"}
    assert max(event.total or 0 for event in heard) > 0


def test_a_click_on_the_toast_takes_back(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.toast.text == "1 paper moved to the bin.")
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    button = window.toast.findChild(QPushButton, "toast-action")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: not workspace.catalog.get(ids[0]).is_binned)


def test_the_bin_gives_back_and_loses_for_good_and_even_that_is_undone(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    window.papers.choose_all()
    press(focused(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: workspace.catalog.counts().binned == PAPERS)
    window.handlers.asking.show_scope(BIN)
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == PAPERS)
    window.actions_["restore"].trigger()
    qtbot.waitUntil(lambda: workspace.catalog.counts().total == 1)
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == PAPERS - 1 and window.actions_["purge"].isEnabled())
    window.actions_["purge"].trigger()
    qtbot.waitUntil(lambda: workspace.catalog.counts().binned == PAPERS - 2)
    qtbot.waitUntil(lambda: window.toast.text == "1 paper deleted for good.")
    window.actions_["empty-bin"].trigger()
    qtbot.waitUntil(lambda: workspace.catalog.counts().binned == 0)
    qtbot.waitUntil(lambda: window.actions_["undo"].text() == "Undo: Empty the bin")
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: workspace.catalog.counts().binned == PAPERS - 2)


def test_papers_dropped_on_the_sidebar_get_what_it_stands_for(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.add_tags([ids[5]], ["ml"])
    for scope in (status_scope(Status.READING), STARRED, tag_scope("ml")):
        window.sidebar.dropped.emit(scope, [ids[0]])
    window.sidebar.dropped.emit(BIN, [ids[1]])
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[1]).is_binned)
    paper = workspace.catalog.get(ids[0])
    assert (paper.status, paper.is_starred, paper.tags) == (Status.READING, True, ("ml",))


def test_tags_are_renamed_coloured_and_deleted_from_the_sidebar(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.add_tags(ids[:2], ["ml"])
    window.sidebar.rename_wanted.emit(tag_scope("ml"))
    sheet = window.findChild(GroupNameSheet)
    assert sheet is not None
    sheet.line.setText(" cs/ vision ")
    sheet.apply_button.click()
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).tags == ("cs/vision",))
    window.sidebar.color_chosen.emit("cs/vision", "purple")
    qtbot.waitUntil(lambda: [tag.color for tag in workspace.catalog.tags()] == ["purple"])
    qtbot.waitUntil(lambda: window.papers.cards.delegate.tag_colors == {"cs/vision": "purple"})
    window.sidebar.delete_wanted.emit(tag_scope("cs/vision"))
    qtbot.waitUntil(lambda: workspace.catalog.tags() == [])


def test_a_tag_in_the_detail_pane_leads_to_its_list(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.add_tags([ids[3]], ["ml"])
    qtbot.waitUntil(lambda: window.sidebar.model.index_of("tag:ml").isValid())
    window.detail.page.tags.opened.emit("ml")
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [ids[3]])
    assert window.sidebar.tree.currentIndex().data() == "ml"


def test_a_decision_in_the_detail_pane_can_be_undone_from_the_toast(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    window.detail.page.marks.rating_chosen.emit(4)
    qtbot.waitUntil(lambda: window.toast.text == "1 paper rated 4 of 5.")
    window.actions_["priority-high"].trigger()
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).priority is Priority.HIGH)
    qtbot.waitUntil(lambda: window.detail.page.marks.priority.currentText() == "High")


def test_the_queue_is_put_in_order(window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> None:
    scope = status_scope(Status.TO_READ)
    workspace.edit.set_status(ids, Status.TO_READ)
    window.handlers.asking.show_scope(scope)
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == PAPERS)
    queue = list(window.papers.model.ids)
    window.papers.queue_moved.emit([queue[4]], queue[0])
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [queue[4], *queue[:4], queue[5]])


def test_slash_searches_and_escape_comes_back(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    press(focused(), Qt.Key.Key_Slash)
    assert focused() is window.papers.search.line
    type_text(focused(), "subject 2")
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == 1)
    press(focused(), Qt.Key.Key_Return)
    assert focused() is window.papers.cards
    press(focused(), Qt.Key.Key_Slash)
    press(focused(), Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert focused() is window.papers.cards
    qtbot.waitUntil(lambda: window.papers.model.rowCount() == PAPERS)


def test_a_note_is_written_from_the_keyboard_and_kept_at_the_close(
    window: MainWindow, workspace: Workspace, ids: list[PaperId]
) -> None:
    press(focused(), Qt.Key.Key_N)
    assert focused() is window.detail.page.note.field
    type_text(focused(), "Just 2 words")
    assert window.close()
    assert workspace.catalog.get(ids[0]).note == "Just 2 words"
    assert status_of(workspace, ids[0]) is Status.INBOX, "what is typed is no key of the window"


def test_escape_in_the_note_comes_back_to_the_list(window: MainWindow) -> None:
    press(focused(), Qt.Key.Key_N)
    press(focused(), Qt.Key.Key_Escape)
    assert focused() is window.papers.cards


def test_closing_is_refused_once_if_a_note_would_be_lost(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **_named: object) -> Changes:
        message = "The disk is full."
        raise EnvironmentFault(message)

    monkeypatch.setattr(Edit, "set_note", fail)
    press(focused(), Qt.Key.Key_N)
    type_text(focused(), "A thought")
    assert not window.close()
    assert window.toast.text == "The note is not saved yet. The disk is full. Close again to give it up."
    assert window.close()
