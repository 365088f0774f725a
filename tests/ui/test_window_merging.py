"""Merging in the window, as a reader does it: two entries are found, looked at, made one, and taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import MOST
from readinglist.domain.paper import PaperId, Status
from readinglist.services.merging import Merging
from readinglist.ui.actions.spec import MOST_MERGED
from readinglist.ui.dialogs.merge import MergeSheet
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.scope import ALL, INBOX
from tests.helpers.drafts import make_draft
from tests.helpers.ui_input import press, type_text
from tests.helpers.ui_window import focused, open_window

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PREPRINT = "Sparse attention for long documents"
PAPER = "Long documents with sparse attention"


@pytest.fixture
def ids(workspace: Workspace) -> list[PaperId]:
    """The preprint, with a note and a tag, and the paper, starred; three others lie between and around them."""
    venue, doi = "Journal of Examples", (Identifier("doi", "10.1145/1"),)
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(1)], status=Status.INBOX)
        (first,) = writer.papers.add_many([make_draft(2, title=PREPRINT)], status=Status.INBOX)
        writer.papers.add_many([make_draft(3)], status=Status.INBOX)
        (second,) = writer.papers.add_many(
            [make_draft(2, title=PAPER, venue=venue, identifiers=doi)], status=Status.INBOX
        )
        writer.papers.add_many([make_draft(4)], status=Status.INBOX)
        writer.papers.set_values([first], {"note": "From the preprint."})
        writer.tags.put([first], ["attention"])
        writer.papers.set_values([second], {"is_starred": True})
    return [first, second]


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def find_both(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    """Search for the work and choose both of its entries."""
    press(focused(), Key.Key_Slash)
    type_text(focused(), "sparse documents")
    qtbot.waitUntil(lambda: set(window.papers.model.ids) == set(ids))
    press(focused(), Key.Key_Down)
    press(focused(), Key.Key_A, modifiers=CONTROL)
    qtbot.waitUntil(window.actions_["merge"].isEnabled)


def ask(window: MainWindow, qtbot: QtBot) -> MergeSheet:
    press(focused(), Key.Key_M, modifiers=SHIFT)
    qtbot.waitUntil(lambda: window.findChild(MergeSheet) is not None)
    sheet = window.findChild(MergeSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.isActiveWindow)
    return sheet


def left(workspace: Workspace) -> set[PaperId]:
    return set(workspace.catalog.ids("").ids)


def test_two_entries_are_found_merged_taken_back_and_merged_again(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    first, second = ids
    before = left(workspace)
    find_both(window, ids, qtbot)
    ask(window, qtbot)
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: left(workspace) == before - {second})
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [first])
    qtbot.waitUntil(lambda: window.toast.text == "2 papers merged into one.")
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.title == PAPER)
    shown = window.detail.paper
    assert shown is not None
    assert (shown.id, shown.title, shown.venue) == (first, PAPER, "Journal of Examples")
    assert (shown.note, shown.tags, shown.is_starred) == ("From the preprint.", ("attention",), True)
    window.activateWindow()  # the sheet had the keyboard
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.papers.view)
    press(focused(), Key.Key_Z, modifiers=CONTROL)
    qtbot.waitUntil(lambda: window.toast.text == "Undone: Merge 2 papers.")
    qtbot.waitUntil(lambda: set(window.papers.model.ids) == set(ids))
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.title != PAPER)
    assert workspace.catalog.get(first).title == PREPRINT
    qtbot.waitUntil(window.actions_["redo"].isEnabled)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [first])
    assert workspace.catalog.get(first).title == PAPER


def test_the_reader_may_let_the_other_version_lead(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    find_both(window, ids, qtbot)
    sheet = ask(window, qtbot)
    assert sheet.leading == ids[1], "what was published"
    press(focused(), Key.Key_Up)
    assert sheet.leading == ids[0]
    assert sheet.joined.paper.title == PREPRINT
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.text == "2 papers merged into one.")
    assert workspace.catalog.get(ids[0]).title == PREPRINT


def test_escape_merges_nothing(window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> None:
    before = left(workspace)
    find_both(window, ids, qtbot)
    ask(window, qtbot)
    press(focused(), Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(MergeSheet) is None)
    assert left(workspace) == before
    assert window.actions_["undo"].text() == "Undo"


def test_a_note_that_is_being_typed_is_in_the_merged_paper(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    find_both(window, ids, qtbot)
    window.papers.choose_papers(ids, ids[1])
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.id == ids[1])
    window.detail.focus_note()
    type_text(focused(), "Typed just now.")
    window.actions_["merge"].trigger()
    qtbot.waitUntil(lambda: window.findChild(MergeSheet) is not None)
    sheet = window.findChild(MergeSheet)
    assert sheet is not None
    sheet.merge_button.click()
    qtbot.waitUntil(lambda: window.toast.text == "2 papers merged into one.")
    assert workspace.catalog.get(ids[0]).note == "From the preprint.\n\nTyped just now."


def test_a_paper_that_leaves_the_list_with_its_status_can_be_gone_to(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    find_both(window, ids, qtbot)
    with workspace.library.write(None) as writer:
        writer.papers.set_status(ids[1:], Status.READ)  # by another program, of which the list has not heard
    assert window.papers.scope == INBOX
    ask(window, qtbot)
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.text == "2 papers merged into one.")
    show = window.toast.findChild(QPushButton, "toast-offer")
    assert show is not None
    assert show.isVisible()
    qtbot.waitUntil(lambda: ids[0] not in window.papers.model.ids)
    show.click()
    qtbot.waitUntil(lambda: window.papers.scope == ALL and window.papers.current == ids[0])
    assert window.sidebar.tree.currentIndex() == window.sidebar.model.index_of(ALL.query)


def test_one_paper_or_too_many_cannot_be_merged(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot, workspace: Workspace
) -> None:
    assert MOST_MERGED == MOST
    qtbot.waitUntil(lambda: window.papers.chosen_count == 1)
    assert not window.actions_["merge"].isEnabled()
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(50, 50 + MOST)], status=Status.INBOX)
    window.papers.begin_again()
    qtbot.waitUntil(lambda: window.papers.model.rowCount() > MOST)
    window.papers.choose_all()
    assert not window.actions_["merge"].isEnabled()


def test_a_paper_that_is_gone_meanwhile_is_told_of(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    find_both(window, ids, qtbot)
    ask(window, qtbot)
    Merging(workspace.library, workspace.events).merge(ids)
    press(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.text == f"There is no paper number {ids[1]}.")
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == ids[:1])
