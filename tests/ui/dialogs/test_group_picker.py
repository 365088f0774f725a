"""Tags are picked from the keyboard alone, for one paper or many, out of few tags or thousands."""

import time
from collections.abc import Callable, Mapping, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Collection, Tag
from readinglist.ui import theme
from readinglist.ui.dialogs.group_choices import GroupChoices
from readinglist.ui.dialogs.group_picker import GroupPicker
from readinglist.ui.models.grouping import COLLECTIONS, TAGS
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_input import click, press, type_text

Key = Qt.Key
Pick = Callable[..., GroupPicker]
NAMES = ("agents", "ml", "ml/speech", "ml/vision", "to discuss")


def make_tags(names: Sequence[str] = NAMES) -> list[Tag]:
    return [Tag(name=name, color="teal", count=number) for number, name in enumerate(names)]


@pytest.fixture
def pick(window: QMainWindow, opened: Callable[[GroupPicker], GroupPicker]) -> Pick:
    def make(carried: Mapping[str, int], count: int, tags: Sequence[Tag] | None = None) -> GroupPicker:
        return opened(GroupPicker(TAGS, make_tags() if tags is None else tags, carried, count, window))

    return make


def shown(picker: GroupPicker) -> list[str]:
    return [picker.model.choice_at(row).name for row in range(picker.model.rowCount())]


def test_a_few_letters_and_two_enters_tag_the_papers(pick: Pick, qtbot: QtBot) -> None:
    picker = pick({}, 3)
    type_text(picker.line, "vis")
    assert shown(picker)[0] == "ml/vision"
    press(picker.line, Key.Key_Return)
    assert (picker.added, picker.line.text()) == (("ml/vision",), "")
    with qtbot.waitSignal(picker.accepted):
        press(picker.line, Key.Key_Return)
    assert (picker.added, picker.removed) == (("ml/vision",), ())


def test_a_tag_that_does_not_exist_is_made(pick: Pick) -> None:
    picker = pick({}, 1)
    type_text(picker.line, "ml / new  idea")
    assert shown(picker) == ["ml/new idea"]
    assert picker.model.choice_at(0).is_new
    press(picker.line, Key.Key_Return)
    assert list(picker.added) == ["ml/new idea"]
    assert "ml/new idea" in shown(picker)
    press(picker.line, Key.Key_Space)
    assert list(picker.added) == [], "the row that was just made is the current one, and Space takes the tick away"


def test_no_second_tag_is_offered_that_differs_in_case_only(pick: Pick) -> None:
    picker = pick({}, 1)
    type_text(picker.line, "ML")
    assert shown(picker) == ["ml", "ml/speech", "ml/vision"]
    type_text(picker.line, "x")
    assert shown(picker) == ["MLx"]


def test_what_some_carry_goes_round_by_all_and_none_to_some(pick: Pick) -> None:
    picker = pick({"ml": 1, "agents": 3}, 3)
    assert shown(picker)[:2] == ["agents", "ml"], "what is carried stands first"
    assert picker.model.state_of("agents") is Qt.CheckState.Checked
    assert picker.model.state_of("ml") is Qt.CheckState.PartiallyChecked
    press(picker.line, Key.Key_Down)
    outcomes = []
    for _ in range(3):
        press(picker.list, Key.Key_Space)
        outcomes.append((picker.added, picker.removed))
    assert outcomes == [(("ml",), ()), ((), ("ml",)), ((), ())]


def test_a_tag_that_all_carry_is_taken_away(pick: Pick, qtbot: QtBot) -> None:
    picker = pick({"ml": 2}, 2)
    press(picker.line, Key.Key_Space)
    assert (picker.added, picker.removed) == ((), ("ml",))
    with qtbot.waitSignal(picker.accepted):
        press(picker.line, Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)


