"""The two views on the list: drags, drops, menus, tooltips, and how cards look."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QHelpEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from typing_extensions import override

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.models.columns import COLUMNS
from readinglist.ui.models.paper_table import papers_of
from readinglist.ui.models.scope import status_scope
from readinglist.ui.panes import paper_views
from readinglist.ui.panes.column_menu import LEAST_TITLE_PX, TITLE_SHARE, fill_with_title
from readinglist.ui.panes.paper_views import PaperView, drag_picture
from readinglist.ui.panes.papers import PapersPane
from tests.helpers.drafts import make_draft
from tests.helpers.papers_pane import make_pane
from tests.helpers.ui_core import UiCore

TO_READ = status_scope(Status.TO_READ)


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    """Six papers, the newest first, as the list shows them."""
    return core.add(*(make_draft(number) for number in range(1, 7)))[::-1]


@pytest.fixture
def pane(core: UiCore, ids: list[PaperId], qtbot: QtBot) -> PapersPane:
    return make_pane(core, qtbot)


def test_papers_of_the_queue_are_moved_by_dropping(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.edit.set_status(ids[::-1], Status.TO_READ)
    assert not pane.cards.acceptDrops()
    pane.show_scope(TO_READ)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 6)
    assert pane.cards.acceptDrops()
    queue = list(pane.model.ids)
    moved: list[tuple[list[PaperId], PaperId | None]] = []
    pane.queue_moved.connect(lambda papers, before: moved.append((papers, before)))
    drop(pane.cards, [0], row=2)
    drop(pane.cards, [0], row=None)
    assert moved == [([queue[0]], queue[2]), ([queue[0]], None)]


def drop(view: PaperView, rows: list[int], *, row: int | None) -> None:
    """Drop rows at the upper edge of another row; None drops them below the last."""
    mime = view._papers.mimeData([view._papers.index(one, 0) for one in rows])
    y = view.viewport().height() - 2 if row is None else view.rowViewportPosition(row) + 1
    if row is None:
        view.scrollToBottom()
    event = QDropEvent(
        QPointF(30, y), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)


def test_a_drag_over_the_queue_marks_the_place_and_anything_else_is_left_to_the_window(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.edit.set_status(ids, Status.TO_READ)
    pane.show_scope(TO_READ)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 6)
    view = pane.cards
    before = view.viewport().grab().toImage()
    action, buttons, keys = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPoint(40, view.rowViewportPosition(1) + 2)
    mime = view._papers.mimeData([view._papers.index(0, 0)])
    enter = QDragEnterEvent(place, action, mime, buttons, keys)
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    view.dragMoveEvent(QDragMoveEvent(QPoint(40, view.height() * 3), action, mime, buttons, keys))
    view.dragMoveEvent(QDragMoveEvent(place, action, mime, buttons, keys))
    assert view.viewport().grab().toImage() != before
    view.dragLeaveEvent(QDragLeaveEvent())
    assert view.viewport().grab().toImage() == before
    files = QMimeData()
    files.setText("https://example.org")
    foreign = QDragMoveEvent(place, action, files, buttons, keys)
    view.dragMoveEvent(foreign)
    assert not foreign.isAccepted()
    drop_of_files = QDropEvent(QPointF(place), action, files, buttons, keys)
    view.dropEvent(drop_of_files)
    assert not drop_of_files.isAccepted()


def test_a_drag_carries_all_chosen_papers(
    pane: PapersPane, ids: list[PaperId], monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[list[PaperId]] = []

    class Drag(QDrag):
        @override
        def exec(self, *_actions: Qt.DropAction) -> Qt.DropAction:  # a real one waits for a mouse
            carried.append(papers_of(self.mimeData()))
            return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(paper_views, "QDrag", Drag)
    pane.cards.choose([(0, 1), (3, 3)], 3)
    pane.cards.startDrag(Qt.DropAction.CopyAction)
    pane.cards.choose([], None)
    pane.cards.startDrag(Qt.DropAction.CopyAction)
    assert carried == [[ids[0], ids[1], ids[3]]]


def tooltip_at(pane: PapersPane, row: int) -> str:
    place = pane.cards.visualRect(pane.model.index(row, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, pane.cards.viewport().mapToGlobal(place))
    QApplication.sendEvent(pane.cards.viewport(), event)
    return QToolTip.text()


def test_a_title_that_is_cut_is_whole_in_its_tooltip(pane: PapersPane, core: UiCore, qtbot: QtBot) -> None:
    title = "A title that is far too long for two lines of a card & has <b>marks</b>, " * 4
    core.add(make_draft(80, title=title.strip()))
    core.edit.set_starred([pane.model.ids[0]], starred=True)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 7)

    cut = list(pane.model.ids).index(max(pane.model.ids))
    pane.cards.scrollTo(pane.model.index(cut, 0))
    assert "&lt;b&gt;marks" in tooltip_at(pane, cut)
    QToolTip.hideText()


def test_a_double_click_on_an_edge_reads_no_rows(pane: PapersPane) -> None:
    pane.set_mode("table")
    pane.table.resizeColumnToContents(0)
    assert pane.table.columnWidth(0) == COLUMNS[0].width_px


def test_the_menu_opens_by_mouse_and_by_key_at_the_paper(pane: PapersPane, qtbot: QtBot) -> None:
    places: list[QPoint] = []
    pane.menu_wanted.connect(places.append)
    inside = QPoint(50, 50)
    outside = pane.cards.viewport().mapToGlobal(inside)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(pane.cards.viewport(), QContextMenuEvent(reason, inside, outside))
    assert places[0] == outside
    card = pane.cards.visualRect(pane.cards.currentIndex())
    assert places[1] == pane.cards.viewport().mapToGlobal(card.center())


def test_a_double_click_opens(pane: PapersPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.opened):
        pane.cards.doubleClicked.emit(pane.cards.currentIndex())


def test_cards_of_every_kind_can_be_painted(pane: PapersPane, core: UiCore, ids: list[PaperId]) -> None:
    core.edit.add_tags(ids[:3], ["ml", "a tag whose name is far too long for a chip on a card", "x", "y", "z"])
    core.edit.set_priority(ids[:2], Priority.HIGH)
    core.edit.set_starred(ids, starred=True)
    core.edit.set_note(ids[0], "Note")
    core.edit.set_status([ids[1]], Status.SKIPPED)
    pane.model.refresh(ids)
    pane.set_tag_colors({"ml": "blue"})
    plain = pane.cards.grab().toImage()
    pane.step(1)
    assert pane.cards.grab().toImage() != plain, "the chosen card is seen to be the chosen one"
    assert not drag_picture("3 papers", 2.0).isNull()


def test_a_card_names_fewer_authors_where_there_is_no_room_for_the_date_else(pane: PapersPane, core: UiCore) -> None:
    names = ("Jinu Lee", "Sagnik Mukherjee", "Dilek Hakkani-Tur", "Julia Hockenmaier")
    (paper_id,) = core.add(make_draft(30, authors=names, author_count=4, published=PartialDate(2025, 6, 8)))
    (row,) = core.catalog.rows([paper_id])
    delegate = pane.cards.delegate
    day, metrics = "  ·  8 Jun 2025", QFontMetrics(delegate._fonts.meta)
    for authors in (", ".join(names), "Jinu Lee, Sagnik Mukherjee and 2 more", "Jinu Lee and 3 more"):
        line = f"  ·  {authors}{day}"
        assert delegate._facts(row, metrics.horizontalAdvance(line)) == line
    assert delegate._facts(row, 40).endswith("…")


def test_a_card_shows_why_it_is_there_and_the_tooltip_has_what_is_cut(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    plain = pane.cards.grab().toImage()
    long = WhyHere(text="Both are about learning from sparse examples, " * 6, marks=((15, 23),))
    pane.model.show_reasons({ids[0]: WhyHere(text="Sparse", marks=((0, 6),)), ids[1]: long})
    assert pane.cards.grab().toImage() != plain
    assert tooltip_at(pane, 0) == ""
    assert tooltip_at(pane, 1).count("<b>learning</b>") == 1
    QToolTip.hideText()
    pane.model.show_reasons({})
    assert pane.cards.grab().toImage() == plain


def test_a_reason_follows_the_facts_where_there_is_no_abstract(core: UiCore, qtbot: QtBot) -> None:
    with_text, without = core.add(make_draft(1), make_draft(2, abstract=""))
    pane = make_pane(core, qtbot)
    short, long = WhyHere(text="Sparse"), WhyHere(text="Both are about learning from sparse examples, " * 6)
    delegate, rect = pane.cards.delegate, pane.cards.visualRect(pane.model.index(0, 0))
    first, second = (core.catalog.rows([one])[0] for one in (with_text, without))
    lines = delegate.why_rect(rect, first, short).height()
    assert delegate.why_rect(rect, second, short).height() == lines
    assert delegate.why_rect(rect, second, short).top() < delegate.why_rect(rect, first, short).top()
    assert delegate.why_rect(rect, second, long).height() == 2 * lines
    assert rect.contains(delegate.why_rect(rect, second, long))


def test_the_title_takes_the_room_that_the_other_columns_leave(pane: PapersPane, qtbot: QtBot) -> None:
    pane.set_mode("table")
    pane.resize(1400, 600)
    table = pane.table
    head = table.horizontalHeader()
    qtbot.waitUntil(lambda: head.length() == table.viewport().width())
    before = table.columnWidth(0)
    table.column_menu.aboutToShow.emit()
    next(action for action in table.column_menu.actions() if action.text() == "Tags").trigger()
    assert table.columnWidth(0) > before
    pane.resize(640, 600)
    qtbot.waitUntil(lambda: table.columnWidth(0) == int(TITLE_SHARE * table.viewport().width()) > LEAST_TITLE_PX)
    fill_with_title(head, 300)
    assert table.columnWidth(0) == LEAST_TITLE_PX
