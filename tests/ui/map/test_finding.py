"""Finding points: under the pointer, in a direction, within a line."""

import numpy as np
import pytest

from readinglist.ui.map.finding import inside, nearest, towards
from tests.helpers.made_map import made_map

POINTS = made_map().points
ALL = np.ones(25, dtype=np.bool_)


@pytest.mark.parametrize(("place", "row"), [((0, 0), 0), ((11, 9), 6), ((44, 0), 4), ((45.1, 0), None)])
def test_the_nearest_point_within_reach(place: tuple[float, float], row: int | None) -> None:
    assert nearest(POINTS, ALL, place, 5) == row


def test_points_that_do_not_count_are_not_found() -> None:
    among = ALL.copy()
    among[6] = False
    assert nearest(POINTS, among, (10, 10), 5) is None
    assert nearest(POINTS[:0], ALL[:0], (0, 0), 5) is None


@pytest.mark.parametrize(
    ("direction", "row"), [((1.0, 0.0), 13), ((-1.0, 0.0), 11), ((0.0, 1.0), 17), ((0.0, -1.0), 7)]
)
def test_arrows_go_to_the_next_point(direction: tuple[float, float], row: int) -> None:
    assert towards(POINTS, ALL, 12, direction) == row


def test_at_the_edge_there_is_nowhere_to_go() -> None:
    assert towards(POINTS, ALL, 4, (1.0, 0.0)) is None


def test_a_point_far_ahead_is_better_than_one_at_the_side() -> None:
    points = np.array([[0, 0], [30, 3], [2, 9]], dtype=np.float32)
    assert towards(points, np.ones(3, dtype=np.bool_), 0, (1.0, 0.0)) == 1


def test_arrows_reach_every_point() -> None:
    points = np.random.default_rng(2).uniform(0, 100, (60, 2)).astype(np.float32)
    among = np.ones(60, dtype=np.bool_)
    seen, open_ones = {0}, [0]
    while open_ones:
        start = open_ones.pop()
        for direction in ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)):
            row = towards(points, among, start, direction)
            if row is not None and row not in seen:
                seen.add(row)
                open_ones.append(row)
    assert seen == set(range(60))


def test_a_line_around_points_holds_those_within() -> None:
    corners = np.array([[-5, -5], [15, -5], [15, 15], [-5, 15]], dtype=np.float32)
    assert np.flatnonzero(inside(POINTS, corners)).tolist() == [0, 1, 5, 6]


def test_a_line_may_be_bent() -> None:
    corners = np.array([[-5, -5], [45, -5], [45, 5], [5, 5], [5, 45], [-5, 45]], dtype=np.float32)
    assert np.flatnonzero(inside(POINTS, corners)).tolist() == [0, 1, 2, 3, 4, 5, 10, 15, 20]


@pytest.mark.parametrize("corners", [0, 1, 2])
def test_less_than_three_corners_hold_nothing(corners: int) -> None:
    assert not inside(POINTS, np.zeros((corners, 2), dtype=np.float32)).any()
