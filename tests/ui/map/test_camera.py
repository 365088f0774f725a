"""The view on the map: what is seen where, and what stays when it is moved, enlarged and resized."""

import numpy as np
import pytest

from readinglist.ui.map.camera import CLOSEST, Camera, Extent

POINTS = np.array([[0, 0], [100, 0], [0, 50], [100, 50]], dtype=np.float32)
EXTENT = Extent.of(POINTS)


@pytest.fixture
def camera() -> Camera:
    return Camera().resized(400, 400).fitted(EXTENT)


def test_all_points_are_seen_in_the_middle(camera: Camera) -> None:
    places = camera.to_view(POINTS)
    assert places.min() > 0
    assert places.max() < 400
    assert places.mean(axis=0).tolist() == pytest.approx([200, 200], abs=0.5)
    assert camera.zoom == 1


def test_a_place_of_the_view_is_found_on_the_map_again(camera: Camera) -> None:
    place = tuple(camera.zoomed(3, (50, 60)).to_view(POINTS)[1].tolist())
    assert camera.zoomed(3, (50, 60)).to_map(place) == pytest.approx((100, 0), abs=1e-3)


def test_what_is_under_the_pointer_stays_there_while_it_comes_nearer(camera: Camera) -> None:
    before = camera.to_map((120, 90))
    assert camera.zoomed(2.5, (120, 90)).to_map((120, 90)) == pytest.approx(before)


def test_nobody_comes_nearer_or_further_than_there_is_something_to_see(camera: Camera) -> None:
    assert camera.zoomed(1e9).zoom == pytest.approx(CLOSEST)
    assert 0 < camera.zoomed(1e-9).zoom < 1


def test_moving_moves_by_pixels(camera: Camera) -> None:
    moved = camera.moved(30, -20).to_view(POINTS) - camera.to_view(POINTS)
    assert moved == pytest.approx(np.tile([30, -20], (4, 1)), abs=1e-3)


def test_the_map_is_never_lost_from_sight(camera: Camera) -> None:
    lost = camera.moved(10_000, 10_000).kept_within((0, 0), (100, 50))
    assert (lost.x, lost.y) == (0, 0)


def test_another_size_keeps_the_middle_and_the_scale(camera: Camera) -> None:
    near = camera.zoomed(4, (100, 100))
    resized = near.resized(800, 300)
    assert (resized.x, resized.y, resized.scale) == (near.x, near.y, near.scale)


def test_coming_to_a_point_moves_no_more_than_needed(camera: Camera) -> None:
    near = camera.zoomed(4)
    assert near.showing((near.x, near.y), 20) is near
    place = near.showing((0, 0), 20).to_view(POINTS)[0].tolist()
    assert place == pytest.approx([20, 20], abs=1e-3)


def test_new_points_leave_a_view_that_came_nearer_as_it_is(camera: Camera) -> None:
    near = camera.zoomed(4, (10, 10))
    framed = near.framing(Extent.of(POINTS * 2))
    assert (framed.x, framed.y, framed.scale) == (near.x, near.y, near.scale)
    assert camera.framing(Extent.of(POINTS * 2)).to_view(POINTS * 2).max() < 400


def test_a_map_of_nothing_is_no_trouble() -> None:
    empty = np.zeros((0, 2), dtype=np.float32)
    assert Camera().resized(10, 10).fitted(Extent.of(empty)).to_view(empty).shape == (0, 2)


def test_one_stray_point_does_not_make_all_others_small() -> None:
    many = np.random.default_rng(1).uniform(0, 10, (2000, 2)).astype(np.float32)
    many[0] = 5000
    assert np.ptp(Camera().resized(400, 400).fitted(Extent.of(many)).to_view(many[1:])) > 300


def test_a_part_is_seen_whole_and_all_is_still_the_measure(camera: Camera) -> None:
    part = Extent((0.0, 0.0), (10.0, 10.0))
    seen = camera.seeing(part)
    assert seen.fit == camera.fit
    places = seen.to_view(np.array([[0, 0], [10, 10]], dtype=np.float32))
    assert places.min() > 0
    assert places.max() < 400
    assert seen.zoom > 5
    assert camera.seeing(Extent((3.0, 3.0), (3.0, 3.0))).zoom <= CLOSEST


def test_a_place_is_come_to_and_never_gone_away_from(camera: Camera) -> None:
    near = camera.coming_to((10.0, 20.0), 4.0)
    assert near.to_view(np.array([[10, 20]], dtype=np.float32))[0].tolist() == pytest.approx([200, 200], abs=0.01)
    assert near.zoom == pytest.approx(4)
    assert near.coming_to((10.0, 20.0), 2.0).zoom == pytest.approx(4)
