"""Annotations: made with keys and mouse, shown, changed, removed, taken over from the file, listed in page order."""

import threading
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.pages import Point, Rect
from readinglist.pdf.process import PdfProcess
from readinglist.services.events import Notice
from readinglist.services.jobs import Lane
from readinglist.ui.models.annotations import ENTRY_ROLE, AnnotationList
from readinglist.ui.reader.scene import Draft
from readinglist.ui.reader.side_panel import Panel
from readinglist.ui.reader.tab import ReaderTab
from tests.helpers.reading import (
    LEFT_COLUMN,
    KeptMarks,
    ProcessDocument,
    choose_line,
    drag,
    height_of,
    make_paper,
    make_tab,
    open_document,
    place_of,
)
from tests.helpers.ui_core import UiCore, destroy
from tests.helpers.ui_input import click, press, type_text

Kind = AnnotationKind


def image(tab: ReaderTab) -> QImage:
    return tab.pages.viewport().grab().toImage()


def only(marks: KeptMarks, qtbot: QtBot) -> Annotation:
    qtbot.waitUntil(lambda: len(marks.kept) == 1)
    (one,) = marks.kept.values()
    return one


@pytest.fixture
def marked_paper(tmp_path: Path) -> Path:
    """A paper that somebody has marked with another program."""
    path = make_paper(tmp_path / "marked.pdf")
    with pymupdf.open(str(path)) as made:
        page = made[0]
        words = page.get_text("words")[10:14]
        mark = page.add_highlight_annot(quads=[pymupdf.Rect(word[:4]).quad for word in words])
        mark.set_info(title="Ada", content="From elsewhere")
        mark.update()
        made.saveIncr()
    return path


@pytest.mark.parametrize("kind", [Kind.HIGHLIGHT, Kind.UNDERLINE, Kind.STRIKE_OUT])
def test_chosen_words_are_marked(tab: ReaderTab, marks: KeptMarks, kind: Kind, qtbot: QtBot) -> None:
    before = image(tab)
    choose_line(tab, 1, 0, 3)
    tab.use(kind)
    one = only(marks, qtbot)
    assert (one.kind, one.page, one.quote) == (kind, 1, "p1c0l3 the quick brown fox jumps")
    assert len(one.rects) == 1
    assert one.rects[0].contains(Point(LEFT_COLUMN[0] + 5, height_of(3)))
    assert one.created is not None
    assert tab.scene.selection is None
    assert tab.scene.chosen == one.uid
    assert image(tab) != before


def test_a_mark_over_several_lines_has_a_rectangle_for_each_and_keeps_to_its_column(
    tab: ReaderTab, marks: KeptMarks, qtbot: QtBot
) -> None:
    drag(tab, 1, Point(62, height_of(2)), Point(150, height_of(5)))
    tab.use(Kind.HIGHLIGHT)
    one = only(marks, qtbot)
    assert len(one.rects) == 4
    assert all(rect.right < LEFT_COLUMN[1] for rect in one.rects)
    assert "c1" not in one.quote


