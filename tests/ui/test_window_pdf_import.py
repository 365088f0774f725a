"""PDFs dropped on the window: reviewed with their evidence, stored, and taken up again after an interruption."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.domain.errors import Cancelled
from readinglist.domain.paper import Status
from readinglist.domain.raw import Drop
from readinglist.services.events import EventHub
from readinglist.services.jobs import Job, JobContext
from readinglist.ui.dialogs.review import ReviewDialog
from readinglist.ui.main_window import MainWindow
from tests.helpers.drafts import make_draft
from tests.helpers.made_pdf import write_pdf
from tests.helpers.ui_window import open_window


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """A library with a paper."""
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(1)], status=Status.INBOX)
    return workspace


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def sheet_of(window: MainWindow, qtbot: QtBot) -> ReviewDialog:
    def is_open() -> bool:
        sheet = window.findChild(ReviewDialog)
        return sheet is not None and sheet.isVisible()

    qtbot.waitUntil(is_open)
    sheet = window.findChild(ReviewDialog)
    assert sheet is not None
    return sheet


def test_an_import_that_was_interrupted_is_offered_once_and_goes_on(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "a.pdf")
    window.handlers.imports.offer_unfinished()
    assert window.toast.text == ""
    job: Job[None] = Job(job_id=0, label="", events=EventHub())
    job.cancel()
    with pytest.raises(Cancelled):
        workspace.ingest.preview([Drop.of_path(tmp_path / "a.pdf")], JobContext(job))
    window.handlers.imports.offer_unfinished()
    assert window.toast.text == "The import of a.pdf was interrupted."
    assert workspace.ingest.unfinished() == ()
    button = window.toast.findChild(QPushButton, "toast-action")
    assert button is not None
    button.click()
    sheet = sheet_of(window, qtbot)
    tooltip = sheet.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Title: " in tooltip
    sheet.accept()
    qtbot.waitUntil(lambda: window.toast.text == "Papers: 1 added.")
    (paper_id,) = workspace.catalog.ids("has:pdf").ids
    (view,) = workspace.files.of(paper_id)
    assert view.path.parent == workspace.library.folder / "files"


def test_a_file_that_vanished_before_it_was_stored_is_named(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    window.handlers.imports.review([Drop.of_path(path)])
    sheet = sheet_of(window, qtbot)
    path.unlink()
    sheet.accept()
    qtbot.waitUntil(lambda: "1 file could not be stored" in window.toast.text)
    assert "a.pdf" in window.toast.text
    assert not workspace.catalog.ids("has:pdf").ids
