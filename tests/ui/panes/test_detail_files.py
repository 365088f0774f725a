"""The files of the chosen paper: shown with what is known of them, opened one by one, taken off with an undo."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.domain.files import ReadingPosition
from readinglist.domain.paper import PaperId
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.panes.detail_files import FileRow
from tests.helpers.attached import MADE, make_pdf
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click


@pytest.fixture
def ids(core: UiCore, tmp_path: Path) -> list[PaperId]:
    """Two papers; the first has two files, of which the second was read."""
    ids = core.add(make_draft(1), make_draft(2))
    for name in ("main", "supplement"):
        core.files.attach(ids[0], make_pdf(tmp_path / f"{name}.pdf", name))
    _, second = core.files.of(ids[0])
    position = ReadingPosition(page=7, offset=0, zoom="width", pages_read=(), page_count=9, opened=MADE)
    with core.library.write(None) as writer:
        writer.positions.save(second.file.sha256, position)
    return ids


@pytest.fixture
def pane(core: UiCore, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(core, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(420, 900)
    pane.show()
    return pane


def rows_of(pane: DetailPane, count: int, qtbot: QtBot) -> Sequence[FileRow]:
    qtbot.waitUntil(lambda: len(pane.page.files._rows) == count)
    return pane.page.files._rows


def facts_of(row: FileRow) -> str:
    label = row.findChild(QLabel, "file-facts")
    assert label is not None
    return label.text()


def choose(row: FileRow, words: str) -> None:
    """Choose from the row's menu."""
    menu = row.findChild(QMenu, "file-menu")
    assert menu is not None
    next(one for one in menu.actions() if one.text() == words).trigger()


def test_each_file_has_a_row_that_opens_it(pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    first, second = rows_of(pane, 2, qtbot)
    assert (facts_of(first), facts_of(second)) == ("Linked", "Read to page 7  ·  linked")
    button = second.findChild(QPushButton, "file-read")
    assert button is not None
    assert button.accessibleName() == "Read supplement"
    with qtbot.waitSignal(pane.file_wanted) as wanted:
        click(button)
    assert wanted.args == [ids[0], core.files.of(ids[0])[1].file.sha256]
    pane.show_paper(ids[1])
    assert not pane.page.files.isVisible()


def test_a_file_that_is_gone_says_so(pane: DetailPane, ids: list[PaperId], tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "main.pdf").unlink()
    pane.show_paper(ids[0])
    assert facts_of(rows_of(pane, 2, qtbot)[0]) == "Not in its place any more  ·  linked"


def test_a_file_is_shown_in_its_folder_and_opened_outside(
    pane: DetailPane, ids: list[PaperId], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    pane.show_paper(ids[0])
    row, _ = rows_of(pane, 2, qtbot)
    choose(row, "Show in its folder")
    choose(row, "Open outside")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path, tmp_path / "main.pdf"]


def test_a_file_is_taken_off_the_paper_and_undo_brings_it_back(
    pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    row, _ = rows_of(pane, 2, qtbot)
    with qtbot.waitSignal(pane.edited) as edited:
        choose(row, "Take off the paper")
    assert edited.args == ["The file was taken off the paper."]
    rows_of(pane, 1, qtbot)
    core.undo.undo()
    rows_of(pane, 2, qtbot)
