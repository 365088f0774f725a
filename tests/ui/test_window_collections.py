"""Collections in the window, as a reader uses them: made, filled, gone through, renamed, deleted, all taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId
from readinglist.ui.dialogs.group_name import GroupNameSheet
from readinglist.ui.dialogs.group_picker import GroupPicker
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.scope import ALL, INBOX, Scope, collection_scope, collection_wish_scope, tag_scope
from tests.helpers.ui_input import press, type_text
from tests.helpers.ui_window import focused, open_window

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ATTENTION = collection_scope("Survey/Attention")


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def shown(window: MainWindow) -> list[PaperId]:
    return list(window.papers.model.ids)


def show(window: MainWindow, scope: Scope, qtbot: QtBot) -> None:
    """Choose a list in the sidebar, as soon as it is there."""
    qtbot.waitUntil(lambda: window.sidebar.model.index_of(scope.query).isValid())
    window.sidebar.tree.setCurrentIndex(window.sidebar.model.index_of(scope.query))
    qtbot.waitUntil(lambda: window.papers.scope == scope and not window.papers.query.is_waiting)
    window.papers.take_keyboard()


def name_it(window: MainWindow, name: str) -> None:
    sheet = window.findChild(GroupNameSheet)
    assert sheet is not None
    sheet.line.setText(name)
    sheet.apply_button.click()


def undo(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    window.actions_["undo"].trigger()


def in_it(workspace: Workspace, name: str) -> set[PaperId]:
    return set(workspace.catalog.ids(collection_scope(name).query).ids)


def test_c_puts_the_chosen_papers_into_a_collection_that_is_made_for_them(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    press(focused(), Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    press(focused(), Key.Key_C)
    picker = window.findChild(GroupPicker)
    assert picker is not None
    assert picker.heading.text() == "Collections of 3 papers"
    type_text(picker.line, "Survey/Attention")
    press(picker.line, Key.Key_Return, Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.text == "3 papers put into Survey/Attention.")
    assert in_it(workspace, "Survey/Attention") == set(ids[:3])
    qtbot.waitUntil(lambda: window.detail.page.collections.names == ("Survey/Attention",))
    show(window, ATTENTION, qtbot)
    assert set(shown(window)) == set(ids[:3])


def test_several_are_put_in_and_taken_out_in_one_go(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:1], ["Old", "Kept"])
    window.handlers.collections.change(ids[:1], ["New", "Newer"])
    qtbot.waitUntil(lambda: window.toast.text == "1 paper put into 2 collections.")
    window.handlers.collections.change(ids[:1], ["Newest"], ["Old"])
    qtbot.waitUntil(lambda: window.toast.text == "Collections of 1 paper changed.")
    assert workspace.catalog.get(ids[0]).collections == ("Kept", "New", "Newer", "Newest")
    undo(window, qtbot)
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).collections == ("Kept", "New", "Newer", "Old"))


def test_tags_are_put_on_and_taken_off_in_one_go(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.add_tags(ids[:2], ["old"])
    window.handlers.tags.change(ids[:2], ["new"], ["old"])
    qtbot.waitUntil(lambda: window.toast.text == "Tags of 2 papers changed.")
    assert [workspace.catalog.get(one).tags for one in ids[:2]] == [("new",), ("new",)]
    undo(window, qtbot)
    qtbot.waitUntil(lambda: [workspace.catalog.get(one).tags for one in ids[:2]] == [("old",), ("old",)])


def test_papers_dropped_on_a_collection_go_into_it(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.make("Thesis")
    window.sidebar.dropped.emit(collection_scope("Thesis"), ids[1:3])
    qtbot.waitUntil(lambda: in_it(workspace, "Thesis") == set(ids[1:3]))
    assert workspace.catalog.get(ids[1]).tags == ()


def test_papers_dropped_on_the_heading_make_one_and_the_list_stays(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    window.sidebar.new_wanted.emit("", ids[:2])
    sheet = window.findChild(GroupNameSheet)
    assert sheet is not None
    assert sheet.heading.text() == "New collection for 2 papers"
    name_it(window, "Reading group")
    qtbot.waitUntil(lambda: window.toast.text == "2 papers put into Reading group.")
    assert in_it(workspace, "Reading group") == set(ids[:2])
    assert window.papers.scope == INBOX


def test_a_new_one_shows_its_empty_list_which_says_how_papers_come_in(window: MainWindow, qtbot: QtBot) -> None:
    press(focused(), Key.Key_N, modifiers=CONTROL | SHIFT)
    name_it(window, "Thesis/Chapter 2")
    qtbot.waitUntil(lambda: window.toast.text == "The collection Thesis/Chapter 2 was made.")
    qtbot.waitUntil(lambda: shown(window) == [])
    assert window.papers.scope == collection_scope("Thesis/Chapter 2")
    hint = window.papers.findChild(QLabel, "nothing-hint")
    assert isinstance(hint, QLabel)
    assert hint.text() == "Drag papers onto it in the sidebar, or press C on a paper."
    qtbot.waitUntil(lambda: window.sidebar.tree.currentIndex().data() == "Chapter 2")
    assert window.detail.paper is None, "the paper beside it belonged to the list before"
    undo(window, qtbot)
    qtbot.waitUntil(lambda: window.papers.scope == ALL)


def test_making_one_that_there_is_shows_it(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:2], ["Thesis"])
    window.sidebar.new_wanted.emit("", [])
    name_it(window, "Thesis")
    qtbot.waitUntil(lambda: set(shown(window)) == set(ids[:2]))


def test_what_is_taken_out_leaves_the_list_at_once_and_undo_brings_it_back(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:4], ["Survey"])
    workspace.collections.put(ids[1:2], ["Survey/Attention", "Thesis"])
    show(window, collection_scope("Survey"), qtbot)
    window.papers.show_paper(ids[1])
    press(focused(), Key.Key_C, modifiers=SHIFT)
    assert shown(window) == [ids[0], *ids[2:4]]
    assert window.papers.current == ids[2], "the next one"
    qtbot.waitUntil(lambda: window.toast.text == "1 paper taken out of Survey.")
    paper = workspace.catalog.get(ids[1])
    assert paper.collections == ("Thesis",), "out of those below it too, and of no other"
    assert not paper.is_binned
    undo(window, qtbot)
    qtbot.waitUntil(lambda: shown(window) == ids[:4])
    assert workspace.catalog.get(ids[1]).collections == ("Survey", "Survey/Attention", "Thesis")


def test_only_in_a_collection_can_papers_be_taken_out_of_it(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    qtbot.waitUntil(window.actions_["collections"].isEnabled)
    assert not window.actions_["take-out"].isEnabled()
    workspace.collections.put(ids[:1], ["Thesis"])
    show(window, collection_scope("Thesis"), qtbot)
    assert window.actions_["take-out"].isEnabled()
    show(window, INBOX, qtbot)
    assert not window.actions_["take-out"].isEnabled()


@pytest.mark.parametrize("below", ["", "/Attention"])
def test_the_list_follows_its_collection_to_another_name_and_back(
    below: str, window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:2], ["Survey/Attention"])
    show(window, collection_scope(f"Survey{below}"), qtbot)
    window.sidebar.rename_wanted.emit(collection_scope("Survey"))
    name_it(window, "Thesis")
    qtbot.waitUntil(lambda: window.toast.text == "The collection is called Thesis now.")
    assert window.papers.scope == collection_scope(f"Thesis{below}")
    chosen = f"Thesis{below}".rpartition("/")[2]
    qtbot.waitUntil(lambda: window.sidebar.tree.currentIndex().data() == chosen)
    qtbot.waitUntil(lambda: set(shown(window)) == set(ids[:2]))
    undo(window, qtbot)
    qtbot.waitUntil(lambda: window.papers.scope == collection_scope(f"Survey{below}"))
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: window.papers.scope == collection_scope(f"Thesis{below}"))


def test_the_list_of_a_deleted_collection_gives_way_to_all_papers(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:2], ["Survey/Attention"])
    show(window, ATTENTION, qtbot)
    window.sidebar.delete_wanted.emit(collection_scope("Survey"))
    qtbot.waitUntil(lambda: window.papers.scope == ALL)
    assert window.toast.text == "The collection Survey was deleted."
    qtbot.waitUntil(lambda: shown(window) == ids)
    undo(window, qtbot)
    qtbot.waitUntil(lambda: in_it(workspace, "Survey") == set(ids[:2]))


def test_the_list_of_a_renamed_tag_follows_too(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.add_tags(ids[:2], ["ml/vision"])
    show(window, tag_scope("ml/vision"), qtbot)
    window.sidebar.rename_wanted.emit(tag_scope("ml"))
    name_it(window, "cs")
    qtbot.waitUntil(lambda: window.papers.scope == tag_scope("cs/vision"))
    qtbot.waitUntil(lambda: set(shown(window)) == set(ids[:2]))


def test_recommendations_from_a_collection_follow_its_name(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:2], ["Survey"])
    window.sidebar.recommend_wanted.emit(collection_scope("Survey"))
    assert window.papers.scope == collection_wish_scope("Survey")
    assert window.papers.scope.title == "For you: Survey"
    qtbot.waitUntil(lambda: set(shown(window)) == set(ids[2:]))
    window.handlers.collections._call("Survey", "Thesis")
    qtbot.waitUntil(lambda: window.papers.scope == collection_wish_scope("Thesis"))
    qtbot.waitUntil(lambda: not window.papers.query.is_waiting)


def test_a_collection_is_exported_without_being_shown(
    window: MainWindow,
    workspace: Workspace,
    ids: list[PaperId],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace.collections.put(ids[:2], ["Survey/Attention"])
    workspace.collections.make("Empty")
    path = tmp_path / "survey.bib"
    asked: list[tuple[str, str]] = []

    def answer(_: QWidget, title: str, offered: str, *_rest: object) -> tuple[str, str]:
        asked.append((title, offered))
        return str(path), "BibTeX (*.bib)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window.sidebar.export_wanted.emit(ATTENTION)
    qtbot.waitUntil(lambda: window.toast.text == "2 papers written to survey.bib.")
    window.sidebar.export_wanted.emit(collection_scope("Empty"))
    qtbot.waitUntil(lambda: window.toast.text == "There is no paper in Empty to export.")
    assert asked == [("Export 2 papers", "Survey - Attention.bib")]
    assert path.read_text(encoding="utf-8").count("@") == 2


def test_the_palette_leads_to_a_collection(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.collections.put(ids[:2], ["Survey/Attention"])
    window.actions_["palette"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    type_text(focused(), "attention")
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: set(shown(window)) == set(ids[:2]))
    assert window.papers.scope == ATTENTION
