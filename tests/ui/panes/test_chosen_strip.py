"""Several papers are chosen: they are counted, and tags are offered that all of them could have."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from readinglist.app.settings import SHORTCUTS
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import PaperId
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.widgets.suggested_tags import GhostChip
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click, press

VISION = SuggestedTag(name="ml/vision", reason="2 of the 3 papers are near papers that have it.")


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    ids = core.add(*(make_draft(number) for number in range(1, 6)))
    core.recommend.suggestions = dict.fromkeys(ids, (VISION,))
    return ids


@pytest.fixture
def pane(core: UiCore, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(core, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(420, 900)
    pane.show()
    return pane


def chip(pane: DetailPane, qtbot: QtBot) -> GhostChip:
    """Return the tag that is offered for all."""
    qtbot.waitUntil(lambda: pane.chosen.suggested.suggestions == (VISION,))
    found = pane.chosen.findChild(GhostChip, "suggested-ml/vision")
    assert found is not None
    return found


def test_one_paper_needs_no_counting(pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot) -> None:
    pane.show_paper(ids[0])
    pane.show_choice(ids[:1])
    assert not pane.chosen.isVisible()
    assert pane.suggested is pane.page.suggested
    assert pane.is_suggesting
    qtbot.waitUntil(lambda: pane.page.suggested.suggestions == (VISION,))
    assert core.recommend.asked_for_all == []


def test_several_papers_are_counted_and_asked_about_together(
    pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    for count in (2, 3):
        pane.show_choice(ids[:count])
    label = pane.findChild(QLabel, "detail-chosen-count")
    assert label is not None
    assert label.isVisible()
    assert label.text() == "3 papers chosen"
    offered = chip(pane, qtbot)
    assert VISION.reason[1:] in offered.toolTip()
    assert (core.recommend.asked, core.recommend.asked_for_all) == ([], [tuple(ids[:3])])
    assert pane.suggested is pane.chosen.suggested
    pane.show_choice([])
    assert not pane.chosen.isVisible()
    assert pane.chosen.suggested.suggestions == ()


def test_a_click_tags_all_and_a_change_of_tags_asks_again(
    pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    pane.show_choice(ids[:3])
    offered = chip(pane, qtbot)
    core.recommend.suggestions = {}
    with qtbot.waitSignal(pane.edited) as told:
        click(offered)
        assert pane.chosen.suggested.suggestions == ()
    assert told.args == ["3 papers tagged ml/vision."]
    assert [core.catalog.get(one).tags for one in ids[:4]] == [("ml/vision",)] * 3 + [()]
    qtbot.waitUntil(lambda: pane.page.tags.names == ("ml/vision",))
    qtbot.waitUntil(lambda: len(core.recommend.asked_for_all) == 2)
    core.undo.undo()
    qtbot.waitUntil(lambda: pane.page.tags.names == ())
    assert core.catalog.get(ids[2]).tags == ()


def test_delete_refuses_it_for_all_in_one_step(
    pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot
) -> None:
    pane.show_paper(ids[0])
    pane.show_choice(ids[:3])
    offered = chip(pane, qtbot)
    with qtbot.waitSignal(pane.edited) as told:
        press(offered, Qt.Key.Key_Delete)
    assert told.args == ["The tag ml/vision is no longer suggested for 3 papers."]
    with core.library.read() as reader:
        assert [reader.feedback.refused_tags(one) for one in ids[:3]] == [{"ml/vision"}] * 3
    core.undo.undo()
    with core.library.read() as reader:
        assert [reader.feedback.refused_tags(one) for one in ids[:3]] == [frozenset()] * 3


def test_the_readers_own_key_is_named(pane: DetailPane, ids: list[PaperId], core: UiCore, qtbot: QtBot) -> None:
    core.settings.set(SHORTCUTS, "accept-tag=Y")
    pane.show_choice(ids)
    assert "(Y)" in chip(pane, qtbot).toolTip()
