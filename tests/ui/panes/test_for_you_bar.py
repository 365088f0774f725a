"""The line above recommendations: what they go by, how far the comparison is, and the slider."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from readinglist.domain.for_you import ForYou, Wish
from readinglist.domain.paper import PaperId
from readinglist.ui import theme
from readinglist.ui.panes.for_you_bar import PAGE, ForYouBar
from tests.helpers.ui_core import destroy
from tests.helpers.ui_input import press


@pytest.fixture
def bar(qapp: QApplication) -> Iterator[ForYouBar]:
    theme.apply(qapp, "light")
    bar = ForYouBar()
    bar.resize(420, 80)
    bar.show_wish(Wish())
    bar.show()
    yield bar
    destroy(bar)


def answer(*, decided: int = 0, notice: str = "", progress: tuple[int, int] | None = None) -> ForYou:
    return ForYou(ids=[PaperId(1)], scores=(0.5,), decided=decided, notice=notice, progress=progress)


def test_it_says_what_the_list_goes_by(bar: ForYouBar) -> None:
    bar.show_answer(answer(decided=1))
    assert bar.basis.text() == "From what you did with 1 paper"
    assert not bar.notice.isVisible()
    assert not bar.progress.isVisible()
    assert not bar.whole.isVisible()
    assert bar.slider.isVisible()


def test_it_says_how_many_papers_it_shows_the_first_of(bar: ForYouBar) -> None:
    bar.show_answer(replace(answer(decided=99), total=1114))
    assert bar.basis.text() == "From what you did with 99 papers · the first 1 of 1,114"


def test_where_nothing_is_known_it_says_so_and_there_is_nothing_to_be_near_to(bar: ForYouBar) -> None:
    bar.show_answer(answer(notice="Nothing is known yet."))
    assert not bar.basis.isVisible()
    assert bar.notice.isVisible()
    assert bar.notice.text() == "Nothing is known yet."
    assert not bar.slider.isVisible()


def test_the_comparison_shows_how_far_it_is(bar: ForYouBar) -> None:
    bar.show_answer(answer(notice="Not complete yet.", progress=(30, 120)))
    assert bar.progress.isVisible()
    assert (bar.progress.value(), bar.progress.maximum()) == (30, 120)


def test_a_long_wait_is_shown_until_the_answer_comes_or_none_does(bar: ForYouBar) -> None:
    bar.show_waiting()
    assert (bar.progress.isVisible(), bar.notice.isVisible(), bar.slider.isVisible()) == (True, True, False)
    assert bar.progress.maximum() == 0
    bar.end_waiting()
    assert (bar.progress.isVisible(), bar.notice.isVisible()) == (False, False)
    bar.show_waiting()
    bar.show_answer(answer(decided=3, notice="Not complete yet."))
    assert (bar.progress.isVisible(), bar.notice.isVisible(), bar.slider.isVisible()) == (False, True, True)
    bar.end_waiting()
    assert bar.notice.isVisible(), "it belongs to the answer that is there"


def test_a_list_of_its_own_has_a_way_back(bar: ForYouBar, qtbot: QtBot) -> None:
    bar.show_wish(Wish(like=(PaperId(3),)))
    assert bar.whole.isVisible()
    assert not bar.basis.isVisible()
    with qtbot.waitSignal(bar.whole_wanted):
        press(bar.whole, Qt.Key.Key_Space)


def test_the_slider_tells_where_it_came_to_rest_and_is_silent_when_it_is_put(bar: ForYouBar, qtbot: QtBot) -> None:
    chosen: list[int] = []
    bar.surprise_chosen.connect(chosen.append)
    bar.show_surprise(20)
    press(bar.slider, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: chosen == [20 + 2 * PAGE])
    assert isinstance(bar.slider, QSlider)
    assert bar.slider.accessibleName()
