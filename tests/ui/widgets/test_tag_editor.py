"""Tags as chips, and a field that adds more with completion."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui.widgets.tag_chip import NARROWEST, WIDEST, Chip, TagChip
from readinglist.ui.widgets.tag_editor import TagEditor, split_names
from tests.helpers.ui_input import click, press, type_text

LONG = "a tag with a name that is longer than any chip may be wide"


@pytest.fixture
def editor(qtbot: QtBot) -> TagEditor:
    editor = TagEditor()
    qtbot.addWidget(editor)
    editor.resize(300, 120)
    editor.show()
    editor.activateWindow()
    return editor


@pytest.fixture
def added(editor: TagEditor) -> list[list[str]]:
    heard: list[list[str]] = []
    editor.added.connect(heard.append)
    return heard


def chip(editor: TagEditor, name: str) -> Chip:
    return next(one for one in editor._chips if one.name == name)


def test_names_are_split_tidied_and_each_taken_once() -> None:
    assert split_names(" ml/nlp,  to   read, ml/nlp,") == ["ml/nlp", "to read"]
    assert split_names(" , ,") == []


def test_enter_and_comma_add(editor: TagEditor, added: list[list[str]]) -> None:
    type_text(editor.field, "ml, ")
    assert added == [["ml"]]
    assert editor.field.text() == ""
    type_text(editor.field, "vision; 3d")
    press(editor.field, Qt.Key.Key_Return)
    assert added == [["ml"], ["vision; 3d"]]
    press(editor.field, Qt.Key.Key_Return)
    assert len(added) == 2, "an empty field adds nothing"


def test_a_tag_that_is_there_is_not_added_again(editor: TagEditor, added: list[list[str]]) -> None:
    editor.show_tags(["ml"], {})
    type_text(editor.field, "ml")
    press(editor.field, Qt.Key.Key_Return)
    assert added == []
    assert editor.field.text() == ""


def test_known_tags_complete_from_their_middle(editor: TagEditor, added: list[list[str]], qtbot: QtBot) -> None:
    editor.offer(["ml/vision", "to discuss"])
    editor.added.connect(lambda names: editor.show_tags(names, {}))
    editor.begin()
    type_text(editor.field, "VIS")
    popup = editor._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    press(popup, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.names == ("ml/vision",) and editor.field.text() == "")
    assert added == [["ml/vision"]]


def test_escape_closes_the_completion_first_and_leaves_then(editor: TagEditor, qtbot: QtBot) -> None:
    left: list[bool] = []
    editor.left.connect(lambda: left.append(True))
    editor.offer(["ml"])
    editor.begin()
    type_text(editor.field, "m")
    popup = editor._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    press(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert left == []
    press(editor.field, Qt.Key.Key_Escape)
    assert left == [True]
    assert editor.field.text() == ""


def test_backspace_in_the_empty_field_goes_to_the_last_chip_and_delete_takes_it_away(
    editor: TagEditor, qtbot: QtBot
) -> None:
    editor.show_tags(["a", "b"], {})
    editor.begin()
    press(editor.field, Qt.Key.Key_Backspace)
    last = chip(editor, "b")
    qtbot.waitUntil(last.hasFocus)
    with qtbot.waitSignal(editor.removed) as gone:
        press(last, Qt.Key.Key_Delete)
    assert gone.args == ["b"]
    editor.show_tags(["a"], {})
    qtbot.waitUntil(chip(editor, "a").hasFocus)
    editor.show_tags([], {})
    qtbot.waitUntil(editor.field.hasFocus)


def test_the_cross_takes_away_and_the_name_opens(editor: TagEditor, qtbot: QtBot) -> None:
    editor.show_tags(["ml"], {"ml": "blue"})
    QApplication.processEvents()
    one = chip(editor, "ml")
    heard: list[tuple[str, str]] = []
    editor.removed.connect(lambda name: heard.append(("removed", name)))
    editor.opened.connect(lambda name: heard.append(("opened", name)))
    click(one, QPoint(10, one.height() // 2))
    click(one, QPoint(one.width() - 10, one.height() // 2))
    press(one, Qt.Key.Key_Space)
    assert heard == [("opened", "ml"), ("removed", "ml"), ("opened", "ml")]


def test_the_same_tags_again_keep_their_chips(editor: TagEditor) -> None:
    editor.show_tags(["a", "b"], {"a": "red"})
    before = list(editor._chips)
    editor.show_tags(["a", "b"], {"a": "red", "c": "blue"})
    assert editor._chips == before
    editor.show_tags(["a", "b"], {"a": "blue"})
    assert editor._chips != before


def test_what_was_typed_can_be_taken(editor: TagEditor) -> None:
    editor.field.setText("one, two")
    assert editor.take_typed() == ["one", "two"]
    assert editor.field.text() == ""


def test_long_names_are_cut_and_told(editor: TagEditor, qtbot: QtBot) -> None:
    editor.show_tags([LONG, "short"], {})
    editor.resize(120, 200)
    qtbot.waitUntil(lambda: chip(editor, LONG).width() <= 120)
    assert LONG in chip(editor, LONG).toolTip()
    assert chip(editor, LONG).shown_text().endswith("…")
    assert chip(editor, "short").toolTip() == ""
    assert chip(editor, LONG).sizeHint().width() == WIDEST
    assert editor.minimumSizeHint().width() <= max(NARROWEST, editor.field.minimumWidth())


@pytest.mark.parametrize("name", ["ml", "ll", "W", "to discuss", "ml/vision/3d", "ÄÖÜ", "漢字"])
def test_a_name_that_fits_is_never_cut(name: str, qtbot: QtBot) -> None:
    one = TagChip(name)
    qtbot.addWidget(one)
    one.resize(one.sizeHint())
    assert one.shown_text() == name


def test_a_chip_without_a_cross_only_opens(qtbot: QtBot) -> None:
    one = TagChip("ml", is_removable=False)
    qtbot.addWidget(one)
    one.resize(one.sizeHint())
    heard: list[str] = []
    one.removed.connect(lambda name: heard.append(f"removed {name}"))
    one.opened.connect(lambda name: heard.append(f"opened {name}"))
    click(one, QPoint(one.width() - 4, 10))
    press(one, Qt.Key.Key_Delete)
    assert heard == ["opened ml"]
