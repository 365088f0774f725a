"""The map in the whole window: it shares the list's choice, its keys act on it, and it comes back at the next start."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from readinglist.app import bootstrap
from readinglist.app.bootstrap import Places
from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId, Status
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.known_models import KnownModels
from readinglist.similarity.layouts import Layout, digests_of, layout_file, save_layout
from readinglist.similarity.vectors import VectorStore
from readinglist.ui.main_window import MainWindow
from readinglist.ui.map.looks import ColourBy
from readinglist.ui.map.pane import MapPane
from readinglist.ui.models.scope import ALL
from tests.helpers.drafts import make_draft
from tests.helpers.ui_access import unnamed_controls
from tests.helpers.ui_input import click, press
from tests.helpers.ui_window import focused, open_window

PAPERS = 12
DIMENSIONS = 8


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """A library whose papers are compared and lie on a map, in a circle."""
    with workspace.library.write(None) as writer:
        ids = list(writer.papers.add_many([make_draft(one) for one in range(PAPERS)], status=Status.INBOX))
    with workspace.library.read() as reader:
        hashes = reader.papers.content_hashes()
    _compare(workspace.library.folder / "derived", ids, [hashes[one] for one in ids])
    return workspace


def _compare(folder: Path, ids: list[PaperId], hashes: list[str]) -> None:
    info = EncoderInfo(
        model="made up", revision="1", dimensions=DIMENSIONS, device="Processor", device_reason="", precision="float32"
    )
    rows = np.random.default_rng(1).standard_normal((len(ids), DIMENSIONS)).astype(np.float32)
    store = VectorStore(folder / "vectors", info.key, DIMENSIONS)
    store.append(ids, hashes, rows / np.linalg.norm(rows, axis=1, keepdims=True))
    KnownModels(folder / "vectors").save(EncoderOptions(), info)
    turns = np.arange(len(ids)) * 2 * np.pi / len(ids)
    points = np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)
    layout = Layout(ids=np.array(ids), digests=digests_of(hashes), points=points, arranged=len(ids))
    save_layout(layout_file(folder / "map", info.key), layout)


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def shown_map(window: MainWindow, qtbot: QtBot) -> MapPane:
    """Wait until the map is shown with its papers."""
    qtbot.waitUntil(lambda: isinstance(window.papers.front, MapPane))
    pane = window.papers.front
    assert isinstance(pane, MapPane)
    qtbot.waitUntil(lambda: len(pane.seen.points) == PAPERS and pane.is_settled)
    return pane


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> MapPane:
    window.actions_["view-map"].trigger()
    pane = shown_map(window, qtbot)
    pane.canvas.setFocus()
    return pane


def test_a_click_on_the_map_shows_the_paper_and_chooses_it_in_the_list(
    window: MainWindow, pane: MapPane, qtbot: QtBot
) -> None:
    assert pane.seen.answer is not None
    wanted = PaperId(int(pane.seen.answer.ids[5]))
    click(pane.canvas, pane.canvas.place_of(5).toPoint())
    assert window.papers.chosen == [wanted]
    qtbot.waitUntil(lambda: window.detail.paper is not None and window.detail.paper.id == wanted)
    assert window.papers.cards.currentIndex().row() == window.papers.model.position(wanted)


def test_the_next_paper_of_the_list_is_the_next_on_the_map(window: MainWindow, pane: MapPane, qtbot: QtBot) -> None:
    press(focused(), Qt.Key.Key_J)
    second = window.papers.model.ids[1]
    assert window.papers.current == second
    answer, seen = pane.seen.answer, pane.seen
    assert answer is not None
    qtbot.waitUntil(lambda: seen.current is not None and answer.ids[seen.current] == second)


def test_keys_decide_on_what_is_chosen_on_the_map(
    window: MainWindow, pane: MapPane, workspace: Workspace, qtbot: QtBot
) -> None:
    window.papers.show_scope(ALL)
    qtbot.waitUntil(lambda: not window.papers.query.is_waiting)
    for row in (1, 4, 7):
        control = Qt.KeyboardModifier.ControlModifier if row > 1 else Qt.KeyboardModifier.NoModifier
        click(pane.canvas, pane.canvas.place_of(row).toPoint(), modifiers=control)
    assert len(window.papers.chosen) == 3
    chosen = set(window.papers.chosen)
    press(focused(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: workspace.catalog.counts().by_status[Status.READ] == 3)
    assert set(workspace.catalog.ids("status:read").ids) == chosen
    qtbot.waitUntil(lambda: pane.seen.answer is not None and (pane.seen.answer.statuses == 3).sum() == 3)


def test_what_was_done_is_said_above_the_number_of_the_chosen_papers(
    window: MainWindow, pane: MapPane, qtbot: QtBot
) -> None:
    window.papers.show_scope(ALL)
    qtbot.waitUntil(lambda: not window.papers.query.is_waiting)
    for row in (1, 4):
        control = Qt.KeyboardModifier.ControlModifier if row > 1 else Qt.KeyboardModifier.NoModifier
        click(pane.canvas, pane.canvas.place_of(row).toPoint(), modifiers=control)
    press(focused(), Qt.Key.Key_4)
    qtbot.waitUntil(window.toast.isVisible)
    assert pane.choice_bar.isVisible()
    place = window.toast.mapToGlobal(window.toast.rect().bottomLeft())
    assert place.y() < pane.choice_bar.mapToGlobal(QPoint(0, 0)).y()


def test_a_search_leaves_only_what_it_finds_within_reach(window: MainWindow, pane: MapPane, qtbot: QtBot) -> None:
    window.papers.search.set_text("subject 7")
    qtbot.waitUntil(lambda: pane.seen.listed.sum() == window.papers.model.rowCount() == 1)


def test_a_search_that_finds_nothing_says_so_and_the_map_comes_back(
    window: MainWindow, pane: MapPane, qtbot: QtBot
) -> None:
    window.papers.search.set_text("nowhere")
    qtbot.waitUntil(lambda: not pane.isVisible())
    window.papers.search.clear()
    qtbot.waitUntil(pane.isVisible)


def test_actions_on_the_map_make_sense_while_it_is_shown(window: MainWindow, pane: MapPane) -> None:
    assert window.actions_["map-zoom-in"].isEnabled()
    press(pane.canvas, Qt.Key.Key_Plus)
    assert pane.canvas.camera.zoom > 1
    press(pane.canvas, Qt.Key.Key_0)
    assert pane.canvas.camera.zoom == 1
    window.actions_["view-cards"].trigger()
    assert not window.actions_["map-zoom-in"].isEnabled()
    assert not pane.isVisible()


def test_the_keyboard_comes_back_to_the_map(window: MainWindow, pane: MapPane) -> None:
    window.papers.search.focus()
    press(focused(), Qt.Key.Key_Down)
    assert focused() is pane.canvas
    window.detail.left.emit()
    assert focused() is pane.canvas


def test_every_control_of_the_map_has_a_name(window: MainWindow, pane: MapPane) -> None:
    assert pane.isVisible()
    assert unnamed_controls(window) == []


def test_a_window_that_was_left_with_the_map_comes_back_with_it(
    workspace: Workspace, places: Places, qtbot: QtBot
) -> None:
    first = open_window(workspace, qtbot)
    window = next(first)
    window.actions_["view-map"].trigger()
    pane = shown_map(window, qtbot)
    pane.legend.colour_chosen.emit(ColourBy.YEAR)
    window.close()
    list(first)
    again = bootstrap.open_workspace(places)
    second = open_window(again, qtbot)
    pane = shown_map(next(second), qtbot)
    assert pane.colour is ColourBy.YEAR
    list(second)
    again.close()
