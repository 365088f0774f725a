"""What goes in and out of the window: drops, files, the clipboard, dialogs, other programs; and Tab's way round."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.settings import SHORTCUTS, THEME
from readinglist.app.workspace import Workspace
from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.raw import Drop
from readinglist.exporters.json_list import render
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.jobs import JobContext, Lane
from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.scope import ALL, STARRED
from readinglist.ui.widgets.three_panes import LEFT_WIDTH
from tests.helpers.drafts import make_draft
from tests.helpers.papers import make_paper
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_input import click, press, type_text
from tests.helpers.ui_window import PAPERS, focused, open_window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def test_a_window_made_narrower_takes_it_from_the_list_and_from_the_details(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: window.central.width() == 1400)
    sidebar, detail = window.sidebar.width(), window.detail.width()
    window.resize(1100, 800)
    qtbot.waitUntil(lambda: window.central.width() == 1100)
    assert window.sidebar.width() == sidebar
    assert 0.3 < (detail - window.detail.width()) / 300 < 0.5


def test_an_empty_library_welcomes_and_the_first_paper_ends_that(workspace: Workspace, qtbot: QtBot) -> None:
    opened = open_window(workspace, qtbot)
    window = next(opened)
    assert window.rest.welcome.isVisible()
    assert window.sidebar.width() == LEFT_WIDTH
    nothing_chosen = window.detail.findChild(QWidget, "detail-nothing")
    assert nothing_chosen is not None
    assert not nothing_chosen.isVisible(), "there is nothing to choose"
    window.actions_["search"].trigger()
    assert not window.papers.search.line.hasFocus(), "nobody would see what is typed"
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(1)], status=Status.INBOX)
    workspace.events.publish(Changes(kinds=frozenset({ChangeKind.ADDED})))
    qtbot.waitUntil(window.papers.isVisible)
    assert not window.rest.welcome.isVisible()
    next(opened, None)


def test_a_search_that_finds_nothing_in_a_list_goes_on_in_all_papers(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.edit.set_status([ids[2]], Status.READ)
    qtbot.waitUntil(lambda: ids[2] not in window.papers.model.ids)
    window.papers.search.set_text("status:read")
    everywhere = window.papers.findChild(QPushButton, "nothing-everywhere")
    hint = window.papers.findChild(QLabel, "nothing-hint")
    assert everywhere is not None
    assert hint is not None
    qtbot.waitUntil(everywhere.isVisible)
    assert hint.text() == "Nothing in Inbox fits this search. Fewer filters find more."
    click(everywhere)
    qtbot.waitUntil(lambda: list(window.papers.model.ids) == [ids[2]])
    assert window.papers.search.text == "status:read"
    assert window.sidebar.tree.currentIndex() == window.sidebar.model.index_of(ALL.query)
    window.papers.search.set_text("status:skipped")
    qtbot.waitUntil(hint.isVisible)
    assert not everywhere.isVisible(), "there is nothing more to look through"


def test_what_another_program_does_shows_up(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    other = Library(workspace.library.folder)
    Edit(other, EventHub()).set_status([ids[2]], Status.READ)
    other.close()
    qtbot.waitUntil(lambda: ids[2] not in window.papers.model.ids)


def test_a_listing_dropped_on_the_window_is_looked_through_and_stored(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    listing = tmp_path / "papers.json"
    paper = {"id": "2610.00001", "title": "Legged Robots", "summary": "About robots.", "authors": [{"name": "Ada"}]}
    listing.write_text(json.dumps([{"paper": paper, "title": paper["title"]}]), encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(listing))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, action = QPoint(300, 300), Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(place, action, mime, buttons, keys))
    assert window.rest.drop_sheet.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.rest.drop_sheet.isVisible()
    QApplication.sendEvent(window, QDragEnterEvent(place, action, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(place), action, mime, buttons, keys))
    accept_dialog(qtbot)
    qtbot.waitUntil(lambda: workspace.catalog.counts().total == PAPERS + 1)
    qtbot.waitUntil(lambda: window.toast.text == "Papers: 1 added.")


def test_papers_that_come_with_their_status_are_shown_among_all(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    made = [make_paper(one, title=f"Read before {one}", status=Status.READ) for one in range(PAPERS + 1, PAPERS + 5)]
    window.handlers.imports.review([Drop("text", "".join(render(made)), "export")])
    accept_dialog(qtbot)
    qtbot.waitUntil(lambda: window.toast.text == "Papers: 4 added.")
    qtbot.waitUntil(lambda: window.papers.scope == ALL and len(window.papers.model.ids) == PAPERS + 4)
    assert {row.title for row in workspace.catalog.rows(window.papers.model.ids[:4])} == {one.title for one in made}
    assert not window.toast.findChild(QPushButton, "toast-offer").isVisible()  # type: ignore[union-attr]


def accept_dialog(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.accept()


def test_copied_text_is_imported_and_copied_papers_are_not_text(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    clipboard = QApplication.clipboard()
    clipboard.clear()
    window.actions_["import-clipboard"].trigger()
    assert window.toast.text.startswith("Nothing was copied")
    window.papers.cards.choose([(0, 1)], 0)
    qtbot.waitUntil(window.actions_["copy-citation"].isEnabled)
    press(window.papers.cards, Qt.Key.Key_C, modifiers=CONTROL)
    qtbot.waitUntil(lambda: window.toast.text == "2 papers copied as BibTeX.")
    assert clipboard.text().count("@") == 2


def test_the_list_is_exported_to_a_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "papers"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "RIS (*.ris)"))
    qtbot.waitUntil(window.actions_["export"].isEnabled)
    window.actions_["export"].trigger()
    qtbot.waitUntil(lambda: window.toast.text == f"{PAPERS} papers written to papers.ris.")
    assert target.with_suffix(".ris").read_text(encoding="utf-8").count("ER  -") == PAPERS


def test_enter_opens_the_papers_page_and_says_if_there_is_none(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(url: QUrl) -> bool:
        opened.append(url.toString())
        return len(opened) < 2

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    press(window.papers.cards, Qt.Key.Key_Return)
    assert opened[0].startswith("https://arxiv.org/abs/2405.")
    press(window.papers.cards, Qt.Key.Key_Return)
    assert window.toast.text.startswith("Nothing on this computer opens https://arxiv.org/abs/")


def test_the_palette_finds_lists_actions_and_papers(window: MainWindow, qtbot: QtBot) -> None:
    press(focused(), Qt.Key.Key_K, modifiers=CONTROL)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    type_text(focused(), "starred")
    press(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.papers.scope == STARRED)


@pytest.mark.parametrize("action", ["settings", "shortcuts", "about", "backups", "tags"])
def test_every_dialog_opens_and_closes(action: str, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.actions_[action].isEnabled)
    window.actions_[action].trigger()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert dialog.windowTitle()
    dialog.reject()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_what_was_decided_is_stored_although_the_window_is_closed_at_once(
    window: MainWindow, workspace: Workspace, ids: list[PaperId]
) -> None:
    def long_work(context: JobContext) -> None:
        while True:
            context.check_cancelled()

    workspace.jobs.submit(long_work, lane=Lane.LIBRARY)
    press(window.papers.view, Qt.Key.Key_4)
    window.close()
    window.stop()
    workspace.jobs.close()
    assert workspace.catalog.rows(ids[:1])[0].status is Status.READ


def test_views_and_panes_are_switched_and_remembered(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
    window.actions_["view-table"].trigger()
    assert window.papers.table.isVisible()
    for action, pane in (("toggle-sidebar", window.sidebar), ("toggle-detail", window.detail)):
        window.actions_[action].trigger()
        assert not pane.isVisible()
        window.actions_[action].trigger()
        assert pane.isVisible()
    window.close()
    again = open_window(workspace, qtbot)
    assert next(again).papers.bar.mode == "table"
    next(again, None)


def test_settings_take_effect_at_once(window: MainWindow, workspace: Workspace, ids: list[PaperId]) -> None:
    workspace.settings.set(SHORTCUTS, "next=X")
    press(focused(), Qt.Key.Key_X)
    assert window.papers.current == ids[1]
    workspace.settings.set(THEME, "dark")
    assert theme.colors().is_dark
    workspace.settings.set(THEME, "light")


def test_the_menu_of_a_paper_offers_what_makes_sense(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.actions_["star"].isEnabled)
    window.papers.menu_wanted.emit(QPoint(100, 100))
    menu = window.findChild(QMenu, "paper-menu")
    assert menu is not None
    texts = {action.text() for action in menu.actions()}
    assert "Move to the bin" in texts
    assert "Put back from the bin" not in texts
    menu.close()


def test_similar_papers_open_in_the_list_or_among_all_papers(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    before = window.papers.scope
    window.detail.similar.opened.emit(ids[3])
    assert window.papers.current == ids[3]
    assert window.papers.scope == before
    workspace.edit.set_status([ids[4]], Status.READ)
    qtbot.waitUntil(lambda: window.papers.model.position(ids[4]) is None)
    window.detail.similar.opened.emit(ids[4])
    qtbot.waitUntil(lambda: window.papers.current == ids[4])
    assert window.papers.scope == ALL
    assert window.sidebar.tree.currentIndex() == window.sidebar.model.index_of(ALL.query)
    assert window.detail.paper is not None
    assert window.detail.paper.id == ids[4]


@pytest.mark.parametrize("mode", ["view-cards", "view-table"])
def test_every_control_of_the_window_has_a_name(mode: str, window: MainWindow) -> None:
    window.actions_[mode].trigger()
    assert control_count(window) > 20
    assert unnamed_controls(window) == []


def test_tab_goes_round_through_all_panes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.detail.similar.model.rowCount() > 0)
    seen: list[str] = []
    for _ in range(80):
        press(focused(), Qt.Key.Key_Tab)
        seen.append(focused().objectName())
    wanted = {
        "search-line",
        "papers-cards",
        "detail-title",
        "star",
        "rating",
        "note-field",
        "similar-list",
        "sidebar-tree",
    }
    assert wanted <= set(seen)
    start = seen.index("detail-title")
    order = [name for name in seen[start : start + 40] if name in {"link-arxiv", "status-inbox", "note-field"}]
    assert order[:3] == ["link-arxiv", "status-inbox", "note-field"], "from top to bottom"


def test_a_second_start_brings_the_window_to_the_front(window: MainWindow) -> None:
    window.showMinimized()
    window.come_to_front()
    assert not window.isMinimized()
    assert window.isVisible()
