"""Actions are data that menus, keys and help agree on."""

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.actions import (
    ACTIONS,
    BY_ID,
    PAPER_MENU,
    TOOLBAR,
    ActionSpec,
    Context,
    Menu,
    Situation,
    keys_of,
    menu_ids,
    shown_keys,
)
from readinglist.ui.theme import ICON_NAMES
from readinglist.ui.widgets.action_set import ActionSet, parse_own_keys, render_own_keys


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> QWidget:
    theme.apply(qapp, "light")
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_every_action_has_words_an_icon_and_valid_keys(spec: ActionSpec) -> None:
    assert spec.text
    assert spec.tooltip.endswith(".")
    assert spec.icon in ICON_NAMES
    assert all(not QKeySequence(key).isEmpty() for key in spec.keys)


def test_no_two_actions_share_an_id_or_a_key() -> None:
    assert len(BY_ID) == len(ACTIONS)
    # a key of the list would fight with the same key of the window while the list has the focus
    for shown in ({Context.WINDOW, Context.PAPER, Context.LIST, Context.PAPERS}, {Context.WINDOW, Context.READER}):
        together = [spec for spec in ACTIONS if spec.context in shown]
        keys = Counter(QKeySequence(key).toString() for spec in together for key in spec.keys)
        assert not [key for key, number in keys.items() if number > 1]


def test_list_and_pdf_may_share_a_key_as_they_are_never_both_shown() -> None:
    assert not Context.LIST.clashes(Context.READER)
    assert not Context.READER.clashes(Context.PAPERS)
    assert all(Context.WINDOW.clashes(one) and one.clashes(Context.WINDOW) and one.clashes(one) for one in Context)


def test_the_keys_that_were_promised_do_what_was_promised() -> None:
    promised = {
        "J": "next",
        "K": "previous",
        "1": "status-inbox",
        "2": "status-to-read",
        "3": "status-reading",
        "4": "status-read",
        "5": "status-skipped",
        "S": "star",
        "T": "tags",
        "N": "note",
        "Return": "open",
        "/": "search",
        "Ctrl+K": "palette",
        "Ctrl+Z": "undo",
        "Ctrl+Shift+Z": "redo",
        "Del": "delete",
        "?": "shortcuts",
    }
    library = [spec for spec in ACTIONS if spec.context is not Context.READER]
    assert {key: next(spec.id for spec in library if key in spec.keys) for key in promised} == promised
    on_pages = {"H": "highlight", "U": "underline", "Ctrl+W": "close-tab", "Del": "remove-mark"}
    reader = [spec for spec in ACTIONS if spec.context is Context.READER]
    assert {key: next(spec.id for spec in reader if key in spec.keys) for key in on_pages} == on_pages


def test_every_action_stands_in_exactly_one_menu() -> None:
    placed = [one for menu in Menu for one in menu_ids(menu) if one]
    assert sorted(placed) == sorted(BY_ID)
    assert set(filter(None, (*PAPER_MENU, *TOOLBAR))) - {"|"} <= set(BY_ID)


def test_own_keys_replace_the_usual_ones_and_survive_writing() -> None:
    own = parse_own_keys("star=X;Ctrl+Shift+S, settings=Ctrl+,, nonsense=Q, delete=")
    assert own == {"star": "X;Ctrl+Shift+S", "settings": "Ctrl+,", "delete": ""}
    assert parse_own_keys(render_own_keys(own)) == own
    assert keys_of(BY_ID["star"], own) == ("X", "Ctrl+Shift+S")
    assert keys_of(BY_ID["delete"], own) == ()
    assert keys_of(BY_ID["next"], own) == ("J",)
    assert parse_own_keys("") == {}


def test_actions_show_their_keys_and_change_them_live(window: QWidget) -> None:
    actions = ActionSet(window, {})
    assert actions["star"].shortcut() == QKeySequence("S")
    assert shown_keys(("S",)) in actions["star"].toolTip()
    actions.set_keys({"star": "X"})
    assert actions["star"].shortcut() == QKeySequence("X")
    assert len(window.actions()) == sum(
        spec.context in {Context.WINDOW, Context.PAPER, Context.LIST} for spec in ACTIONS
    )


def test_only_what_makes_sense_is_enabled(window: QWidget) -> None:
    actions = ActionSet(window, {})
    nothing = Situation()
    actions.update(nothing)
    assert not any(actions[one].isEnabled() for one in ("star", "delete", "undo", "redo", "export", "restore"))
    assert actions["import-files"].isEnabled()
    actions.update(replace(nothing, selected=2, listed=5, undo_label="Tag 2 papers with R&D"))
    assert actions["star"].isEnabled()
    assert not actions["why-not"].isEnabled(), "it is about one paper"
    assert actions["undo"].text() == "Undo: Tag 2 papers with R&&D"
    actions.update(replace(nothing, undo_label=f"Put 3 papers into Thesis/{'long ' * 30}/end"))
    assert actions["undo"].text().startswith("Undo: Put 3 papers into Thesis/")
    assert actions["undo"].text().endswith("long /end")
    assert len(actions["undo"].text()) < 70
    actions.update(replace(nothing, selected=1, listed=1, is_bin=True))
    assert actions["restore"].isEnabled()
    assert not actions["delete"].isEnabled()


def test_what_is_about_the_list_waits_while_a_pdf_is_read(window: QWidget) -> None:
    actions = ActionSet(window, {})
    actions.update(Situation(selected=1, listed=5, is_reading=True, tabs=1))
    assert not any(actions[one].isEnabled() for one in ("delete", "next", "open", "view-table", "copy-citation"))
    assert all(actions[one].isEnabled() for one in ("status-read", "star", "note", "highlight", "remove-mark"))
    actions.update(Situation(selected=1, listed=5, tabs=1))
    assert all(actions[one].isEnabled() for one in ("delete", "next", "open", "next-tab"))
    assert not any(actions[one].isEnabled() for one in ("highlight", "close-tab"))


def test_a_key_that_a_pdf_gives_another_meaning_waits_while_one_is_read(window: QWidget) -> None:
    actions = ActionSet(window, {})
    reading, listing = Situation(selected=1, listed=5, is_reading=True, tabs=1), Situation(selected=1, listed=5)
    actions.update(reading)
    assert actions["collections"].isEnabled(), "the paper that is read can be put into collections, too"
    assert actions["collections"].shortcut().isEmpty()
    assert actions["page-note"].shortcut() == QKeySequence("C")
    actions.set_keys({"collections": "B"})
    assert actions["collections"].shortcut().isEmpty()
    actions.update(listing)
    assert actions["collections"].shortcut() == QKeySequence("B")


def test_an_action_without_a_handler_is_an_error(window: QWidget) -> None:
    with pytest.raises(KeyError):
        ActionSet(window, {}).handle({"star": lambda: None})
