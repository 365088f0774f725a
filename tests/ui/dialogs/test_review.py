"""The review sheet shows all of a drop, and asks for exactly what the reader decides."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QTextCursor, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Marks, PaperId, Status
from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.domain.raw import Drop, ImportResult, Problem, RawDocument
from readinglist.domain.taking import Taking
from readinglist.services.file_store import Content
from readinglist.services.ingest import ImportOptions, ImportPreview, Ingest, PreviewItem, Verdict
from readinglist.services.jobs import Lane
from readinglist.services.recognise import FoundPdf
from readinglist.ui import theme
from readinglist.ui.dialogs.review import ReviewDialog, summary_of
from readinglist.ui.dialogs.review_filter import FAILED
from readinglist.ui.dialogs.review_list import FACTS_ROLE, ReviewModel
from tests.helpers.drafts import make_draft
from tests.helpers.importing import Answers, pdf_import
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import NONE, click, press, type_text

Key = Qt.Key
Open = Callable[[ReviewDialog], ReviewDialog]
MARKUP = '<b onclick="x">bold</b> & <img src="http://example.org/x.png">'


def make_item(number: int, verdict: Verdict = Verdict.NEW, **facts: Any) -> PreviewItem:
    paper_id = None if verdict is Verdict.NEW else PaperId(number)
    note = "adds abstract" if verdict is Verdict.UPDATE else ""
    draft = make_draft(number, **facts)
    return PreviewItem(draft=draft, verdict=verdict, paper_id=paper_id, where="listing.txt", note=note)


def mixed_preview() -> ImportPreview:
    items = [make_item(number) for number in range(3)]
    items += [make_item(3, Verdict.UPDATE), make_item(4, Verdict.UPDATE)]
    items += [make_item(number, Verdict.SAME) for number in range(5, 10)]
    problems = (Problem(where=f"photo {MARKUP}.jpg", reason="The file holds no readable text.", excerpt="\x00JFIF"),)
    return ImportPreview(items=tuple(items), problems=problems, formats=("Daily Papers text",))


@pytest.fixture
def review(window: QMainWindow, opened: Open) -> Callable[..., ReviewDialog]:
    def make(preview: ImportPreview, tags: Sequence[str] = ("ml", "ml/vision")) -> ReviewDialog:
        return opened(ReviewDialog(preview, default_status=Status.INBOX, known_tags=tags, parent=window))

    return make


def test_everything_is_counted_and_offered_for_import(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    assert sheet.lead.text().startswith("3 new  ·  2 add something  ·  5 already there  ·  1 could not be read")
    assert "Daily Papers text" in sheet.lead.text()
    assert sheet.import_button.text() == "&Import 5 papers"
    assert sheet.model.rowCount() == 10
    assert sheet.options == ImportOptions(status=Status.INBOX, skip=frozenset(range(5, 10)))


def test_papers_of_an_export_keep_their_status_unless_the_reader_chooses_one(window: QMainWindow, opened: Open) -> None:
    def opened_with(marks: Marks | None) -> ReviewDialog:
        preview = ImportPreview(items=(make_item(1, marks=marks),), formats=("Reading List export",))
        return opened(ReviewDialog(preview, default_status=Status.TO_READ, known_tags=(), parent=window))

    sheet = opened_with(Marks(status=Status.READ))
    assert "notes and the like come with the papers." in sheet.lead.text()
    assert sheet.options.status is Status.INBOX
    plain = opened_with(None)
    assert "the like" not in plain.lead.text()
    assert plain.options.status is Status.TO_READ


def test_one_of_each_is_said_in_the_singular() -> None:
    preview = ImportPreview(items=(make_item(1, Verdict.UPDATE),))
    assert summary_of(preview) == "1 adds something"


def test_the_model_of_the_list_keeps_qts_rules(window: QMainWindow) -> None:
    model = ReviewModel(mixed_preview().items, window)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
    model.show_only(Verdict.NEW)
    model.toggle([0, 1])
    model.show_only(None)
    assert model.ticked_count == 3
    assert model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked_count == 4
    assert not model.setData(model.index(9), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def test_space_leaves_a_paper_out_and_takes_it_in_again(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    assert sheet.list.hasFocus()
    press(sheet.list, Key.Key_Down, Key.Key_Space)
    assert sheet.options.skip == {1, 5, 6, 7, 8, 9}
    assert sheet.import_button.text() == "&Import 4 papers"
    assert sheet.all.checkState() is Qt.CheckState.PartiallyChecked
    press(sheet.list, Key.Key_Space)
    assert 1 not in sheet.options.skip


def test_space_ticks_all_chosen_papers_alike(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    press(sheet.list, Key.Key_Space)
    press(sheet.list, Key.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    press(sheet.list, Key.Key_Space)
    assert sheet.model.ticked_count == 5, "the first one decides, and what is already there has no box"
    press(sheet.list, Key.Key_Space)
    assert sheet.model.ticked_count == 0
    assert not sheet.import_button.isEnabled()


def test_a_click_on_the_box_ticks_and_one_on_the_title_does_not(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    row = sheet.list.visualRect(sheet.model.index(2))
    click(sheet.list.viewport(), QPoint(row.left() + theme.S + 4, row.center().y()))
    assert 2 in sheet.options.skip
    click(sheet.list.viewport(), QPoint(row.left() + 200, row.center().y()))
    assert 2 in sheet.options.skip
    same = sheet.list.visualRect(sheet.model.index(5))
    click(sheet.list.viewport(), QPoint(same.left() + theme.S + 4, same.center().y()))
    assert sheet.options.skip == {2, 5, 6, 7, 8, 9}


def test_all_or_none_of_one_verdict_are_ticked_at_once(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    updates = sheet.filter.button(Verdict.UPDATE.value)
    assert updates is not None
    click(updates)
    assert sheet.model.rowCount() == 2
    assert sheet.all.text() == "Import &all of these · 2 of 2 ticked"
    press(sheet.all, Key.Key_Space)
    assert sheet.options.skip == {3, 4, 5, 6, 7, 8, 9}
    assert sheet.all.text() == "Import &all of these · 0 of 2 ticked"
    press(sheet.all, Key.Key_Space)
    assert sheet.options.skip == {5, 6, 7, 8, 9}
    everything = sheet.filter.button(None)
    assert everything is not None
    click(everything)
    press(sheet.all, Key.Key_Space)
    assert sheet.model.ticked_count == 0
    assert sheet.all.checkState() is Qt.CheckState.Unchecked


def test_what_is_already_there_has_no_box(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    same = sheet.filter.button(Verdict.SAME.value)
    assert same is not None
    click(same)
    assert sheet.model.rowCount() == 5
    assert sheet.model.index(0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert sheet.all.isHidden()


def test_reasons_name_the_file_and_can_be_copied(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    failed = sheet.filter.button(FAILED)
    assert failed is not None
    click(failed)
    assert sheet.problems.text.isVisible()
    assert "The file holds no readable text." in sheet.problems.text.toPlainText()
    assert MARKUP in sheet.problems.text.toPlainText()
    press(sheet.problems.copy, Key.Key_Space)
    assert QApplication.clipboard().text() == f"photo {MARKUP}.jpg\nThe file holds no readable text.\n\x00JFIF"


def test_nothing_that_comes_from_a_file_is_taken_for_markup(review: Callable[..., ReviewDialog]) -> None:
    item = replace(make_item(1, title=MARKUP, abstract=MARKUP, organization=MARKUP), where=MARKUP, note=MARKUP)
    sheet = review(ImportPreview(items=(item,), problems=(Problem(where=MARKUP, reason=MARKUP),), formats=(MARKUP,)))
    labels = sheet.findChildren(QLabel)
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    shown = QTextDocument()
    shown.setHtml(sheet.model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert shown.toPlainText().count(MARKUP) == 3
    assert MARKUP in sheet.model.index(0).data(FACTS_ROLE)
    sheet.grab()


def test_enter_imports_and_escape_cancels(review: Callable[..., ReviewDialog], qtbot: QtBot) -> None:
    sheet = review(mixed_preview())
    with qtbot.waitSignal(sheet.accepted):
        press(sheet.list, Key.Key_Return)
    sheet = review(mixed_preview())
    with qtbot.waitSignal(sheet.rejected):
        press(sheet.list, Key.Key_Escape)


def test_status_and_tags_are_asked_for_new_papers(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    press(sheet.status, Key.Key_Down)
    sheet.tags.begin()
    type_text(sheet.tags.field, "own work,")
    assert sheet.tags.names == ("own work",)
    type_text(sheet.tags.field, "later /  soon, /")
    assert sheet.options.status is Status.TO_READ
    assert sheet.options.tags == ("own work", "later/soon"), (
        "what was typed counts without Enter; an empty name does not"
    )


def test_enter_in_the_tag_field_adds_the_tag_before_it_imports(
    review: Callable[..., ReviewDialog], qtbot: QtBot
) -> None:
    sheet = review(mixed_preview(), tags=())
    sheet.tags.begin()
    type_text(sheet.tags.field, "survey")
    with qtbot.assertNotEmitted(sheet.accepted):
        press(sheet.tags.field, Key.Key_Return)
    assert sheet.tags.names == ("survey",)
    chip = sheet.tags._chips[0]
    press(chip, Key.Key_Delete)
    assert sheet.options.tags == ()
    with qtbot.waitSignal(sheet.accepted):
        press(sheet.tags.field, Key.Key_Return)


def test_escape_in_the_tag_field_leaves_it_first(review: Callable[..., ReviewDialog], qtbot: QtBot) -> None:
    sheet = review(mixed_preview(), tags=())
    sheet.tags.begin()
    type_text(sheet.tags.field, "half")
    press(sheet.tags.field, Key.Key_Escape)
    assert sheet.list.hasFocus()
    assert sheet.options.tags == ()
    sheet.tags.begin()
    with qtbot.waitSignal(sheet.rejected):
        press(sheet.tags.field, Key.Key_Escape)


def test_the_year_of_dates_without_one_can_be_set(review: Callable[..., ReviewDialog]) -> None:
    yearless = make_item(1, published=PartialDate(2025, 10, 29), is_year_assumed=True)
    sheet = review(ImportPreview(items=(yearless, make_item(2)), assumed_year=2025))
    assert sheet.year.isVisible()
    assert sheet.year.value() == 2025
    assert "29 Oct 2025" in sheet.model.index(0).data(FACTS_ROLE)
    untouched = sheet.options
    press(sheet.year, Key.Key_Down)
    assert (untouched.year, sheet.options.year) == (None, 2024)
    assert "29 Oct 2024" in sheet.model.index(0).data(FACTS_ROLE)
    assert "2024" in sheet.model.index(1).data(FACTS_ROLE)


def test_no_year_is_asked_for_when_all_dates_have_one(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(ImportPreview(items=(make_item(1),)))
    assert sheet.year.isHidden()
    assert sheet.options.year is None


def test_the_sheet_fits_into_a_small_window(review: Callable[..., ReviewDialog], window: QMainWindow) -> None:
    window.resize(720, 540)
    sheet = review(mixed_preview())
    assert sheet.width() <= window.width()
    assert sheet.height() <= window.height()


def test_nothing_new_says_so_and_offers_to_close(review: Callable[..., ReviewDialog], qtbot: QtBot) -> None:
    sheet = review(ImportPreview(items=tuple(make_item(number, Verdict.SAME) for number in range(110))))
    assert sheet.heading.text() == "Nothing new"
    assert "All 110 papers are already in the library" in sheet.lead.text()
    assert sheet.import_button.isHidden()
    assert sheet.status.isHidden() or not sheet.status.isVisible()
    with qtbot.waitSignal(sheet.rejected):
        press(sheet.list, Key.Key_Return)


def test_what_could_not_be_read_at_all_is_shown_at_once(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(ImportPreview(problems=(Problem(where="a.bin", reason="The file holds no readable text."),)))
    assert sheet.heading.text() == "Nothing could be read"
    assert sheet.problems.text.isVisible()
    assert sheet.problems.text.hasFocus()


def test_an_empty_drop_says_what_is_recognised(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(ImportPreview())
    assert sheet.heading.text() == "Nothing was found"
    assert "arXiv" in sheet.lead.text()
    assert sheet.close_button.text() == "Close"


@pytest.mark.parametrize("kind", ["mixed", "yearless", "failed"])
def test_every_control_has_a_name(review: Callable[..., ReviewDialog], kind: str) -> None:
    yearless = make_item(1, published=PartialDate(2025, 10, 29), is_year_assumed=True)
    previews = {
        "mixed": mixed_preview(),
        "yearless": ImportPreview(items=(yearless,), assumed_year=2025),
        "failed": ImportPreview(problems=mixed_preview().problems),
    }
    sheet = review(previews[kind])
    assert control_count(sheet) >= 3
    assert unnamed_controls(sheet) == []


def test_a_screen_reader_hears_title_verdict_and_what_is_added(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    heard = sheet.model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard.startswith("Learning about subject 3 from sparse examples. Adds something. adds abstract.")
    assert "Ada Author3, Ben Writer" in heard


def test_a_screen_reader_hears_and_moves_the_ticks(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    rows = QAccessible.queryAccessibleInterface(sheet.list)
    first, last = rows.child(0), rows.child(9)
    assert first.text(QAccessible.Text.Name).startswith("Learning about subject 0")
    assert first.state().checkable
    assert first.state().checked
    assert not last.state().checkable
    press(sheet.list, Key.Key_Space)
    assert not rows.child(0).state().checked


def test_a_double_click_on_a_box_ticks_twice(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(mixed_preview())
    row = sheet.list.visualRect(sheet.model.index(0))
    box = QPoint(row.left() + theme.S + 4, row.center().y())
    for place in (box, row.center()):
        click(sheet.list.viewport(), place)
        left = Qt.MouseButton.LeftButton
        spot = QPointF(place)
        everywhere = QPointF(sheet.list.viewport().mapToGlobal(place))
        second = QMouseEvent(QEvent.Type.MouseButtonDblClick, spot, everywhere, left, left, NONE)
        QApplication.sendEvent(sheet.list.viewport(), second)
        assert 0 not in sheet.options.skip
    click(sheet.list.viewport(), box)
    assert 0 in sheet.options.skip


def test_another_theme_colours_the_reasons_anew(review: Callable[..., ReviewDialog], qapp: QApplication) -> None:
    sheet = review(ImportPreview(problems=mixed_preview().problems))
    cursor = QTextCursor(sheet.problems.text.document())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    before = cursor.charFormat().foreground().color()
    theme.apply(qapp, "dark")
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    assert cursor.charFormat().foreground().color() == theme.color("ink") != before


def test_ten_thousand_papers_are_ticked_without_a_wait(review: Callable[..., ReviewDialog]) -> None:
    preview = ImportPreview(items=tuple(make_item(number % 5000) for number in range(10_000)))
    start = time.thread_time()
    sheet = review(preview)
    shown = time.thread_time()
    press(sheet.list, Key.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    press(sheet.list, Key.Key_Space)
    assert sheet.model.ticked_count == 0
    press(sheet.list, Key.Key_End)
    done = time.thread_time()
    assert shown - start < 2
    assert done - shown < 2


def test_what_was_decided_is_what_is_stored(core: UiCore, review: Callable[..., ReviewDialog]) -> None:
    drafts = tuple(make_draft(number, published=PartialDate(2025, 10, 29), is_year_assumed=True) for number in range(3))

    def parse(_: RawDocument) -> ImportResult:
        return ImportResult(format="Made up", drafts=drafts, assumed_year=2025)

    ingest = Ingest(core.library, core.events, network=Answers(), parse=parse, pdfs=pdf_import(core.library))
    job = core.jobs.submit(lambda context: ingest.preview([Drop("text", "three papers")], context), lane=Lane.LIBRARY)
    preview = job.future.result(30)
    sheet = review(preview)
    press(sheet.list, Key.Key_Space)
    press(sheet.status, Key.Key_Down)
    press(sheet.year, Key.Key_Down)
    sheet.tags.begin()
    type_text(sheet.tags.field, "survey,")
    options = sheet.options
    report = core.jobs.submit(
        lambda context: ingest.commit(preview, options, context), lane=Lane.LIBRARY
    ).future.result(30)
    assert (report.added, report.updated) == (2, 0)
    rows = core.catalog.rows(core.catalog.ids("").ids)
    assert {row.status for row in rows} == {Status.TO_READ}
    assert {row.tags for row in rows} == {("survey",)}
    assert {str(row.published) for row in rows} == {"2024-10-29"}


def pdf_of(title: str, *, confidence: float) -> FoundPdf:
    found = Finding(value=title, evidence="the largest type at the top of page 1", confidence=confidence)
    facts = PdfFacts(title=found, pages=3, has_text=True, is_scan=False)
    return FoundPdf(path=Path("paper.pdf"), content=Content(sha256="0" * 64, size_bytes=9), facts=facts)


def test_what_the_pages_of_a_pdf_show_stands_below_the_list(review: Callable[..., ReviewDialog]) -> None:
    sure, guess = pdf_of("A sure title", confidence=0.9), pdf_of(MARKUP, confidence=0.3)
    items = (replace(make_item(1), pdfs=(sure,)), replace(make_item(2), pdfs=(guess,)), make_item(3))
    sheet = review(ImportPreview(items=items))
    assert sheet.evidence.text() == "Title: the largest type at the top of page 1 (90%)"
    press(sheet.list, Key.Key_Down)
    assert sheet.evidence.text() == "Title: the largest type at the top of page 1 (30%, a guess)"
    press(sheet.list, Key.Key_Down)
    assert sheet.evidence.text() == ""
    assert not sheet.evidence.isVisible()


def test_the_chosen_paper_stays_in_sight_where_evidence_takes_room(
    review: Callable[..., ReviewDialog], qtbot: QtBot
) -> None:
    speaking = replace(make_item(40), pdfs=(pdf_of("A sure title", confidence=0.9),))
    sheet = review(ImportPreview(items=(*(make_item(number) for number in range(40)), speaking)))
    press(sheet.list, Key.Key_End)
    qtbot.waitUntil(sheet.evidence.isVisible)

    def is_whole() -> bool:
        return sheet.list.viewport().rect().contains(sheet.list.visualRect(sheet.list.currentIndex()))

    qtbot.waitUntil(is_whole)


def test_what_becomes_of_pdfs_is_asked_where_there_are_some(review: Callable[..., ReviewDialog]) -> None:
    sheet = review(ImportPreview(items=(replace(make_item(1), pdfs=(pdf_of("A title", confidence=0.9),)),)))
    assert sheet.options.taking == Taking.COPY.value
    press(sheet.taking, Key.Key_Down)
    assert sheet.options.taking == Taking.LINK.value
    without = review(mixed_preview())
    assert not without.taking.isVisible()
    assert not without.evidence.isVisible()
    assert without.options.taking is None
