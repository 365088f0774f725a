"""A themed application, one process that reads PDFs for all tests, and a tab on a made paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.pdf.process import PdfProcess
from readinglist.ui.reader.tab import ReaderTab
from readinglist.ui.reader.viewing import Place
from tests.helpers.reading import KeptMarks, ProcessDocument, make_paper, make_tab, open_document
from tests.helpers.ui_core import UiCore, destroy


@pytest.fixture(scope="session")
def process() -> Iterator[PdfProcess]:
    process = PdfProcess()
    process.start().result(60)
    yield process
    process.close()


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_paper(tmp_path_factory.mktemp("papers") / "paper.pdf")


@pytest.fixture(autouse=True)
def _guarded(themed: None, no_qt_warnings: None) -> None:
    """Have every test in this folder look right, and fail on what Qt only mutters."""


@pytest.fixture
def document(process: PdfProcess, paper: Path) -> ProcessDocument:
    return open_document(process, paper)


@pytest.fixture
def marks() -> KeptMarks:
    return KeptMarks()


@pytest.fixture
def tab(document: ProcessDocument, marks: KeptMarks, core: UiCore, qtbot: QtBot) -> Iterator[ReaderTab]:
    """A tab that shows its first page, sharp, with its words."""
    window = QMainWindow()
    window.resize(1000, 800)
    tab = make_tab(document, marks, core.bridge, window)
    window.setCentralWidget(tab)
    window.show()
    window.activateWindow()
    with qtbot.waitSignal(tab.pictures.ready):
        tab.begin(Place(), ())
    tab.focus_pages()
    qtbot.waitUntil(lambda: bool(tab.facts.words(1)) and tab.facts.links(1) is not None)
    yield tab
    tab.close_document()
    destroy(window)
