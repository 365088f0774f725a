"""Files dragged over the window with keys held down: what the sheet says, what the other program hears of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.app.settings import FILES
from readinglist.app.workspace import Workspace
from readinglist.domain.taking import Taking
from readinglist.ui.dialogs.review import ReviewDialog
from readinglist.ui.handlers.dropping import taking_of
from readinglist.ui.main_window import MainWindow
from tests.helpers.made_pdf import write_pdf
from tests.helpers.ui_window import open_window

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
COPY, MOVE, LINK = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction, Qt.DropAction.LinkAction
PLACE = QPoint(300, 300)


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def mime_of(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.mark.parametrize(
    ("keys", "taking"),
    [
        (NONE, None),
        (CONTROL, Taking.COPY),
        (SHIFT, Taking.MOVE),
        (SHIFT | CONTROL, Taking.LINK),
        (ALT, Taking.LINK),
    ],
)
def test_keys_mean_what_they_mean_to_file_managers(keys: Qt.KeyboardModifier, taking: Taking | None) -> None:
    assert taking_of(keys) is taking


def test_the_sheet_says_what_becomes_of_pdfs_while_keys_are_held_down(
    window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    workspace.settings.set(FILES, Taking.LINK.value)
    sheet, mime = window.rest.drop_sheet, mime_of(write_pdf(tmp_path / "a.pdf"))
    QApplication.sendEvent(window, QDragEnterEvent(PLACE, COPY | MOVE, mime, LEFT, NONE))
    assert sheet.isVisible()
    assert sheet.taking is Taking.LINK
    for keys, taking in ((SHIFT, Taking.MOVE), (CONTROL, Taking.COPY), (NONE, Taking.LINK)):
        QApplication.sendEvent(window, QDragMoveEvent(PLACE, COPY | MOVE, mime, LEFT, keys))
        assert sheet.taking is taking
    listing = tmp_path / "papers.json"
    listing.touch()
    mime = mime_of(listing)
    QApplication.sendEvent(window, QDragEnterEvent(PLACE, COPY, mime, LEFT, SHIFT))
    assert sheet.taking is None


def test_a_file_that_is_dropped_to_be_moved_is_moved_by_the_review_sheet_and_by_nobody_else(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    mime = mime_of(path)  # events do not keep it
    drop = QDropEvent(QPointF(PLACE), COPY | MOVE | LINK, mime, LEFT, NONE)  # as X11 tells it
    drop.setDropAction(MOVE)  # what the other program proposes while Shift is held down
    QApplication.sendEvent(window, QDragEnterEvent(PLACE, COPY | MOVE | LINK, mime, LEFT, SHIFT))
    QApplication.sendEvent(window, drop)
    assert drop.isAccepted()
    assert drop.dropAction() is COPY  # after a move the other program would remove its file, which is needed still
    qtbot.waitUntil(lambda: window.findChild(ReviewDialog) is not None)
    sheet = window.findChild(ReviewDialog)
    assert sheet is not None
    assert sheet.options.taking is Taking.MOVE
    sheet.accept()
    qtbot.waitUntil(lambda: window.toast.text == "Papers: 1 added.")
    assert not path.exists()


def test_what_can_only_be_moved_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    mime = mime_of(write_pdf(tmp_path / "a.pdf"))
    enter = QDragEnterEvent(PLACE, MOVE, mime, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    assert not window.rest.drop_sheet.isVisible()
