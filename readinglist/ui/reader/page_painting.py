"""Paints the visible pages with what lies on them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from readinglist.domain.annotation import AnnotationColour
from readinglist.domain.pages import Rect
from readinglist.ui import theme
from readinglist.ui.reader.arrangement import Arrangement, Box
from readinglist.ui.reader.foreseeing import whole_scale
from readinglist.ui.reader.mark_painting import MarkPainter
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.pictures import TILE, Kept, Pictures, Sharp, tiles_of
from readinglist.ui.reader.scene import Scene
from readinglist.ui.theme.palette import load_palette

SELECTED_SHARE = 0.28
HIT_SHARE = 0.30
CURRENT_SHARE = 0.55
SENTENCE_SHARE = 0.26  # lighter than a word: it is there to be read
LINK_SHARE = 0.14
AHEAD, BEHIND = 12, 6  # pages of which a small picture is there before the reader comes to them
SOON = 2  # of these, those that may be looked at next


class PagePainter:
    """Paints one view.

    Args:
        pictures: Of the pages.
        facts: Words, for what is chosen.
        scene: What lies on the pages.
    """

    def __init__(self, pictures: Pictures, facts: PageFacts, scene: Scene) -> None:
        self._pictures = pictures
        self._facts = facts
        self._scene = scene
        self.colour = AnnotationColour.YELLOW

    @property
    def is_ready(self) -> bool:
        """What was last asked for is there, or cannot be had."""
        return self._pictures.is_ready

    def paint(self, painter: QPainter, arrangement: Arrangement, pages: Sequence[int], seen: QRect) -> None:
        """Paint pages.

        Args:
            painter: Of the view's viewport.
            arrangement: Where they lie.
            pages: Those that are to be seen.
            seen: The part of the arrangement that the viewport shows.
        """
        painter.fillRect(painter.viewport(), theme.color("sunken"))
        painter.translate(-seen.topLeft())
        for page in pages:
            self._paint_page(painter, arrangement, arrangement.box(page), seen)
        is_dark = self._pictures.pen.dark is not None
        marks = MarkPainter(painter, arrangement, is_dark=is_dark)
        for page in pages:
            painter.save()
            painter.setClipRect(_rect(arrangement.box(page)))
            for mark in self._scene.marks_on(page):
                marks.paint(mark, is_chosen=mark.uid == self._scene.chosen)
            self._paint_chosen_of_file(marks, page)
            painter.restore()
            self._paint_shades(painter, arrangement, page)
        if self._scene.draft is not None:
            marks.paint_draft(self._scene.draft, self.colour)

    def ask(
        self, arrangement: Arrangement, pages: Sequence[int], seen: QRect, ratio: float, *, is_first: bool = False
    ) -> None:
        """Ask for the pictures that the pages need, and then for what the reader will see next.

        Args:
            arrangement: As in `paint`.
            pages: As in `paint`.
            seen: As in `paint`.
            ratio: Pixels of the screen for each logical pixel.
            is_first: Nothing was shown yet, and the rest has to wait.
        """
        scale = arrangement.look.zoom * ratio
        needed = [Sharp(page=page, scale=scale) for page in pages]
        for page in pages:
            if scale > whole_scale(arrangement.sizes[page - 1]):
                needed += [Sharp(page=page, scale=scale, part=part) for part in _tiles(arrangement, page, seen, ratio)]
        self._pictures.wish(needed, () if is_first else self._near(arrangement, pages, scale))
        if self._pictures.is_ready and not is_first:  # words can wait until there is something to choose them on
            for page in pages:
                self._facts.words(page)
                self._facts.links(page)

    def _near(self, arrangement: Arrangement, pages: Sequence[int], scale: float) -> Sequence[Sharp]:
        """Return what is worth having before and behind the pages, in the order of its worth."""
        first, last = arrangement.row_of(min(pages)).start, arrangement.row_of(max(pages)).stop
        count = len(arrangement.sizes)
        near = [
            Sharp(page=page, scale=scale)
            for neighbour in (last, first - 1)
            if 1 <= neighbour <= count
            for page in arrangement.row_of(neighbour)
        ]
        # Small ones first: the next page may be so heavy that its sharp picture comes later than the reader.
        soon = self._small(range(last, last + SOON), count)
        around = (first - 1, *range(last + SOON, last + AHEAD), *range(first - 2, first - BEHIND, -1))
        return (*soon, *near, *self._small(around, count))

    def _small(self, pages: Iterable[int], count: int) -> list[Sharp]:
        return [self._pictures.small(page) for page in pages if 1 <= page <= count]

    def _paint_page(self, painter: QPainter, arrangement: Arrangement, box: Box, seen: QRect) -> None:
        dark = self._pictures.pen.dark
        ground = QColor.fromRgb(dark.paper) if dark is not None else QColor(Qt.GlobalColor.white)
        whole = _rect(box)
        painter.fillRect(whole, ground)
        ratio = painter.device().devicePixelRatioF()
        scale = arrangement.look.zoom * ratio
        kept = self._pictures.best(box.page, scale)
        if kept is not None:
            _draw(painter, kept, whole, scale, ratio)
            if kept.scale < scale * 0.999:
                self._paint_tiles(painter, arrangement, box, seen, ratio)
        elif problem := self._pictures.problem(box.page):
            painter.setPen(load_palette("light" if dark is None else "dark")["ink-soft"])
            painter.setFont(theme.font())
            inside = whole.intersected(seen).adjusted(theme.XL, theme.XL, -theme.XL, -theme.XL)
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), problem)
        painter.setPen(theme.color("line"))
        painter.drawRect(whole.adjusted(-1, -1, 0, 0))

    def _paint_tiles(self, painter: QPainter, arrangement: Arrangement, box: Box, seen: QRect, ratio: float) -> None:
        scale = arrangement.look.zoom * ratio
        for part in _tiles(arrangement, box.page, seen, ratio):
            image = self._pictures.tile(Sharp(page=box.page, scale=scale, part=part))
            if image is not None:
                left, top = box.left + part[0] * TILE / ratio, box.top + part[1] * TILE / ratio
                painter.drawImage(QRectF(left, top, image.width() / ratio, image.height() / ratio), image)

    def _paint_chosen_of_file(self, marks: MarkPainter, page: int) -> None:
        """The file's own are in the picture; only the frame around the chosen one is not."""
        chosen = self._scene.find(self._scene.chosen)
        if chosen is not None and chosen.page == page and chosen not in self._scene.marks_on(page):
            marks.paint_frame(chosen)

    def _paint_shades(self, painter: QPainter, arrangement: Arrangement, page: int) -> None:
        """Paint hits, chosen words and the link under the pointer as light colours over everything."""
        palette = load_palette("light" if self._pictures.pen.dark is None else "dark")
        for number, hit in self._scene.hits_on(page):
            is_current = number == self._scene.current_hit
            color = palette["warning" if is_current else "mark-yellow"]
            _shade(painter, arrangement, page, hit.rects, color, CURRENT_SHARE if is_current else HIT_SHARE)
        found = self._scene.found
        if found is not None and found.page == page:
            _shade(painter, arrangement, page, found.others, palette["mark-yellow"], HIT_SHARE)
            share = CURRENT_SHARE if found.phrase else SENTENCE_SHARE
            _shade(painter, arrangement, page, found.rects, palette["warning"], share)
        selection = self._scene.selection
        if selection is not None and page in selection.pages:
            rects = selection.rects_on(page, self._facts.words(page) or ())
            _shade(painter, arrangement, page, rects, palette["accent"], SELECTED_SHARE)
        link = self._scene.link
        if link is not None and link[0] == page:
            _shade(painter, arrangement, page, (link[1].rect,), palette["accent"], LINK_SHARE)


