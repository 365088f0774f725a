"""Vectors as points: what is alike lies together, the same comes out the same, what comes later moves nobody."""

from collections.abc import Generator

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.similarity import plane
from readinglist.similarity.plane import Placed, Points, aligned, arranging, radius_of

CROWDS, EACH = 4, 40


def crowds(*, each: int = EACH, seed: int = 1) -> NDArray[np.float32]:
    """Return vectors of several crowds, one crowd after the other."""
    middles = np.random.default_rng(7).standard_normal((CROWDS, 24))
    chance = np.random.default_rng(seed)
    rows = np.repeat(middles, each, axis=0) + 0.25 * chance.standard_normal((CROWDS * each, 24))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def run(steps: Generator[float, None, Points]) -> tuple[Points, list[float]]:
    """Go through all steps; return the points and the shares that were told."""
    shares = []
    while True:
        try:
            shares.append(next(steps))
        except StopIteration as end:
            return end.value, shares


def crowd_of(place: NDArray[np.float32], points: Points, each: int = EACH) -> int:
    """Return the crowd of the point nearest to a place."""
    return int(((points - place) ** 2).sum(axis=1).argmin()) // each


@pytest.fixture(scope="module")
def arranged() -> Points:
    return run(arranging(crowds()))[0]


def test_vectors_of_a_crowd_lie_together(arranged: Points) -> None:
    for row, point in enumerate(arranged):
        others = np.delete(arranged, row, axis=0)
        nearest = int(((others - point) ** 2).sum(axis=1).argmin())
        assert (nearest + (nearest >= row)) // EACH == row // EACH


def test_the_same_vectors_come_out_the_same(arranged: Points) -> None:
    assert np.array_equal(run(arranging(crowds()))[0], arranged)


@pytest.mark.parametrize("count", [2, 3, 11])
def test_a_handful_is_enough(count: int) -> None:
    points, _ = run(arranging(crowds()[:: CROWDS * EACH // count][:count]))
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert len(np.unique(points.round(3), axis=0)) == count


def test_it_tells_how_far_it_is_up_to_the_end() -> None:
    _, shares = run(arranging(crowds(each=10)))
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == pytest.approx(1.0)
    assert len(shares) > 10


def test_of_very_many_the_rest_is_placed_among_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plane, "MOST_ARRANGED", 100)
    points, shares = run(arranging(crowds()))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    middles = points.reshape(CROWDS, EACH, 2).mean(axis=1)
    nearest = ((points[:, np.newaxis] - middles) ** 2).sum(axis=-1).argmin(axis=1)
    assert (nearest == np.arange(len(points)) // EACH).mean() > 0.97


def test_what_comes_later_lies_among_its_like(arranged: Points) -> None:
    later = crowds(each=5, seed=2)
    found = Placed(matrix=crowds(), points=arranged).place(np.arange(len(later)), later)
    assert [crowd_of(place, arranged) for place in found] == [row // 5 for row in range(len(later))]


def test_two_that_are_the_same_do_not_hide_each_other(arranged: Points) -> None:
    twice = np.repeat(crowds()[:1], 2, axis=0)
    first, second = Placed(matrix=crowds(), points=arranged).place(np.array([901, 902]), twice)
    assert 0 < np.hypot(*(first - second)) < radius_of(arranged) / 4


def test_a_vector_between_two_crowds_lies_in_one_of_them(arranged: Points) -> None:
    between = crowds()[:1] + crowds()[-1:]
    (found,) = Placed(matrix=crowds(), points=arranged).place(np.array([5]), between / np.linalg.norm(between))
    apart = np.sqrt(((arranged - found) ** 2).sum(axis=1)).min()
    assert apart < radius_of(arranged) / 8


def test_vectors_without_a_point_place_nobody(arranged: Points) -> None:
    points = arranged.copy()
    points[:EACH] = np.nan
    found = Placed(matrix=crowds(), points=points).place(np.arange(3), crowds()[:3])
    assert np.isfinite(found).all()


def test_a_turned_and_mirrored_map_is_turned_back(arranged: Points) -> None:
    turned = arranged @ np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32) + np.float32(3)
    target = arranged.copy()
    target[::3] = np.nan  # these are new
    assert np.allclose(aligned(turned, target), arranged, atol=1e-3)


def test_nothing_to_align_to_leaves_points_where_they_are(arranged: Points) -> None:
    assert np.array_equal(aligned(arranged, np.full_like(arranged, np.nan)), arranged)


def test_arranging_from_where_they_lay_keeps_neighbourhoods(arranged: Points) -> None:
    again, _ = run(arranging(crowds(), start=arranged))
    back = aligned(again, arranged)
    middles, before = (one.reshape(CROWDS, EACH, 2).mean(axis=1) for one in (back, arranged))
    nearest = ((middles[:, np.newaxis] - before) ** 2).sum(axis=-1).argmin(axis=1)
    assert nearest.tolist() == list(range(CROWDS))
