"""A themed application, one process that reads PDFs for all tests, and a tab on a made paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.pdf.process import PdfProcess
from readinglist.ui import theme
from readinglist.ui.reader.tab import ReaderTab
from readinglist.ui.reader.viewing import Place
from tests.helpers.reading import KeptMarks, ProcessDocument, make_paper, make_tab, open_document
from tests.helpers.ui_core import UiCore, destroy, open_core

MUTTERED = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
OF_THE_PLATFORM = "This plugin does not support"  # what offscreen says of windows and menus


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
def _themed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _no_qt_warnings(qtlog: Any) -> Iterator[None]:
    """Fail on a warning of Qt's: about sizes, layouts, lost connections."""
    yield
    said = [one.message for one in qtlog.records if one.type in MUTTERED]
    said = [one for one in said if not one.startswith(OF_THE_PLATFORM)]
    assert not said, f"Qt warned: {said}"


@pytest.fixture
def core(tmp_path: Path, qtbot: QtBot) -> Iterator[UiCore]:
    with open_core(tmp_path / "library") as core:
        yield core


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
