"""The palette finds actions, lists and papers by a few letters, and Enter does it."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.ui.dialogs.palette import PAPER_LETTERS, SHOWN, Entry, FindPapers, PaletteDialog, matches
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_input import click, press, type_text

Key = Qt.Key
Answer = Callable[[Sequence[Entry]], None]


class Palette:
    """A palette whose entries write down that they ran; papers are found when the test says so."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.questions: list[tuple[str, Answer]] = []
        words = ("Import files…", "Star", "Mark as To read", "Settings…", "To read", "ml/speech", "<b>Bold</b> & co")
        self.entries = [self.entry(word) for word in words]

    def entry(self, text: str, hint: str = "Ctrl+O") -> Entry:
        return Entry(text=text, hint=hint, icon="star", run=lambda: self.ran.append(text))

    def find(self, text: str, answer: Answer) -> None:
        self.questions.append((text, answer))


@pytest.fixture
def palette() -> Palette:
    return Palette()


@pytest.fixture
def dialog(palette: Palette, window: QMainWindow, opened: Callable[[PaletteDialog], PaletteDialog]) -> PaletteDialog:
    find: FindPapers = palette.find
    return opened(PaletteDialog(palette.entries, find, window))


def shown(dialog: PaletteDialog) -> list[str]:
    model = dialog.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_everything_is_listed_until_something_is_typed(dialog: PaletteDialog, palette: Palette) -> None:
    assert shown(dialog) == [entry.text for entry in palette.entries]
    assert dialog.line.hasFocus()
    assert dialog.list.currentIndex().row() == 0


def test_letters_and_enter_do_it(dialog: PaletteDialog, palette: Palette, qtbot: QtBot) -> None:
    type_text(dialog.line, "sett")
    assert shown(dialog) == ["Settings…"]
    with qtbot.waitSignal(dialog.accepted):
        press(dialog.line, Key.Key_Return)
    assert palette.ran == ["Settings…"]


def test_the_arrows_move_while_the_cursor_stays_in_the_field(dialog: PaletteDialog, palette: Palette) -> None:
    press(dialog.line, Key.Key_Down, Key.Key_Down, Key.Key_Up)
    assert dialog.line.hasFocus()
    press(dialog.line, Key.Key_Return)
    assert palette.ran == ["Star"]


def test_a_click_does_it_once(dialog: PaletteDialog, palette: Palette) -> None:
    click(dialog.list.viewport(), dialog.list.visualRect(dialog.list.model().index(2, 0)).center())
    assert palette.ran == ["Mark as To read"]


def test_words_that_begin_so_come_first() -> None:
    palette = Palette()
    entries = [palette.entry(text) for text in ("Restart", "Star", "ml/start")]
    assert [entry.text for entry in matches(entries, "star")] == ["Star", "ml/start", "Restart"]
    assert [entry.text for entry in matches(entries, "star ml")] == ["ml/start"]
    assert matches(entries, "nothing") == []


def test_papers_are_found_once_the_typing_rests(dialog: PaletteDialog, palette: Palette, qtbot: QtBot) -> None:
    type_text(dialog.line, "x" * PAPER_LETTERS)
    assert palette.questions == []
    assert dialog._none.isVisible()
    qtbot.waitUntil(lambda: len(palette.questions) == 1)
    text, answer = palette.questions[0]
    assert text == "xx"
    answer([palette.entry("A paper about xx", "Inbox")])
    assert shown(dialog) == ["A paper about xx"]
    assert not dialog._none.isVisible()
    press(dialog.line, Key.Key_Return)
    assert palette.ran == ["A paper about xx"]


def test_an_answer_to_what_was_typed_before_is_dropped(dialog: PaletteDialog, palette: Palette, qtbot: QtBot) -> None:
    type_text(dialog.line, "xx")
    qtbot.waitUntil(lambda: len(palette.questions) == 1)
    type_text(dialog.line, "y")
    palette.questions[0][1]([palette.entry("A paper about xx")])
    assert shown(dialog) == []


def test_enter_on_nothing_does_nothing(dialog: PaletteDialog, palette: Palette) -> None:
    type_text(dialog.line, "no such thing")
    press(dialog.line, Key.Key_Return)
    assert palette.ran == []
    assert dialog.isVisible()


def test_escape_leaves(dialog: PaletteDialog, palette: Palette, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        press(dialog.line, Key.Key_Escape)
    assert palette.ran == []


def test_entries_are_named_and_shown_as_they_are(dialog: PaletteDialog) -> None:
    assert control_count(dialog) == 2
    assert unnamed_controls(dialog) == []
    bold = dialog.list.model().index(6, 0)
    assert bold.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>Bold</b> & co, Ctrl+O"
    assert "&lt;b&gt;" in bold.data(Qt.ItemDataRole.ToolTipRole)
    dialog.grab()


def test_nobody_is_shown_more_than_they_read(
    palette: Palette, window: QMainWindow, opened: Callable[[PaletteDialog], PaletteDialog]
) -> None:
    many = [palette.entry(f"tag {number}") for number in range(1000)]
    assert len(shown(opened(PaletteDialog(many, palette.find, window)))) == SHOWN
