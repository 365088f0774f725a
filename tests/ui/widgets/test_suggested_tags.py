"""Suggested tags: a line that is there only while something is suggested."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

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


def long_names(*names: str) -> list[SuggestedTag]:
    return [SuggestedTag(name=f"computer-vision/{name}", reason="Near.") for name in names]


def test_two_long_names_share_a_narrow_line_and_stand_whole_in_a_wide_one(row: SuggestedTags) -> None:
    row.begin_with(QLabel("300 papers are chosen", row))
    row.show_tags(long_names("segmentation", "registration"))
    row.resize(300, 200)
    first, second = (one.geometry() for one in chips(row))
    assert first.top() == second.top() > 0
    assert first.width() == second.width()
    assert second.right() < 300
    row.resize(900, 200)
    assert [one.width() for one in chips(row)] == [one.sizeHint().width() for one in chips(row)]


def test_a_short_name_leaves_a_long_one_beside_it_what_it_does_not_need(row: SuggestedTags) -> None:
    row.begin_with(QLabel("300 papers are chosen", row))
    row.show_tags([*long_names("segmentation of very small things"), ODD])
    row.resize(300, 200)
    long, short = chips(row)
    assert short.width() == short.sizeHint().width()
    assert long.geometry().top() == short.geometry().top()
    assert 150 < long.width() < long.sizeHint().width()


def test_what_fits_beside_the_label_is_whole(row: SuggestedTags) -> None:
    row.show_tags(long_names("pose", "registration"))
    row.resize(300, 200)
    assert [one.width() for one in chips(row)] == [one.sizeHint().width() for one in chips(row)]
