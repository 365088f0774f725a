"""Names on the map: the large first, more when nearer, none over another, none cut."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF

from readinglist.domain.region import Region
from readinglist.ui.map.camera import Camera, Extent
from readinglist.ui.map.labels import LIFT, MOST, place_labels

POINTS = np.array([[0, 0], [100, 100]], dtype=np.float32)
CHANCE = np.random.default_rng(6)
REGIONS = [
    Region(name=f"Name {number}", x=float(x), y=float(y), papers=100 - number, level=min(number // 8, 3))
    for number, (x, y) in enumerate(CHANCE.uniform(0, 100, (60, 2)))
]


def measure(_: Region) -> QSizeF:
    return QSizeF(80, 18)


@pytest.fixture
def camera() -> Camera:
    return Camera().resized(700, 500).fitted(Extent.of(POINTS))


def test_no_name_lies_over_another_or_over_the_edge(camera: Camera) -> None:
    for zoom in (1, 2, 4, 8, 20):
        labels = place_labels(REGIONS, camera.zoomed(zoom), measure)
        assert not [1 for one, other in combinations(labels, 2) if one.rect.intersects(other.rect)]
        assert all(QRectF(0, 0, 700, 500).contains(one.rect) for one in labels)


def test_the_largest_part_is_always_named(camera: Camera) -> None:
    assert place_labels(REGIONS, camera, measure)[0].region.name == "Name 0"


def test_coming_nearer_shows_finer_names(camera: Camera) -> None:
    far = {one.region.level for one in place_labels(REGIONS, camera, measure)}
    near = {one.region.level for one in place_labels(REGIONS, camera.zoomed(6), measure)}
    assert max(far) < max(near)


def test_a_name_lies_over_the_middle_of_its_part(camera: Camera) -> None:
    (label,) = place_labels(REGIONS[:1], camera, measure)
    place = camera.to_view(np.array([[REGIONS[0].x, REGIONS[0].y]], dtype=np.float32))[0]
    assert (label.rect.center().x(), label.rect.center().y() + LIFT) == pytest.approx(tuple(place.tolist()), abs=0.01)


def test_where_something_lies_over_the_map_there_is_no_name(camera: Camera) -> None:
    assert place_labels(REGIONS, camera, measure, [QRectF(0, 0, 700, 500)]) == []


def test_there_are_never_too_many(camera: Camera) -> None:
    many = [Region(name="x", x=float(n % 40) * 2.5, y=n // 40 * 2.5, papers=1, level=0) for n in range(1600)]
    assert len(place_labels(many, camera, lambda _: QSizeF(4, 4))) == MOST


def test_a_name_makes_room_for_papers_that_it_would_hide(camera: Camera) -> None:
    (first,) = place_labels(REGIONS[:1], camera, measure)

    def hidden(rect: QRectF) -> int:
        return int(rect.intersects(first.rect)) * 3

    (label,) = place_labels(REGIONS[:1], camera, measure, hidden=hidden)
    assert not label.rect.intersects(first.rect)
    assert abs(label.rect.center().y() - first.rect.center().y()) <= 1.5 * first.rect.height()


def test_a_name_that_hides_nothing_stays_where_it_is(camera: Camera) -> None:
    assert place_labels(REGIONS[:1], camera, measure, hidden=lambda _: 2) == place_labels(REGIONS[:1], camera, measure)


def test_a_part_at_the_edge_has_its_name_inside(camera: Camera) -> None:
    middle = camera.y
    at_edge = [
        Region(name="x", x=camera.x + side * 340 / camera.scale, y=middle, papers=1, level=0) for side in (-1, 1)
    ]
    left, right = place_labels(at_edge, camera, measure)
    assert (left.rect.left(), right.rect.right()) == (4, 696)
    outside = Region(name="x", x=camera.x + 400 / camera.scale, y=middle, papers=1, level=0)
    assert place_labels([outside], camera, measure) == []
