"""What is typed into a note is kept: soon, at the latest when the window closes, and never by an older text."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import Changes
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.paper import PaperId
from readinglist.services.events import Notice
from readinglist.services.jobs import Lane
from readinglist.ui.panes import note_keeper
from readinglist.ui.panes.detail import DetailPane
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click, press, type_text


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    return core.add(make_draft(1), make_draft(2))


@pytest.fixture
def pane(core: UiCore, ids: list[PaperId], qtbot: QtBot) -> DetailPane:
    pane = DetailPane(core, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(420, 700)
    pane.show()
    pane.show_paper(ids[0])
    return pane


@pytest.fixture
def notices(core: UiCore) -> list[Notice]:
    heard: list[Notice] = []
    core.bridge.on_notice(heard.append)
    return heard


class FullDisk:
    """Makes writing fail while it is full."""

    def __init__(self, core: UiCore, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: Exception | None = EnvironmentFault("The disk is full.")
        write = core.edit.set_note

        def set_note(paper_id: PaperId, text: str, *, initiator: str = "") -> Changes:
            if self.error is not None:
                raise self.error
            return write(paper_id, text, initiator=initiator)

        monkeypatch.setattr(core.edit, "set_note", set_note)


def note_of(core: UiCore, paper_id: PaperId) -> str:
    return core.catalog.get(paper_id).note


def test_typing_is_saved_after_a_pause_and_says_so(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.focus_note()
    type_text(pane.page.note.field, "Read this again.")
    assert pane.page.note.state.text() == ""
    qtbot.waitUntil(lambda: pane.page.note.state.text() == "Saved")
    assert note_of(core, ids[0]) == "Read this again."
    type_text(pane.page.note.field, " Soon.")
    assert pane.page.note.state.text() == "", "what is typed now is not saved yet"


def test_a_burst_of_typing_is_one_step_back(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.focus_note()
    for word in ("First", " second", " third"):
        type_text(pane.page.note.field, word)
        pane._keeper.save_soon()
        qtbot.waitUntil(lambda: pane.page.note.state.text() == "Saved")
    assert note_of(core, ids[0]) == "First second third"
    core.undo.undo()
    assert note_of(core, ids[0]) == ""
    qtbot.waitUntil(lambda: pane.page.note.field.toPlainText() == "")


def test_going_to_another_paper_saves_and_coming_back_shows(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.focus_note()
    type_text(pane.page.note.field, "About the first.")
    pane.show_paper(ids[1])
    assert pane.page.note.field.toPlainText() == ""
    pane.show_paper(ids[0])
    assert pane.page.note.field.toPlainText() == "About the first.", "also before the library has it"
    qtbot.waitUntil(lambda: note_of(core, ids[0]) == "About the first.")
    assert note_of(core, ids[1]) == ""


def test_choosing_nothing_saves(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.focus_note()
    type_text(pane.page.note.field, "Half a thought")
    pane.show_paper(None)
    qtbot.waitUntil(lambda: note_of(core, ids[0]) == "Half a thought")


def test_closing_writes_what_is_still_being_typed(pane: DetailPane, core: UiCore, ids: list[PaperId]) -> None:
    pane.focus_note()
    type_text(pane.page.note.field, "Last words")
    assert pane.may_close()
    assert note_of(core, ids[0]) == "Last words"


def test_closing_lets_no_older_text_arrive_after_the_newest(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    gate = threading.Event()
    busy = core.jobs.submit(lambda _: gate.wait(30), lane=Lane.LIBRARY)
    pane.focus_note()
    type_text(pane.page.note.field, "Old")
    pane._keeper.save_soon()  # waits behind the work above
    type_text(pane.page.note.field, " and new")
    assert pane.may_close()
    gate.set()
    busy.future.result(30)
    core.jobs.submit(lambda _: None, lane=Lane.LIBRARY).future.result(30)
    assert note_of(core, ids[0]) == "Old and new"


def test_a_note_that_cannot_be_written_is_kept_and_tried_again(
    pane: DetailPane,
    core: UiCore,
    ids: list[PaperId],
    notices: list[Notice],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = FullDisk(core, monkeypatch)
    pane.focus_note()
    type_text(pane.page.note.field, "Kept")
    pane._keeper.save_soon()
    qtbot.waitUntil(lambda: pane.page.note.state.text() == "Not saved yet")
    assert [one.message for one in notices] == ["The note is not saved yet. The disk is full."]
    pane.show_paper(ids[1])
    pane.show_paper(ids[0])
    assert pane.page.note.field.toPlainText() == "Kept"
    qtbot.waitUntil(lambda: not pane._keeper._under_way)
    assert len(notices) == 1, "once is enough"
    disk.error = None
    press(pane.page.note.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: pane.page.note.state.text() == "Saved")
    assert note_of(core, ids[0]) == "Kept"


def test_a_note_that_could_not_be_written_is_tried_again_by_itself(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_keeper, "RETRY_MS", 20)
    disk = FullDisk(core, monkeypatch)
    pane.focus_note()
    type_text(pane.page.note.field, "Patient")
    pane._keeper.save_soon()
    qtbot.waitUntil(lambda: pane.page.note.state.text() == "Not saved yet")
    disk.error = None
    qtbot.waitUntil(lambda: pane.page.note.state.text() == "Saved")
    assert note_of(core, ids[0]) == "Patient"


def test_a_note_on_a_paper_that_is_gone_is_given_up_with_a_word(
    pane: DetailPane, core: UiCore, notices: list[Notice], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    FullDisk(core, monkeypatch).error = UserError("There is no paper number 1.")
    pane.focus_note()
    type_text(pane.page.note.field, "Lost")
    pane._keeper.save_soon()
    qtbot.waitUntil(lambda: bool(notices))
    assert [one.message for one in notices] == ["The note could not be saved. There is no paper number 1."]


def test_closing_is_refused_once_while_a_note_cannot_be_written(
    pane: DetailPane,
    core: UiCore,
    ids: list[PaperId],
    notices: list[Notice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = FullDisk(core, monkeypatch)
    pane.focus_note()
    type_text(pane.page.note.field, "Not yet")
    assert not pane.may_close()
    assert [one.message for one in notices] == [
        "The note is not saved yet. The disk is full. Close again to give it up."
    ]
    assert pane.may_close(), "the second time is a choice"
    disk.error = None
    assert pane.may_close()
    assert note_of(core, ids[0]) == "Not yet"


def test_escape_saves_and_leads_back_to_the_list(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.focus_note()
    type_text(pane.page.note.field, "Done")
    with qtbot.waitSignal(pane.left):
        press(pane.page.note.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: note_of(core, ids[0]) == "Done")


def test_the_key_for_notes_brings_the_field_into_sight(pane: DetailPane, core: UiCore, qtbot: QtBot) -> None:
    paper_id = core.add(make_draft(3, abstract="Running text of some length. " * 200))[0]
    core.edit.set_note(paper_id, "A *note*.")
    pane.show_paper(paper_id)
    note = pane.page.note
    assert note.preview.isVisible()
    pane.focus_note()
    assert note.field.isVisible()
    assert note.field.textCursor().atEnd()
    viewport = pane.page.viewport()
    top = note.field.mapTo(viewport, note.field.rect().topLeft()).y()
    assert 0 <= top < viewport.height()


def test_without_a_paper_the_key_for_notes_does_nothing(pane: DetailPane) -> None:
    pane.show_paper(None)
    pane.focus_note()
    assert not pane.page.note.field.isVisible()


def test_the_preview_shows_markdown_but_no_markup_and_loads_nothing(
    pane: DetailPane, core: UiCore, qtbot: QtBot
) -> None:
    note = pane.page.note
    pane.focus_note()
    note.field.setPlainText("**bold** <b>raw</b> ![x](https://example.org/x.png)")
    click(note.switch)
    assert note.preview.isVisible()
    assert note.switch.text() == "Edit"
    shown = note.preview.toPlainText()
    assert "bold" in shown
    assert "**" not in shown
    image = QTextDocument.ResourceType.ImageResource.value
    assert note.preview.loadResource(image, QUrl("https://example.org/x.png")) is None
    click(note.switch)
    assert note.field.isVisible()


def test_links_of_a_note_open_only_in_a_browser(pane: DetailPane, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def take(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    for address in ("https://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"):
        pane.page.note.preview.anchorClicked.emit(QUrl(address))
    assert opened == ["https://example.org/a"]


def test_the_field_grows_with_the_text_up_to_a_limit(pane: DetailPane) -> None:
    pane.focus_note()
    field = pane.page.note.field
    small = field.height()
    field.setPlainText("line\n" * 10)
    grown = field.height()
    field.setPlainText("line\n" * 500)
    largest = field.height()
    assert small < grown < largest < 24 * 40


@pytest.mark.parametrize("is_file", [True, False])
def test_files_dropped_on_a_note_are_left_to_the_window_and_text_is_taken(is_file: bool, pane: DetailPane) -> None:
    pane.focus_note()
    mime = QMimeData()
    mime.setText("some words")
    if is_file:
        mime.setUrls([QUrl.fromLocalFile("/papers.bib")])
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(pane.page.note.field.viewport(), event)
    assert event.isAccepted() is not is_file


def test_a_pause_is_shorter_than_what_the_library_merges() -> None:
    assert note_keeper.PAUSE_MS < 2000