def test_the_arrows_aim_and_enter_ticks_what_they_aim_at(pick: Pick, qtbot: QtBot) -> None:
    picker = pick({}, 1)
    press(picker.line, Key.Key_Down, Key.Key_Down)
    with qtbot.assertNotEmitted(picker.accepted):
        press(picker.line, Key.Key_Return)
    assert picker.added == ("ml/speech",)
    with qtbot.waitSignal(picker.accepted):
        press(picker.line, Key.Key_Return)
    assert picker.added == ("ml/speech",), "Enter again applies"


def test_escape_changes_nothing(pick: Pick, qtbot: QtBot) -> None:
    picker = pick({"ml": 1}, 1)
    press(picker.line, Key.Key_Space)
    with qtbot.waitSignal(picker.rejected):
        press(picker.line, Key.Key_Escape)


def test_a_click_on_a_box_ticks_and_one_on_make_makes(pick: Pick) -> None:
    picker = pick({}, 1)
    row = picker.list.visualRect(picker.model.index(1))
    click(picker.list.viewport(), QPoint(row.left() + theme.S + 4, row.center().y()))
    assert list(picker.added) == ["ml"]
    type_text(picker.line, "survey")
    row = picker.list.visualRect(picker.model.index(0))
    click(picker.list.viewport(), row.center())
    assert list(picker.added) == ["ml", "survey"]


def test_without_tags_the_first_one_is_asked_for(pick: Pick) -> None:
    picker = pick({}, 1, [])
    assert picker.none.isVisible()
    type_text(picker.line, "first")
    assert not picker.none.isVisible()
    press(picker.line, Key.Key_Return)
    assert picker.added == ("first",)


def test_the_heading_says_for_how_many_papers(pick: Pick) -> None:
    assert pick({}, 1).heading.text() == "Tags of the paper"
    assert pick({}, 12).heading.text() == "Tags of 12 papers"


def test_every_control_has_a_name_and_rows_say_their_state(pick: Pick) -> None:
    picker = pick({"ml": 1}, 2)
    assert control_count(picker) >= 4
    assert unnamed_controls(picker) == []
    heard = picker.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "ml, on some of the chosen papers, 1 paper in all"
    type_text(picker.line, "new")
    assert picker.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Make the tag new"


def test_the_model_keeps_qts_rules(window: QMainWindow) -> None:
    model = GroupChoices(TAGS, make_tags(), {"ml": 1}, 2, window)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    model.find("m")
    model.toggle(0)
    model.find("nothing like it")
    assert model.toggle(0) == "nothing like it"
    assert model.added == ("ml", "nothing like it")
    assert model.setData(model.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    model.find("")
    assert model.rowCount() == len(NAMES) + 1
    assert [*model.added] == ["ml"]


def test_markup_in_a_tag_is_shown_as_it_is(pick: Pick) -> None:
    picker = pick({}, 1, make_tags(["<b>bold</b> & co"]))
    assert "&lt;b&gt;" in picker.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    picker.grab()


def test_five_thousand_tags_are_searched_while_typing(pick: Pick) -> None:
    picker = pick({}, 1, make_tags([f"topic {number:04}/part-{number % 7}" for number in range(5000)]))
    start = time.thread_time()
    type_text(picker.line, "part-3")
    took_s = time.thread_time() - start
    assert len(shown(picker)) == 714 + 1, "those that fit, and one to be made"
    assert took_s / 6 < 0.1, f"{took_s / 6:.3f} s a letter"


def test_collections_are_picked_in_the_same_way_in_their_own_words(
    window: QMainWindow, opened: Callable[[GroupPicker], GroupPicker]
) -> None:
    collections = [Collection(name="Survey", count=4), Collection(name="Survey/Methods", count=0)]
    picker = opened(GroupPicker(COLLECTIONS, collections, {"Survey": 1}, 2, window))
    assert picker.heading.text() == "Collections of 2 papers"
    heard = picker.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Survey, in some of the chosen papers, 4 papers in all"
    type_text(picker.line, "A, B / C")
    assert picker.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Make the collection A, B/C"
    press(picker.line, Key.Key_Return)
    assert picker.added == ("A, B/C",)
    assert unnamed_controls(picker) == []
    picker.grab()
