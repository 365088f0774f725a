"""Titles on the map: beside their points, over nothing else, and none of a crowd."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from readinglist.ui.map.camera import Camera, Extent
from readinglist.ui.map.looks import ColourBy, looks_of
from readinglist.ui.map.picture import Seen
from readinglist.ui.map.titles import MOST, MOST_SEEN, PlacedTitle, place_titles, rows_to_title
from tests.helpers.made_map import made_map

VIEW = QSizeF(700, 500)
AWAY = 4.0


def seen_map(count: int = 25) -> Seen:
    answer = made_map(count)
    seen = Seen(answer=answer, looks=looks_of(answer, ColourBy.STATUS), points=answer.points)
    seen.listed = seen.shown = np.ones(count, dtype=np.bool_)
    seen.chosen = np.zeros(count, dtype=np.bool_)
    return seen


def camera_of(seen: Seen) -> Camera:
    return Camera().resized(700, 500).fitted(Extent.of(seen.points))


def placed(seen: Seen, *, width: float = 60, taken: tuple[QRectF, ...] = ()) -> list[PlacedTitle]:
    camera = camera_of(seen)
    places = camera.to_view(seen.points)
    rows = rows_to_title(seen, camera, places)
    sizes = {row: [QSizeF(width, 16), QSizeF(width / 2, 16)] for row in rows.tolist()}
    return place_titles(rows, places, sizes, away=AWAY, view=VIEW, taken=taken)


def test_titles_lie_over_nothing_else() -> None:
    seen = seen_map()
    titles = placed(seen, width=90)
    places = [QPointF(*one) for one in camera_of(seen).to_view(seen.points).tolist()]
    assert len(titles) > 10
    assert not [1 for one, other in combinations(titles, 2) if one.rect.intersects(other.rect)]
    assert not [1 for title in titles for place in places if title.rect.contains(place)]
    assert all(QRectF(QPointF(), VIEW).contains(one.rect) for one in titles)


def test_at_the_right_edge_a_title_is_left_of_its_point() -> None:
    seen = seen_map()
    (last,) = [one for one in placed(seen) if one.row == 4]
    x = camera_of(seen).to_view(seen.points)[4, 0]
    assert last.rect.right() < x or last.rect.right() <= VIEW.width()


def test_where_something_lies_over_the_map_there_is_no_title() -> None:
    assert placed(seen_map(), taken=(QRectF(QPointF(), VIEW),)) == []


def test_the_current_paper_comes_first_then_the_chosen_then_the_most_upvoted() -> None:
    seen = seen_map()
    seen.current = 3
    seen.chosen[[3, 5]] = True
    camera = camera_of(seen)
    rows = rows_to_title(seen, camera, camera.to_view(seen.points)).tolist()
    assert rows[:2] == [3, 5]
    sizes = seen.looks.size_of[rows[2:]].tolist()
    assert sizes == sorted(sizes, reverse=True)


def test_a_crowd_and_what_is_not_in_the_list_have_no_titles() -> None:
    crowd = seen_map(MOST_SEEN + 1)
    assert placed(crowd) == []
    crowd.listed = np.arange(MOST_SEEN + 1) < 5
    assert {one.row for one in placed(crowd, width=10)} <= set(range(5))
    assert 0 < len(placed(seen_map(MOST_SEEN), width=10)) <= MOST


def test_where_there_is_no_room_for_a_title_its_shorter_form_stands() -> None:
    assert {one.form for one in placed(seen_map(), width=30)} == {0}
    assert {one.form for one in placed(seen_map(), width=130)} >= {1}


@pytest.mark.parametrize("count", [0, 1])
def test_a_map_with_hardly_any_papers_is_no_trouble(count: int) -> None:
    assert len(placed(seen_map(count))) == count
