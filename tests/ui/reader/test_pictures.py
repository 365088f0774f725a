"""Pictures of pages: what is on the screen waits for nothing else, and what was in no hurry can come to be."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.domain.pages import PagePicture, PageSize, PdfInfo, PictureWanted
from readinglist.services.events import EventHub
from readinglist.services.jobs import InlineRunner
from readinglist.ui.bridge import Bridge
from readinglist.ui.reader.foreseeing import First, Foreseen, first_wanted
from readinglist.ui.reader.pictures import Pictures, Sharp
from readinglist.ui.reader.viewing import Fit, Place

SIZE = PageSize(600, 800)
SCALE = 1.0  # so small that no smaller picture comes first


@dataclass(slots=True)
class Papers:
    """A document whose pictures come when the test says so."""

    info: PdfInfo = field(default_factory=lambda: PdfInfo(pages=(SIZE,) * 9, is_encrypted=False, is_repaired=False))
    asked: list[tuple[PictureWanted, bool, "Future[PagePicture]"]] = field(default_factory=list)

    def picture(self, wanted: PictureWanted, *, is_urgent: bool = True) -> "Future[PagePicture]":
        """Promise it."""
        future: Future[PagePicture] = Future()
        self.asked.append((wanted, is_urgent, future))
        return future

    def urgent_pages(self) -> list[int]:
        """Return the pages that were asked for in a hurry, in order."""
        return [wanted.page for wanted, is_urgent, _ in self.asked if is_urgent]


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def pictures(papers: Papers, qapp: QApplication) -> Iterator[Pictures]:
    events = EventHub()
    bridge = Bridge(InlineRunner(events), events, qapp)
    yield Pictures(papers, bridge)  # type: ignore[arg-type]  # of a document only what draws is needed
    bridge.close()


def make_picture(wanted: PictureWanted) -> PagePicture:
    width, height = round(SIZE.width * wanted.scale), round(SIZE.height * wanted.scale)
    pixels = bytes(4 * width * height)
    return PagePicture(width=width, height=height, stride=4 * width, scale=wanted.scale, pixels=pixels)


def sharp(*pages: int) -> list[Sharp]:
    return [Sharp(page=page, scale=SCALE) for page in pages]


def show_first(pictures: Pictures, papers: Papers, qtbot: QtBot) -> None:
    """Let the first page come, and forget it."""
    pictures.wish(sharp(9), [])
    wanted, _, future = papers.asked.pop()
    future.set_result(make_picture(wanted))
    qtbot.waitUntil(lambda: pictures.is_ready)


def test_what_lies_ahead_comes_after_the_first_page(pictures: Pictures, papers: Papers, qtbot: QtBot) -> None:
    pictures.wish(sharp(1), sharp(2))
    assert [wanted.page for wanted, _, _ in papers.asked] == [1]
    wanted, _, future = papers.asked[0]
    future.set_result(make_picture(wanted))
    qtbot.waitUntil(lambda: len(papers.asked) == 2)
    assert papers.asked[1][0].page == 2


def test_what_is_on_the_screen_does_not_wait_for_heavy_pages_ahead(
    pictures: Pictures, papers: Papers, qtbot: QtBot
) -> None:
    show_first(pictures, papers, qtbot)
    pictures.wish(sharp(1), sharp(2, 3, 4))
    assert [wanted.page for wanted, _, _ in papers.asked] == [1, 2, 3]
    for _, _, future in papers.asked:
        future.set_running_or_notify_cancel()  # being drawn, and nobody knows for how long
    pictures.wish(sharp(5), sharp(6))
    assert papers.urgent_pages() == [1, 5]


def test_a_page_that_waits_in_no_hurry_is_asked_for_at_once_when_it_is_seen(
    pictures: Pictures, papers: Papers, qtbot: QtBot
) -> None:
    show_first(pictures, papers, qtbot)
    pictures.wish(sharp(1), sharp(2))
    (_, _, patient) = papers.asked[1]
    pictures.wish(sharp(2), [])
    assert patient.cancelled()
    assert papers.urgent_pages() == [1, 2]
    wanted, _, hasty = papers.asked[-1]
    hasty.set_result(make_picture(wanted))
    qtbot.waitUntil(lambda: pictures.is_ready)
    assert pictures.best(2, SCALE) is not None


def test_a_page_that_is_being_drawn_is_not_asked_for_twice(pictures: Pictures, papers: Papers, qtbot: QtBot) -> None:
    show_first(pictures, papers, qtbot)
    pictures.wish(sharp(1), sharp(2))
    wanted, _, patient = papers.asked[1]
    patient.set_running_or_notify_cancel()
    pictures.wish(sharp(2), [])
    assert papers.urgent_pages() == [1]
    patient.set_result(make_picture(wanted))
    qtbot.waitUntil(lambda: pictures.is_ready)


@pytest.mark.parametrize("zoom", [Fit.WIDTH, "1.25"])
def test_the_picture_that_was_foreseen_is_the_one_that_is_needed(
    pictures: Pictures, papers: Papers, qtbot: QtBot, zoom: str
) -> None:
    foreseen = Foreseen(width=1200, bar_width=12, ratio=1.0)
    wanted = first_wanted(papers.info, Place(page=3, zoom=zoom), foreseen)
    assert wanted is not None
    pictures.expect(First(foreseen=foreseen, wanted=wanted, coming=papers.picture(wanted)))
    pictures.wish([Sharp(page=3, scale=wanted.scale)], [])
    (_, _, coming) = papers.asked[0]
    assert papers.urgent_pages() == [3]
    coming.set_result(make_picture(wanted))
    qtbot.waitUntil(lambda: pictures.is_ready)


def test_a_picture_that_came_before_it_was_wished_for_is_told_of(
    pictures: Pictures, papers: Papers, qtbot: QtBot
) -> None:
    foreseen = Foreseen(width=1200, bar_width=12, ratio=1.0)
    wanted = PictureWanted(page=1, scale=SCALE)
    coming = papers.picture(wanted)
    pictures.expect(First(foreseen=foreseen, wanted=wanted, coming=coming))
    with qtbot.waitSignal(pictures.arrived):
        coming.set_result(make_picture(wanted))
    with qtbot.waitSignal(pictures.ready):
        pictures.wish(sharp(1), sharp(2))
    assert [one.page for one, _, _ in papers.asked] == [1, 2]


def test_nothing_is_foreseen_where_the_zoom_depends_on_a_height_that_nobody_knows(papers: Papers) -> None:
    foreseen = Foreseen(width=1200, bar_width=12, ratio=1.0)
    assert first_wanted(papers.info, Place(zoom=Fit.PAGE), foreseen) is None
