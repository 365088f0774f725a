"""Painting names of regions: in ink, with a rim of paper around the letters, so that points below do not disturb."""

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from readinglist.domain.region import Region
from readinglist.ui import theme
from readinglist.ui.map.labels import Label

ROLES = ("title", "strong", "secondary")  # of the type, by level
RIM = 2.0  # px


class LabelPainter:
    """Paints names, each made once and kept as a picture."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[str, int, float], QPixmap] = {}
        self._sizes: dict[tuple[str, int], QSizeF] = {}

    def forget(self) -> None:
        """Make all pictures anew: colours are others."""
        self._pictures.clear()

    def size_of(self, region: Region) -> QSizeF:
        """Return how much room a name takes, in pixels."""
        key = (region.name, region.level)
        if key not in self._sizes:
            metrics = QFontMetricsF(_font(region))
            self._sizes[key] = QSizeF(metrics.horizontalAdvance(region.name) + 2 * RIM + 2, metrics.height() + 2 * RIM)
        return self._sizes[key]

    def paint(self, painter: QPainter, label: Label, ratio: float) -> None:
        """Paint a name at its place."""
        key = (label.region.name, label.region.level, ratio)
        if key not in self._pictures:
            self._pictures[key] = self._make(label.region, ratio)
        painter.drawPixmap(label.rect.topLeft(), self._pictures[key])

    def _make(self, region: Region, ratio: float) -> QPixmap:
        size, font = self.size_of(region), _font(region)
        made = QPixmap((size * ratio).toSize())
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        letters = QPainterPath()
        letters.addText(QPointF(RIM + 1, RIM + QFontMetricsF(font).ascent()), font, region.name)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = theme.color("paper")
        rim.setAlphaF(0.94)
        pen = QPen(rim, 2 * RIM, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(letters, pen)
        painter.setFont(font)
        painter.setPen(theme.color("ink" if region.level < 2 else "ink-soft"))
        painter.drawText(QPointF(RIM + 1, RIM + QFontMetricsF(font).ascent()), region.name)
        painter.end()
        return made


def _font(region: Region) -> QFont:
    return theme.font(ROLES[min(region.level, len(ROLES) - 1)])
