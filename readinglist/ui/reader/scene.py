"""What lies on the pages of a tab beside their pictures: chosen words, hits, annotations; to be painted and pointed at.

Holds values and tells when they change; draws nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.page_places import FoundPlace
from readinglist.domain.pages import PageLink, Point, Rect, SearchHit
from readinglist.ui.reader.selection import Selection

NOTE_SIZE = 20.0  # points; side of a note's sign
REACH = 4.0  # points by which a thin line may be missed
BETWEEN = 2.0  # points; half of what is white between two lines of a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is being drawn and is no annotation yet.

    Attributes:
        kind: Of the annotation that it will be.
        page: Where.
        rect: For areas and text.
        stroke: For ink.
    """

    kind: AnnotationKind
    page: int
    rect: Rect | None = None
    stroke: tuple[Point, ...] = ()


class Scene(QObject):
    """The things on the pages.

    Args:
        parent: Owner.
    """

    changed = Signal()
    selection_changed = Signal()
    chosen_changed = Signal(str)  # uid of the annotation; empty for none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection: Selection | None = None
        self._chosen = ""
        self._marks: Mapping[int, Sequence[Annotation]] = {}
        self._in_file: Mapping[int, Sequence[Annotation]] = {}
        self._hits: Mapping[int, Sequence[tuple[int, SearchHit]]] = {}
        self._draft: Draft | None = None
        self._link: tuple[int, PageLink] | None = None
        self._found: FoundPlace | None = None
        self.current_hit = -1

    @property
    def selection(self) -> Selection | None:
        """The chosen words; None if there are none."""
        return self._selection

    def select(self, selection: Selection | None) -> None:
        """Choose words, or none."""
        if selection != self._selection:
            self._selection = selection
            self.changed.emit()
            self.selection_changed.emit()

    @property
    def chosen(self) -> str:
        """The uid of the chosen annotation; empty if there is none."""
        return self._chosen

    def choose(self, uid: str) -> None:
        """Choose an annotation, or none."""
        if uid != self._chosen:
            self._chosen = uid
            self.changed.emit()
            self.chosen_changed.emit(uid)

    @property
    def draft(self) -> Draft | None:
        """What is being drawn."""
        return self._draft

    def sketch(self, draft: Draft | None) -> None:
        """Show what is being drawn."""
        self._draft = draft
        self.changed.emit()

    @property
    def link(self) -> tuple[int, PageLink] | None:
        """The page and the link that the keyboard or the pointer is on."""
        return self._link

    def point_to(self, link: tuple[int, PageLink] | None) -> None:
        """Show which link would be followed."""
        if link != self._link:
            self._link = link
            self.changed.emit()

    def show_marks(self, marks: Iterable[Annotation], in_file: Iterable[Annotation]) -> None:
        """Show annotations: those of the library are drawn, those of the file are in its pictures already."""
        self._marks = _by_page(marks)
        own = {one.uid for page in self._marks.values() for one in page}
        self._in_file = _by_page(one for one in in_file if one.uid not in own)
        if self.find(self._chosen) is None:
            self.choose("")
        self.changed.emit()

    def marks_on(self, page: int) -> Sequence[Annotation]:
        """Return the annotations of the library on a page."""
        return self._marks.get(page, ())

    def find(self, uid: str) -> Annotation | None:
        """Return an annotation, of the library or of the file."""
        pages = (*self._marks.values(), *self._in_file.values())
        return next((one for page in pages for one in page if one.uid == uid), None)

    def mark_at(self, page: int, point: Point) -> Annotation | None:
        """Return the annotation at a place: the one on top, which is the newest."""
        both = (*self._in_file.get(page, ()), *self.marks_on(page))
        return next((one for one in reversed(both) if _is_hit(one, point)), None)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show where the text that was searched for stands."""
        found: dict[int, list[tuple[int, SearchHit]]] = defaultdict(list)
        for number, hit in enumerate(hits):
            found[hit.page].append((number, hit))
        self._hits = found
        self.changed.emit()

    def show_current_hit(self, number: int) -> None:
        """Show one hit stronger than the others; -1 for none."""
        self.current_hit = number
        self.changed.emit()

    @property
    def found(self) -> FoundPlace | None:
        """What a search of the library found here; None if it is not shown any more."""
        return self._found

    def show_found(self, found: FoundPlace | None) -> None:
        """Show what a search of the library found, or show it no longer."""
        if found is not self._found:
            self._found = found
            self.changed.emit()

    def hits_on(self, page: int) -> Sequence[tuple[int, SearchHit]]:
        """Return the hits of a page with their numbers."""
        return self._hits.get(page, ())


def note_rect(annotation: Annotation) -> Rect:
    """Return where the sign of a note is drawn."""
    corner = annotation.rects[0]
    return Rect(corner.left, corner.top, corner.left + NOTE_SIZE, corner.top + NOTE_SIZE)


def _by_page(annotations: Iterable[Annotation]) -> Mapping[int, Sequence[Annotation]]:
    found: dict[int, list[Annotation]] = defaultdict(list)
    for one in annotations:
        found[one.page].append(one)
    return found


def _is_hit(annotation: Annotation, point: Point) -> bool:
    if annotation.kind is AnnotationKind.NOTE:
        return note_rect(annotation).contains(point)
    if annotation.kind is AnnotationKind.AREA:  # what stands inside can still be chosen
        outer, inner = (_grown(annotation.rects[0], by) for by in (REACH, -REACH))
        return outer.contains(point) and not inner.contains(point)
    if annotation.kind is AnnotationKind.INK:
        return any(_is_near(stroke, point) for stroke in annotation.strokes)
    return any(_grown(rect, BETWEEN).contains(point) for rect in annotation.rects)


def _grown(rect: Rect, by: float) -> Rect:
    return Rect(rect.left - by, rect.top - by, rect.right + by, rect.bottom + by)


def _is_near(stroke: Sequence[Point], point: Point) -> bool:
    pairs = zip(stroke, stroke[1:] or stroke, strict=False)
    return any(_distance(one, other, point) <= REACH for one, other in pairs)


def _distance(one: Point, other: Point, point: Point) -> float:
    """Return how far a point is from the line between two others."""
    dx, dy = other.x - one.x, other.y - one.y
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((point.x - one.x) * dx + (point.y - one.y) * dy) / length)) if length else 0.0
    return float(((one.x + share * dx - point.x) ** 2 + (one.y + share * dy - point.y) ** 2) ** 0.5)
