"""Drawing points by the ten thousand: each is a little picture made once, copied pixel by pixel into the image.

Qt draws a point at a time, which takes a second for a hundred thousand. Here all points of one look are written with
one assignment for each pixel that they have: twenty thousand take some milliseconds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from readinglist.ui.map.looks import Shape

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint32]

PHASES = 2  # parts of a pixel, in each direction, that a point can be moved by
FINE = 8  # looks taken at each pixel, in each direction, to find how much of it a shape covers
SIZES = (1.0, 1.35, 1.8, 2.4)  # times the smallest radius, for each step of size
SMALLEST, LARGEST = 1.4, 4.5  # radius in pixels
SHAPED = 2.8  # radius from which on a shape can be seen; below, all are discs
WIDEST = 1.25  # times the radius, the furthest that a shape reaches
FEW = 1000  # points, below which one assignment of all their pixels is quicker
RIM = 0.75  # px
LEAST_COVER = 0.04  # of a pixel, that is worth writing
ROOM = 0.36  # radius, as share of the distance that points would have if they were spread evenly


Look = tuple[int, Shape]  # colour as Qt writes it in a number, and shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stamps:
    """How points of some looks and one size are written, pixel by pixel around their middle.

    Attributes:
        steps: Pixels right and down of the middle, shape (pixels, 2).
        inks: What is written, shape (pixels, looks * phases).
        touched: Whether a pixel is written at all; what is below shows through where it is not. Shape as `inks`.
        reach: Pixels from the middle to the furthest one.
    """

    steps: NDArray[np.intp]
    inks: Pixels
    touched: NDArray[np.bool_]
    reach: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Points of one size.

    Attributes:
        places: In pixels of the image, shape (points, 2).
        look_of: Of each point, as a place in `looks`.
        looks: Colours and shapes.
        radius: In pixels of the image.
    """

    places: Floats
    look_of: NDArray[np.uint8]
    looks: tuple[Look, ...]
    radius: float


def radius_for(scale: float, area: float, count: int) -> float:
    """Return the radius of the smallest points in pixels, so that a crowd stays points.

    Args:
        scale: Pixels for a unit of the map.
        area: That the points take up, in units of the map.
        count: Points.
    """
    apart = scale * (max(area, 1e-9) / max(count, 1)) ** 0.5
    radius: float = min(max(ROOM * apart, SMALLEST), LARGEST)
    return radius


def draw(width: int, height: int, ground: QColor, layers: list[Layer]) -> QImage:
    """Draw points, the first layer at the bottom.

    Args:
        width: Of the image, in pixels.
        height: Of the image, in pixels.
        ground: Colour of what is empty.
        layers: Points.
    """
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(ground)
    pixels = np.frombuffer(image.bits(), dtype=np.uint32)
    line = image.bytesPerLine() // 4
    for layer in layers:
        _draw_layer(pixels, line, (width, height), ground, layer)
    return image


def _draw_layer(pixels: Pixels, line: int, size: tuple[int, int], ground: QColor, layer: Layer) -> None:
    stamps = stamps_of(layer.radius, layer.looks, ground.rgb())
    edge = stamps.reach + 1
    x, y = layer.places.T
    seen = np.flatnonzero((x >= edge) & (x < size[0] - edge) & (y >= edge) & (y < size[1] - edge))
    x, y = x[seen], y[seen]
    column, row = x.astype(np.intp), y.astype(np.intp)
    phase = ((x - column) * PHASES).astype(np.intp) + PHASES * ((y - row) * PHASES).astype(np.intp)
    look = layer.look_of[seen].astype(np.intp) * PHASES**2 + phase
    middle = row * line + column
    steps = stamps.steps[:, 1] * line + stamps.steps[:, 0]
    if len(seen) < FEW:
        written = stamps.touched.T[look]
        pixels[(middle[:, np.newaxis] + steps)[written]] = stamps.inks.T[look][written]
        return
    for step, inks, touched in zip(steps.tolist(), stamps.inks, stamps.touched, strict=True):
        if touched.all():
            pixels[middle + step] = inks[look]
        else:
            some = np.flatnonzero(touched[look])
            pixels[middle[some] + step] = inks[look[some]]