def test_a_mark_over_two_pages_is_one_on_each(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    tab.pages.go_to(1, Point(300, 600))
    qtbot.waitUntil(lambda: bool(tab.facts.words(2)))
    start, end = place_of(tab, 1, Point(320, 730)), place_of(tab, 2, Point(100, 70))
    viewport = tab.pages.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    tab.use(Kind.HIGHLIGHT)
    qtbot.waitUntil(lambda: len(marks.kept) == 2)
    assert [one.page for one in marks.all()] == [1, 2]


def test_without_words_the_marker_is_taken_and_marks_what_is_dragged_over(
    tab: ReaderTab, marks: KeptMarks, qtbot: QtBot
) -> None:
    tab.use(Kind.UNDERLINE)
    assert tab.hand.tool is Kind.UNDERLINE
    button = tab.bar.findChild(QToolButton, "reader-bar-underline")
    assert button is not None
    assert button.isChecked()
    choose_line(tab, 1, 1, 4)
    assert only(marks, qtbot).quote == "p1c1l4 the quick brown fox jumps"
    press(tab.pages, Qt.Key.Key_Escape)
    assert not button.isChecked()


def test_an_area_is_dragged(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    tab.use(Kind.AREA)
    drag(tab, 1, Point(100, 200), Point(300, 280))
    one = only(marks, qtbot)
    assert one.kind is Kind.AREA
    assert one.rects[0].left == pytest.approx(100, abs=1)
    assert one.rects[0].bottom == pytest.approx(280, abs=1)
    assert tab.hand.tool is None


def test_a_click_is_no_area(tab: ReaderTab, marks: KeptMarks) -> None:
    tab.use(Kind.AREA)
    click(tab.pages.viewport(), place_of(tab, 1, Point(100, 200)))
    assert marks.kept == {}
    assert tab.annotator.own == []


def test_drawing_goes_on_until_the_pen_is_put_away(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    tab.use(Kind.INK)
    drag(tab, 1, Point(100, 200), Point(200, 260))
    drag(tab, 1, Point(100, 260), Point(200, 200))
    qtbot.waitUntil(lambda: len(marks.kept) == 2)
    strokes = [one.strokes for one in marks.kept.values()]
    assert all(len(stroke) == 1 and len(stroke[0]) > 4 for stroke in strokes)
    assert tab.hand.tool is Kind.INK
    tab.use(Kind.INK)
    assert tab.hand.tool is None


def test_a_drawing_stays_on_its_page(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    tab.use(Kind.INK)
    drag(tab, 1, Point(580, 200), Point(900, 260))
    assert max(point.x for point in only(marks, qtbot).strokes[0]) == pytest.approx(600)


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.TEXT])
def test_notes_and_texts_are_placed_by_a_click_and_ask_for_words(
    tab: ReaderTab, marks: KeptMarks, kind: Kind, qtbot: QtBot
) -> None:
    tab.use(kind)
    click(tab.pages.viewport(), place_of(tab, 1, Point(150, 260)))
    one = only(marks, qtbot)
    assert one.kind is kind
    assert one.rects[0].left == pytest.approx(150, abs=1)
    assert tab.side.panel is Panel.ANNOTATIONS
    assert tab.side.marks.editor.comment.hasFocus()
    type_text(tab.side.marks.editor.comment, "compare")
    qtbot.waitUntil(lambda: marks.kept[one.uid].comment == "compare")
    press(tab.side.marks.editor.comment, Qt.Key.Key_Escape)
    assert tab.pages.hasFocus()


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.TEXT, Kind.AREA])
def test_with_words_chosen_keys_alone_place_them(tab: ReaderTab, marks: KeptMarks, kind: Kind, qtbot: QtBot) -> None:
    press(tab.pages, Qt.Key.Key_Right, Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.ShiftModifier)
    tab.use(kind)
    one = only(marks, qtbot)
    assert one.kind is kind
    size = tab.document.info.pages[0]
    assert 0 <= one.rects[0].left < one.rects[0].right <= size.width
    assert tab.hand.tool is None


def test_a_colour_is_taken_for_what_comes_and_given_to_the_chosen_one(
    tab: ReaderTab, marks: KeptMarks, qtbot: QtBot
) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    uid = only(marks, qtbot).uid
    tab.annotator.next_colour()
    qtbot.waitUntil(lambda: marks.kept[uid].colour is AnnotationColour.GREEN)
    press(tab.pages, Qt.Key.Key_Escape)
    choose_line(tab, 1, 0, 6)
    tab.use(Kind.HIGHLIGHT)
    qtbot.waitUntil(lambda: len(marks.kept) == 2)
    assert {one.colour for one in marks.kept.values()} == {AnnotationColour.GREEN}


def test_every_colour_is_another_one_on_the_page(tab: ReaderTab) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    seen = set()
    for colour in AnnotationColour:
        tab.annotator.set_colour(colour)
        seen.add(image(tab).pixel(place_of(tab, 1, Point(150, height_of(3) - 4))))
    assert len(seen) == len(AnnotationColour)


