"""A search that found something in a PDF opens it at the page that has it: by Enter, and by a click on the line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from readinglist.app import bootstrap
from readinglist.app.settings import INDEX_AUTOMATICALLY
from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId, PaperRow, Status
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.paper_table import ROW_ROLE
from tests.helpers.drafts import make_draft
from tests.helpers.ui_input import press, type_text
from tests.helpers.ui_window import open_window

FOUND_ON = 3


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    places = bootstrap.find_places(None)
    places.settings.set(INDEX_AUTOMATICALLY, value=False)
    workspace = bootstrap.open_workspace(places)
    yield workspace
    workspace.close()


@pytest.fixture
def paper_id(workspace: Workspace, paper: Path) -> PaperId:
    """A paper whose PDF has a word on its third page, as far as anybody has read it."""
    with workspace.library.write(None) as writer:
        (paper_id,) = writer.papers.add_many([make_draft(1)], status=Status.INBOX)
    workspace.files.attach(paper_id, paper)
    with workspace.library.read() as reader:
        (file,) = reader.files.of(paper_id)
    workspace.library.page_texts.save(file.sha256, ["Nothing here.", "Nor here.", "Wombats dig in the night."])
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


@pytest.mark.parametrize("act", [press_enter, click_line])
def test_what_was_found_in_a_pdf_opens_it_at_its_page(
    window: MainWindow, paper_id: PaperId, act: Callable[[MainWindow, WhyHere], None], qtbot: QtBot
) -> None:
    type_text(window.papers.search.line, "wombats")
    qtbot.waitUntil(lambda: window.papers.model.reason_of(paper_id) is not None)
    why = window.papers.model.reason_of(paper_id)
    assert why is not None
    assert why.text == f"PDF, p. {FOUND_ON}: Wombats dig in the night."
    qtbot.waitUntil(lambda: window.papers.current == paper_id)
    act(window, why)
    qtbot.waitUntil(lambda: window.tabs.front is not None and window.tabs.front.pictures.is_ready)
    tab = window.tabs.front
    assert tab is not None
    assert (tab.paper_id, tab.pages.page) == (paper_id, FOUND_ON)
