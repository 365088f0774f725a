"""Collections of a paper as chips: away without any, cut where they tell least, the keyboard stays among them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui.widgets.chip_row import CollectionRow
from readinglist.ui.widgets.tag_chip import WIDEST
from tests.helpers.ui_access import unnamed_controls
from tests.helpers.ui_input import click, press

LONG = "Thesis/Chapter 2 Related work/Attention mechanisms and their many efficient variants"


@pytest.fixture
def row(themed: None, qtbot: QtBot) -> CollectionRow:
    row = CollectionRow()
    qtbot.addWidget(row)
    row.resize(300, 120)
    row.show_collections(["Reading group", "Survey/Methods", "Thesis"])
    row.activateWindow()
    return row


def test_without_any_it_is_away(row: CollectionRow) -> None:
    assert row.isVisible()
    row.show_collections([])
    assert not row.isVisible()


def test_the_same_again_keep_their_chips(row: CollectionRow) -> None:
    before = list(row._chips)
    row.show_collections(["Reading group", "Survey/Methods", "Thesis"])
    assert row._chips == before


def test_a_name_opens_and_its_cross_or_delete_takes_away(row: CollectionRow) -> None:
    heard: list[tuple[str, str]] = []
    row.opened.connect(lambda name: heard.append(("opened", name)))
    row.removed.connect(lambda name: heard.append(("removed", name)))
    QApplication.processEvents()
    chip = row._chips[1]
    click(chip, QPoint(chip.width() // 2, chip.height() // 2))
    click(chip, QPoint(chip.width() - 10, chip.height() // 2))
    press(chip, Qt.Key.Key_Delete)
    assert heard == [("opened", "Survey/Methods"), *[("removed", "Survey/Methods")] * 2]
    assert unnamed_controls(row) == []


def test_the_keyboard_goes_on_to_the_neighbour_of_what_was_taken_away(row: CollectionRow, qtbot: QtBot) -> None:
    row._chips[2].setFocus()
    qtbot.waitUntil(row._chips[2].hasFocus)
    row.show_collections(["Reading group", "Survey/Methods"])
    qtbot.waitUntil(row._chips[1].hasFocus)


def test_a_long_name_keeps_its_last_words(row: CollectionRow, qtbot: QtBot) -> None:
    row.show_collections([LONG])
    qtbot.waitUntil(lambda: row._chips[0].width() == WIDEST)
    shown = row._chips[0].shown_text()
    assert shown.startswith("Thesis/")
    assert shown.endswith("variants")
    assert LONG in row._chips[0].toolTip()
    row.grab()


def test_an_ampersand_in_a_name_is_no_key(row: CollectionRow) -> None:
    row.show_collections(["Q&A"])
    assert row._chips[0].shortcut().isEmpty()
    assert row._chips[0].accessibleDescription() == "Delete takes the paper out of it."
