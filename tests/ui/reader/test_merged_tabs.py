"""Tabs of PDFs whose entries are merged: each stays with the paper that has its file, there and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId, Status
from readinglist.ui.main_window import MainWindow
from readinglist.ui.reader.tab import ReaderTab
from tests.helpers.drafts import make_draft
from tests.helpers.reading import make_paper
from tests.helpers.ui_window import open_window


@pytest.fixture
def ids(workspace: Workspace, paper: Path, tmp_path: Path) -> list[PaperId]:
    """Two entries of one work with different PDFs, of which the first has a note and stays; and another paper."""
    with workspace.library.write(None) as writer:
        found = writer.papers.add_many([make_draft(number) for number in range(1, 4)], status=Status.INBOX)
        writer.papers.set_values(found[:1], {"note": "A note.", "rating": 4})
    workspace.files.attach(found[0], make_paper(tmp_path / "short.pdf", pages=1))
    workspace.files.attach(found[1], paper)
    workspace.files.attach(found[2], make_paper(tmp_path / "other.pdf", pages=2))
    return found


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def read(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> ReaderTab:
    window.handlers.reader.open(paper_id)
    return front(window, paper_id, qtbot)


def front(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> ReaderTab:
    """Wait until a paper's PDF is in front."""
    qtbot.waitUntil(lambda: window.tabs.front is not None and window.tabs.front.paper_id == paper_id)
    qtbot.waitUntil(lambda: window.tabs.front is not None and window.tabs.front.pictures.is_ready)
    tab = window.tabs.front
    assert tab is not None
    return tab


def owners(window: MainWindow) -> list[PaperId]:
    return [tab.paper_id for tab in window.tabs.pdfs]


def test_the_tab_in_front_stays_at_its_page_with_the_merged_paper_and_comes_back(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    kept, gone, other = ids
    read(window, other, qtbot)
    tab = read(window, gone, qtbot)
    content = tab.sha256
    tab.jumps.go_to(2)
    workspace.merging.merge([kept, gone])
    tab = front(window, kept, qtbot)
    assert (tab.sha256, tab.pages.page) == (content, 2)
    assert owners(window) == [other, kept]
    workspace.undo.undo()
    tab = front(window, gone, qtbot)
    assert (tab.sha256, tab.pages.page) == (content, 2)
    assert owners(window) == [other, gone]
    workspace.undo.redo()
    front(window, kept, qtbot)


def test_a_tab_behind_stays_behind_and_its_pdf_waits(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    kept, gone, other = ids
    content = read(window, gone, qtbot).sha256
    read(window, kept, qtbot)
    tab = read(window, other, qtbot)
    workspace.merging.merge([kept, gone])
    qtbot.waitUntil(lambda: owners(window) == [kept, kept, other])
    assert window.tabs.front is tab
    assert window.tabs.find_waiting(kept, content) is window.tabs.pdfs[0]
    window.tabs.setCurrentIndex(1)
    assert front(window, kept, qtbot).sha256 == content


def test_two_tabs_of_one_file_become_one(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], paper: Path, qtbot: QtBot
) -> None:
    kept, gone, _ = ids
    content = read(window, gone, qtbot).sha256
    workspace.files.attach(kept, paper)
    window.handlers.reader.open(kept, sha256=content)
    front(window, kept, qtbot)
    window.tabs.setCurrentIndex(1)
    workspace.merging.merge([kept, gone])
    qtbot.waitUntil(lambda: owners(window) == [kept])
    assert front(window, kept, qtbot).sha256 == content


def test_the_time_it_was_read_for_is_the_merged_papers(
    window: MainWindow,
    workspace: Workspace,
    ids: list[PaperId],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, gone, _ = ids
    workspace.edit.add_reading_time(gone, 100)
    workspace.edit.add_reading_time(kept, 20)
    tab = read(window, gone, qtbot)
    monkeypatch.setattr(tab.log, "take_seconds", lambda: 30.0)
    workspace.merging.merge([kept, gone])
    front(window, kept, qtbot)
    with workspace.library.read() as reader:
        assert reader.decisions.time_spent_s(kept) >= 150
        assert reader.decisions.time_spent_s(gone) == 0
