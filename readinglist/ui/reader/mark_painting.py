"""How annotations look: on light pages like a marker on paper, on dark ones as a light behind the words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.pages import Point, Rect
from readinglist.ui import theme
from readinglist.ui.reader.arrangement import Arrangement
from readinglist.ui.reader.scene import Draft, note_rect
from readinglist.ui.theme.palette import load_palette

LINE = 1.6  # points; lines grow with the page
THINNEST = 1.5  # px
TEXT_SIZE = 11.0  # points, of what is written onto the page
TEXT_MARGIN = 3.0
FILL_SHARE = 0.10  # of an area
FRAME = 3  # px around the chosen one
Mode = QPainter.CompositionMode


class MarkPainter:
    """Paints annotations of pages that lie somewhere.

    Args:
        painter: Its origin is that of the arrangement.
        arrangement: Where the pages lie.
        is_dark: The pages are dark, whatever the window is.
    """

    def __init__(self, painter: QPainter, arrangement: Arrangement, *, is_dark: bool) -> None:
        self._painter = painter
        self._arrangement = arrangement
        self._palette = load_palette("dark" if is_dark else "light")
        self._is_dark = is_dark

    def paint(self, annotation: Annotation, *, is_chosen: bool = False) -> None:
        """Paint an annotation."""
        kind = annotation.kind
        rects = [self._rect(annotation.page, rect) for rect in annotation.rects]
        if kind is AnnotationKind.HIGHLIGHT:
            self._highlight(rects, annotation.colour)
        elif kind in {AnnotationKind.UNDERLINE, AnnotationKind.STRIKE_OUT}:
            self._line(annotation)
        elif kind is AnnotationKind.AREA:
            self._area(rects[0], self._strong(annotation.colour))
        elif kind is AnnotationKind.INK:
            for stroke in annotation.strokes:
                self._stroke(annotation.page, stroke, self._strong(annotation.colour))
        elif kind is AnnotationKind.TEXT:
            self._text(rects[0], annotation)
        if kind is AnnotationKind.NOTE:
            rects = [self._rect(annotation.page, note_rect(annotation))]
            self._note(rects[0], annotation.colour)
        elif annotation.comment and kind is not AnnotationKind.TEXT:
            self._sign(rects[0], annotation.colour)
        if is_chosen:
            self._frame(rects)

    def paint_frame(self, annotation: Annotation) -> None:
        """Paint only what shows that an annotation is chosen."""
        is_note = annotation.kind is AnnotationKind.NOTE
        places = (note_rect(annotation),) if is_note else annotation.rects
        self._frame([self._rect(annotation.page, rect) for rect in places])

    def paint_draft(self, draft: Draft, colour: AnnotationColour) -> None:
        """Paint what is being drawn."""
        if draft.rect is not None:
            self._area(self._rect(draft.page, draft.rect), self._strong(colour))
        if draft.stroke:
            self._stroke(draft.page, draft.stroke, self._strong(colour))

    def _highlight(self, rects: Sequence[QRectF], colour: AnnotationColour) -> None:
        """Lines that touch are one shape: where they overlap, the colour must not be twice as strong."""
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for rect in rects:
            shape.addRect(rect)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mode = Mode.CompositionMode_Lighten if self._is_dark else Mode.CompositionMode_Multiply
        self._painter.setCompositionMode(mode)
        self._painter.fillPath(shape, self._palette[f"highlight-{colour}"])
        self._painter.restore()

    def _line(self, annotation: Annotation) -> None:
        share = 0.97 if annotation.kind is AnnotationKind.UNDERLINE else 0.58
        self._painter.save()
        self._painter.setPen(self._pen(self._strong(annotation.colour)))
        for rect in annotation.rects:
            height = rect.top + rect.height * share
            ends = (Point(rect.left, height), Point(rect.right, height))
            self._painter.drawLine(*(self._point(annotation.page, end) for end in ends))
        self._painter.restore()

    def _area(self, rect: QRectF, color: QColor) -> None:
        fill = QColor(color)
        fill.setAlphaF(FILL_SHARE)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(self._pen(color))
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(rect, 2, 2)
        self._painter.restore()

    def _stroke(self, page: int, stroke: Sequence[Point], color: QColor) -> None:
        path = QPainterPath(self._point(page, stroke[0]))
        for point in stroke[1:] or stroke:
            path.lineTo(self._point(page, point))
        pen = self._pen(color)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.strokePath(path, pen)
        self._painter.restore()

    def _text(self, rect: QRectF, annotation: Annotation) -> None:
        zoom = self._arrangement.look.zoom
        font = theme.font()
        font.setPixelSize(max(1, round(TEXT_SIZE * zoom)))
        margin = TEXT_MARGIN * zoom
        self._painter.save()
        self._painter.fillRect(rect, self._palette[f"highlight-{annotation.colour}"])
        self._painter.setPen(self._palette["ink"])
        self._painter.setFont(font)
        inside = rect.adjusted(margin, margin, -margin, -margin)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self._painter.drawText(inside, int(flags), annotation.comment)
        self._painter.restore()

    def _note(self, rect: QRectF, colour: AnnotationColour) -> None:
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._strong(colour), THINNEST))
        self._painter.setBrush(self._palette[f"highlight-{colour}"])
        self._painter.drawRoundedRect(rect, 3, 3)
        edge = rect.width() * 0.18
        self._glyph(rect.adjusted(edge, edge, -edge, -edge).toRect())
        self._painter.restore()

    def _glyph(self, place: QRect) -> None:
        """The page is light or dark by itself, so the sign takes its colour from the page's theme."""
        pixmap = theme.icon("comments").pixmap(place.size(), self._painter.device().devicePixelRatioF())
        tinted = QPainter(pixmap)
        tinted.setCompositionMode(Mode.CompositionMode_SourceIn)
        tinted.fillRect(pixmap.rect(), self._palette["ink"])
        tinted.end()
        self._painter.drawPixmap(place, pixmap)

    def _sign(self, rect: QRectF, colour: AnnotationColour) -> None:
        """A flag at the upper left corner, above the letters: there is a comment."""
        side = max(6.0, 4.5 * self._arrangement.look.zoom)
        corner = QPointF(rect.left() - FRAME / 2, rect.top() - FRAME / 2)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._strong(colour))
        self._painter.drawPolygon([corner, corner + QPointF(side, 0), corner + QPointF(0, side)])
        self._painter.restore()

    def _frame(self, rects: Sequence[QRectF]) -> None:
        """One line around all of it: lines that follow each other are one block."""
        around = QPainterPath()
        for rect in rects:
            block = QPainterPath()
            block.addRect(rect.adjusted(-FRAME, -FRAME, FRAME, FRAME))
            around = around.united(block)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._palette["accent"], THINNEST))
        self._painter.drawPath(around.simplified())
        self._painter.restore()

    def _strong(self, colour: AnnotationColour) -> QColor:
        return self._palette[f"mark-{colour}"]

    def _pen(self, color: QColor) -> QPen:
        return QPen(color, max(THINNEST, LINE * self._arrangement.look.zoom))

    def _point(self, page: int, point: Point) -> QPointF:
        return QPointF(*self._arrangement.to_view(page, point))

    def _rect(self, page: int, rect: Rect) -> QRectF:
        seen = self._arrangement.rect_to_view(page, rect)
        return QRectF(seen.left, seen.top, seen.width, seen.height)