def test_tags_and_comments_are_kept_and_listed(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    uid = only(marks, qtbot).uid
    tab.edit_comment()
    type_text(tab.side.marks.editor.comment, "why?")
    type_text(tab.side.marks.editor.tags, "method, to ask")
    qtbot.waitUntil(lambda: marks.kept[uid].tags == ("method", "to ask"))
    assert marks.kept[uid].comment == "why?"
    spoken = tab.annotator.model.index(0, 0).data()
    assert spoken == "Highlight. yellow. page 1. p1c0l3 the quick brown fox jumps. why?. method, to ask"


def test_a_click_chooses_an_annotation_and_a_double_click_opens_it(
    tab: ReaderTab, marks: KeptMarks, qtbot: QtBot
) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    uid = only(marks, qtbot).uid
    press(tab.pages, Qt.Key.Key_Escape)
    assert tab.scene.chosen == ""
    at = place_of(tab, 1, Point(100, height_of(3)))
    click(tab.pages.viewport(), at)
    assert tab.scene.chosen == uid
    QTest.mouseDClick(tab.pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert tab.side.marks.editor.comment.hasFocus()


def test_the_list_is_in_page_order_and_leads_there(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    for page, column, line in ((1, 1, 2), (1, 0, 20), (1, 0, 2)):
        choose_line(tab, page, column, line)
        tab.use(Kind.HIGHLIGHT)
    tab.pages.go_to(3)
    qtbot.waitUntil(lambda: bool(tab.facts.words(3)))
    choose_line(tab, 3, 0, 1)
    tab.use(Kind.UNDERLINE)
    entries = [one.annotation.quote.split()[0] for one in tab.annotator.model.entries]
    assert entries == ["p1c0l2", "p1c1l2", "p1c0l20", "p3c0l1"]
    tab.show_panel(Panel.ANNOTATIONS)
    view = tab.side.marks.view
    click(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
    assert tab.pages.page == 1
    tab.annotator.step(1)
    assert tab.scene.find(tab.scene.chosen) == tab.annotator.model.entries[1].annotation
    tab.annotator.step(-1)
    tab.annotator.step(-1)
    assert tab.pages.page == 3


def test_the_chosen_annotation_is_removed(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    assert not tab.remove_mark()
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    only(marks, qtbot)
    assert tab.remove_mark()
    qtbot.waitUntil(lambda: marks.kept == {})
    assert tab.annotator.model.rowCount() == 0
    assert tab.side.marks.editor.isHidden()


def test_a_write_that_fails_is_told_and_taken_back(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    told: list[str] = []
    tab._bridge.on_notice(lambda notice: told.append(notice.message))
    marks.error = EnvironmentFault("The disk is full.")
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    assert len(tab.annotator.own) == 1
    qtbot.waitUntil(lambda: tab.annotator.own == [])
    assert told == ["The disk is full."]


def test_copying_a_chosen_annotation_copies_its_words(tab: ReaderTab, marks: KeptMarks, qtbot: QtBot) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    only(marks, qtbot)
    assert tab.copy()


class TestOfTheFile:
    """Annotations that the file brought along."""

    @pytest.fixture
    def document(self, process: PdfProcess, marked_paper: Path) -> ProcessDocument:
        return open_document(process, marked_paper)

    def test_they_are_listed_and_chosen_and_cannot_be_changed(self, tab: ReaderTab, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: len(tab.annotator.in_file_only) == 1)
        (entry,) = tab.annotator.model.entries
        assert entry.is_in_file
        assert entry.annotation.comment == "From elsewhere"
        tab.scene.choose(entry.annotation.uid)
        image(tab)
        assert not tab.remove_mark()
        tab.edit_comment()
        assert tab.side.marks.editor.isHidden()

    def test_taken_over_they_are_the_librarys_and_drawn_once(
        self, tab: ReaderTab, marks: KeptMarks, document: ProcessDocument, qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: len(tab.annotator.in_file_only) == 1)
        tab.show_panel(Panel.ANNOTATIONS)
        button = tab.side.marks.findChild(QPushButton, "reader-take-over")
        assert button is not None
        click(button)
        one = only(marks, qtbot)
        assert one.comment == "From elsewhere"
        assert not tab.annotator.in_file_only
        assert not button.isVisible()
        qtbot.waitUntil(lambda: any(wanted.without == (one.uid,) for wanted in document.wanted if wanted.page == 1))
        assert tab.annotator.take_over() == 0
        tab.annotator.set_comment(one.uid, "changed")
        tab.annotator.save()
        qtbot.waitUntil(lambda: marks.kept[one.uid].comment == "changed")


def test_the_list_of_annotations_is_a_sound_model(qtmodeltester: object) -> None:
    model = AnnotationList()
    kinds = list(AnnotationKind)
    some = [
        Annotation(
            uid=str(number),
            kind=kind,
            page=len(kinds) - number,
            rects=(Rect(0, 0, 9, 9),),
            strokes=((Point(1, 1),),) if kind is AnnotationKind.INK else (),
        )
        for number, kind in enumerate(kinds)
    ]
    model.show(some, some[:2])
    assert [model.index(row, 0).data(ENTRY_ROLE).annotation.page for row in range(7)] == list(range(1, 8))
    assert model.row_of("0") == 6
    assert model.row_of("none") == -1
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_closing_waits_for_nobody_and_what_was_typed_is_stored_all_the_same(
    tab: ReaderTab, marks: KeptMarks, core: UiCore, qtbot: QtBot
) -> None:
    choose_line(tab, 1, 0, 3)
    tab.use(Kind.HIGHLIGHT)
    uid = only(marks, qtbot).uid
    gate = threading.Event()
    core.jobs.submit(lambda _: gate.wait(30), lane=Lane.LIBRARY)
    tab.edit_comment()
    type_text(tab.side.marks.editor.comment, "Last words")
    tab.close_document()
    assert marks.kept[uid].comment == "", "the library is still busy"
    gate.set()
    core.jobs.close()
    assert marks.kept[uid].comment == "Last words"


def test_that_it_could_not_be_stored_is_told_also_when_the_tab_is_gone(
    document: ProcessDocument, marks: KeptMarks, core: UiCore, qtbot: QtBot
) -> None:
    notices: list[Notice] = []
    core.bridge.on_notice(notices.append)
    window = QMainWindow()
    tab = make_tab(document, marks, core.bridge, window)
    gate = threading.Event()
    core.jobs.submit(lambda _: gate.wait(30), lane=Lane.LIBRARY)
    tab.annotator.add_draft(Draft(kind=Kind.AREA, page=1, rect=Rect(100, 100, 200, 200)))
    tab.close_document()
    destroy(tab)
    marks.error = EnvironmentFault("The disk is full.")
    gate.set()
    qtbot.waitUntil(lambda: [one.message for one in notices] == ["The disk is full."])
    destroy(window)
