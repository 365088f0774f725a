"""The names of regions on the map: the large ones first, more when the reader comes nearer, never one over another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from readinglist.domain.region import Region
from readinglist.ui.map.camera import Camera

ZOOMS = (0.0, 1.0, 2.2, 5.0, 10.0)  # from which on a level's names are shown
INTO = 1.4  # times more than that, so that the names around it are gone
MOST = 32
GAP = 6  # px between two names
EDGE = 4  # px between a name and the edge of the view
LIFT = 12  # px above the middle of its part: a small one would be hidden by its own name
# Of half a line: where the name of a large part may stand instead, and any where papers are few; the nearest first.
STEPS = (0, -1, 1, -2, 2, -3, 3)


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its place.

    Attributes:
        rect: In pixels of the view.
    """

    region: Region
    rect: QRectF


def place_labels(
    regions: Sequence[Region],
    camera: Camera,
    measure: Callable[[Region], QSizeF],
    taken: Sequence[QRectF] = (),
    hidden: Callable[[QRectF], int] | None = None,
) -> list[Label]:
    """Choose the names that are seen in a view.

    Args:
        regions: In order of importance.
        camera: The view.
        measure: How much room a name takes, in pixels.
        taken: Where no name may be.
        hidden: How many papers a name would hide; None where papers are too many to stand beside them.
    """
    view = QRectF(EDGE, EDGE, camera.width - 2 * EDGE, camera.height - 2 * EDGE)
    placed: list[Label] = []
    blocked = list(taken)
    for region in regions:
        if len(placed) == MOST or region.level >= len(ZOOMS) or camera.zoom < ZOOMS[region.level]:
            break
        first = _beside_edges(_rect_of(region, camera, measure(region)), view)
        steps = STEPS if hidden is not None or region.level == 0 else STEPS[:1]
        rects = [first.translated(0, step * first.height() / 2) for step in steps]
        free = [one for one in rects if view.contains(one) and not any(one.intersects(other) for other in blocked)]
        if free:
            rect = free[0] if hidden is None else min(free, key=hidden)
            placed.append(Label(region, rect))
            blocked.append(rect.adjusted(-GAP, -GAP, GAP, GAP))
    return placed


def zoom_into(region: Region) -> float:
    """Return from which size on the names within a region are seen."""
    return ZOOMS[min(region.level + 1, len(ZOOMS) - 1)] * INTO


def _rect_of(region: Region, camera: Camera, size: QSizeF) -> QRectF:
    right, down = camera.width / 2 - camera.x * camera.scale, camera.height / 2 - camera.y * camera.scale
    middle = QPointF(region.x * camera.scale + right, region.y * camera.scale + down - LIFT)
    return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


def _beside_edges(rect: QRectF, view: QRectF) -> QRectF:
    """Move a name away from the edges at its sides, as long as the middle of its part is seen."""
    if not view.left() <= rect.center().x() <= view.right():
        return rect
    return rect.translated(max(0.0, view.left() - rect.left()) - max(0.0, rect.right() - view.right()), 0)
