"""Painting words on the map: in ink, with a rim of paper around the letters, so that points below do not disturb."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from readinglist.domain.region import Region
from readinglist.ui import theme

ROLES = ("title", "strong")  # of the type, by level; further levels are as small as titles of papers, but stronger
RIM = 2.0  # px
MOST_KEPT = 800  # pictures


@dataclass(frozen=True, slots=True)
class Writing:
    """Some words, and how they are written.

    Attributes:
        role: Of the type.
        ink: Role of the colour.
        is_strong: Heavier than the role has it.
    """

    text: str
    role: str = "secondary"
    ink: str = "ink-soft"
    is_strong: bool = False

    @classmethod
    def of_region(cls, region: Region) -> "Writing":
        """Write the name of a region, the smaller the deeper its level."""
        if region.level < len(ROLES):
            return cls(region.name, ROLES[region.level], "ink")
        return cls(region.name, ink="ink", is_strong=True)


class LabelPainter:
    """Paints words, each made once and kept as a picture."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[Writing, float], QPixmap] = {}
        self._sizes: dict[Writing, QSizeF] = {}

    def forget(self) -> None:
        """Make all pictures anew: colours are others."""
        self._pictures.clear()

    def size_of(self, writing: Writing) -> QSizeF:
        """Return how much room words take, in pixels."""
        if writing not in self._sizes:
            metrics = QFontMetricsF(_font(writing))
            width = metrics.horizontalAdvance(writing.text) + 2 * RIM + 2
            self._sizes[writing] = QSizeF(width, metrics.height() + 2 * RIM)
        return self._sizes[writing]

    def paint(self, painter: QPainter, writing: Writing, place: QPointF, ratio: float) -> None:
        """Paint words with their upper left corner at a place."""
        key = (writing, ratio)
        if key not in self._pictures:
            if len(self._pictures) >= MOST_KEPT:
                self._pictures.clear()
            self._pictures[key] = self._make(writing, ratio)
        painter.drawPixmap(place, self._pictures[key])

    def _make(self, writing: Writing, ratio: float) -> QPixmap:
        size, font = self.size_of(writing), _font(writing)
        made = QPixmap((size * ratio).toSize())
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        start = QPointF(RIM + 1, RIM + QFontMetricsF(font).ascent())
        letters = QPainterPath()
        letters.addText(start, font, writing.text)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = theme.color("paper")
        rim.setAlphaF(0.94)
        pen = QPen(rim, 2 * RIM, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(letters, pen)
        painter.setFont(font)
        painter.setPen(theme.color(writing.ink))
        painter.drawText(start, writing.text)
        painter.end()
        return made


def elided(text: str, width: float) -> Writing:
    """Write a title, cut so that it is no wider than so many pixels."""
    metrics = QFontMetricsF(_font(Writing(text)))
    return Writing(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))


def _font(writing: Writing) -> QFont:
    font = theme.font(writing.role)
    if writing.is_strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font
