"""Suggestions while a search is typed: keys reach them, and they never take a letter away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.panes.search_completion import ROW_HEIGHT, SUGGESTION_ROLE, SearchCompletion
from readinglist.ui.panes.search_field import SearchField
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click, press, type_text


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def field(core: UiCore, window: QWidget, qtbot: QtBot) -> SearchField:
    ids = core.add(make_draft(1, authors=("Ada Lovelace",)), make_draft(2, authors=("Alan Turing",)))
    core.edit.add_tags(ids, ["machine learning", "maths"])
    field = SearchField(window)
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addStretch(1)
    window.resize(500, 400)
    window.show()
    qtbot.waitExposed(window)
    field.focus()
    return field


@pytest.fixture
def completion(field: SearchField, core: UiCore) -> SearchCompletion:
    return SearchCompletion(field, core.catalog, core.bridge)


def texts(completion: SearchCompletion) -> list[str]:
    shown = completion.list
    return [shown.item(row).data(SUGGESTION_ROLE).text for row in range(shown.count())] if shown.isVisible() else []


def test_fields_and_then_their_words_are_suggested_and_put_in_by_tab(
    completion: SearchCompletion, field: SearchField, qtbot: QtBot
) -> None:
    type_text(field.line, "deep sta")
    qtbot.waitUntil(lambda: texts(completion) == ["status:"])
    press(field.line, Qt.Key.Key_Tab)
    assert field.text == "deep status:"
    qtbot.waitUntil(lambda: "reading" in texts(completion))
    press(field.line, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert field.text == "deep status:to-read "
    qtbot.waitUntil(lambda: not completion.is_shown)
    assert field.line.hasFocus()


def test_tags_and_authors_come_from_the_library(completion: SearchCompletion, field: SearchField, qtbot: QtBot) -> None:
    type_text(field.line, "tag:ma")
    qtbot.waitUntil(lambda: texts(completion) == ["machine learning", "maths"])
    click(completion.list.viewport(), completion.list.visualItemRect(completion.list.item(0)).center())
    assert field.text == 'tag:"machine learning" '
    type_text(field.line, "author:lov")
    qtbot.waitUntil(lambda: texts(completion) == ["Ada Lovelace"])
    press(field.line, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert field.text == 'tag:"machine learning" author:"Ada Lovelace" '


def test_typing_on_return_and_down_mean_what_they_always_mean_until_something_is_chosen(
    completion: SearchCompletion, field: SearchField, qtbot: QtBot
) -> None:
    went: list[bool] = []
    field.left_downwards.connect(lambda: went.append(True))
    type_text(field.line, "status:re")
    qtbot.waitUntil(lambda: texts(completion) == ["reading", "read"])
    press(field.line, Qt.Key.Key_Return)
    assert (field.text, went) == ("status:re", [True])
    type_text(field.line, "ad")
    qtbot.waitUntil(lambda: not completion.is_shown)
    assert field.text == "status:read"
    press(field.line, Qt.Key.Key_Down)
    assert went == [True, True]


def test_escape_closes_the_suggestions_first_and_they_stay_closed_until_something_else_is_typed(
    completion: SearchCompletion, field: SearchField, qtbot: QtBot
) -> None:
    type_text(field.line, "is:s")
    qtbot.waitUntil(lambda: texts(completion) == ["starred"])
    press(field.line, Qt.Key.Key_Escape)
    assert not completion.is_shown
    assert field.text == "is:s", "the second one clears"
    type_text(field.line, "t")
    qtbot.waitUntil(lambda: texts(completion) == ["starred"])
    press(field.line, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert field.text == ""


def test_arrows_go_round_and_past_the_ends_nothing_is_chosen(
    completion: SearchCompletion, field: SearchField, qtbot: QtBot
) -> None:
    type_text(field.line, "status:re")
    qtbot.waitUntil(lambda: texts(completion) == ["reading", "read"])
    rows = []
    for _ in range(4):
        press(field.line, Qt.Key.Key_Down)
        rows.append(completion.list.currentRow())
    assert rows == [0, 1, -1, 0]


def test_the_list_lies_inside_the_window_and_goes_with_the_cursor(
    completion: SearchCompletion, field: SearchField, qtbot: QtBot
) -> None:
    type_text(field.line, f"{'deep ' * 11}status:")
    qtbot.waitUntil(lambda: len(texts(completion)) == 5)
    window = field.window()
    assert window.rect().contains(completion.list.geometry())
    assert completion.list.height() >= 5 * ROW_HEIGHT
    assert completion.list.accessibleName()
    assert not completion.list.grab().isNull()
    field.line.clearFocus()
    assert not completion.is_shown


def test_a_filter_from_the_menu_is_gone_on_with(completion: SearchCompletion, field: SearchField, qtbot: QtBot) -> None:
    field._add("tag:")
    qtbot.waitUntil(lambda: texts(completion) == ["machine learning", "maths"])
    press(field.line, Qt.Key.Key_Tab)
    assert field.text == 'tag:"machine learning" '
