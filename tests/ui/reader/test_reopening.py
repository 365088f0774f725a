"""The window's tabs at the next start, and papers that have several PDFs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from readinglist.app import bootstrap
from readinglist.app.settings import INDEX_AUTOMATICALLY, REOPENS_TABS
from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId, Status
from readinglist.ui.main_window import MainWindow
from tests.helpers.drafts import make_draft
from tests.helpers.reading import make_paper
from tests.helpers.ui_input import press
from tests.helpers.ui_window import focused, open_window


@contextmanager
def open_workspace() -> Iterator[Workspace]:
    """Open the library, for as long as one program runs."""
    places = bootstrap.find_places(None)
    places.settings.set(INDEX_AUTOMATICALLY, value=False)
    with closing(bootstrap.open_workspace(places)) as workspace:
        yield workspace


@contextmanager
def window_of(workspace: Workspace, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window and close it as a reader does."""
    windows = open_window(workspace, qtbot)
    window = next(windows)
    window.handlers.reader.reopen(is_front_wanted=True)
    yield window
    window.close()
    next(windows, None)


@pytest.fixture
def ids(tmp_path: Path) -> list[PaperId]:
    """Two papers with a PDF each; the first has a second one."""
    with open_workspace() as workspace:
        with workspace.library.write(None) as writer:
            ids = list(writer.papers.add_many([make_draft(1), make_draft(2)], status=Status.INBOX))
        for place, name in ((0, "main"), (1, "other"), (0, "supplement")):
            workspace.files.attach(ids[place], make_paper(tmp_path / f"{name}.pdf", pages=len(name)))
    return ids


def read(window: MainWindow, paper_id: PaperId, qtbot: QtBot, *, sha256: str | None = None) -> None:
    window.tabs.show_library()
    window.handlers.reader.open(paper_id, sha256=sha256)
    wait_for_first_page(window, qtbot)


def wait_for_first_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.tabs.front is not None and window.tabs.front.pictures.is_ready)


def test_tabs_are_there_at_the_next_start_and_only_the_front_one_is_loaded(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[0], qtbot)
        read(window, ids[1], qtbot)
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        wait_for_first_page(window, qtbot)
        assert [tab.paper_id for tab in window.tabs.pdfs] == ids
        assert [tab.paper_id for tab in window.tabs.readers] == [ids[1]]
        window.tabs.setCurrentIndex(1)
        wait_for_first_page(window, qtbot)
        assert [tab.paper_id for tab in window.tabs.readers] == ids
        window.tabs.show_library()
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        assert [tab.paper_id for tab in window.tabs.pdfs] == ids
        assert (list(window.tabs.readers), window.tabs.currentIndex()) == ([], 0)
        window.tabs.close_wanted.emit(window.tabs.pdfs[0])
        assert [tab.paper_id for tab in window.tabs.pdfs] == [ids[1]]


def test_a_pdf_never_stands_beside_the_tab_that_waited_for_it(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[0], qtbot)
        read(window, ids[1], qtbot)
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        wait_for_first_page(window, qtbot)
        seen: list[list[PaperId]] = []
        window.tabs.front_changed.connect(lambda: seen.append([tab.paper_id for tab in window.tabs.pdfs]))
        window.tabs.setCurrentIndex(1)
        wait_for_first_page(window, qtbot)
        assert len(seen) == 2, "the waiting tab, and the PDF in its place"
        assert seen == [ids, ids]
        assert window.tabs.front in window.tabs.readers


def test_no_tab_comes_back_that_is_not_wanted_or_whose_paper_is_in_the_bin(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[0], qtbot)
        read(window, ids[1], qtbot)
        window.tabs.show_library()
        workspace.edit.delete([ids[0]])
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        assert [tab.paper_id for tab in window.tabs.pdfs] == [ids[1]]
        workspace.settings.set(REOPENS_TABS, value=False)
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        assert list(window.tabs.pdfs) == []


def test_a_tab_whose_file_is_gone_says_so(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[1], qtbot)
        (view,) = workspace.files.of(ids[1])
    view.path.unlink()
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        qtbot.waitUntil(lambda: "is not there any more" in window.toast.text)
        assert window.tabs.front is None
        (tab,) = window.tabs.pdfs
        window.handlers.reader.close(tab)
        assert window.tabs.count() == 1


def test_ctrl_w_closes_a_tab_that_is_still_to_be_opened(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[0], qtbot)
        read(window, ids[1], qtbot)
        window.tabs.show_library()
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        window.tabs.setCurrentIndex(2)
        assert window.tabs.front is None
        press(focused(), Qt.Key.Key_W, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert [tab.paper_id for tab in window.tabs.pdfs] == [ids[0]]
        wait_for_first_page(window, qtbot)  # the one before it, which came to the front
        read(window, ids[1], qtbot)  # wanted again
        assert [tab.paper_id for tab in window.tabs.readers] == ids


def test_a_tab_whose_file_is_gone_is_closed_by_its_key_and_no_key_is_about_the_list_meanwhile(
    ids: list[PaperId], qtbot: QtBot
) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        read(window, ids[1], qtbot)
        (view,) = workspace.files.of(ids[1])
    view.path.unlink()
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        qtbot.waitUntil(lambda: "is not there any more" in window.toast.text)
        before = workspace.catalog.rows([ids[0]])[0].status
        press(focused(), Qt.Key.Key_5)  # about the paper whose tab this is, not the one chosen in the hidden list
        qtbot.waitUntil(lambda: workspace.catalog.rows([ids[1]])[0].status is Status.SKIPPED)
        assert workspace.catalog.rows([ids[0]])[0].status is before
        press(focused(), Qt.Key.Key_W, modifiers=Qt.KeyboardModifier.ControlModifier)
        assert window.tabs.count() == 1
        assert focused() is window.papers.view


def test_a_paper_with_several_pdfs_opens_the_one_that_was_read_last(ids: list[PaperId], qtbot: QtBot) -> None:
    with open_workspace() as workspace, window_of(workspace, qtbot) as window:
        first, second = (view.file.sha256 for view in workspace.files.of(ids[0]))
        read(window, ids[0], qtbot)
        read(window, ids[0], qtbot, sha256=second)
        assert [tab.sha256 for tab in window.tabs.readers] == [first, second]
        for tab in tuple(window.tabs.readers):
            window.handlers.reader.close(tab)
        qtbot.waitUntil(lambda: workspace.reading.position(second) is not None)
        read(window, ids[0], qtbot)
        (tab,) = window.tabs.readers
        assert (tab.sha256, len(tab.document.info.pages)) == (second, len("supplement"))
