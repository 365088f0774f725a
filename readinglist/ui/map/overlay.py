"""What is painted over the points: names of regions, titles of papers, rings, the lasso, the frame of the keyboard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from readinglist.domain.region import Region
from readinglist.ui import theme
from readinglist.ui.map.camera import Camera, Points
from readinglist.ui.map.label_painting import LabelPainter, Writing, elided
from readinglist.ui.map.labels import Label, place_labels
from readinglist.ui.map.picture import Seen
from readinglist.ui.map.titles import WIDTHS, PlacedTitle, place_titles, rows_to_title

RING = 4.0  # px around the current point
FEW = 500  # papers, among which names find room


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """What is seen in one painting.

    Attributes:
        seen: What is shown of the papers.
        camera: The view.
        radius: Of the points, in pixels.
        ratio: Pixels of the screen for one of these.
        hovered: Row of the paper under the pointer.
        lasso: The line that is being drawn.
        has_focus: The keyboard is with the map.
    """

    seen: Seen
    camera: Camera
    radius: float
    ratio: float = 1.0
    hovered: int | None = None
    lasso: list[QPointF] = field(default_factory=list)
    has_focus: bool = False

    @property
    def places(self) -> Points:
        """Where all papers are, in pixels of the view."""
        return self.camera.to_view(self.seen.points)


class Overlay:
    """Paints what changes more often than the points do."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.titles: list[PlacedTitle] = []
        self.taken: list[QRectF] = []  # where what lies over the map leaves no room for names
        self._painter = LabelPainter()
        self._writings: dict[int, list[Writing]] = {}  # forms of titles, by row

    def forget_colours(self) -> None:
        """Make everything anew that has colours."""
        self._painter.forget()

    def know_titles(self, titles: Mapping[int, str]) -> None:
        """Have these titles at hand, by row; others are forgotten."""
        self._writings = {row: [elided(title, width) for width in WIDTHS] for row, title in titles.items()}

    def label_at(self, place: QPointF) -> Label | None:
        """Return the name of a region at a place of the view."""
        return next((one for one in self.labels if one.rect.contains(place)), None)

    def paint(self, painter: QPainter, sight: Sight) -> None:
        """Paint over the points."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter, sight)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _paint_rings(painter, sight)
        if sight.lasso:
            _paint_lasso(painter, sight.lasso)
        if sight.has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1))
            frame = QRectF(0, 0, sight.camera.width, sight.camera.height)
            painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_words(self, painter: QPainter, sight: Sight) -> None:
        answer, camera = sight.seen.answer, sight.camera
        regions = answer.regions if answer else ()
        self.labels = place_labels(regions, camera, self._measure, self.taken, _count_of_hidden(sight))
        self.titles = self._place_titles(sight)
        for title in self.titles:
            self._painter.paint(painter, self._writings[title.row][title.form], title.rect.topLeft(), sight.ratio)
        for label in self.labels:
            self._painter.paint(painter, Writing.of_region(label.region), label.rect.topLeft(), sight.ratio)

    def _place_titles(self, sight: Sight) -> list[PlacedTitle]:
        if not self._writings:
            return []
        places = sight.places
        rows = rows_to_title(sight.seen, sight.camera, places)
        sizes = {row: [self._painter.size_of(one) for one in self._writings.get(row, ())] for row in rows.tolist()}
        view = QSizeF(sight.camera.width, sight.camera.height)
        taken = [*self.taken, *(one.rect for one in self.labels)]
        return place_titles(rows, places, sizes, away=sight.radius, view=view, taken=taken)

    def _measure(self, region: Region) -> QSizeF:
        return self._painter.size_of(Writing.of_region(region))


def _count_of_hidden(sight: Sight) -> Callable[[QRectF], int] | None:
    """Return what counts the papers that a name would hide; None where there are too many to spare them."""
    if len(sight.seen.points) > FEW:
        return None
    places, away = sight.places[sight.seen.reachable], sight.radius

    def count(rect: QRectF) -> int:
        low, high = (rect.left() - away, rect.top() - away), (rect.right() + away, rect.bottom() + away)
        return int(((places > low) & (places < high)).all(axis=1).sum())

    return count


def _paint_rings(painter: QPainter, sight: Sight) -> None:
    for row, role, width in ((sight.hovered, "ink", 1.5), (sight.seen.current, "accent", 2.5)):
        if row is not None and sight.seen.shown[row]:
            x, y = sight.camera.to_view(sight.seen.points[row : row + 1])[0].tolist()
            painter.setPen(QPen(theme.color(role), width))
            radius = sight.radius + RING
            painter.drawEllipse(QPointF(x, y), radius, radius)


def _paint_lasso(painter: QPainter, lasso: list[QPointF]) -> None:
    painter.setPen(QPen(theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
    fill = theme.color("accent")
    fill.setAlphaF(0.10)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(lasso))
