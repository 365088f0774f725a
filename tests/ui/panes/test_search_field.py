"""The search field: text, filters as chips, and what is wrong with a query, at its place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.ui.models.scope import ALL, INBOX, compose, has_words, parse, without
from readinglist.ui.panes.search_field import SearchField
from tests.helpers.ui_input import click, press, type_text
from tests.helpers.ui_window import focused


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    field = SearchField()
    qtbot.addWidget(field)
    field.resize(480, 120)
    field.show()
    return field


def chips(field: SearchField) -> dict[str, QToolButton]:
    found = field._chips.findChildren(QToolButton)
    return {one.objectName().removeprefix("filter-"): one for one in found if one.isVisible()}


def filter_menu(field: SearchField) -> QMenu:
    button = field.findChild(QToolButton, "search-filter")
    assert button is not None
    menu = button.menu()
    assert isinstance(menu, QMenu)
    return menu


def test_typing_tells_and_can_be_cleared(field: SearchField, qtbot: QtBot) -> None:
    heard: list[str] = []
    field.edited.connect(heard.append)

    def signs() -> int:
        return sum(button.isVisible() for button in field.line.findChildren(QToolButton))

    assert signs() == 1, "the magnifying glass alone"
    type_text(field.line, "ab")
    assert signs() == 2
    field._clear.trigger()
    assert heard == ["a", "ab", ""]


def test_filters_become_chips_that_can_be_taken_away(field: SearchField, qtbot: QtBot) -> None:
    field.set_text('deep tag:"machine learning" -is:starred nets')
    assert list(chips(field)) == ['tag:"machine learning"', "-is:starred"]
    click(chips(field)["-is:starred"])
    assert field.text == 'deep tag:"machine learning" nets'
    qtbot.waitUntil(lambda: list(chips(field)) == ['tag:"machine learning"'])
    click(chips(field)['tag:"machine learning"'])
    assert field.text == "deep nets"
    assert chips(field) == {}


def test_tab_comes_to_the_chips_and_keys_take_them_away(field: SearchField, qtbot: QtBot) -> None:
    field.set_text("deep is:starred has:pdf tag:nlp")
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)

    for name in ("search-filter", "filter-is:starred", "filter-has:pdf", "filter-tag:nlp"):
        press(focused(), Qt.Key.Key_Tab)
        assert focused().objectName() == name
    press(focused(), Qt.Key.Key_Backtab)
    press(focused(), Qt.Key.Key_Delete)
    assert (field.text, focused().objectName()) == ("deep is:starred tag:nlp", "filter-tag:nlp")
    press(focused(), Qt.Key.Key_Return)
    assert (field.text, focused().objectName()) == ("deep is:starred", "filter-is:starred")
    press(focused(), Qt.Key.Key_Space)
    assert (field.text, focused().objectName()) == ("deep", "search-filter")


def test_chips_say_in_words_what_they_ask_for_and_stay_while_words_are_typed(field: SearchField) -> None:
    field.set_text(" -added:7d title:(a OR b)")
    shown = chips(field)
    assert [chip.text() for chip in shown.values()] == ["Not added in the last 7 days", "Title: a or b"]
    assert shown["-added:7d"].accessibleName() == "Remove the filter Not added in the last 7 days"
    field.line.setCursorPosition(0)
    type_text(field.line, "deep")
    assert chips(field) == shown
    click(shown["title:(a OR b)"])
    assert field.text == "deep -added:7d", "it was taken from where it stands by now"


def test_a_part_that_is_wrong_is_no_filter_yet(field: SearchField) -> None:
    field.set_text("year:soon foo:bar tag: is:starred")
    assert list(chips(field)) == ["is:starred"]


def test_many_filters_take_lines_of_their_own_and_the_last_are_counted(field: SearchField) -> None:
    least = field.minimumSizeHint().width()
    field.set_text(" ".join(f"tag:number{number}" for number in range(20)))
    assert len(chips(field)) == 12
    assert field._chips.findChildren(QLabel)[-1].text() == "and 8 more"
    assert field.minimumSizeHint().width() == least, "the window may stay narrow"


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("a tag:b c", "tag:b", "a c"),
        ("a OR tag:b", "tag:b", "a"),
        ("tag:b OR a", "tag:b", "a"),
        ("tag:b", "tag:b", ""),
        ("ORB tag:b ORB", "tag:b", "ORB ORB"),
        ("a -(tag:b) c", "tag:b", "a c"),
        ("a ((tag:b OR c))", "tag:b", "a ((c))"),
        ('"a  b" tag:b', "tag:b", '"a  b"'),
    ],
)
def test_a_part_leaves_nothing_behind_that_has_lost_its_sense(text: str, part: str, left: str) -> None:
    start = text.index(part)
    assert without(text, start, start + len(part)) == left
    assert parse(left).problems == ()


def test_a_long_filter_is_cut_on_its_chip_and_an_ampersand_stays_one(field: SearchField) -> None:
    field.set_text(f"tag:R&D title:{'x' * 80}")
    texts = [chip.text() for chip in chips(field).values()]
    assert texts[0] == "Tag: R&&D"
    assert texts[1].endswith("…")
    assert len(texts[1]) == 40


def test_the_menu_offers_filters_in_words(field: SearchField) -> None:
    actions = {action.text(): action for action in filter_menu(field).actions() if action.text()}
    actions["Published this year"].trigger()
    actions["By an author…"].trigger()
    assert field.text == "date:thisyear author:"
    assert field.line.cursorPosition() == len(field.text)


def test_problems_stand_below_and_go_with_the_mistake(field: SearchField, qtbot: QtBot) -> None:
    label = field.findChild(QLabel, "search-problem")
    assert label is not None
    assert not label.isVisible()
    query = parse("year:soon nets")
    field.set_text("year:soon nets")
    field.show_problems(query.problems)
    assert label.isVisible()
    assert label.text() == query.problems[0].message
    assert field.line.property("invalid") == "true"
    assert field.text == "year:soon nets", "the marks change no text"
    field.show_problems(())
    assert not label.isVisible()
    assert field.line.property("invalid") == "false"


def test_what_is_still_being_typed_is_not_wrong_yet(field: SearchField, qtbot: QtBot) -> None:
    label = field.findChild(QLabel, "search-problem")
    assert label is not None
    field.focus()
    type_text(field.line, "nets status:")
    field.show_problems(parse(field.text).problems)
    assert not label.isVisible()
    type_text(field.line, " ")
    field.show_problems(parse(field.text).problems)
    assert label.isVisible()
    press(field.line, Qt.Key.Key_Backspace)
    field.show_problems(parse(field.text).problems)
    assert not label.isVisible()
    field.line.clearFocus()
    qtbot.waitUntil(label.isVisible)


def test_a_parenthesis_is_missed_only_when_the_reader_is_done(field: SearchField, qtbot: QtBot) -> None:
    label = field.findChild(QLabel, "search-problem")
    assert label is not None
    field.focus()
    type_text(field.line, "tag:(nlp OR vi")
    field.show_problems(parse(field.text).problems)
    assert not label.isVisible()
    field.line.clearFocus()
    qtbot.waitUntil(label.isVisible)
    assert label.text() == "This parenthesis is not closed."


def test_keys_lead_down_to_the_list(field: SearchField, qtbot: QtBot) -> None:
    went: list[bool] = []
    field.left_downwards.connect(lambda: went.append(True))
    field.focus()
    press(field.line, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert len(went) == 2
    field.set_text("nets")
    press(field.line, Qt.Key.Key_Escape)
    assert field.text == ""
    assert len(went) == 2, "the first Escape only clears"
    press(field.line, Qt.Key.Key_Escape)
    assert len(went) == 3


def test_focus_chooses_the_text_to_be_typed_over(field: SearchField) -> None:
    field.set_text("old")
    field.focus()
    type_text(field.line, "new")
    assert field.text == "new"


def test_a_query_is_narrowed_by_its_list() -> None:
    assert compose(INBOX, parse("a OR b")) == "status:inbox (a OR b)"
    assert compose(ALL, parse("a")) == "a"
    assert compose(INBOX, parse("  ")) == "status:inbox"


def test_words_are_told_from_filters() -> None:
    assert has_words("deep tag:ml")
    assert not has_words("tag:ml OR year:2024")
    assert has_words("like:3 year:2024")
    assert not has_words("year:soon title:(a b) -deep")
    assert has_words('"state space"')
