"""A name is asked for, and what it would mean is said before it is given."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.ui.dialogs.group_name import GroupNameSheet
from readinglist.ui.models.grouping import COLLECTIONS, TAGS, Grouping
from tests.helpers.ui_access import unnamed_controls
from tests.helpers.ui_input import press, type_text

KNOWN = ("Survey", "Survey/Methods", "Thesis")
Ask = Callable[..., GroupNameSheet]


@pytest.fixture
def ask(window: QMainWindow, opened: Callable[[GroupNameSheet], GroupNameSheet]) -> Ask:
    def make(grouping: Grouping = COLLECTIONS, *, old: str = "", beginning: str = "") -> GroupNameSheet:
        return opened(GroupNameSheet(grouping, "Heading", KNOWN, old=old, beginning=beginning, parent=window))

    return make


def test_a_typed_name_is_tidied_and_enter_gives_it(ask: Ask, qtbot: QtBot) -> None:
    sheet = ask()
    assert not sheet.apply_button.isEnabled()
    type_text(sheet.line, " Reading  group /2026")
    assert sheet.note.text() == "A slash makes a collection part of another, such as Survey/Methods."
    with qtbot.waitSignal(sheet.named) as named:
        press(sheet.line, Qt.Key.Key_Return)
    assert named.args == ["Reading group/2026"]


def test_escape_names_nothing(ask: Ask, qtbot: QtBot) -> None:
    sheet = ask()
    type_text(sheet.line, "New")
    with qtbot.assertNotEmitted(sheet.named), qtbot.waitSignal(sheet.rejected):
        press(sheet.line, Qt.Key.Key_Escape)


@pytest.mark.parametrize("text", ["", "  ", "/", " / /"])
def test_nothing_is_no_name(text: str, ask: Ask, qtbot: QtBot) -> None:
    sheet = ask()
    sheet.line.setText(text)
    assert sheet.name == ""
    with qtbot.assertNotEmitted(sheet.named):
        press(sheet.line, Qt.Key.Key_Return)


def test_one_inside_another_is_typed_on_and_is_not_that_other(ask: Ask) -> None:
    sheet = ask(beginning="Thesis/")
    assert not sheet.apply_button.isEnabled()
    type_text(sheet.line, "Chapter 2")
    assert sheet.name == "Thesis/Chapter 2"
    assert sheet.apply_button.isEnabled()
    assert sheet.apply_button.text() == "&Make"


def test_a_name_that_there_is_says_so(ask: Ask) -> None:
    sheet = ask()
    sheet.line.setText("Survey/ Methods")
    assert sheet.note.text() == "There is a collection Survey/Methods already."
    sheet.line.setText("survey")
    assert sheet.note.text() == "There is a collection Survey already, which is written differently."


def test_renaming_begins_with_the_old_name_and_says_what_becomes_one(ask: Ask) -> None:
    sheet = ask(old="Survey")
    assert sheet.line.selectedText() == "Survey"
    assert not sheet.apply_button.isEnabled(), "it is called that"
    sheet.line.setText("Thesis")
    assert sheet.note.text() == "There is a collection Thesis already: the two become one."
    assert sheet.apply_button.isEnabled()
    sheet.line.setText("survey")
    assert sheet.apply_button.isEnabled()
    assert "differently" not in sheet.note.text()


def test_nothing_can_be_moved_below_itself(ask: Ask) -> None:
    sheet = ask(old="Survey")
    sheet.line.setText("Survey/2026")
    assert not sheet.apply_button.isEnabled()
    assert sheet.note.text() == "A collection cannot be moved below itself."
    sheet.line.setText("Surveys/2026")
    assert sheet.apply_button.isEnabled()


def test_it_speaks_of_tags_where_it_asks_for_one(ask: Ask) -> None:
    sheet = ask(TAGS, old="ml")
    sheet.line.setText("vision")
    assert sheet.note.text() == "A slash makes a tag part of another, such as ml/speech."
    assert sheet.apply_button.text() == "&Rename"
    assert unnamed_controls(sheet) == []
