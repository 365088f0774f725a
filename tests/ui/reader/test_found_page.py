"""A search that found something in a PDF opens it where that stands, and marks it there.

It does so by Enter, by a click on the line, and from the paper's details.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.page_places import FoundPlace
from readinglist.domain.paper import PaperId, PaperRow, Status
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.paper_table import ROW_ROLE
from readinglist.ui.reader.tab import ReaderTab
from tests.helpers.drafts import make_draft
from tests.helpers.ui_input import press, type_text
from tests.helpers.ui_window import open_window

FOUND_ON = 3
WORD = "p3c1l40"  # in the second column, far below
SAID = f"{WORD} the quick brown fox jumps"


@pytest.fixture
def paper_id(workspace: Workspace, paper: Path) -> PaperId:
    """A paper whose PDF has a word on its third page."""
    with workspace.library.write(None) as writer:
        (paper_id,) = writer.papers.add_many([make_draft(1)], status=Status.INBOX)
    workspace.files.attach(paper_id, paper)
    with workspace.library.read() as reader:
        (file,) = reader.files.of(paper_id)
    workspace.library.page_texts.save(file.sha256, ["Nothing here.", "Nor here.", f"See this. {SAID}"])
    return paper_id


@pytest.fixture
def window(workspace: Workspace, paper_id: PaperId, qtbot: QtBot) -> Iterator[MainWindow]:
    assert paper_id
    yield from open_window(workspace, qtbot)


def press_enter(window: MainWindow, _: WhyHere) -> None:
    press(window.papers.view, Qt.Key.Key_Return)


def click_line(window: MainWindow, why: WhyHere) -> None:
    cards = window.papers.cards
    index = window.papers.model.index(0, 0)
    row = index.data(ROW_ROLE)
    assert isinstance(row, PaperRow)
    line = cards.delegate.why_rect(cards.visualRect(index), row, why)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, line.center())


def click_link(window: MainWindow, _: WhyHere) -> None:
    row = window.rest.detail.findChild(QWidget, "detail-links")
    assert row is not None
    link = next(one for one in row.findChildren(QAbstractButton) if "PDF" in one.text())
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)


def search(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> WhyHere:
    """Search for the word, and return what the list says of the paper."""
    type_text(window.papers.search.line, WORD)
    qtbot.waitUntil(lambda: window.papers.model.reason_of(paper_id) is not None)
    why = window.papers.model.reason_of(paper_id)
    assert why is not None
    qtbot.waitUntil(lambda: window.papers.current == paper_id)
    return why


def wait_for_mark(window: MainWindow, qtbot: QtBot) -> tuple[ReaderTab, FoundPlace]:
    """Return the tab and its mark."""
    qtbot.waitUntil(lambda: window.tabs.front is not None and window.tabs.front.scene.found is not None)
    tab = window.tabs.front
    assert tab is not None
    assert tab.scene.found is not None
    return tab, tab.scene.found


@pytest.mark.parametrize("act", [press_enter, click_line, click_link])
def test_what_was_found_in_a_pdf_opens_it_at_its_place(
    window: MainWindow, paper_id: PaperId, act: Callable[[MainWindow, WhyHere], None], qtbot: QtBot
) -> None:
    why = search(window, paper_id, qtbot)
    assert why.text == f"Page {FOUND_ON}: See this. {SAID}"
    act(window, why)
    tab, found = wait_for_mark(window, qtbot)
    qtbot.waitUntil(lambda: tab.pictures.is_ready)
    assert (tab.paper_id, tab.pages.page, found.page) == (paper_id, FOUND_ON, FOUND_ON)
    (rect,) = found.rects
    assert tab.pages.shows(FOUND_ON, rect)
    words = tab.facts.words(FOUND_ON)
    assert words is not None
    assert [one.text for one in words if rect.contains(one.rect.centre)] == [WORD]


def test_in_a_tab_that_is_open_what_was_found_is_marked_too(
    window: MainWindow, paper_id: PaperId, qtbot: QtBot
) -> None:
    why = search(window, paper_id, qtbot)
    window.rest.handlers.reader.open(paper_id)
    qtbot.waitUntil(lambda: window.tabs.front is not None)
    assert window.tabs.front is not None
    assert window.tabs.front.scene.found is None
    window.tabs.setCurrentIndex(0)
    window.rest.handlers.reader.open(paper_id, found=why.place)
    tab, found = wait_for_mark(window, qtbot)
    assert tab.pages.shows(FOUND_ON, found.view)
    tab.jumps.go_back()
    assert tab.pages.page == 1


def test_a_mark_stays_until_the_next_click(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> None:
    press_enter(window, search(window, paper_id, qtbot))
    tab, _ = wait_for_mark(window, qtbot)
    press(tab.pages, Qt.Key.Key_Down)
    assert tab.scene.found is not None
    QTest.mouseClick(tab.pages.viewport(), Qt.MouseButton.LeftButton, pos=tab.pages.viewport().rect().center())
    assert tab.scene.found is None


def test_escape_takes_a_mark_away(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> None:
    press_enter(window, search(window, paper_id, qtbot))
    tab, _ = wait_for_mark(window, qtbot)
    press(tab.pages, Qt.Key.Key_Escape)
    assert tab.scene.found is None


def test_searching_in_the_document_begins_with_what_was_found(
    window: MainWindow, paper_id: PaperId, qtbot: QtBot
) -> None:
    press_enter(window, search(window, paper_id, qtbot))
    tab, _ = wait_for_mark(window, qtbot)
    window.actions_["search"].trigger()
    assert tab.side.hits.line.text() == WORD
    qtbot.waitUntil(lambda: tab.scene.current_hit == 0)
    assert tab.scene.found is None
