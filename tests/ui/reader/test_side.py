"""What stands beside the pages: contents, small pages, search; the log of pages read; printing."""

from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.domain.annotation import AnnotationKind
from readinglist.ui.reader.hits_pane import HIT_ROLE
from readinglist.ui.reader.printing import Print
from readinglist.ui.reader.reading_log import READ_AFTER
from readinglist.ui.reader.side_panel import Panel
from readinglist.ui.reader.tab import ReaderTab
from readinglist.ui.reader.viewing import Place
from tests.helpers.reading import KeptMarks, ProcessDocument, choose_line, make_tab
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_core import UiCore, destroy
from tests.helpers.ui_input import click, press, type_text


def search(tab: ReaderTab, text: str, qtbot: QtBot) -> None:
    tab.begin_search()
    type_text(tab.side.hits.line, text)
    qtbot.waitUntil(lambda: tab.finder.text == text and not tab.finder.is_running)


def test_contents_lead_to_their_pages_and_mark_the_present_one(tab: ReaderTab, qtbot: QtBot) -> None:
    view = tab.side.contents.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 6)
    assert tab.side.panel is Panel.CONTENTS
    click(view.viewport(), view.visualRect(view.model().index(3, 0)).center())
    assert tab.pages.page == 4
    tab.pages.go_to(2)
    assert view.currentIndex().row() == 1
    tab.jumps.go_back()
    assert tab.pages.page == 1


def test_small_pages_are_drawn_and_lead_to_the_large_ones(tab: ReaderTab, qtbot: QtBot) -> None:
    tab.show_panel(Panel.PAGES)
    view = tab.side.thumbnails
    qtbot.waitUntil(lambda: tab.pictures.is_idle and tab.pictures.best(3, 0) is not None)
    place = view.visualRect(view.model().index(2, 0))
    picture = view.viewport().grab(place).toImage()
    dark = sum(
        picture.pixelColor(x, y).lightness() < 200 for x in range(picture.width()) for y in range(picture.height())
    )
    assert dark > 100
    click(view.viewport(), place.center())
    assert tab.pages.page == 3


def test_the_panes_mark_the_page_where_reading_goes_on(
    document: ProcessDocument, marks: KeptMarks, core: UiCore, qtbot: QtBot
) -> None:
    window = QMainWindow()
    tab = make_tab(document, marks, core.bridge, window)
    window.setCentralWidget(tab)
    window.show()
    tab.begin(Place(page=4), ())
    qtbot.waitUntil(lambda: tab.side.contents.view.model().rowCount() == 6)
    assert tab.side.contents.view.currentIndex().row() == 3
    tab.show_panel(Panel.PAGES)
    assert tab.side.thumbnails.currentIndex().row() == 3
    tab.close_document()
    destroy(window)


def test_everything_that_is_found_is_listed_and_shown(tab: ReaderTab, qtbot: QtBot) -> None:
    search(tab, "Section", qtbot)
    assert tab.side.hits.view.model().rowCount() == 6
    hits = [tab.side.hits.view.model().index(row, 0).data(HIT_ROLE) for row in range(6)]
    assert [hit.page for hit in hits] == [1, 2, 3, 4, 5, 6]
    press(tab.side.hits.line, Qt.Key.Key_Return)
    press(tab.side.hits.line, Qt.Key.Key_Return)
    assert tab.scene.current_hit == 2
    assert 3 in tab.pages.visible_pages
    press(tab.side.hits.line, Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert tab.scene.current_hit == 1
    for _ in range(2):
        tab.side.hits.step(-1)
    assert tab.scene.current_hit == 5, "round and round"
    press(tab.side.hits.line, Qt.Key.Key_Escape)
    assert tab.pages.hasFocus()
    assert tab.scene.hits_on(1) == ()
    assert tab.side.hits.view.model().rowCount() == 0


def test_a_search_begins_where_the_reader_is_and_leads_back(tab: ReaderTab, qtbot: QtBot) -> None:
    tab.pages.go_to(4)
    place = tab.pages.place
    search(tab, "Section", qtbot)
    assert tab.scene.current_hit == 3
    tab.side.hits.step(1)
    tab.jumps.go_back()
    assert tab.pages.place == place


def test_what_is_not_there_is_said(tab: ReaderTab, qtbot: QtBot) -> None:
    search(tab, "zebra", qtbot)
    assert tab.side.hits._state.text() == "Not found."


def test_chosen_words_are_searched_for(tab: ReaderTab, qtbot: QtBot) -> None:
    choose_line(tab, 1, 0, 7)
    tab.begin_search()
    assert tab.side.hits.line.text() == "p1c0l7 the quick brown fox jumps"
    qtbot.waitUntil(lambda: len(tab.finder.hits) == 1)


def test_every_control_of_the_tab_has_a_name(tab: ReaderTab, qtbot: QtBot) -> None:
    choose_line(tab, 1, 0, 7)
    tab.use(AnnotationKind.HIGHLIGHT)
    for panel in Panel:
        tab.show_panel(panel)
        assert control_count(tab) > 20
        assert unnamed_controls(tab) == []


@pytest.mark.parametrize("width", [360, 480, 620, 760, 1400])
def test_the_bar_leaves_out_what_has_no_room(tab: ReaderTab, width: int, qtbot: QtBot) -> None:
    tab.window().resize(width, 700)
    qtbot.waitUntil(lambda: tab.width() == width)
    buttons = [one for one in tab.bar.findChildren(QToolButton) if one.isVisible()]
    edges = sorted((one.geometry().left(), one.geometry().right()) for one in buttons)
    assert all(before[1] < after[0] for before, after in pairwise(edges))
    assert edges[-1][1] < width
    assert any(one.objectName() == "reader-bar-highlight" for one in buttons)


def test_a_page_is_read_after_some_seconds_and_not_before(tab: ReaderTab, qtbot: QtBot) -> None:
    for _ in range(READ_AFTER - 1):
        tab.log.tick()
    assert tab.log.read == set()
    with qtbot.waitSignal(tab.log.page_read) as read:
        tab.log.tick()
    assert read.args == [1]
    tab.pages.go_to(4)
    for _ in range(READ_AFTER):
        tab.log.tick()
    assert 4 in tab.log.read
    assert 3 not in tab.log.read


def test_pages_are_printed_with_their_annotations(
    tab: ReaderTab, document: ProcessDocument, core: UiCore, tmp_path: Path, qtbot: QtBot
) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(AnnotationKind.HIGHLIGHT)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(1, 3)
    task = Print(document, tab.annotator.own, printer, core.bridge)
    with qtbot.waitSignal(task.finished) as finished:
        task.start()
    assert finished.args == [""]
    with pymupdf.open(str(tmp_path / "printed.pdf")) as printed:
        assert printed.page_count == 3
        colours = [printed[number].get_pixmap().color_count(colors=True) for number in (0, 2)]
    yellow = [sum(count for rgb, count in page.items() if rgb[2] < 200 < rgb[0]) for page in colours]
    assert yellow[0] > 200
    assert yellow[1] == 0
