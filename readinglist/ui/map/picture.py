"""The picture of the map's points: which layers there are, from the bottom up, and when it has to be drawn anew."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from readinglist.services.map_answer import MapAnswer
from readinglist.ui import theme
from readinglist.ui.map.camera import Camera, Points
from readinglist.ui.map.dots import SIZES, Layer, draw, radius_for
from readinglist.ui.map.looks import Looks, Shape

Mask = NDArray[np.bool_]
FAINT = 0.3  # share of the colour that papers outside the list keep
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
        self._drawn: tuple[Camera, float] | None = None
        self.places: Points = np.zeros((0, 2), dtype=np.float32)
        self.radius = 1.0

    def forget(self) -> None:
        """Draw anew the next time: points, looks or colours are others."""
        self._image = None

    def image(self, seen: Seen, camera: Camera, ratio: float) -> QImage:
        """Return the points as they are seen.

        Args:
            seen: What is shown.
            camera: The view, in the screen's own units.
            ratio: Pixels of the image for one of these.
        """
        if self._image is not None and self._drawn == (camera, ratio):
            return self._image
        self.places = camera.to_view(seen.points)
        self.radius = radius_for(camera.scale, _area(seen.points), len(seen.points), 1.0)
        layers = _layers(seen, self.places * np.float32(ratio), self.radius * ratio, ratio)
        image = draw(round(camera.width * ratio), round(camera.height * ratio), theme.color("paper"), layers)
        image.setDevicePixelRatio(ratio)
        self._image, self._drawn = image, (camera, ratio)
        return image


def _layers(seen: Seen, places: Points, radius: float, ratio: float) -> list[Layer]:
    looks = seen.looks
    palette = tuple(kind.color() for kind in looks.kinds)
    around = seen.shown & ~seen.listed
    layers = [_plain(places[around], theme.colors().mix("line-strong", "paper", FAINT), max(radius * 0.8, ratio))]
    common = seen.reachable & ~seen.chosen
    layers += _by_look(looks, common, places, palette, radius)
    chosen = seen.reachable & seen.chosen
    if chosen.any():
        # The ring lies around every size of point; it is wide enough for the usual one and shows behind larger ones.
        layers.append(_plain(places[chosen], theme.color("accent"), radius + EDGE * ratio))
        layers.append(_plain(places[chosen], theme.color("paper"), radius + GAP * ratio))
        layers += _by_look(looks, chosen, places, palette, radius)
    return [layer for layer in layers if len(layer.places)]


def _by_look(looks: Looks, wanted: Mask, places: Points, palette: tuple[QColor, ...], radius: float) -> list[Layer]:
    """Return the layers of some papers, the large points below."""
    layers = []
    shapes = [kind.shape for kind in looks.kinds]
    for step in reversed(range(len(SIZES))):
        of_size = wanted & (looks.size_of == step)
        if not of_size.any():
            continue
        for shape in dict.fromkeys(shapes):
            kinds = [place for place, one in enumerate(shapes) if one is shape]
            rows = of_size & np.isin(looks.kind_of, kinds)
            size = round(radius * SIZES[step] * 4) / 4
            layers.append(
                Layer(places=places[rows], colors=looks.kind_of[rows], palette=palette, shape=shape, radius=size)
            )
    return layers


def _plain(places: Points, color: QColor, radius: float) -> Layer:
    colors = np.zeros(len(places), dtype=np.uint8)
    return Layer(places=places, colors=colors, palette=(color,), shape=Shape.DISC, radius=round(radius * 4) / 4)


def _area(points: Points) -> float:
    """Return how much of the plane points take up, strays left out."""
    if len(points) < 2:
        return 1.0
    spans = np.quantile(points, 0.98, axis=0) - np.quantile(points, 0.02, axis=0)
    return float(spans[0] * spans[1])
