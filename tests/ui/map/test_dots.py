"""Points as pixels: at their places, in their colours, in their shapes, cut at the edge."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from readinglist.ui.map.dots import FEW, LARGEST, SHAPED, SMALLEST, Layer, draw, radius_for, stamps_of
from readinglist.ui.map.looks import Shape

WHITE, RED, BLUE = QColor("white"), QColor("red"), QColor("blue")


def layer(*places: tuple[float, float], shape: Shape = Shape.DISC, radius: float = 4.0) -> Layer:
    return Layer(
        places=np.array(places, dtype=np.float32).reshape(-1, 2),
        look_of=np.arange(len(places), dtype=np.uint8) % 2,
        looks=((RED.rgb(), shape), (BLUE.rgb(), shape)),
        radius=radius,
    )


def inked(image: QImage) -> NDArray[np.bool_]:
    """Return which pixels are not white."""
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)[:, : image.width()]
    found: NDArray[np.bool_] = pixels != WHITE.rgb()
    return found


def test_points_are_where_they_belong_in_their_colours() -> None:
    image = draw(40, 30, WHITE, [layer((10.5, 10.5), (30.5, 20.5))])
    assert image.pixelColor(10, 10) == RED
    assert image.pixelColor(30, 20) == BLUE
    down, right = np.nonzero(inked(image)[:, :20])
    assert (right.mean(), down.mean()) == pytest.approx((10, 10), abs=0.3)


def test_a_disc_is_as_large_as_its_radius() -> None:
    image = draw(40, 40, WHITE, [layer((20, 20), radius=6)])
    darkness = sum(255 - image.pixelColor(x, y).green() for x in range(40) for y in range(40)) / 255
    assert darkness == pytest.approx(np.pi * 36, rel=0.03)


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_looks_different(shape: Shape) -> None:
    others = [one for one in Shape if one is not shape]
    mine = inked(draw(20, 20, WHITE, [layer((10, 10), shape=shape)]))
    assert mine.any()
    assert all((mine != inked(draw(20, 20, WHITE, [layer((10, 10), shape=one)]))).sum() > 4 for one in others)


def test_a_ring_is_hollow_and_small_shapes_are_discs() -> None:
    assert not inked(draw(20, 20, WHITE, [layer((10.5, 10.5), shape=Shape.RING)]))[10, 10]
    small = SHAPED - 0.3
    ring, disc = (draw(20, 20, WHITE, [layer((10, 10), shape=one, radius=small)]) for one in (Shape.RING, Shape.DISC))
    assert ring == disc


def test_points_beyond_the_edge_are_left_out() -> None:
    image = draw(40, 30, WHITE, [layer((-5, 10), (10, 35), (39, 29), (1e6, -1e6))])
    assert not inked(image).any()


def test_what_is_drawn_later_lies_above() -> None:
    lower, upper = layer((20.5, 20.5), radius=6), layer((0, 0), (20.5, 20.5), radius=3)
    image = draw(40, 40, WHITE, [lower, upper])
    assert image.pixelColor(20, 20) == BLUE
    assert image.pixelColor(20, 15) == RED


def test_many_points_are_drawn_as_few_are() -> None:
    chance = np.random.default_rng(1)
    places = [tuple(one) for one in (chance.uniform(20, 380, (40, 2)).round() // 20 * 20 + 7.3).tolist()]
    few = draw(400, 400, WHITE, [layer(*places)])
    # The same points, with others out of sight: more than are drawn in one go.
    many = layer(*places, *[(-100.0, -100.0)] * 2)
    grown = Layer(
        places=np.concatenate([many.places[:40]] * (FEW // 40 + 1)),
        look_of=np.concatenate([many.look_of[:40]] * (FEW // 40 + 1)),
        looks=many.looks,
        radius=many.radius,
    )
    assert len(grown.places) > FEW
    assert draw(400, 400, WHITE, [grown]) == few


@pytest.mark.parametrize("radius", [1.5, 3.0, 7.75])
@pytest.mark.parametrize("shape", Shape)
def test_no_stamp_is_cut_at_its_own_edge(shape: Shape, radius: float) -> None:
    stamps = stamps_of(radius, ((RED.rgb(), shape),), WHITE.rgb())
    at_edge = np.abs(stamps.steps).max(axis=1) == stamps.reach
    assert (stamps.inks[at_edge] == WHITE.rgb()).all()


def test_a_crowd_stays_points_and_few_do_not_become_plates() -> None:
    sizes = [
        radius_for(
            scale,
            10_000.0,
            20_000,
        )
        for scale in (1, 3, 8, 20, 100)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] == SMALLEST
    assert sizes[-1] == LARGEST
