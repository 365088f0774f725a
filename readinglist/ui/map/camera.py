"""Which part of the map is seen, and how large; knows nothing of papers or widgets."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]  # shape (points, 2)
Place = tuple[float, float]

MARGIN = 0.06  # of the view, free around all points
WIDEST = 0.5  # times the size at which all is seen
CLOSEST = 120.0
CLOSEST_PART = 30.0  # where a part is to be seen whole: something of what is around it belongs to it
NEARLY_ALL = 0.002  # share of points at each edge that may lie outside: a stray one must not make all others small


@dataclass(frozen=True, slots=True)
class Extent:
    """Between which corners nearly all points of a map lie."""

    low: Place
    high: Place

    @classmethod
    def of(cls, points: Points) -> "Extent | None":
        """Measure points; None if there are none."""
        if not len(points):
            return None
        (left, top), (right, bottom) = np.quantile(points, (NEARLY_ALL, 1 - NEARLY_ALL), axis=0).tolist()
        return cls((left, top), (right, bottom))


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A view on the map; every method returns another one.

    Attributes:
        x: What is in the middle of the view, in the map's units.
        y: As `x`.
        scale: Pixels for a unit.
        fit: The scale at which all is seen.
        width: Of the view, in pixels.
        height: Of the view, in pixels.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    fit: float = 1.0
    width: int = 1
    height: int = 1

    @property
    def zoom(self) -> float:
        """How many times larger than at the size at which all is seen."""
        return self.scale / self.fit

    def to_view(self, points: Points) -> Points:
        """Return where points of the map are seen, in pixels."""
        places: Points = points * np.float32(self.scale) + np.array(self._shift, dtype=np.float32)
        return places

    def to_map(self, place: Place) -> Place:
        """Return which point of the map is seen at a place of the view."""
        right, down = self._shift
        return (place[0] - right) / self.scale, (place[1] - down) / self.scale

    def resized(self, width: int, height: int) -> "Camera":
        """Keep the middle, and how large it is, in a view of another size."""
        width, height = max(1, width), max(1, height)
        ratio = min(width / self.width, height / self.height)
        return replace(self, width=width, height=height, fit=self.fit * ratio)

    def fitted(self, extent: Extent | None) -> "Camera":
        """See all points."""
        if extent is None:
            return self
        (left, top), (right, bottom) = extent.low, extent.high
        free = 1 - 2 * MARGIN
        fit = min(self.width * free / max(right - left, 1e-6), self.height * free / max(bottom - top, 1e-6))
        return replace(self, x=(left + right) / 2, y=(top + bottom) / 2, scale=fit, fit=fit)

    def framing(self, extent: Extent | None) -> "Camera":
        """See all points again after others came or moved: the same part as before, if not all was seen."""
        whole = self.fitted(extent)
        return replace(self, fit=whole.fit) if self.zoom > 1.01 else whole

    def seeing(self, extent: Extent) -> "Camera":
        """See what lies between two corners, as large as it fits."""
        whole = self.fitted(extent)
        scale = min(max(whole.scale, self.fit * WIDEST), self.fit * CLOSEST_PART)
        return replace(whole, fit=self.fit, scale=scale)

    def coming_to(self, point: Place, zoom: float) -> "Camera":
        """Have a point of the map in the middle, so much larger than where all is seen, or as large as it is."""
        return replace(self, x=point[0], y=point[1], scale=max(self.scale, self.fit * min(zoom, CLOSEST)))

    def zoomed(self, factor: float, place: Place | None = None) -> "Camera":
        """Come nearer (above 1) or go further away.

        Args:
            factor: Times the present size.
            place: Of the view, that stays where it is; None for the middle.
        """
        place = place or (self.width / 2, self.height / 2)
        scale = min(max(self.scale * factor, self.fit * WIDEST), self.fit * CLOSEST)
        x, y = self.to_map(place)
        return replace(
            self,
            scale=scale,
            x=x - (place[0] - self.width / 2) / scale,
            y=y - (place[1] - self.height / 2) / scale,
        )

    def moved(self, right: float, down: float) -> "Camera":
        """Move what is seen by pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y - down / self.scale)

    def kept_within(self, low: Place, high: Place) -> "Camera":
        """Never lose the map from sight: the middle of the view stays between two corners of it."""
        x, y = min(max(self.x, low[0]), high[0]), min(max(self.y, low[1]), high[1])
        return self if (x, y) == (self.x, self.y) else replace(self, x=x, y=y)

    def showing(self, point: Place, margin: int) -> "Camera":
        """Move as little as is needed for a point of the map to be seen, some pixels away from the edge."""
        place_x, place_y = point[0] * self.scale + self._shift[0], point[1] * self.scale + self._shift[1]
        right = min(max(place_x, margin), max(margin, self.width - margin)) - place_x
        down = min(max(place_y, margin), max(margin, self.height - margin)) - place_y
        return self.moved(right, down) if right or down else self

    @property
    def _shift(self) -> Place:
        return self.width / 2 - self.x * self.scale, self.height / 2 - self.y * self.scale
