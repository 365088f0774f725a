"""Suggested tags: a line that is there only while something is suggested."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.domain.for_you import SuggestedTag
from readinglist.ui import theme
from readinglist.ui.widgets.suggested_tags import GhostChip, SuggestedTags
from tests.helpers.ui_core import destroy
from tests.helpers.ui_input import click, press

VISION = SuggestedTag(name="ml/vision", reason="7 papers near this one have the tag.")
ODD = SuggestedTag(name="R&D <b>", reason="2 papers near this one have the tag.")


@pytest.fixture
def row(qapp: QApplication) -> Iterator[SuggestedTags]:
    theme.apply(qapp, "light")
    row = SuggestedTags()
    yield row
    destroy(row)


def chips(row: SuggestedTags) -> list[GhostChip]:
    return [one for one in row.findChildren(GhostChip) if one.isVisibleTo(row)]


def test_each_suggestion_is_a_button_that_says_why(row: SuggestedTags) -> None:
    row.set_keys("A")
    row.show_tags([VISION, ODD])
    assert row.isVisible()
    first, second = chips(row)
    assert (first.text(), second.text()) == ("ml/vision", "R&D <b>")
    assert first.accessibleName() == "Add the tag ml/vision"
    assert "Add the tag ml/vision: 7 papers near this one have the tag. (A)" in first.toolTip()
    assert "&lt;b&gt;" in second.toolTip()
    assert "(A)" not in second.toolTip()


def test_a_click_or_the_space_bar_takes_a_tag(row: SuggestedTags) -> None:
    taken: list[str] = []
    row.accepted.connect(taken.append)
    row.show_tags([VISION, ODD])
    first, second = chips(row)
    click(second)
    press(first, Qt.Key.Key_Space)
    assert taken == ["R&D <b>", "ml/vision"]


def test_the_cross_or_delete_refuses_a_tag(row: SuggestedTags) -> None:
    taken: list[str] = []
    refused: list[str] = []
    row.accepted.connect(taken.append)
    row.refused.connect(refused.append)
    row.show_tags([VISION, ODD])
    first, second = chips(row)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(first.width() - 10, first.height() // 2))
    press(second, Qt.Key.Key_Delete)
    assert refused == ["ml/vision", "R&D <b>"]
    assert taken == []


def test_without_suggestions_the_line_is_not_there(row: SuggestedTags) -> None:
    row.show_tags([VISION])
    row.show_tags([])
    assert not row.isVisible()
    assert chips(row) == []
    row.show_tags([ODD])
    assert [one.name for one in row.suggestions] == ["R&D <b>"]


def test_the_first_tag_is_taken_or_refused_by_who_has_the_key(row: SuggestedTags) -> None:
    taken: list[str] = []
    row.accepted.connect(lambda name: taken.append(f"+{name}"))
    row.refused.connect(lambda name: taken.append(f"-{name}"))
    assert not row.accept_first()
    assert not row.refuse_first()
    row.show_tags([VISION, ODD])
    assert row.accept_first()
    assert row.refuse_first()
    assert taken == ["+ml/vision", "-ml/vision"]
    row.leave_out(["ml/vision"])
    assert row.suggestions == (ODD,)


def test_a_screen_reader_is_told_what_a_tag_is_suggested_for() -> None:
    row = SuggestedTags(label="Suggested for all", these="these papers")
    row.show_tags([VISION])
    assert chips(row)[0].accessibleDescription().endswith("no more for these papers.")
    destroy(row)
