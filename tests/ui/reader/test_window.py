"""One window with PDFs in its tabs: opening, closing, keys, status, places kept, undo, passwords, copies, export."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.app.settings import SETS_READING
from readinglist.app.workspace import Workspace
from readinglist.domain.annotation import AnnotationKind
from readinglist.domain.paper import PaperId, Status
from readinglist.ui.actions import MenuOf
from readinglist.ui.handlers.fronts import SHARE_BESIDE_PDF
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.scope import INBOX, STARRED
from readinglist.ui.reader.reading_log import READ_AFTER
from readinglist.ui.reader.tab import ReaderTab
from tests.helpers.drafts import make_draft
from tests.helpers.reading import choose_line, make_paper
from tests.helpers.ui_input import click, press, type_text
from tests.helpers.ui_window import focused, open_window

AES_256 = 5  # PyMuPDF's PDF_ENCRYPT_AES_256, which it makes when it is imported
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(workspace: Workspace, paper: Path, tmp_path: Path) -> list[PaperId]:
    """Three papers; the first two have PDFs."""
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(1, 4)], status=Status.INBOX)
    ids = list(workspace.catalog.ids("status:inbox", INBOX.sort).ids)
    workspace.files.attach(ids[0], paper)
    workspace.files.attach(ids[1], make_paper(tmp_path / "short.pdf", pages=1))
    return ids


@pytest.fixture
def window(workspace: Workspace, ids: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def read(window: MainWindow, paper_id: PaperId, qtbot: QtBot) -> ReaderTab:
    """Open a paper as a reader does, and wait for its first page."""
    window.tabs.show_library()
    window.papers.reveal(paper_id)
    qtbot.waitUntil(lambda: window.papers.current == paper_id)
    press(window.papers.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _is_ready(window))
    tab = window.tabs.front
    assert tab is not None
    assert tab.paper_id == paper_id
    qtbot.waitUntil(lambda: bool(tab.facts.words(tab.pages.page)))
    return tab


def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """Let the system open nothing, and return what it was to open."""
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return opened


def _is_ready(window: MainWindow) -> bool:
    return window.tabs.front is not None and window.tabs.front.pictures.is_ready


def toast_button(window: MainWindow) -> QPushButton:
    button = window.toast.findChild(QPushButton, "toast-action")
    assert button is not None
    return button


def test_enter_opens_and_ctrl_w_closes(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    assert focused() is tab.pages
    press(tab.pages, Qt.Key.Key_W, modifiers=CONTROL)
    assert window.tabs.count() == 1
    assert focused() is window.papers.view


def test_a_pdf_comes_to_the_front_with_its_first_page(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.ui.reader.tab.PATIENCE_MS", 10_000)  # however slow this computer is
    kept = []

    def look() -> None:
        front = window.tabs.front
        kept.append(front is not None and front.pictures.best(1, 1.0) is not None)

    window.tabs.front_changed.connect(look)
    read(window, ids[0], qtbot)
    assert kept == [True]


def test_an_open_paper_comes_to_the_front_again(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    assert read(window, ids[0], qtbot) is tab
    assert window.tabs.count() == 2


def test_ctrl_tab_goes_round(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    first, second = read(window, ids[0], qtbot), read(window, ids[1], qtbot)
    seen = []
    for _ in range(3):
        press(focused(), Qt.Key.Key_Tab, modifiers=CONTROL)
        seen.append((window.tabs.front, focused()))
    assert seen == [(None, window.papers.view), (first, first.pages), (second, second.pages)]
    press(focused(), Qt.Key.Key_Backtab, modifiers=CONTROL | SHIFT)
    assert window.tabs.front is first


def test_a_tab_is_closed_with_its_cross(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    read(window, ids[0], qtbot)
    cross = window.tabs.findChild(QToolButton, "tab-close")
    assert cross is not None
    assert cross.accessibleName().startswith("Close Learning about subject")
    click(cross)
    assert window.tabs.count() == 1


def test_a_pdf_has_the_window_to_itself_and_the_list_has_its_panes_back(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    read(window, ids[0], qtbot)
    assert window.sidebar.isHidden()
    assert window.detail.isHidden()
    press(focused(), Qt.Key.Key_I, modifiers=CONTROL)
    assert window.detail.isVisible()
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.id == ids[0])
    window.tabs.show_library()
    assert window.sidebar.isVisible()
    window.tabs.step(1)
    assert window.sidebar.isHidden()
    assert window.detail.isVisible(), "each remembers its own"


def test_beside_a_pdf_the_paper_is_narrower_and_each_front_remembers_its_width(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: window.central.width() == 1400)
    beside_list = [pane.width() for pane in (window.sidebar, window.tabs, window.detail)]
    read(window, ids[0], qtbot)
    press(focused(), Qt.Key.Key_I, modifiers=CONTROL)
    qtbot.waitUntil(lambda: window.detail.width() == round(1400 * SHARE_BESIDE_PDF))
    window.panes.setSizes([0, 1000, 400])
    press(focused(), Qt.Key.Key_I, Qt.Key.Key_I, modifiers=CONTROL)
    qtbot.waitUntil(lambda: 395 <= window.detail.width() <= 400)
    width = window.detail.width()
    window.tabs.show_library()
    qtbot.waitUntil(lambda: [one.width() for one in (window.sidebar, window.tabs, window.detail)] == beside_list)
    window.tabs.step(1)
    qtbot.waitUntil(lambda: window.detail.width() == width)


def test_the_paper_and_similar_ones_are_one_click_away_from_its_pages(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    button = tab.bar.findChild(QToolButton, "reader-bar-toggle-detail")
    assert button is not None
    click(button)
    assert window.detail.isVisible()
    assert window.detail.similar.isVisible()
    click(button)
    assert window.detail.isHidden()


def test_what_is_wanted_of_the_list_brings_it_to_the_front(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    read(window, ids[0], qtbot)
    window.detail.paper_wanted.emit(ids[1])
    assert window.tabs.is_list_in_front
    qtbot.waitUntil(lambda: window.papers.current == ids[1])
    window.tabs.step(1)
    press(focused(), Qt.Key.Key_B, modifiers=CONTROL)
    window.sidebar.tree.setCurrentIndex(window.sidebar.model.index_of(STARRED.query))
    assert window.tabs.is_list_in_front
    assert window.papers.scope == STARRED
    window.tabs.step(1)
    window.handlers.recommending.show()
    assert window.tabs.is_list_in_front


def test_opening_marks_as_reading_and_undo_takes_that_back(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    read(window, ids[0], qtbot)
    assert workspace.catalog.get(ids[0]).status is Status.READING
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    press(focused(), Qt.Key.Key_Z, modifiers=CONTROL)
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).status is Status.INBOX)


def test_opening_leaves_the_status_alone_if_the_reader_wants_that(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    workspace.settings.set(SETS_READING, value=False)
    read(window, ids[0], qtbot)
    assert workspace.catalog.get(ids[0]).status is Status.INBOX


def test_keys_of_papers_are_about_the_paper_that_is_read(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    window.papers.show_paper(ids[2])
    press(tab.pages, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).is_starred)
    press(tab.pages, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[0]).status is Status.READ)
    press(tab.pages, Qt.Key.Key_Delete)
    assert not workspace.catalog.get(ids[0]).is_binned
    assert workspace.catalog.get(ids[2]).status is Status.INBOX


def test_keys_of_the_pdf_do_nothing_in_the_list(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    window.tabs.show_library()
    press(focused(), Qt.Key.Key_H)
    assert tab.hand.tool is None
    window.tabs.step(1)
    press(focused(), Qt.Key.Key_H)
    assert tab.hand.tool is AnnotationKind.HIGHLIGHT


def test_letters_typed_into_a_comment_are_letters(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    choose_line(tab, 1, 0, 3)
    press(tab.pages, Qt.Key.Key_H)
    press(tab.pages, Qt.Key.Key_E)
    type_text(focused(), "hush s4")
    qtbot.waitUntil(lambda: [one.annotation.comment for one in workspace.annotate.of(ids[0])] == ["hush s4"])
    assert not workspace.catalog.get(ids[0]).is_starred


def test_an_annotation_is_undone_and_done_again(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    choose_line(tab, 1, 0, 3)
    press(tab.pages, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(workspace.annotate.of(ids[0])) == 1)
    qtbot.waitUntil(lambda: window.actions_["undo"].text() == "Undo: Underlined")
    press(tab.pages, Qt.Key.Key_Z, modifiers=CONTROL)
    qtbot.waitUntil(lambda: not tab.annotator.own)
    assert workspace.annotate.of(ids[0]) == ()
    qtbot.waitUntil(window.actions_["redo"].isEnabled)
    press(tab.pages, Qt.Key.Key_Z, modifiers=CONTROL | SHIFT)
    qtbot.waitUntil(lambda: len(tab.annotator.own) == 1)


def test_the_reader_comes_back_to_the_place_and_the_zoom(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    tab.pages.go_to(3)
    tab.zoom_in()
    place = tab.pages.place
    press(tab.pages, Qt.Key.Key_W, modifiers=CONTROL)
    qtbot.waitUntil(lambda: workspace.files.of(ids[0])[0].file.sha256 != "" and _page(workspace, ids[0]) == 3)
    again = read(window, ids[0], qtbot)
    assert again is not tab
    assert again.pages.place.page == place.page
    assert abs(again.pages.place.offset - place.offset) < 0.01
    assert again.pages.place.zoom == place.zoom


def _page(workspace: Workspace, paper_id: PaperId) -> int:
    position = workspace.reading.position(workspace.files.of(paper_id)[0].file.sha256)
    return position.page if position else 0


def test_places_are_kept_when_the_window_closes(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    tab.pages.go_to(5)
    window.close()
    assert _page(workspace, ids[0]) == 5


def test_the_end_of_a_paper_that_was_read_offers_read(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[1], qtbot)
    press(tab.pages, Qt.Key.Key_End)
    assert "end" not in window.toast.text
    for _ in range(READ_AFTER):
        tab.log.tick()
    qtbot.waitUntil(lambda: window.toast.text == "You have come to the end.")
    click(toast_button(window))
    qtbot.waitUntil(lambda: workspace.catalog.get(ids[1]).status is Status.READ)


def test_a_look_at_the_last_page_offers_nothing(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    press(tab.pages, Qt.Key.Key_End)
    for _ in range(READ_AFTER):
        tab.log.tick()
    qtbot.waitUntil(lambda: _page(workspace, ids[0]) == 6)
    assert "end" not in window.toast.text


def test_the_time_that_was_read_is_kept_when_the_tab_closes(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    for _ in range(120):
        tab.log.tick()
    press(tab.pages, Qt.Key.Key_W, modifiers=CONTROL)

    def spent_s() -> float:
        with workspace.library.read() as reader:
            return reader.decisions.time_spent_s(ids[0])

    qtbot.waitUntil(lambda: 120 <= spent_s() < 180)


def test_a_password_is_asked_for_until_it_is_right(
    window: MainWindow,
    workspace: Workspace,
    ids: list[PaperId],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    locked = tmp_path / "locked.pdf"
    with pymupdf.open(str(make_paper(tmp_path / "open.pdf", pages=2))) as made:
        made.save(str(locked), encryption=AES_256, user_pw="sesame", owner_pw="owner")
    workspace.files.attach(ids[2], locked)
    answers = iter([("wrong", True), ("sesame", True)])
    asked: list[str] = []

    def answer(_parent: object, _title: str, text: str, *_: object) -> tuple[str, bool]:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(QInputDialog, "getText", answer)
    read(window, ids[2], qtbot)
    assert asked == ["The PDF wants its password:", "This is not its password. Try another one:"]


def test_a_file_that_is_gone_is_told(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    pdf = workspace.catalog.get(ids[0]).pdf
    assert pdf is not None
    Path(pdf).unlink()
    window.papers.show_paper(ids[0])
    press(window.papers.view, Qt.Key.Key_Return)
    qtbot.waitUntil(window.toast.isVisible)
    assert Path(pdf).name in window.toast.text
    assert window.tabs.count() == 1


def test_a_paper_without_a_pdf_opens_its_page(
    window: MainWindow, ids: list[PaperId], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened = opened_outside(monkeypatch)
    window.papers.show_paper(ids[2])
    press(window.papers.view, Qt.Key.Key_Return)
    assert opened
    assert window.tabs.count() == 1


@pytest.mark.parametrize(
    ("address", "is_opened"), [("https://example.org/x", True), ("file:///etc/passwd", False), ("mailto:a@b.c", False)]
)
def test_links_outside_open_in_the_browser_and_nothing_else_does(
    window: MainWindow,
    ids: list[PaperId],
    address: str,
    is_opened: bool,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    opened = opened_outside(monkeypatch)
    tab = read(window, ids[0], qtbot)
    tab.address_wanted.emit(address)
    assert bool(opened) == is_opened
    assert ("not opened" in window.toast.text) != is_opened


def test_chosen_words_are_searched_for_in_all_papers(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    choose_line(tab, 1, 0, 2)
    window.actions_["search-papers"].trigger()
    assert window.tabs.is_list_in_front
    assert window.papers.search.text == "p1c0l2 the quick brown fox jumps"


def test_a_copy_with_annotations_is_read_by_others_and_the_file_stays(
    window: MainWindow,
    workspace: Workspace,
    ids: list[PaperId],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    pdf = Path(workspace.catalog.get(ids[0]).pdf or "")
    before = pdf.read_bytes()
    tab = read(window, ids[0], qtbot)
    choose_line(tab, 1, 0, 3)
    press(tab.pages, Qt.Key.Key_H)
    tab.annotator.set_comment(tab.scene.chosen, "why?")
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    press(tab.pages, Qt.Key.Key_S, modifiers=CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.toast.text == "A copy with the annotations is in copy.pdf.")
    with pymupdf.open(str(target)) as copy:
        page = copy[0]
        (mark,) = list(page.annots())
        assert mark.type[1] == "Highlight"
        assert mark.info["content"] == "why?"
    assert pdf.read_bytes() == before


def test_annotations_are_exported_as_markdown(
    window: MainWindow,
    workspace: Workspace,
    ids: list[PaperId],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    tab = read(window, ids[0], qtbot)
    window.actions_["export-annotations"].trigger()
    assert "no annotations" in window.toast.text
    choose_line(tab, 1, 0, 3)
    press(tab.pages, Qt.Key.Key_H)
    target = tmp_path / "notes.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions_["export-annotations"].trigger()
    qtbot.waitUntil(target.is_file)
    text = target.read_text(encoding="utf-8")
    assert "> p1c0l3 the quick brown fox jumps" in text
    assert f"readinglist://paper/{ids[0]}?page=1" in text
    qtbot.waitUntil(lambda: window.toast.text == "1 annotation written to notes.md.")


def test_ctrl_f_searches_in_the_document_while_one_is_read(
    window: MainWindow, ids: list[PaperId], qtbot: QtBot
) -> None:
    tab = read(window, ids[0], qtbot)
    press(tab.pages, Qt.Key.Key_F, modifiers=CONTROL)
    assert focused() is tab.side.hits.line
    window.tabs.show_library()
    press(focused(), Qt.Key.Key_F, modifiers=CONTROL)
    assert focused() is window.papers.search.line


def test_f11_fills_the_screen_and_gives_it_back(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    press(tab.pages, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.menuBar().isHidden()
    assert window.toast.isVisible()
    press(tab.pages, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert not window.toast.isVisible()
    assert window.menuBar().isVisible()


def test_dark_pages_are_remembered(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    press(tab.pages, Qt.Key.Key_M, modifiers=CONTROL)
    assert tab.is_dark
    assert read(window, ids[1], qtbot).is_dark


def test_a_paper_that_is_deleted_for_good_has_no_tab(
    window: MainWindow, workspace: Workspace, ids: list[PaperId], qtbot: QtBot
) -> None:
    read(window, ids[0], qtbot)
    workspace.edit.delete([ids[0]])
    workspace.edit.purge([ids[0]])
    qtbot.waitUntil(lambda: window.tabs.count() == 1)


def test_the_menu_of_the_pages_has_what_they_offer(window: MainWindow, ids: list[PaperId], qtbot: QtBot) -> None:
    tab = read(window, ids[0], qtbot)
    choose_line(tab, 1, 0, 2)
    tab.menu_wanted.emit(MenuOf.WORDS, tab.mapToGlobal(tab.rect().center()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert {"action-highlight", "action-copy-text"} <= {one.objectName() for one in menu.actions()}
    menu.close()


@pytest.mark.parametrize(("page", "shown"), [("?page=4", 4), ("", 1), ("?page=99", 6), ("?page=0", 1), ("?page=x", 1)])
def test_links_of_an_export_lead_to_the_page(
    window: MainWindow, ids: list[PaperId], page: str, shown: int, qtbot: QtBot
) -> None:
    window.follow(f"readinglist://paper/{ids[0]}{page}")
    qtbot.waitUntil(lambda: _is_ready(window))
    assert window.tabs.front is not None
    assert shown in window.tabs.front.pages.visible_pages[:2]
    window.follow(f"readinglist://paper/{ids[0]}?page=2")
    assert window.tabs.front.pages.visible_pages[0] == 2


@pytest.mark.parametrize(
    "address",
    [
        "readinglist://paper/999",
        "readinglist://paper/x?page=1",
        "readinglist://other/1",
        "readinglist://paper/" + 30 * "9",
    ],
)
def test_a_link_that_leads_nowhere_is_told(window: MainWindow, ids: list[PaperId], address: str) -> None:
    window.follow(address)
    assert window.toast.text == f"The link {address} leads to no paper of this library."
    assert window.tabs.count() == 1