@lru_cache(maxsize=128)
def stamps_of(radius: float, looks: tuple[Look, ...], ground: int) -> Stamps:
    """Return how points are written; small ones are all discs.

    Args:
        radius: In pixels.
        looks: Colours and shapes.
        ground: Colour behind them.
    """
    reach = int(np.ceil(radius * WIDEST + 1))
    shapes = [shape if radius >= SHAPED else Shape.DISC for _, shape in looks]
    covers = {one: np.stack([_cover(one, radius, reach, *shift) for shift in _phases()]) for one in set(shapes)}
    cover = np.stack([covers[one] for one in shapes])  # looks, phases, pixels
    side = 2 * reach + 1
    down, right = np.divmod(np.arange(side * side), side)
    touched = cover > LEAST_COVER
    if radius >= SHAPED:  # there is room for a hairline of the ground, that tells a point from its neighbours
        touched |= np.stack([np.hypot(right - reach - x, down - reach - y) <= radius + RIM for x, y in _phases()])
    used = touched.any(axis=(0, 1))
    mixed = _mixed(np.array([color for color, _ in looks], dtype=np.uint32), ground, cover[..., used])
    return Stamps(
        steps=np.stack([right - reach, down - reach], axis=1)[used],
        inks=np.ascontiguousarray(mixed.reshape(-1, int(used.sum())).T),
        touched=np.ascontiguousarray(touched[..., used].reshape(-1, int(used.sum())).T),
        reach=reach,
    )


def _mixed(colors: Pixels, ground: int, cover: Floats) -> Pixels:
    """Return colours over the ground, the fuller the more a pixel is covered."""
    inks = np.full(cover.shape, 0xFF000000, dtype=np.uint32)
    for shift in (0, 8, 16):
        over = ((colors >> shift) & 0xFF).astype(np.float32)[:, np.newaxis, np.newaxis]
        under = float((ground >> shift) & 0xFF)
        inks |= np.rint(over * cover + under * (1 - cover)).astype(np.uint32) << np.uint32(shift)
    return inks


def _phases() -> Iterator[tuple[float, float]]:
    """Yield how far right and down of a pixel's middle a point is, in the order of the numbers of phases."""
    shifts = [(phase + 0.5) / PHASES - 0.5 for phase in range(PHASES)]
    return ((right, down) for down in shifts for right in shifts)


def _cover(shape: Shape, radius: float, reach: int, right: float, down: float) -> Floats:
    side = 2 * reach + 1
    fine = ((np.arange(side * FINE) + 0.5) / FINE - reach - 0.5).astype(np.float32)
    x, y = np.meshgrid(fine - right, fine - down)
    filled = INSIDE[shape](x, y, radius)
    cover: Floats = filled.reshape(side, FINE, side, FINE).mean(axis=(1, 3), dtype=np.float32).ravel()
    return cover


def _disc(x: Floats, y: Floats, radius: float) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = np.hypot(x, y) <= radius
    return within


def _ring(x: Floats, y: Floats, radius: float) -> NDArray[np.bool_]:
    away = np.hypot(x, y)
    within: NDArray[np.bool_] = (away <= radius) & (away >= radius - max(1.1, radius * 0.36))
    return within


def _diamond(x: Floats, y: Floats, radius: float) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = np.abs(x) + np.abs(y) <= radius * 1.2
    return within


def _triangle(x: Floats, y: Floats, radius: float) -> NDArray[np.bool_]:
    top, bottom = -radius * 1.1, radius * 0.75
    within: NDArray[np.bool_] = (y <= bottom) & (np.abs(x) <= (y - top) * 0.62)
    return within


def _cross(x: Floats, y: Floats, radius: float) -> NDArray[np.bool_]:
    across = max(0.65, radius * 0.26)
    along, over = np.abs(x + y) / 2**0.5, np.abs(x - y) / 2**0.5
    within: NDArray[np.bool_] = (np.minimum(along, over) <= across) & (np.maximum(along, over) <= radius * 1.05)
    return within


INSIDE: dict[Shape, Callable[[Floats, Floats, float], NDArray[np.bool_]]] = {
    Shape.DISC: _disc,
    Shape.RING: _ring,
    Shape.DIAMOND: _diamond,
    Shape.TRIANGLE: _triangle,
    Shape.CROSS: _cross,
}
