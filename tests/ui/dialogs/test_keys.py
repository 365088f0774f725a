"""Actions get other keys without clashing, and all keys can be looked up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from readinglist.app.settings import SHORTCUTS
from readinglist.app.settings_store import SettingsStore
from readinglist.ui.actions import ACTIONS, BY_ID, keys_of, shown_keys
from readinglist.ui.dialogs.keycaps import Keycaps
from readinglist.ui.dialogs.keys_list import KEYS_ROLE
from readinglist.ui.dialogs.keys_page import KeysPage
from readinglist.ui.dialogs.own_keys import find_owner, refusal_of, with_keys, without_key
from readinglist.ui.dialogs.shortcuts import ShortcutsDialog
from readinglist.ui.widgets.action_set import parse_own_keys
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_input import click, press, type_text

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.toml")


@pytest.fixture
def page(window: QMainWindow, store: SettingsStore, opened: Callable[[QDialog], QDialog]) -> KeysPage:
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    layout = QVBoxLayout(dialog)
    page = KeysPage(store, dialog)
    layout.addWidget(page)
    opened(dialog)
    return page


def choose(page: KeysPage, action_id: str) -> None:
    page.line.clear()
    type_text(page.line, BY_ID[action_id].text.rstrip("…"))
    for row in range(page.list.model().rowCount()):
        page.list.setCurrentIndex(page.list.model().index(row, 0))
        if page.list.chosen_id == action_id:
            return
    pytest.fail(f"{action_id} is not in the list")


def own(store: SettingsStore) -> dict[str, str]:
    return parse_own_keys(store.get(SHORTCUTS))


def key_buttons(page: KeysPage) -> list[str]:
    return [one.text() for one in page._keys.findChildren(QPushButton) if not one.isHidden()]


def test_a_pressed_key_is_added_at_once(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "star")
    page.recorder.setFocus()
    press(page.recorder, Key.Key_F7)
    assert own(store) == {"star": "S;F7"}
    assert page.recorder.hasFocus(), "the next key can be pressed at once"
    assert key_buttons(page) == ["S", "F7"]
    assert page.list.currentIndex().data(KEYS_ROLE) == "S, F7"
    press(page.recorder, Key.Key_F7)
    assert own(store) == {"star": "S;F7"}, "the same key twice is once"


def test_an_ampersand_is_shown_as_a_key(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "note")
    page._on_key("&")
    assert own(store) == {"note": "N;&"}
    assert key_buttons(page) == ["N", "&&"]


def test_a_key_is_taken_away_with_its_button(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "star")
    (button,) = [one for one in page.findChildren(QPushButton, "keys-key-S") if one.isVisible()]
    click(button)
    assert own(store) == {"star": ""}
    assert key_buttons(page) == []


def test_a_key_that_is_taken_is_refused_until_it_is_taken_over(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "star")
    press(page.recorder, Key.Key_K, modifiers=CONTROL)
    assert own(store) == {}
    assert page.problem.text() == "Ctrl+K is the key of “Command palette”."
    click(page.take_over)
    assert own(store) == {"palette": "", "star": "S;Ctrl+K"}
    assert page.problem.isHidden()
    assert page.take_over.isHidden()


def test_usual_keys_come_back_for_one_and_for_all(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "star")
    press(page.recorder, Key.Key_F7)
    choose(page, "note")
    press(page.recorder, Key.Key_B)
    click(page.reset)
    assert own(store) == {"star": "S;F7"}
    assert not page.reset.isEnabled()
    click(page.reset_all)
    assert own(store) == {}
    assert not store.is_set(SHORTCUTS)


def test_a_usual_key_that_was_given_away_is_not_taken_back_silently(page: KeysPage, store: SettingsStore) -> None:
    choose(page, "note")
    press(page.recorder, Key.Key_S)
    click(page.take_over)
    choose(page, "star")
    click(page.reset)
    assert own(store) == {"note": "N;S", "star": ""}
    assert "“Write a note”" in page.problem.text()


@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_Space, None), (Key.Key_Semicolon, CONTROL)])
def test_keys_that_lead_around_or_cannot_be_kept_are_refused(
    page: KeysPage, store: SettingsStore, key: Qt.Key, modifiers: Qt.KeyboardModifier | None
) -> None:
    choose(page, "star")
    press(page.recorder, key, modifiers=modifiers or Qt.KeyboardModifier.NoModifier)
    assert page.problem.isVisible()
    assert own(store) == {}


def test_tab_leads_out_of_the_recorder_and_escape_closes(page: KeysPage, store: SettingsStore, qtbot: QtBot) -> None:
    choose(page, "star")
    page.recorder.setFocus()
    press(page.recorder, Key.Key_Tab)
    assert not page.recorder.hasFocus()
    page.recorder.setFocus()
    dialog = page.window()
    assert isinstance(dialog, QDialog)
    with qtbot.waitSignal(dialog.rejected):
        press(page.recorder, Key.Key_Escape)
    assert own(store) == {}


def test_the_list_is_searched_by_action_and_by_key(page: KeysPage) -> None:
    type_text(page.line, "ctrl+shift+z")
    assert page.list.model().rowCount() == 1
    assert page.list.chosen_id == "redo"
    page.line.clear()
    type_text(page.line, "no such thing")
    assert not page.recorder.isEnabled()
    assert page.list.model().rowCount() == 0
    page.line.clear()
    assert page.list.model().rowCount() == len(ACTIONS)


@pytest.mark.expects_warnings
def test_a_failure_to_write_is_said(window: QMainWindow, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    page = KeysPage(SettingsStore(in_the_way / "settings.toml"), window)
    choose(page, "star")
    page._on_key("F7")
    assert "could not be written" in page.problem.text()
    assert page.list.currentIndex().data(KEYS_ROLE) == "S"


def test_every_control_of_the_page_has_a_name(page: KeysPage) -> None:
    choose(page, "redo")
    assert control_count(page) >= 6
    assert unnamed_controls(page) == []


def test_keys_clash_where_both_work() -> None:
    owner = find_owner("select-all", "Ctrl+K", {})
    assert owner is BY_ID["palette"], "a key of the window works in the list too"
    assert find_owner("palette", "Return", {}) is BY_ID["open"]
    assert find_owner("palette", "Ctrl+K", {}) is None, "an action does not clash with itself"
    assert find_owner("star", "Ctrl+K", {"palette": ""}) is None
    assert find_owner("copy-citation", "E", {}) is None, "a key of PDFs is free in the list"
    assert find_owner("star", "E", {}) is BY_ID["edit-comment"], "and not free in the window"


def test_only_what_differs_is_kept() -> None:
    assert with_keys({}, "star", ["S"]) == {}
    assert with_keys({"star": "X"}, "star", ["S"]) == {}
    assert with_keys({"note": "M"}, "star", []) == {"note": "M", "star": ""}
    assert without_key({}, "redo", "Ctrl+Y") == {"redo": "Ctrl+Shift+Z"}
    assert without_key({"star": "S;X"}, "star", "X") == {}
    assert refusal_of("X") == ""


def test_all_keys_are_shown_by_menu(window: QMainWindow, opened: Callable[[ShortcutsDialog], ShortcutsDialog]) -> None:
    changed = {"star": "X;Ctrl+Shift+S"}
    dialog = opened(ShortcutsDialog(changed, window))
    for spec in ACTIONS:
        (caps,) = dialog.findChildren(Keycaps, f"shortcuts-keys-{spec.id}")
        assert caps.text() == (shown_keys(keys_of(spec, changed)) or "no key")
    assert unnamed_controls(dialog) == []
    assert control_count(dialog) >= 2


def test_keys_are_found_by_action_and_by_key(
    window: QMainWindow, opened: Callable[[ShortcutsDialog], ShortcutsDialog], qtbot: QtBot
) -> None:
    dialog = opened(ShortcutsDialog({}, window))
    assert dialog.line.hasFocus()
    type_text(dialog.line, "undo")
    assert [words.split(" Edit ")[0] for words in dialog.shown_words()] == ["Undo"]
    heads = {menu: dialog.findChildren(QLabel, f"shortcuts-menu-{menu}")[0].isVisible() for menu in ("edit", "file")}
    assert heads == {"edit": True, "file": False}
    dialog.line.clear()
    type_text(dialog.line, "ctrl+shift")
    assert len(dialog.shown_words()) == sum("Ctrl+Shift+" in shown_keys(spec.keys) for spec in ACTIONS)
    type_text(dialog.line, "nothing has this")
    assert dialog.shown_words() == []
    assert dialog.none.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        press(dialog.line, Key.Key_Escape)
