"""The picture of the map's points: which layers there are, from the bottom up, and when it has to be drawn anew."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from readinglist.services.map_answer import MapAnswer
from readinglist.ui import theme
from readinglist.ui.map.camera import Camera, Points
from readinglist.ui.map.dots import SIZES, Layer, Look, draw, radius_for
from readinglist.ui.map.looks import Looks, Shape

Mask = NDArray[np.bool_]
FAINT = 0.3  # share of the colour that papers outside the list keep
LEAST_CROWD = 0.15  # share of the papers, of which half or fewer in the list are drawn no larger
PAD = 24  # px around the view, so that points at its edge are cut there and not left out
EDGE, GAP = 3.2, 1.4  # px around a chosen point: the ring, and what separates it from the point


@dataclass(slots=True, eq=False)
class Seen:
    """What is shown of the papers of a map; arrays have a row for each.

    Attributes:
        listed: In the list of papers that the window shows.
        shown: Of no kind that the reader has hidden.
        chosen: As in the list.
        current: Row of the paper whose details are shown.
    """

    answer: MapAnswer | None = None
    looks: Looks = field(default_factory=Looks)
    points: Points = field(default_factory=lambda: np.zeros((0, 2), dtype=np.float32))
    listed: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    shown: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    chosen: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    current: int | None = None

    @property
    def reachable(self) -> Mask:
        """Papers that can be pointed at and chosen."""
        return self.listed & self.shown


class Picture:
    """Draws points, and keeps the drawing while nothing about it changes."""

    def __init__(self) -> None:
        self._image: QImage | None = None
        self._groups: _Groups | None = None
        self._drawn: tuple[Camera, float] | None = None
        self.radius = 1.0

    def forget(self) -> None:
        """Draw anew the next time: points, looks or colours are others."""
        self._image = self._groups = None

    def image(self, seen: Seen, camera: Camera, ratio: float) -> QImage:
        """Return the points as they are seen, and `PAD` around them.

        Args:
            seen: What is shown.
            camera: The view, in the screen's own units.
            ratio: Pixels of the image for one of these.
        """
        if self._image is not None and self._drawn == (camera, ratio):
            return self._image
        if self._groups is None:
            self._groups = _Groups(seen)
        self.radius = self._groups.radius(camera)
        places = (camera.to_view(seen.points) + np.float32(PAD)) * np.float32(ratio)
        around = radius_for(camera.scale, self._groups.area, len(seen.points))
        layers = self._groups.layers(places, self.radius * ratio, around * ratio, ratio)
        width, height = camera.width + 2 * PAD, camera.height + 2 * PAD
        image = draw(round(width * ratio), round(height * ratio), theme.color("paper"), layers)
        image.setDevicePixelRatio(ratio)
        self._image, self._drawn = image, (camera, ratio)
        return image


class _Groups:
    """Which rows are drawn in which layer, worked out once for many pictures."""

    def __init__(self, seen: Seen) -> None:
        self._looks: tuple[Look, ...] = tuple((kind.color().rgb(), kind.shape) for kind in seen.looks.kinds)
        self._seen = seen
        self.area = _area(seen.points)
        self._listed = int(seen.reachable.sum())
        self._around = np.flatnonzero(seen.shown & ~seen.listed)
        common, quiet = seen.reachable & ~seen.chosen, _is_quiet(seen.looks)
        self._common = _by_size(seen, common & quiet) + _by_size(seen, common & ~quiet)
        self._chosen = _by_size(seen, seen.reachable & seen.chosen)

    def radius(self, camera: Camera) -> float:
        """Return the radius of papers in the list: few among many are to be found."""
        many = len(self._seen.points)
        return radius_for(camera.scale, self.area, min(many, max(2 * self._listed, round(many * LEAST_CROWD))))

    def layers(self, places: Points, radius: float, around: float, ratio: float) -> list[Layer]:
        """Return the layers of a picture, the first at the bottom.

        Args:
            places: Of all papers, in pixels of the picture.
            radius: Of papers in the list.
            around: Of the others.
            ratio: Pixels of the picture for one of the screen's own units.
        """
        faint = theme.colors().mix("line-strong", "paper", FAINT)
        layers = [_plain(places[self._around], faint, max(around * 0.8, ratio))]
        layers += [self._layer(places, rows, radius * SIZES[step]) for step, rows in self._common]
        for grown, role in ((EDGE, "accent"), (GAP, "paper")):
            layers += [
                _plain(places[rows], theme.color(role), radius * SIZES[step] + grown * ratio)
                for step, rows in self._chosen
            ]
        layers += [self._layer(places, rows, radius * SIZES[step]) for step, rows in self._chosen]
        return [layer for layer in layers if len(layer.places)]

    def _layer(self, places: Points, rows: NDArray[np.intp], radius: float) -> Layer:
        look_of = self._seen.looks.kind_of[rows]
        return Layer(places=places[rows], look_of=look_of, looks=self._looks, radius=_rounded(radius))


def _is_quiet(looks: Looks) -> Mask:
    quiet = np.array([kind.is_quiet for kind in looks.kinds], dtype=np.bool_)
    return quiet[looks.kind_of] if len(quiet) else np.zeros(len(looks.kind_of), dtype=np.bool_)


def _by_size(seen: Seen, wanted: Mask) -> list[tuple[int, NDArray[np.intp]]]:
    """Return rows by their step of size, the large ones first: they lie below."""
    sizes = reversed(range(len(SIZES)))
    return [(step, np.flatnonzero(wanted & (seen.looks.size_of == step))) for step in sizes]


def _plain(places: Points, color: QColor, radius: float) -> Layer:
    look_of = np.zeros(len(places), dtype=np.uint8)
    return Layer(places=places, look_of=look_of, looks=((color.rgb(), Shape.DISC),), radius=_rounded(radius))


def _rounded(radius: float) -> float:
    """Return a radius in quarters of a pixel, so that few stamps are made."""
    return round(radius * 4) / 4


def _area(points: Points) -> float:
    """Return how much of the plane points take up, strays left out."""
    if len(points) < 2:
        return 1.0
    spans = np.quantile(points, 0.98, axis=0) - np.quantile(points, 0.02, axis=0)
    return float(spans[0] * spans[1])
