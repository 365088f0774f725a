"""Where pages lie, and the way from a place of a page to a place of the view and back."""

from itertools import pairwise

import pytest

from readinglist.domain.pages import PageSize, Point, Rect
from readinglist.ui.reader.arrangement import GAP, Arrangement, Look, bounded_zoom, fitting_zoom, turned_back

SIZES = [PageSize(600, 800), PageSize(600, 800), PageSize(800, 600), PageSize(600, 800), PageSize(500, 700)]


def test_pages_lie_below_each_other_in_the_middle() -> None:
    arrangement = Arrangement(SIZES, Look(zoom=0.5), 1000)
    boxes = [arrangement.box(page) for page in range(1, 6)]
    assert [(box.width, box.height) for box in boxes] == [(300, 400), (300, 400), (400, 300), (300, 400), (250, 350)]
    assert all(box.left + box.width // 2 == 500 for box in boxes)
    assert all(after.top == box.bottom + GAP for box, after in pairwise(boxes))
    assert arrangement.height == boxes[-1].bottom + GAP
    assert arrangement.width == 1000


def test_pairs_lie_side_by_side_and_the_last_page_may_be_alone() -> None:
    arrangement = Arrangement(SIZES, Look(zoom=0.5, is_paired=True), 1000)
    first, second, third = (arrangement.box(page) for page in (1, 2, 3))
    assert first.top == second.top
    assert second.left == first.right + GAP
    assert third.top == first.bottom + GAP
    assert [list(arrangement.row_of(page)) for page in (1, 2, 5)] == [[1, 2], [1, 2], [5]]


@pytest.mark.parametrize("is_paired", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_place_is_found_again(rotation: int, *, is_paired: bool) -> None:
    arrangement = Arrangement(SIZES, Look(zoom=1.3, rotation=rotation, is_paired=is_paired), 900)
    for page, point in ((1, Point(0, 0)), (3, Point(799, 1)), (5, Point(250, 350))):
        x, y = arrangement.to_view(page, point)
        assert arrangement.page_at(x, y) == page
        found = arrangement.to_page(page, x, y)
        assert (found.x, found.y) == pytest.approx((point.x, point.y))


def test_turning_clockwise_brings_the_upper_left_corner_to_the_right() -> None:
    arrangement = Arrangement(SIZES[:1], Look(rotation=90), 0)
    box = arrangement.box(1)
    assert (box.width, box.height) == (800, 600)
    assert arrangement.to_view(1, Point(0, 0)) == (box.right, box.top)
    assert arrangement.rect_to_view(1, Rect(0, 0, 10, 20)) == Rect(box.right - 20, box.top, box.right, box.top + 10)


def test_a_part_of_the_view_is_cut_to_the_page() -> None:
    arrangement = Arrangement(SIZES[:1], Look(zoom=2), 0)
    assert arrangement.rect_to_page(1, Rect(-100, -100, GAP + 20, GAP + 40)) == Rect(0, 0, 10, 20)
    assert turned_back(Rect(0, 0, 800, 600), SIZES[0], 90) == Rect(0, 0, 600, 800)


@pytest.mark.parametrize("is_paired", [False, True])
def test_visible_pages_are_those_between_two_heights(*, is_paired: bool) -> None:
    sizes = SIZES * 40
    arrangement = Arrangement(sizes, Look(zoom=0.7, is_paired=is_paired), 900)
    for top in range(0, arrangement.height - 500, 173):
        expected = [
            page
            for page in range(1, len(sizes) + 1)
            if arrangement.box(page).bottom > top and arrangement.box(page).top < top + 500
        ]
        assert arrangement.pages_between(top, top + 500) == expected


def test_of_a_page_is_seen_what_lies_between_two_heights() -> None:
    arrangement = Arrangement(SIZES, Look(zoom=0.5), 1000)
    box = arrangement.box(2)
    assert arrangement.seen_height(2, 0, arrangement.height) == box.height
    assert arrangement.seen_height(2, box.top + 30, box.bottom + 500) == box.height - 30
    assert arrangement.seen_height(2, box.top - 500, box.top + 30) == 30
    assert arrangement.seen_height(2, box.top + 30, box.top + 40) == 10
    assert arrangement.seen_height(2, box.bottom + 5, box.bottom + 500) < 0


@pytest.mark.parametrize("room", [(700, 500), (333, 900), (1601, 999)])
@pytest.mark.parametrize("pages", [SIZES[:1], SIZES[:2], SIZES[2:3]])
def test_fitting_pages_need_no_scroll_bar(room: tuple[int, int], pages: list[PageSize]) -> None:
    is_paired = len(pages) == 2
    wide = fitting_zoom(pages, 0, room, is_whole=False)
    arrangement = Arrangement(pages, Look(zoom=wide, is_paired=is_paired), room[0])
    assert room[0] - 8 <= arrangement.box(len(pages)).right + GAP <= arrangement.width == room[0]
    whole = Arrangement(pages, Look(zoom=fitting_zoom(pages, 0, room, is_whole=True), is_paired=is_paired), room[0])
    assert whole.width == room[0]
    assert whole.height <= room[1]


def test_zoom_stays_where_pages_can_be_shown() -> None:
    assert bounded_zoom(0.001, SIZES) == pytest.approx(0.1)
    assert bounded_zoom(99, SIZES) == pytest.approx(10)
    map_sheet = [PageSize(18_000, 36_000)]
    assert bounded_zoom(10, map_sheet) * 36_000 <= 30_000
    assert bounded_zoom(0.0001, map_sheet) > 0.01
