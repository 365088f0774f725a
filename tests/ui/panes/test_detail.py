"""The chosen paper: shown whole, changed at once, true to the library in the end."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.settings import SHORTCUTS, SIMILAR_COUNT
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.feedback import Feedback
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Mention, Paper, PaperId, Priority, Status
from readinglist.services.events import Notice
from readinglist.ui import theme
from readinglist.ui.models.scope import collection_scope, tag_scope
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.panes.detail_page import history_of
from readinglist.ui.widgets.flowing_text import reading_width
from readinglist.ui.widgets.tag_chip import CollectionChip, TagChip
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore, destroy, similar_answer
from tests.helpers.ui_input import click, press, type_text


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    return core.add(*(make_draft(number) for number in range(1, 5)))


@pytest.fixture
def pane(core: UiCore, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(core, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(420, 900)
    pane.show()
    return pane


@pytest.fixture
def notices(core: UiCore) -> list[Notice]:
    heard: list[Notice] = []
    core.bridge.on_notice(heard.append)
    return heard


def part(pane: QWidget, name: str, kind: type[Any] = QWidget) -> Any:
    found = pane.findChild(kind, name)
    assert found is not None, name
    return found


def test_nothing_chosen_says_what_to_do(pane: DetailPane, ids: list[PaperId]) -> None:
    assert part(pane, "detail-nothing").isVisible()
    assert part(pane, "detail-nothing-title").text() == "Choose a paper"
    pane.show_paper(ids[0])
    assert not part(pane, "detail-nothing").isVisible()
    pane.show_paper(None)
    assert part(pane, "detail-nothing").isVisible()
    assert pane.paper is None


def test_a_paper_is_shown_whole(pane: DetailPane, core: UiCore) -> None:
    draft = make_draft(
        7, organization="Example Lab", venue="A Journal", code_url="https://example.org/code", abstract="One.\nTwo."
    )
    pane.show_paper(core.add(draft)[0])
    page = pane.page
    assert page.header.title.toPlainText() == draft.title
    assert page.header.authors.toPlainText() == "Ada Author7, Ben Writer"
    facts = page.header.facts.text().replace("\N{NO-BREAK SPACE}", " ")
    assert [one.strip() for one in facts.split("·")] == ["Example Lab", "8 May 2024", "A Journal", "7 upvotes"]
    assert page.abstract.toPlainText() == "One.\nTwo."
    links = [button.text() for button in part(pane, "detail-links").findChildren(QPushButton) if button.isVisible()]
    assert links == ["arXiv", "Hugging Face", "Code"]
    assert page.history.text().startswith("Listed by Hugging Face on 1 Jun 2024, 7 upvotes.\nAdded ")


def test_a_paper_without_an_abstract_says_so(pane: DetailPane, core: UiCore) -> None:
    pane.show_paper(core.add(make_draft(1, abstract=""))[0])
    assert part(pane, "detail-no-abstract").isVisible()
    assert not pane.page.abstract.isVisible()


def test_many_authors_are_shown_when_asked_for(pane: DetailPane, core: UiCore, qtbot: QtBot) -> None:
    names = tuple(f"Name {number}" for number in range(14))
    pane.show_paper(core.add(make_draft(1, authors=names, author_count=14))[0])
    header = pane.page.header
    assert "Name 10" not in header.authors.toPlainText()
    assert header.more.text() == "and 4 more"
    click(header.more)
    assert header.authors.toPlainText() == ", ".join(names)
    assert header.more.text() == "Show fewer"


def test_two_authors_more_than_usual_are_not_worth_hiding(pane: DetailPane, core: UiCore) -> None:
    names = tuple(f"Name {number}" for number in range(12))
    pane.show_paper(core.add(make_draft(1, authors=names, author_count=12))[0])
    assert pane.page.header.authors.toPlainText() == ", ".join(names)
    assert not pane.page.header.more.isVisible()


def test_authors_that_no_source_names_are_counted(pane: DetailPane, core: UiCore) -> None:
    ids = core.add(make_draft(1, authors=(), author_count=17), make_draft(2, authors=("Ada",), author_count=3))
    pane.show_paper(ids[0])
    assert pane.page.header.authors.toPlainText() == "17 authors"
    pane.show_paper(ids[1])
    assert pane.page.header.authors.toPlainText() == "Ada and 2 more"


@pytest.mark.parametrize("width", [240, 420, 1000])
def test_text_keeps_to_the_pane_and_to_a_comfortable_line(width: int, pane: DetailPane, core: UiCore) -> None:
    address = "https://example.org/" + "noblankinit" * 12
    texts = {"title": "A long title " * 12, "abstract": "Several words of running text. " * 80}
    places = {"venue": "Proceedings of a conference " * 8, "organization": "x" * 90}
    mention = Mention(source="", origin=address)
    paper_id = core.add(make_draft(1, **texts, **places, mention=mention))[0]
    core.edit.add_tags([paper_id], ["a tag with a rather long name", "another tag"])
    pane.resize(width, 900)
    pane.show_paper(paper_id)
    pane.page.feedback.show_said([Feedback.MORE])
    column = part(pane, "detail-column")
    room = pane.page.viewport().width()
    QCoreApplication.sendPostedEvents()  # the page is laid out anew
    assert column.width() <= room
    assert pane.page.abstract.width() <= reading_width()
    head = ("detail-title", "detail-authors", "detail-facts", "detail-links", "status-buttons", "priority", "rating")
    for name in (*head, "detail-tags", "detail-take-back-more", "note-field", "detail-history"):
        one = part(pane, name)
        assert one.mapTo(pane.page.widget(), one.rect().topRight()).x() < room, name


def test_a_status_chosen_here_is_shown_at_once_and_written(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    statuses = pane.page.marks.statuses
    with qtbot.waitSignal(pane.edited) as told:
        click(statuses[Status.READ])
        assert statuses[Status.READ].isChecked()
        assert not statuses[Status.INBOX].isChecked()
    assert told.args == ["1 paper marked as Read."]
    assert core.catalog.get(ids[0]).status is Status.READ
    qtbot.waitUntil(lambda: "Read " in pane.page.history.text())


def test_star_priority_and_rating_are_written(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    marks = pane.page.marks
    click(marks.star)
    assert marks.star.text() == "Starred"
    marks.priority.setFocus()
    press(marks.priority, Qt.Key.Key_Down)
    press(marks.rating, Qt.Key.Key_4)

    def marks_in_library() -> tuple[bool, Priority, int]:
        paper = core.catalog.get(ids[0])
        return paper.is_starred, paper.priority, paper.rating

    qtbot.waitUntil(lambda: marks_in_library() == (True, Priority.LOW, 4))


def test_tags_are_added_taken_away_and_opened(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    tags = pane.page.tags
    type_text(tags.field, "vision, ml/speech")
    press(tags.field, Qt.Key.Key_Return)
    assert set(tags.names) == {"ml/speech", "vision"}
    qtbot.waitUntil(lambda: core.catalog.get(ids[0]).tags == ("ml/speech", "vision"))
    chip = part(tags, "tag-vision", TagChip)
    with qtbot.waitSignal(pane.scope_wanted) as wanted:
        press(chip, Qt.Key.Key_Return)
    assert wanted.args == [tag_scope("vision")]
    press(chip, Qt.Key.Key_Delete)
    assert tags.names == ("ml/speech",)
    qtbot.waitUntil(lambda: core.catalog.get(ids[0]).tags == ("ml/speech",))


def test_collections_of_the_paper_are_shown_lead_to_their_lists_and_can_be_left(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    row = pane.page.collections
    assert not row.isVisible()
    core.collections.put([ids[0]], ["Survey/Attention", "Thesis"])
    qtbot.waitUntil(row.isVisible)
    assert list(row.names) == ["Survey/Attention", "Thesis"]
    chip = part(row, "collection-Thesis", CollectionChip)
    assert chip.accessibleName() == "Collection Thesis"
    with qtbot.waitSignal(pane.scope_wanted) as wanted:
        press(chip, Qt.Key.Key_Return)
    assert wanted.args == [collection_scope("Thesis")]
    with qtbot.waitSignal(pane.edited) as edited:
        press(chip, Qt.Key.Key_Delete)
    assert edited.args == ["1 paper taken out of Thesis."]
    assert list(row.names) == ["Survey/Attention"]
    qtbot.waitUntil(lambda: core.catalog.get(ids[0]).collections == ("Survey/Attention",))
    pane.show_paper(ids[1])
    assert not row.isVisible()


def test_tags_of_the_library_colour_and_complete(pane: DetailPane, core: UiCore, ids: list[PaperId]) -> None:
    core.edit.add_tags([ids[0]], ["ml"])
    core.edit.set_tag_color("ml", "purple")
    pane.show_paper(ids[0])
    assert part(pane, "tag-ml", TagChip)._color == "gray"
    pane.set_tags(core.catalog.tags())
    assert [chip.ink() for chip in pane.page.tags._chips] == [theme.tag_color("purple")]
    assert pane.page.tags._known.stringList() == ["ml"]


def test_a_write_that_fails_shows_the_library_again_and_tells(
    pane: DetailPane, core: UiCore, ids: list[PaperId], notices: list[Notice], qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    tags = pane.page.tags
    type_text(tags.field, "/")
    press(tags.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices == [Notice(message="A tag needs a name.", is_error=True)]
    qtbot.waitUntil(lambda: tags.names == ())


def test_changes_made_elsewhere_are_followed(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    core.edit.set_status([ids[0], ids[1]], Status.SKIPPED)
    core.edit.set_note(ids[0], "From another window.")
    qtbot.waitUntil(pane.page.marks.statuses[Status.SKIPPED].isChecked)
    qtbot.waitUntil(lambda: pane.page.note.field.toPlainText() == "From another window.")
    core.undo.undo()
    qtbot.waitUntil(lambda: pane.page.note.field.toPlainText() == "")


def test_changes_of_other_papers_leave_it_alone(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane.show_paper(ids[0])
    read: list[PaperId] = []
    get = core.catalog.get

    def watch(paper_id: PaperId) -> Paper:
        read.append(paper_id)
        return get(paper_id)

    monkeypatch.setattr(core.catalog, "get", watch)
    core.edit.set_status([ids[1]], Status.READ)
    core.edit.set_starred([ids[0]], starred=True)
    qtbot.waitUntil(pane.page.marks.star.isChecked)
    assert read == [ids[0]]


def test_quick_decisions_do_not_flicker_back(pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    marks = pane.page.marks
    shown: list[Status] = []
    show = marks.show_marks

    def watch(**decided: Any) -> None:
        shown.append(decided["status"])
        show(**decided)

    marks.show_marks = watch  # type: ignore[method-assign]
    for status in (Status.TO_READ, Status.READING, Status.READ):
        marks.status_chosen.emit(status)
    qtbot.waitUntil(lambda: len(shown) > 3)
    assert shown == [Status.TO_READ, Status.READING, Status.READ, Status.READ]


def test_a_paper_in_the_bin_can_only_be_put_back(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.edit.delete([ids[0]])
    pane.show_paper(ids[0])
    assert pane.page.bin_strip.isVisible()
    assert not pane.page.marks.isEnabled()
    click(part(pane, "detail-restore"))
    qtbot.waitUntil(lambda: not pane.page.bin_strip.isVisible())
    assert pane.page.marks.isEnabled()
    assert not core.catalog.get(ids[0]).is_binned


def test_a_paper_that_is_gone_leaves_the_pane_empty(
    pane: DetailPane, core: UiCore, ids: list[PaperId], notices: list[Notice], qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    core.edit.delete([ids[0]])
    core.edit.purge([ids[0]])
    qtbot.waitUntil(part(pane, "detail-nothing").isVisible)
    assert pane.paper is None
    assert notices == []


def test_a_library_that_cannot_be_read_is_told(
    pane: DetailPane, core: UiCore, ids: list[PaperId], notices: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_paper_id: PaperId) -> None:
        message = "The library cannot be read: the disk is gone."
        raise EnvironmentFault(message)

    monkeypatch.setattr(core.catalog, "get", fail)
    pane.show_paper(ids[0])
    assert [notice.message for notice in notices] == ["The library cannot be read: the disk is gone."]
    assert part(pane, "detail-nothing").isVisible()


def test_another_paper_begins_at_its_title(pane: DetailPane, core: UiCore, qtbot: QtBot) -> None:
    ids = core.add(*(make_draft(number, abstract="Running text of some length. " * 200) for number in (1, 2)))
    pane.show_paper(ids[0])
    bar = pane.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(200)
    core.edit.set_starred([ids[0]], starred=True)
    qtbot.waitUntil(pane.page.marks.star.isChecked)
    assert bar.value() == 200, "a change of the same paper does not move the page"
    pane.show_paper(ids[1])
    assert bar.value() == 0


def test_links_open_outside_and_only_what_a_browser_opens(
    pane: DetailPane, core: UiCore, notices: list[Notice], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(url: QUrl) -> bool:
        opened.append(url.toString())
        return "doi.org" not in url.host()

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    draft = make_draft(
        1,
        url="file:///etc/passwd",
        pdf_url="javascript:alert(1)",
        identifiers=(Identifier("arxiv", "2405.00001"), Identifier("doi", "10.1000/1")),
    )
    pane.show_paper(core.add(draft)[0])
    for button in part(pane, "detail-links").findChildren(QPushButton):
        click(button)
    assert opened == [
        "https://arxiv.org/abs/2405.00001",
        "https://doi.org/10.1000/1",
        "https://huggingface.co/papers/2405.00001",
    ]
    assert [notice.message for notice in notices] == ["Nothing on this computer opens https://doi.org/10.1000/1."]


def test_a_pdf_on_the_disk_is_read_in_the_window(
    pane: DetailPane, core: UiCore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = core.library.folder / "paper.pdf"
    paper = core.catalog.get(core.add(make_draft(1))[0])
    monkeypatch.setattr(core.catalog, "get", lambda _: replace(paper, pdf=str(pdf)))
    pane.show_paper(paper.id)
    with qtbot.waitSignal(pane.pdf_wanted) as wanted:
        click(part(pane, "link-pdf"))
    assert wanted.args == [paper.id]


def test_most_of_the_height_is_the_papers_and_similar_papers_stay_in_sight(
    pane: DetailPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    page, similar = pane._splitter.sizes()
    assert 0.6 < page / (page + similar) < 0.7
    pane._splitter.setSizes([1, 1000])
    chosen = pane._splitter.sizes()
    pane.show_paper(None)
    pane.show_paper(ids[1])
    assert pane._splitter.sizes() == chosen, "the reader's own division stays"
    pane.resize(420, 420)
    assert pane.similar.height() >= 120


def test_the_readers_own_keys_are_shown(pane: DetailPane, core: UiCore) -> None:
    core.settings.set(SHORTCUTS, "star=X, status-read=Y")
    marks = pane.page.marks
    assert part(marks, "star", QToolButton).toolTip().endswith("(X)")
    assert marks.statuses[Status.READ].key == "Y"


def test_as_many_similar_papers_are_asked_for_as_the_reader_wants(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.similar.answers[ids[0]] = similar_answer(ids[1:] * 2)
    core.settings.set(SIMILAR_COUNT, 3)
    with qtbot.waitSignal(pane.similar.answered):
        pane.show_paper(ids[0])
    assert pane.similar.model.rowCount() == 3


def test_a_pane_that_is_gone_hears_of_no_settings(core: UiCore, qtbot: QtBot) -> None:
    pane = DetailPane(core, core.bridge)
    destroy(pane)
    core.settings.set(SIMILAR_COUNT, 3)
    assert core.settings.get(SIMILAR_COUNT) == 3


def test_running_down_the_list_compares_only_where_the_reader_rests(
    pane: DetailPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    for paper_id in ids:
        pane.show_paper(paper_id)
        assert pane.page.header.title.toPlainText() == core.catalog.get(paper_id).title
    qtbot.waitUntil(lambda: bool(core.similar.asked))
    assert core.similar.asked == [ids[-1]]


def test_how_a_paper_came_is_told_in_sentences(core: UiCore) -> None:
    mentions = (
        Mention(source="feed", origin="https://example.org/feed"),
        Mention(source="text", origin="pasted"),
        *(Mention(source="arxiv", origin="page") for _ in range(6)),
    )
    paper = replace(core.catalog.get(core.add(make_draft(1))[0]), mentions=mentions)
    lines = history_of(paper)
    assert lines[:3] == ["Listed by a feed.", "Listed in pasted.", "Listed by arXiv."]
    assert lines[5] == "Listed 3 more times."
    assert lines[-1].startswith("Added ")
