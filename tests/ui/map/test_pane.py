"""The map in use: pointing, choosing, drawing around, keys, the legend, and what it says without a map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId, PaperRow
from readinglist.services.events import EventHub, JobProgress, JobState
from readinglist.services.jobs import InlineRunner, JobContext
from readinglist.services.library_map import LABEL
from readinglist.services.map_answer import MapAnswer, Stage
from readinglist.ui import theme
from readinglist.ui.actions import Context
from readinglist.ui.bridge import Bridge
from readinglist.ui.map.canvas import REACH
from readinglist.ui.map.hover_card import NO_BREAK, facts_of
from readinglist.ui.map.legend import Entry
from readinglist.ui.map.looks import ColourBy
from readinglist.ui.map.pane import MapPane
from readinglist.ui.widgets.action_set import ActionSet
from tests.helpers.made_map import made_map, make_row
from tests.helpers.ui_access import unnamed_controls
from tests.helpers.ui_core import destroy
from tests.helpers.ui_input import press

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class MadeUpCatalog:
    """Has a row for every number."""

    def rows(self, ids: Sequence[PaperId], /) -> list[PaperRow]:
        """Return rows."""
        return [make_row(one) for one in ids]


@dataclass(slots=True)
class MadeUpMap:
    """Answers with what it was given.

    Attributes:
        arranged: How often it was asked to arrange.
        compared: How often it was asked to compare.
        is_started: Somebody looks at it.
    """

    answer: MapAnswer = field(default_factory=made_map)
    looked: int = 0
    arranged: int = 0
    compared: int = 0
    is_started: bool = False

    def start(self) -> None:
        """Note it."""
        self.is_started = True

    def look(self) -> MapAnswer:
        """Return the answer."""
        self.looked += 1
        return self.answer

    def arrange_anew(self) -> None:
        """Note it."""
        self.arranged += 1

    def compare(self, _context: JobContext, /) -> None:
        """Note it."""
        self.compared += 1


@dataclass(slots=True)
class MadeUpCore:
    """A core with nothing but a map."""

    catalog: MadeUpCatalog = field(default_factory=MadeUpCatalog)
    map: MadeUpMap = field(default_factory=MadeUpMap)


class Scene:
    """A map on the screen, and a hand for it."""

    def __init__(self, answer: MapAnswer) -> None:
        self.core = MadeUpCore(map=MadeUpMap(answer))
        self.events = EventHub()
        self.bridge = Bridge(InlineRunner(self.events), self.events)
        self.window = QWidget()
        self.actions = ActionSet(self.window, {})
        self.pane = MapPane(self.core, self.bridge, self.actions, self.window)
        self.actions.attach(self.pane, Context.MAP)
        self.made: list[tuple[set[int], int | None]] = []
        self.pane.choice_made.connect(self._choose)
        self.canvas = self.pane.canvas
        self.window.resize(640, 560)
        self.pane.resize(640, 560)
        self.pane.show_list([PaperId(one) for one in range(1, 26)])

    def show(self, qtbot: QtBot) -> None:
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.core.map.looked > 0 and self.pane.is_settled)
        self.canvas.setFocus()
        QApplication.processEvents()

    def place(self, row: int) -> QPoint:
        return self.canvas.place_of(row).toPoint()

    def click(self, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.canvas, LEFT, modifiers, self.place(row))

    def drag(self, *places: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.canvas, LEFT, modifiers, places[0])
        for place in places[1:]:
            self.move(place, held=LEFT, modifiers=modifiers)
        QTest.mouseRelease(self.canvas, LEFT, modifiers, places[-1])

    def move(
        self,
        place: QPoint,
        *,
        held: Qt.MouseButton = Qt.MouseButton.NoButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        at, where = QPointF(place), QPointF(self.canvas.mapToGlobal(place))
        event = QMouseEvent(QEvent.Type.MouseMove, at, where, Qt.MouseButton.NoButton, held, modifiers)
        QApplication.sendEvent(self.canvas, event)

    def around(self, *rows: int) -> list[QPoint]:
        """Return corners of a line around points."""
        places = [self.place(row) for row in rows]
        left, right = min(one.x() for one in places) - 15, max(one.x() for one in places) + 15
        top, bottom = min(one.y() for one in places) - 15, max(one.y() for one in places) + 15
        return [QPoint(*one) for one in ((left, top), (right, top), (right, bottom), (left, bottom), (left, top + 2))]

    def chosen(self) -> set[int]:
        return set(self.pane.seen.answer.ids[self.pane.seen.chosen].tolist()) if self.pane.seen.answer else set()

    def _choose(self, ids: set[PaperId], current: PaperId | None) -> None:
        """Do what the list does: its choice comes back to the map."""
        self.made.append(({int(one) for one in ids}, current))
        self.pane.show_choice(ids, current)


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    scene = Scene(made_map(tags={("vision", "blue"): [1, 2]}))
    scene.show(qtbot)
    yield scene
    destroy(scene.window)
    scene.bridge.close()


def test_whoever_looks_starts_the_work(scene: Scene) -> None:
    assert scene.core.map.is_started
    assert scene.canvas.camera.zoom == 1
    assert "Whole" in scene.canvas.labels


def test_a_click_chooses_one_paper(scene: Scene) -> None:
    scene.click(7)
    assert scene.made == [({8}, 8)]
    assert scene.chosen() == {8}
    assert scene.pane.seen.current == 7


def test_control_adds_and_takes_away_and_shift_adds(scene: Scene) -> None:
    scene.click(7)
    scene.click(8, CONTROL)
    assert scene.chosen() == {8, 9}
    scene.click(8, CONTROL)
    assert scene.chosen() == {8}
    scene.click(12, SHIFT)
    assert scene.chosen() == {8, 13}
    scene.click(8, CONTROL)
    scene.click(7, CONTROL)
    scene.click(8, CONTROL)
    assert scene.chosen() == {13}, "the current paper may go, the last one stays"
    scene.click(12, CONTROL)
    assert scene.chosen() == {13}


def test_a_click_beside_all_papers_changes_nothing(scene: Scene) -> None:
    scene.click(7)
    QTest.mouseClick(scene.canvas, LEFT, pos=scene.place(7) + QPoint(REACH * 3, 0))
    assert scene.chosen() == {8}


def test_a_double_click_opens(scene: Scene, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scene.pane.opened):
        QTest.mouseDClick(scene.canvas, LEFT, pos=scene.place(3))


def test_a_drag_moves_the_map_and_chooses_nothing(scene: Scene) -> None:
    press(scene.canvas, Qt.Key.Key_Plus)
    before = scene.place(12)
    start = QPoint(300, 200)
    scene.drag(start, start + QPoint(10, 5), start + QPoint(40, 25))
    assert scene.place(12) - before == QPoint(40, 25)
    assert scene.made == []


def test_the_wheel_comes_nearer_to_where_the_pointer_is(scene: Scene) -> None:
    place = scene.place(6)
    at, where = QPointF(place), QPointF(scene.canvas.mapToGlobal(place))
    for turn in (120, 120):
        event = QWheelEvent(
            at,
            where,
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            SHIFT & CONTROL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(scene.canvas, event)
    assert scene.canvas.camera.zoom > 1.3
    assert (scene.place(6) - place).manhattanLength() <= 2


def test_a_pinch_comes_nearer(scene: Scene) -> None:
    at = QPointF(200, 200)
    device = QPointingDevice.primaryPointingDevice()
    pinch = QNativeGestureEvent(Qt.NativeGestureType.ZoomNativeGesture, device, 2, at, at, at, 0.5, QPointF())
    QApplication.sendEvent(scene.canvas, pinch)
    assert scene.canvas.camera.zoom == pytest.approx(1.5)


def test_keys_zoom_and_show_everything_again(scene: Scene) -> None:
    zooms = []
    for action in ("zoom_in", "zoom_in", "zoom_out", "fit"):
        getattr(scene.canvas, action)()
        zooms.append(scene.canvas.camera.zoom)
    assert zooms[1] > zooms[0] > 1
    assert zooms[2] == pytest.approx(zooms[0])
    assert zooms[3] == 1


def test_the_chosen_papers_are_seen_as_large_as_they_fit_or_else_the_list(scene: Scene) -> None:
    scene.drag(*scene.around(0, 6), modifiers=SHIFT)
    scene.canvas.fit_chosen()
    assert all(scene.canvas.rect().contains(scene.place(row)) for row in (0, 1, 5, 6))
    assert not scene.canvas.rect().contains(scene.place(24))
    scene.click(0)
    scene.pane.show_list([PaperId(19), PaperId(25)])
    scene.canvas.fit_chosen()
    assert scene.canvas.rect().contains(scene.place(24))
    assert not scene.canvas.rect().contains(scene.place(0))


def test_a_click_on_a_name_goes_there(scene: Scene, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: scene.canvas.labels == ["Whole"])
    (label,) = scene.canvas.over.labels
    QTest.mouseClick(scene.canvas, LEFT, pos=label.rect.topLeft().toPoint() + QPoint(3, 3))
    assert scene.canvas.camera.zoom > 1.3
    assert scene.made == []


def test_papers_have_their_titles_beside_them_where_they_are_few(scene: Scene, qtbot: QtBot) -> None:
    scene.window.resize(1100, 560)
    scene.pane.resize(1100, 560)
    qtbot.waitUntil(lambda: len(scene.canvas.over.titles) > 3)
    scene.pane.show_list([PaperId(7)])
    qtbot.waitUntil(lambda: [one.row for one in scene.canvas.over.titles] == [6])


def test_arrows_go_from_paper_to_paper(scene: Scene) -> None:
    scene.click(12)
    for key, wanted in (("Right", 14), ("Down", 19), ("Left", 18), ("Up", 13)):
        press(scene.canvas, Qt.Key[f"Key_{key}"])
        assert scene.chosen() == {wanted}
    press(scene.canvas, Qt.Key.Key_Right, modifiers=SHIFT)
    assert scene.chosen() == {13, 14}


def test_the_first_arrow_begins_in_the_middle(scene: Scene) -> None:
    press(scene.canvas, Qt.Key.Key_Down)
    assert scene.chosen() == {13}


def test_a_paper_that_is_come_to_is_brought_into_sight(scene: Scene) -> None:
    scene.click(0)
    for _ in range(8):
        scene.canvas.zoom_in()
    assert not scene.canvas.rect().contains(scene.place(24))
    scene.pane.show_choice({PaperId(25)}, PaperId(25))
    assert scene.canvas.rect().contains(scene.place(24))


def test_control_and_arrows_move_the_map(scene: Scene) -> None:
    before = scene.place(12)
    press(scene.canvas, Qt.Key.Key_Right, modifiers=CONTROL)
    assert scene.place(12).x() < before.x()
    assert scene.made == []


def test_a_line_drawn_with_shift_chooses_what_is_within(scene: Scene) -> None:
    scene.drag(*scene.around(0, 6), modifiers=SHIFT)
    assert scene.chosen() == {1, 2, 6, 7}
    assert scene.pane.choice_bar.isVisible()
    assert scene.pane.choice_bar.text == "4 papers chosen"
    scene.drag(*scene.around(24, 18), modifiers=SHIFT | CONTROL)
    assert scene.chosen() == {1, 2, 6, 7, 19, 20, 24, 25}


def test_the_lasso_button_lets_the_next_drag_choose(scene: Scene) -> None:
    lasso = scene.actions["map-lasso"]
    lasso.trigger()
    scene.drag(*scene.around(0, 6))
    assert scene.chosen() == {1, 2, 6, 7}
    assert not lasso.isChecked()
    scene.drag(QPoint(200, 200), QPoint(230, 230))
    assert scene.chosen() == {1, 2, 6, 7}


def test_escape_lays_the_lasso_down(scene: Scene) -> None:
    lasso = scene.actions["map-lasso"]
    lasso.trigger()
    press(scene.canvas, Qt.Key.Key_Escape)
    assert not lasso.isChecked()
    corners = scene.around(0, 6)
    QTest.mousePress(scene.canvas, LEFT, SHIFT, corners[0])
    for corner in corners[1:]:
        scene.move(corner, held=LEFT, modifiers=SHIFT)
    press(scene.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(scene.canvas, LEFT, SHIFT, corners[-1])
    assert scene.made == []


def test_a_click_with_the_lasso_in_hand_chooses_one(scene: Scene) -> None:
    scene.actions["map-lasso"].trigger()
    scene.click(7)
    assert scene.chosen() == {8}


def test_the_bar_of_chosen_papers_offers_actions_and_goes_back_to_one(scene: Scene, qtbot: QtBot) -> None:
    scene.click(0)
    scene.drag(*scene.around(0, 6), modifiers=SHIFT)
    bar = scene.pane.choice_bar
    with qtbot.waitSignal(scene.pane.menu_wanted):
        bar.menu_button.click()
    bar.clear_button.click()
    assert len(scene.chosen()) == 1
    assert not bar.isVisible()


def test_a_pointer_at_rest_shows_the_title(scene: Scene, qtbot: QtBot) -> None:
    scene.move(scene.place(4))
    qtbot.waitUntil(lambda: scene.pane.hover.text == make_row(5).title)
    assert scene.canvas.rect().contains(scene.pane.hover.geometry())
    scene.move(scene.place(4) + QPoint(0, REACH * 3))
    assert scene.pane.hover.text == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Ada Author and another · 2024 · Inbox · 3 upvotes"),
        ({"author_count": 9, "upvotes": None}, "Ada Author and others · 2024 · Inbox"),
        ({"author_count": 1, "upvotes": 1}, "Ada Author · 2024 · Inbox · 1 upvote"),
        ({"authors": (), "organization": "A House", "published": None, "upvotes": 0}, "A House · Inbox"),
        ({"authors": (), "author_count": 4, "upvotes": 0}, "2024 · Inbox"),
    ],
)
def test_the_card_says_who_when_and_where_it_stands(facts: dict[str, Any], words: str) -> None:
    assert facts_of(replace(make_row(3), **facts)).replace(NO_BREAK, " ") == words


def test_papers_outside_the_list_are_faint_and_out_of_reach(scene: Scene) -> None:
    before = scene.canvas.grab().toImage()
    scene.pane.show_list([PaperId(1), PaperId(2)])
    assert scene.canvas.grab().toImage() != before
    scene.click(12)
    assert scene.made == []
    scene.click(1)
    assert scene.chosen() == {2}


def test_a_list_that_is_not_on_the_map_says_so(scene: Scene) -> None:
    scene.pane.show_list([PaperId(901), PaperId(902)])
    assert scene.pane.notice.text == "None of these papers is on the map."
    scene.pane.show_list([PaperId(1)])
    assert not scene.pane.notice.isVisible()


def test_vectors_of_some_papers_do_not_have_the_map_read_again(scene: Scene, qtbot: QtBot) -> None:
    looked = scene.core.map.looked
    scene.events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS}), ids=frozenset({PaperId(1)})))
    QApplication.processEvents()
    assert scene.pane.is_settled
    scene.events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))
    qtbot.waitUntil(lambda: scene.core.map.looked > looked)


def test_the_menu_is_about_the_paper_under_the_pointer(scene: Scene, qtbot: QtBot) -> None:
    from PySide6.QtGui import QContextMenuEvent

    place = scene.place(9)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, scene.canvas.mapToGlobal(place))
    with qtbot.waitSignal(scene.pane.menu_wanted):
        QApplication.sendEvent(scene.canvas, event)
    assert scene.chosen() == {10}


def entries(scene: Scene) -> dict[str, Entry]:
    return {one.key: one for one in scene.pane.legend.findChildren(Entry) if one.isVisible()}


def test_the_legend_names_kinds_and_hides_them(scene: Scene) -> None:
    shown = entries(scene)
    assert list(shown) == ["inbox", "to-read", "reading", "read", "skipped"]
    assert shown["inbox"].accessibleName() == "Inbox, 5 papers"
    shown["inbox"].click()
    scene.click(0)
    assert scene.made == [], "what is hidden cannot be chosen"
    shown["inbox"].click()
    scene.click(0)
    assert scene.chosen() == {1}


def test_the_legend_counts_anew_and_keeps_its_entries_and_the_keyboard(scene: Scene) -> None:
    before = entries(scene)
    before["reading"].setFocus()
    answer = made_map()
    answer.statuses[0] = 2
    scene.pane.show_answer(answer)
    after = entries(scene)
    assert after["reading"].accessibleName() == "Reading, 6 papers"
    assert after == before
    assert after["reading"].hasFocus()


def test_colours_can_tell_something_else_and_remember_what_is_hidden(scene: Scene, qtbot: QtBot) -> None:
    entries(scene)["inbox"].click()
    with qtbot.waitSignal(scene.pane.colour_changed) as told:
        scene.pane.set_colour(ColourBy.TAG)
    assert told.args == ["tag"]
    assert list(entries(scene)) == ["tag vision", "none"]
    scene.pane.set_colour(ColourBy.STATUS)
    assert not entries(scene)["inbox"].isChecked()


def test_a_change_of_the_library_is_seen(scene: Scene, qtbot: QtBot) -> None:
    scene.click(0)
    answer = made_map(24)
    scene.core.map.answer = replace(answer, total=26)
    scene.events.publish(Changes(kinds=frozenset({ChangeKind.REMOVED}), ids=frozenset({PaperId(25)})))
    qtbot.waitUntil(lambda: len(scene.pane.seen.points) == 24)
    assert scene.chosen() == {1}
    assert scene.pane.notice.text == "2 papers not on the map yet: not compared so far."


def test_a_map_that_many_came_to_offers_to_arrange_anew(scene: Scene, qtbot: QtBot) -> None:
    scene.pane.show_answer(replace(scene.core.map.answer, is_outgrown=True))
    assert scene.pane.notice.text == "Many papers came after the map was arranged."
    scene.pane.notice.button.click()
    assert scene.core.map.arranged == 1


def test_colours_follow_the_theme(scene: Scene, qapp: QApplication) -> None:
    before = scene.canvas.grab().toImage()
    theme.apply(qapp, "dark")
    assert scene.canvas.grab().toImage() != before


def test_the_current_paper_is_said_to_those_who_hear_the_window(scene: Scene) -> None:
    assert scene.canvas.accessibleName() == "Map of the papers"
    scene.click(3)
    assert make_row(4).title in scene.canvas.accessibleDescription()
    assert unnamed_controls(scene.window) == []


@pytest.mark.parametrize(
    ("stage", "compared", "title", "hint"),
    [
        (Stage.TOO_FEW, 0, "Too few papers for a map", "A map needs 10 papers; there are 0 so far."),
        (
            Stage.COMPARING,
            3,
            "The papers are not compared yet",
            "A map needs them compared by meaning: 3 of 0 papers so far.",
        ),
        (Stage.ARRANGING, 0, "The map is being arranged", "It goes on in the background."),
        (Stage.WAITING, 0, "The map is not arranged yet", "It takes a minute or less, and goes on in the background."),
    ],
)
def test_without_a_map_it_says_why(scene: Scene, stage: Stage, compared: int, title: str, hint: str) -> None:
    scene.pane.show_answer(replace(made_map(0, stage=stage), compared=compared))
    none = scene.pane.none
    assert none.isVisible()
    assert (none._title.text(), none._hint.text()) == (title, hint)
    assert none.button.isVisible() == (stage is Stage.WAITING)
    assert none.compare_button.isVisible() == (stage is Stage.COMPARING)


def test_while_it_is_arranged_it_says_how_far(scene: Scene) -> None:
    scene.pane.show_answer(made_map(0, stage=Stage.ARRANGING))
    scene.events.publish(JobProgress(job_id=1, label=LABEL, state=JobState.RUNNING, done=43, total=100))
    QApplication.processEvents()
    assert scene.pane.none._hint.text() == "43% done. It goes on in the background."


def test_what_the_reader_wants_arranged_is_arranged(scene: Scene) -> None:
    scene.pane.show_answer(made_map(0, stage=Stage.WAITING))
    scene.pane.none.button.click()
    assert scene.core.map.arranged == 1


def test_papers_that_are_not_compared_are_compared_when_that_is_asked_for(scene: Scene) -> None:
    scene.pane.show_answer(made_map(0, stage=Stage.COMPARING))
    scene.pane.none.compare_button.click()
    assert scene.core.map.compared == 1
    assert not scene.pane.none.compare_button.isVisible()


def test_papers_that_are_being_compared_are_only_waited_for(scene: Scene) -> None:
    scene.pane.show_answer(replace(made_map(0, stage=Stage.COMPARING), is_comparing=True, total=20, compared=3))
    assert scene.pane.none._title.text() == "The papers are being compared"
    assert scene.pane.none._hint.text() == "Then there will be a map: 3 of 20 papers so far."
    assert not scene.pane.none.compare_button.isVisible()


def test_what_is_in_the_way_of_comparing_is_said(scene: Scene) -> None:
    scene.pane.show_answer(replace(made_map(0, stage=Stage.COMPARING), problem="The model is not there."))
    assert scene.pane.none._hint.text() == "The model is not there."
    assert scene.pane.none.compare_button.isVisible()


def test_points_that_came_while_nearer_leave_the_view_alone(scene: Scene) -> None:
    scene.canvas.zoom_in()
    scene.canvas.zoom_in()
    before = scene.canvas.camera
    scene.pane.show_answer(made_map(40))
    after = scene.canvas.camera
    assert (after.x, after.y, after.scale) == (before.x, before.y, before.scale)
    assert np.array_equal(scene.pane.seen.points, made_map(40).points)