def _tiles(arrangement: Arrangement, page: int, seen: QRect, ratio: float) -> Sequence[tuple[int, int]]:
    box = arrangement.box(page)
    inside = seen.translated(-box.left, -box.top).intersected(QRect(0, 0, box.width, box.height))
    if inside.isEmpty():
        return ()
    edges = (inside.left(), inside.top(), inside.right() + 1, inside.bottom() + 1)
    look = arrangement.look
    pixels = Rect(*(edge * ratio for edge in edges))
    return tiles_of(arrangement.sizes[page - 1], look.zoom * ratio, look.rotation, pixels)


def _draw(painter: QPainter, kept: Kept, whole: QRect, scale: float, ratio: float) -> None:
    image = kept.image
    is_exact = abs(kept.scale - scale) < scale * 0.0005
    painter.save()
    if is_exact:  # pixel by pixel: stretching it by the last fraction would cost time and blur the text
        painter.setClipRect(whole, Qt.ClipOperation.IntersectClip)
        painter.drawImage(QRectF(whole.left(), whole.top(), image.width() / ratio, image.height() / ratio), image)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(whole, image)
    painter.restore()


def _shade(
    painter: QPainter, arrangement: Arrangement, page: int, rects: Sequence[Rect], color: QColor, share: float
) -> None:
    shade = QColor(color)
    shade.setAlphaF(share)
    for rect in rects:
        seen = arrangement.rect_to_view(page, rect)
        painter.fillRect(QRectF(seen.left, seen.top, seen.width, seen.height), shade)


def _rect(box: Box) -> QRect:
    return QRect(QPoint(box.left, box.top), QPoint(box.right - 1, box.bottom - 1))
