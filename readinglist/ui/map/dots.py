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
SMALLEST, LARGEST = 1.4, 5.5  # radius in pixels
SHAPED = 2.3  # radius from which on a shape can be seen; below, all are discs
RIM = 0.75  # px
LEAST_COVER = 0.04  # of a pixel, that is worth writing
ROOM = 0.36  # radius, as share of the distance that points would have if they were spread evenly


@dataclass(frozen=True, slots=True)
class Stamp:
    """How one shape of one size covers the pixels around its middle.

    Attributes:
        steps: Pixels right and down of the middle, shape (pixels, 2).
        cover: Share of each pixel that is covered, shape (PHASES * PHASES, pixels).
        touched: Whether a pixel is written at all; other points show through where it is not. Shape as `cover`.
        reach: Pixels from the middle to the furthest one.
    """

    steps: NDArray[np.int32]
    cover: Floats
    touched: NDArray[np.bool_]
    reach: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Points of one look.

    Attributes:
        places: In pixels of the image, shape (points, 2).
        colors: Of each point, as places in `palette`.
        palette: The colours.
    """

    places: Floats
    colors: NDArray[np.uint8]
    palette: tuple[QColor, ...]
    shape: Shape
    radius: float


def radius_for(scale: float, area: float, count: int, ratio: float) -> float:
    """Return the radius in pixels of the smallest points, so that a crowd stays points.

    Args:
        scale: Pixels for a unit of the map.
        area: That the points take up, in units of the map.
        count: Points.
        ratio: Pixels of the image for one of the screen's.
    """
    apart = scale * (max(area, 1e-9) / max(count, 1)) ** 0.5
    radius: float = min(max(ROOM * apart, SMALLEST), LARGEST) * ratio
    return round(radius * 4) / 4  # in quarters, so that few stamps are made


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
    stamp = stamp_of(layer.shape, layer.radius)
    edge = stamp.reach + 1
    x, y = layer.places.T
    seen = (x >= edge) & (x < size[0] - edge) & (y >= edge) & (y < size[1] - edge)
    x, y = x[seen], y[seen]
    column, row = x.astype(np.int32), y.astype(np.int32)
    phase = ((x - column) * PHASES).astype(np.int32) + PHASES * ((y - row) * PHASES).astype(np.int32)
    look = layer.colors[seen].astype(np.int32) * PHASES**2 + phase
    middle = row * line + column
    of_phase = [np.flatnonzero(phase == one) for one in range(PHASES**2)]
    for pixel, inks in enumerate(_inks(stamp, layer.palette, ground)):
        right, down = stamp.steps[pixel].tolist()
        touched = np.flatnonzero(stamp.touched[:, pixel])
        if len(touched) == PHASES**2:
            pixels[middle + (down * line + right)] = inks[look]
            continue
        rows = np.concatenate([of_phase[one] for one in touched.tolist()])
        pixels[middle[rows] + (down * line + right)] = inks[look[rows]]


def _inks(stamp: Stamp, palette: tuple[QColor, ...], ground: QColor) -> Pixels:
    """Return the colour of each pixel of a stamp, shape (pixels, colours * phases): the more covered, the fuller."""
    over = np.array([color.getRgb()[:3] for color in palette], dtype=np.float32)  # type: ignore[index]  # stubs: object
    under = np.array(ground.getRgb()[:3], dtype=np.float32)  # type: ignore[index]  # stubs: object
    cover = stamp.cover[np.newaxis, :, :, np.newaxis]
    mixed = np.rint(over[:, np.newaxis, np.newaxis] * cover + under * (1 - cover)).astype(np.uint32)
    inks = 0xFF000000 | mixed[..., 0] << 16 | mixed[..., 1] << 8 | mixed[..., 2]
    flat: Pixels = np.ascontiguousarray(inks.reshape(-1, len(stamp.steps)).T.astype(np.uint32))
    return flat


@lru_cache(maxsize=256)
def stamp_of(shape: Shape, radius: float) -> Stamp:
    """Return the stamp of a shape; small ones are all discs."""
    if radius < SHAPED:
        shape = Shape.DISC
    reach = int(np.ceil(radius + 1))
    covers = np.stack([_cover(shape, radius, reach, right, down) for down, right in _phases()])
    side = 2 * reach + 1
    down, right = np.divmod(np.arange(side * side, dtype=np.int32), side)
    # A hairline of the ground around each point tells it from its neighbours, if there is room for it.
    rim = RIM if radius >= SHAPED else 0.0
    away = [np.hypot(right - reach - x, down - reach - y) for y, x in _phases()]
    touched = (covers > LEAST_COVER) | (np.stack(away) <= radius + rim if rim else np.False_)
    used = touched.any(axis=0)
    steps = np.stack([right - reach, down - reach], axis=1)[used].astype(np.int32)
    return Stamp(steps, covers[:, used].astype(np.float32), touched[:, used], reach)


def _phases() -> Iterator[tuple[float, float]]:
    """Yield how far down and right of a pixel's middle a point is, in the order of the numbers of phases."""
    shifts = [(phase + 0.5) / PHASES - 0.5 for phase in range(PHASES)]
    return ((down, right) for down in shifts for right in shifts)


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
