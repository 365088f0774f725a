"""A reason that a PDF gives is a link to its page; every other reason is just text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import PaperId, PaperRow
from readinglist.domain.recommendation import PageOfPdf, WhyHere
from readinglist.ui.models.paper_table import ROW_ROLE
from readinglist.ui.models.scope import INBOX
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.panes.why_pointer import WhyPointer
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore

Button, Modifier, Shape = Qt.MouseButton, Qt.KeyboardModifier, Qt.CursorShape
PLACE = PageOfPdf(sha256="a", page=7)
LINK = WhyHere(text="Page 7: It is sparse.", marks=((0, 6),), place=PLACE)


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    """Papers as the list shows them."""
    return core.add(*(make_draft(number) for number in range(1, 4)))[::-1]


@pytest.fixture
def pane(core: UiCore, ids: list[PaperId], qtbot: QtBot) -> PapersPane:
    pane = PapersPane(core.catalog, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(520, 600)
    pane.open_first(INBOX)
    pane.show()
    qtbot.waitUntil(lambda: list(pane.model.ids) == ids)
    return pane


@pytest.fixture
def pointer(pane: PapersPane, ids: list[PaperId]) -> WhyPointer:
    pane.model.show_reasons({ids[0]: LINK, ids[1]: WhyHere(text="Fits the search")})
    return WhyPointer(pane.cards)


def line(pane: PapersPane, row: int, why: WhyHere = LINK) -> QPoint:
    """Return the middle of the reason's line."""
    index = pane.model.index(row, 0)
    paper = index.data(ROW_ROLE)
    assert isinstance(paper, PaperRow)
    return pane.cards.delegate.why_rect(pane.cards.visualRect(index), paper, why).center()


def move(pane: PapersPane, place: QPoint) -> Qt.CursorShape:
    viewport = pane.cards.viewport()
    spot = QPointF(place)
    QApplication.sendEvent(
        viewport,
        QMouseEvent(
            QMouseEvent.Type.MouseMove,
            spot,
            viewport.mapToGlobal(spot),
            Button.NoButton,
            Button.NoButton,
            Modifier.NoModifier,
        ),
    )
    return viewport.cursor().shape()


def test_a_click_on_the_line_follows_it_and_chooses_the_paper(
    pane: PapersPane, pointer: WhyPointer, ids: list[PaperId]
) -> None:
    followed: list[tuple[object, object]] = []
    pointer.followed.connect(lambda paper_id, place: followed.append((paper_id, place)))
    QTest.mouseClick(pane.cards.viewport(), Button.LeftButton, Modifier.NoModifier, line(pane, 0))
    assert followed == [(ids[0], PLACE)]
    assert pane.current == ids[0]


def test_nothing_else_on_the_card_follows_and_no_other_click(pane: PapersPane, pointer: WhyPointer) -> None:
    followed: list[object] = []
    pointer.followed.connect(lambda paper_id, _: followed.append(paper_id))
    viewport, title = pane.cards.viewport(), pane.cards.visualRect(pane.model.index(0, 0)).topLeft() + QPoint(60, 24)
    QTest.mouseClick(viewport, Button.LeftButton, Modifier.NoModifier, title)
    QTest.mouseClick(viewport, Button.LeftButton, Modifier.NoModifier, line(pane, 1))
    QTest.mouseClick(viewport, Button.LeftButton, Modifier.ControlModifier, line(pane, 0))
    QTest.mouseClick(viewport, Button.MiddleButton, Modifier.NoModifier, line(pane, 0))
    QTest.mousePress(viewport, Button.LeftButton, Modifier.NoModifier, title)
    QTest.mouseRelease(viewport, Button.LeftButton, Modifier.NoModifier, line(pane, 0))
    assert followed == []


def test_the_pointer_shows_what_is_a_link(pane: PapersPane, pointer: WhyPointer) -> None:
    assert pointer.parent() is pane.cards
    assert move(pane, line(pane, 0)) is Shape.PointingHandCursor
    assert move(pane, line(pane, 1)) is Shape.ArrowCursor


def test_a_page_is_in_the_colour_of_a_link(pane: PapersPane, ids: list[PaperId]) -> None:
    pane.model.show_reasons({ids[0]: LINK})
    linked = pane.cards.grab().toImage()
    pane.model.show_reasons({ids[0]: WhyHere(text=LINK.text, marks=LINK.marks)})
    assert pane.cards.grab().toImage() != linked
