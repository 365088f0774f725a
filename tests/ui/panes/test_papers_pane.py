"""The list: chosen papers stay chosen, what leaves makes room for the next, and two thousand are as quick as two."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.ui.models.columns import COLUMNS
from readinglist.ui.models.scope import ALL, BIN, STARRED, status_scope, tag_scope
from readinglist.ui.panes.papers import PapersPane
from tests.helpers.drafts import make_draft
from tests.helpers.library_factory import fill_library
from tests.helpers.papers_pane import make_pane
from tests.helpers.ui_core import UiCore, open_core
from tests.helpers.ui_input import click, press, type_text

TO_READ = status_scope(Status.TO_READ)


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    """Six papers, the newest first, as the list shows them."""
    return core.add(*(make_draft(number) for number in range(1, 7)))[::-1]


@pytest.fixture
def pane(core: UiCore, ids: list[PaperId], qtbot: QtBot) -> PapersPane:
    return make_pane(core, qtbot)


def answered(pane: PapersPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not pane.query.is_waiting)


def label(pane: QWidget, name: str) -> str:
    found = pane.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_the_first_list_is_there_at_once_with_its_first_paper(pane: PapersPane, ids: list[PaperId]) -> None:
    assert list(pane.model.ids) == ids
    assert pane.current == ids[0]
    assert pane.chosen == [ids[0]]
    assert label(pane, "list-title") == "Inbox"
    assert label(pane, "list-count") == "6 papers"


def test_steps_go_down_and_up_and_stop_at_the_ends(pane: PapersPane, ids: list[PaperId]) -> None:
    pane.step(-1)
    assert pane.current == ids[0]
    pane.step(1)
    pane.step(1)
    assert pane.current == ids[2]
    for _ in range(10):
        pane.step(1)
    assert pane.current == ids[-1]


def test_arrow_keys_choose_and_letters_are_left_to_the_window(pane: PapersPane, ids: list[PaperId]) -> None:
    pane.cards.setFocus()
    press(pane.cards, Qt.Key.Key_Down)
    assert pane.current == ids[1]
    press(pane.cards, Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert pane.chosen == ids[1:3]
    press(pane.cards, Qt.Key.Key_End)
    assert pane.current == ids[-1]
    press(pane.cards, Qt.Key.Key_Home)
    assert pane.current == ids[0]
    press(pane.cards, Qt.Key.Key_L)  # "Learning…" would be found by Qt's own search among titles
    assert pane.current == ids[0]


def test_the_choice_survives_another_order_and_other_papers(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.cards.choose([(1, 2), (4, 4)], 2)
    assert pane.chosen_count == 3
    pane.bar.sort_chosen.emit(Sort(key=SortKey.ADDED, descending=False))
    answered(pane, qtbot)
    assert list(pane.model.ids) == ids[::-1]
    assert set(pane.chosen) == {ids[1], ids[2], ids[4]}
    assert pane.current == ids[2]
    core.add(make_draft(50))
    core.edit.set_starred([ids[0]], starred=True)  # tells of a change; the new paper comes with the answer
    qtbot.waitUntil(lambda: pane.model.rowCount() == 7)
    assert set(pane.chosen) == {ids[1], ids[2], ids[4]}


def test_when_the_chosen_paper_leaves_the_next_one_is_chosen(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.step(1)
    core.edit.set_status([ids[1]], Status.READ)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 5)
    assert pane.current == ids[2]


def test_when_several_chosen_papers_leave_none_of_those_behind_them_is_passed_over(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.cards.setFocus()
    press(pane.cards, Qt.Key.Key_Down)
    press(pane.cards, Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert (pane.chosen, pane.current) == (ids[1:3], ids[2])
    core.edit.set_status(ids[1:3], Status.TO_READ)
    qtbot.waitUntil(lambda: pane.chosen == [ids[3]])
    press(pane.cards, Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert (pane.chosen, pane.current) == ([ids[0], ids[3]], ids[0])
    pane.take_out([ids[0], ids[3]])
    assert pane.chosen == [ids[4]]


def test_papers_taken_out_stay_out_until_the_library_has_it(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.take_out([ids[0]])
    assert pane.current == ids[1]
    with qtbot.waitSignal(pane.query.answered):
        core.edit.set_starred([ids[3]], starred=True)  # the answer still holds the paper
    assert ids[0] not in pane.model.ids
    core.edit.set_status([ids[0]], Status.READ)
    pane.settle([ids[0]])
    core.edit.set_status([ids[0]], Status.INBOX)
    qtbot.waitUntil(lambda: ids[0] in pane.model.ids)


def test_a_write_that_failed_brings_them_back(pane: PapersPane, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.take_out(ids[:2])
    pane.settle()
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids)


def test_the_last_paper_taken_out_leaves_the_empty_state(pane: PapersPane, ids: list[PaperId]) -> None:
    pane.take_out(ids)
    assert label(pane, "nothing-title") == "The Inbox is empty"
    assert pane.current is None
    assert pane.chosen == []


def test_what_an_undo_brings_back_is_chosen(pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    core.edit.set_status([ids[3]], Status.READ)
    qtbot.waitUntil(lambda: ids[3] not in pane.model.ids)
    report = core.undo.undo()
    assert report is not None
    pane.expect(report.changes.ids)
    qtbot.waitUntil(lambda: pane.current == ids[3])
    pane.step(-1)
    pane.expect([ids[3]])
    assert pane.current == ids[3], "also when the list was quicker"


def test_revealing_a_paper_that_is_not_in_the_list_leads_to_all_papers(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.search.set_text("nothing like this")
    pane.reveal(ids[4])
    qtbot.waitUntil(lambda: pane.current == ids[4])
    assert pane.scope == ALL
    assert pane.search.text == ""
    pane.reveal(ids[2])
    assert pane.current == ids[2], "in the list already: at once"


def test_searching_narrows_says_how_much_and_can_be_taken_back(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    type_text(pane.search.line, "subject 3")
    qtbot.waitUntil(lambda: list(pane.model.ids) == [ids[3]])
    assert label(pane, "list-count") == "1 found"
    type_text(pane.search.line, " zebra")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 0)
    assert label(pane, "nothing-title") == "No paper matches"
    clear = pane.findChild(QPushButton, "nothing-clear")
    assert clear is not None
    click(clear)
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids)


def test_a_search_begins_at_its_best_hit_and_leaves_the_choice_alone_from_then_on(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.show_paper(ids[4])
    type_text(pane.search.line, "subject")
    qtbot.waitUntil(lambda: label(pane, "list-count") == "6 found")
    assert pane.current == pane.model.ids[0]
    pane.step(1)
    chosen = pane.current
    pane.query.repeat()
    answered(pane, qtbot)
    assert pane.current == chosen
    pane.search.clear()
    qtbot.waitUntil(lambda: label(pane, "list-count") == "6 papers")
    assert pane.current == chosen


def test_a_filter_keeps_what_is_chosen_in_sight_and_else_begins_at_the_top(
    core: UiCore, pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.edit.set_starred(ids[:3], starred=True)
    answered(pane, qtbot)
    pane.show_paper(ids[5])
    type_text(pane.search.line, "is:starred")
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids[:3])
    assert pane.current == ids[0], "not the paper in the row of one that went"
    pane.show_paper(ids[1])
    pane.search.clear()
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids)
    assert pane.current == ids[1]
    assert pane.cards.visualRect(pane.model.index(1, 0)).top() >= 0


def test_a_wrong_filter_is_said_and_the_rest_still_searches(pane: PapersPane, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.search.set_text("year:soon subject 2")
    qtbot.waitUntil(lambda: list(pane.model.ids) == [ids[4]])
    assert "year:" in label(pane, "search-problem")


@pytest.mark.parametrize(
    ("scope", "title"),
    [
        (TO_READ, "Nothing is waiting to be read"),
        (STARRED, "No paper has a star"),
        (BIN, "The bin is empty"),
        (tag_scope("ml"), "No paper has this tag"),
    ],
)
def test_every_empty_list_says_what_to_do(scope: object, title: str, pane: PapersPane, qtbot: QtBot) -> None:
    pane.show_scope(scope)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: pane.model.rowCount() == 0)
    assert label(pane, "nothing-title") == title
    assert label(pane, "nothing-hint").endswith(".")


def test_the_table_shows_the_same_papers_and_the_same_choice(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    made: list[QWidget] = []
    pane.table_made.connect(made.append)
    pane.cards.choose([(2, 3)], 3)
    pane.set_mode("table")
    assert made == [pane.table]
    assert pane.view is pane.table
    assert pane.table.isVisible()
    assert pane.chosen == ids[2:4]
    press(pane.table, Qt.Key.Key_Up)
    assert pane.current == ids[2]
    pane.set_mode("cards")
    assert pane.cards.isVisible()
    assert pane.current == ids[2]


def test_a_click_on_a_head_orders_and_a_second_one_turns_round(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.set_mode("table")
    header = pane.table.horizontalHeader()
    title = [column.key for column in COLUMNS].index("title")
    place = QPoint(header.sectionViewportPosition(title) + 20, header.height() // 2)
    click(header.viewport(), place)
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids[::-1])
    assert pane.sort == Sort(key=SortKey.TITLE, descending=False)
    click(header.viewport(), place)
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids)
    star = [column.key for column in COLUMNS].index("star")
    pane.table.sort_wanted.emit(star)
    assert pane.sort.key is SortKey.TITLE, "a column without an order changes nothing"


@pytest.mark.parametrize("width", [300, 420, 900])
@pytest.mark.parametrize("mode", ["cards", "table"])
def test_nothing_in_the_bar_is_cut_off(width: int, mode: str, pane: PapersPane) -> None:
    pane.set_mode(mode)
    pane.bar.show_count(tag_scope("a tag with a long name/and another"), 123456, has_search=False)
    pane.resize(width, 600)
    pane.bar.layout().activate()  # type: ignore[union-attr]
    for one in (*pane.bar.findChildren(QLabel), *pane.bar.findChildren(QToolButton)):
        if one.isVisible():
            is_whole = one.width() >= one.sizeHint().width()
            assert is_whole or (one.objectName() == "list-title" and one.toolTip()), one.objectName()
            assert one.mapTo(pane, one.rect().topRight()).x() < pane.width(), one.objectName()


def test_where_there_is_hardly_any_room_the_number_stands_alone(pane: PapersPane) -> None:
    pane.set_mode("table")
    pane.bar.setMinimumWidth(0)
    for width, words, search in (
        (300, "19,900", "5 + 20"),
        (420, "19,900 papers", "5 + 20 close"),
        (300, "19,900", "5"),
    ):
        pane.bar.resize(width, pane.bar.height())
        pane.bar.show_count(ALL, 19_900, has_search=False)
        assert label(pane, "list-count") == words
        pane.bar.show_count(ALL, 5, has_search=True, close=20 if "+" in search else 0)
        assert label(pane, "list-count") == search
        pane.bar.resize(600, pane.bar.height())
        assert label(pane, "list-count").endswith(("close", "found"))


def test_the_order_menu_marks_what_holds_and_changes_it(pane: PapersPane, qtbot: QtBot) -> None:
    button = pane.findChild(QToolButton, "list-sort")
    assert button is not None
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    texts = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    assert [text for text, action in texts.items() if action.isChecked()] == ["Date added", "Descending"]
    texts["Ascending"].trigger()
    assert pane.sort == Sort(key=SortKey.ADDED, descending=False)
    assert button.accessibleName() == "Order: Date added, ascending"
    answered(pane, qtbot)


def test_columns_are_chosen_from_a_menu_and_titles_always_stay(pane: PapersPane, qtbot: QtBot) -> None:
    button = pane.findChild(QToolButton, "list-columns")
    assert button is not None
    assert not button.isVisible()
    pane.set_mode("table")
    assert button.isVisible()
    menu = button.menu()
    assert menu is pane.table.column_menu
    menu.aboutToShow.emit()
    keys = [column.key for column in COLUMNS]
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Title"].isEnabled()
    actions["Venue"].trigger()
    actions["Authors"].trigger()
    assert not pane.table.isColumnHidden(keys.index("venue"))
    assert pane.table.isColumnHidden(keys.index("authors"))
    pane.table.horizontalHeader().moveSection(5, 1)
    actions["Usual columns"].trigger()
    hidden = [column.key for place, column in enumerate(COLUMNS) if pane.table.isColumnHidden(place)]
    assert hidden == [column.key for column in COLUMNS if not column.is_shown]
    assert pane.table.horizontalHeader().visualIndex(5) == 5
    pane.set_mode("cards")
    assert not button.isVisible()


def test_a_right_click_on_a_head_offers_the_columns(pane: PapersPane, qtbot: QtBot) -> None:
    pane.set_mode("table")
    pane.table.horizontalHeader().customContextMenuRequested.emit(QPoint(10, 10))
    assert pane.table.column_menu.isVisible()
    pane.table.column_menu.close()


def test_columns_are_remembered_until_the_next_start(pane: PapersPane, core: UiCore, qtbot: QtBot) -> None:
    pane.set_mode("table")
    pane.table.setColumnWidth(3, 217)
    mode, columns = pane.layout_state()
    again = make_pane(core, qtbot)
    again.restore_layout(mode, columns)
    assert again.view is again.table
    assert again.table.columnWidth(3) == 217


@pytest.fixture
def many(tmp_path: Path, qtbot: QtBot) -> Iterator[UiCore]:
    fill_library(tmp_path / "many", 2000)
    with open_core(tmp_path / "many") as core:
        yield core


def test_two_thousand_papers_are_walked_without_reading_them_all(many: UiCore, qtbot: QtBot) -> None:
    pane = make_pane(many, qtbot)
    pane.show_scope(ALL)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2000)
    press(pane.cards, Qt.Key.Key_End)
    assert pane.current == pane.model.ids[-1]
    QApplication.processEvents()
    assert len(pane.model._blocks) <= 3
    pane.choose_all()
    assert pane.chosen_count == 2000
    pane.search.set_text("is:starred")
    qtbot.waitUntil(lambda: 0 < pane.model.rowCount() < 100)
    starred = set(pane.model.ids)
    assert set(pane.chosen) == starred
    pane.search.clear()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2000)
    assert set(pane.chosen) == starred
