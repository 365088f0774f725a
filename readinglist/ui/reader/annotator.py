"""Making and changing annotations: shown at once, stored on the library's lane, taken back by its undo."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind, AnnotationPart
from readinglist.domain.pages import Point, Rect, plain_text
from readinglist.services.jobs import JobContext, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.annotations import AnnotationList
from readinglist.ui.reader.needs import INITIATOR, Document, Marks
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.scene import NOTE_SIZE, Draft, Scene
from readinglist.ui.widgets.delays import make_delay

PAUSE_MS = 800  # after the last key in a comment; shorter than the time within which undo merges typing
TEXT_SIZE = (160.0, 30.0)  # points, of a text that was placed by a click
BESIDE = 8.0  # points between words and the note beside them


def utc_now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


class Annotator(QObject):
    """The annotations of one tab.

    Args:
        document: Has annotations of its own.
        marks: Those in the library.
        bridge: Takes writes to the library's lane.
        scene: Shows them.
        facts: Words under marks.
        now: Tells the time.
    """

    changed = Signal()
    colour_changed = Signal(object)  # AnnotationColour
    comment_wanted = Signal(str)  # uid: it has just been placed, and means nothing without words
    taken_over = Signal(object)  # page to the uids that its picture must leave out

    def __init__(
        self,
        document: Document,
        marks: Marks,
        bridge: Bridge,
        scene: Scene,
        facts: PageFacts,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(scene)
        self._document = document
        self._marks = marks
        self._bridge = bridge
        self._scene = scene
        self._facts = facts
        self._now = now
        self._own: dict[str, Annotation] = {}
        self._in_file: dict[str, Annotation] = {}
        self._unsaved: set[str] = set()
        self._is_closed = False
        self.model = AnnotationList(self)
        self.colour = AnnotationColour.YELLOW
        self._timer = make_delay(self, PAUSE_MS, self.save)

    @property
    def own(self) -> Sequence[Annotation]:
        """Those of the library, in page order."""
        return [one.annotation for one in self.model.entries if not one.is_in_file]

    @property
    def in_file_only(self) -> Sequence[Annotation]:
        """Those of the file that the library does not have."""
        return [one.annotation for one in self.model.entries if one.is_in_file]

    def find_own(self, uid: str) -> Annotation | None:
        """Return an annotation of the library; None if it is not there, or the file's own."""
        return self._own.get(uid)

    def load(self) -> None:
        """Read those of the library, behind all writes that wait."""

        def read(_context: JobContext) -> Sequence[Annotation]:
            return self._marks.all()

        self._bridge.run(read, lane=Lane.LIBRARY, on_done=self._show_own)

    def load_from_file(self) -> None:
        """Read those that the file brought along, part after part."""
        self._ask(1)

    def mark(self, kind: AnnotationKind) -> bool:
        """Mark the chosen words, on each of their pages; False if there are none."""
        selection = self._scene.selection
        if selection is None:
            return False
        made = []
        for page in selection.pages:
            words = selection.words_on(page, self._facts.words(page) or ())
            rects = selection.rects_on(page, self._facts.words(page) or ())
            if rects:
                made.append(self._new(kind, page, rects, quote=plain_text(words)))
        self._scene.select(None)
        self._add(made)
        return bool(made)

    def add_draft(self, draft: Draft) -> None:
        """Make an annotation of what was drawn."""
        if draft.stroke:
            across = [point.x for point in draft.stroke]
            down = [point.y for point in draft.stroke]
            around = Rect(min(across), min(down), max(across), max(down))
            self._add([self._new(draft.kind, draft.page, (around,), strokes=(draft.stroke,))])
        elif draft.rect is not None:
            rect = draft.rect
            if draft.kind is AnnotationKind.TEXT and min(rect.width, rect.height) < NOTE_SIZE:
                rect = self._inside(draft.page, Rect(rect.left, rect.top, rect.left, rect.top), TEXT_SIZE)
            self._add([self._new(draft.kind, draft.page, (rect,))])

    def put_at_words(self, kind: AnnotationKind) -> bool:
        """Put a note beside the chosen words, a text below them, or an area around them; False if there are none."""
        selection = self._scene.selection
        if selection is None:
            return False
        page = selection.first.page
        lines = selection.rects_on(page, self._facts.words(page) or ())
        if not lines:
            return False
        around = Rect(
            min(one.left for one in lines),
            min(one.top for one in lines),
            max(one.right for one in lines),
            max(one.bottom for one in lines),
        )
        if kind is AnnotationKind.NOTE:
            place = Rect(around.left - NOTE_SIZE - BESIDE, around.top, around.left, around.top)
            around = self._inside(page, place, (NOTE_SIZE, NOTE_SIZE))
        elif kind is AnnotationKind.TEXT:
            place = Rect(around.left, around.bottom + BESIDE, around.left, around.bottom)
            around = self._inside(page, place, TEXT_SIZE)
        self._scene.select(None)
        self._add([self._new(kind, page, (around,))])
        return True

    def set_colour(self, colour: AnnotationColour) -> None:
        """Take a colour for what comes, and give it to the chosen annotation."""
        self.colour = colour
        chosen = self._own.get(self._scene.chosen)
        if chosen is not None and chosen.colour is not colour:
            self._change(replace(chosen, colour=colour, modified=self._now()))
            self._unsaved.add(chosen.uid)
            self.save()
        self.colour_changed.emit(colour)

    def next_colour(self) -> None:
        """Take the colour after the present one."""
        chosen = self._own.get(self._scene.chosen)
        colours = list(AnnotationColour)
        present = chosen.colour if chosen is not None else self.colour
        self.set_colour(colours[(colours.index(present) + 1) % len(colours)])

    def set_comment(self, uid: str, comment: str) -> None:
        """Write the comment; stored after a pause in the typing."""
        self._edit(uid, comment=comment)

    def set_tags(self, uid: str, tags: Sequence[str]) -> None:
        """Give tags; stored after a pause."""
        self._edit(uid, tags=tuple(tags))

    def remove(self, uid: str) -> bool:
        """Delete one of the library; False if it is not there."""
        if self._own.pop(uid, None) is None:
            return False
        self._unsaved.discard(uid)
        self._show()
        self._write(lambda: self._marks.remove([uid], initiator=INITIATOR))
        return True

    def take_over(self) -> int:
        """Store the file's own annotations in the library, where they can be changed; return how many."""
        found = self.in_file_only
        self._add(found, is_chosen=False)
        return len(found)

    def step(self, by: int) -> None:
        """Choose the next (1) or the previous (-1) annotation in page order."""
        entries = self.model.entries
        if not entries:
            return
        row = self.model.row_of(self._scene.chosen)
        row = (row + by) % len(entries) if row >= 0 else (0 if by > 0 else len(entries) - 1)
        self._scene.choose(entries[row].annotation.uid)

    def save(self) -> None:
        """Store what was typed."""
        self._timer.stop()
        waiting, self._unsaved = self._unsaved, set()
        for uid in waiting:
            if (annotation := self._own.get(uid)) is not None:
                self._write(partial(self._marks.change, annotation, initiator=INITIATOR))

    def close(self) -> None:
        """Have what was typed stored, also if the program ends before its turn comes, and take nothing more."""
        self.save()
        self._is_closed = True

    def _new(
        self,
        kind: AnnotationKind,
        page: int,
        rects: Sequence[Rect],
        *,
        quote: str = "",
        strokes: tuple[tuple[Point, ...], ...] = (),
    ) -> Annotation:
        now = self._now()
        return Annotation(
            uid=str(uuid.uuid4()),
            kind=kind,
            page=page,
            rects=tuple(rects),
            colour=self.colour,
            quote=quote,
            strokes=strokes,
            created=now,
            modified=now,
        )

    def _inside(self, page: int, at: Rect, size: tuple[float, float]) -> Rect:
        """Return a rectangle of a size with its corner at a place, moved so far that it lies on the page."""
        whole = self._document.info.pages[page - 1]
        left = max(0.0, min(at.left, whole.width - size[0]))
        top = max(0.0, min(at.top, whole.height - size[1]))
        return Rect(left, top, left + size[0], top + size[1])

    def _add(self, made: Sequence[Annotation], *, is_chosen: bool = True) -> None:
        if not made:
            return
        self._own |= {one.uid: one for one in made}
        self._show()
        self._write(lambda: self._marks.add(made, initiator=INITIATOR))
        if is_chosen:
            self._scene.choose(made[0].uid)
            if made[0].kind in {AnnotationKind.NOTE, AnnotationKind.TEXT}:
                self.comment_wanted.emit(made[0].uid)

    def _edit(self, uid: str, **values: object) -> None:
        before = self._own.get(uid)
        if before is None:
            return
        after = replace(before, **values)  # type: ignore[arg-type]  # the two callers name what they change
        if after != before:
            self._change(replace(after, modified=self._now()))
            self._unsaved.add(uid)
            self._timer.start()

    def _change(self, annotation: Annotation) -> None:
        self._own[annotation.uid] = annotation
        self._show()

    def _write(self, write: Callable[[], object]) -> None:
        def work(_context: JobContext) -> object:
            return write()

        def fail(error: BaseException) -> None:  # no method: the reader hears of it also when the tab is gone
            self._take_back(error)

        self._bridge.run(work, lane=Lane.LIBRARY, on_error=fail, is_kept=True)

    def _take_back(self, error: BaseException) -> None:
        """Show what the library really has."""
        self._bridge.fail(error)
        if not self._is_closed:
            self.load()

    def _show_own(self, annotations: Sequence[Annotation]) -> None:
        if self._is_closed:
            return
        unsaved = {uid: self._own[uid] for uid in self._unsaved if uid in self._own}
        self._own = {one.uid: unsaved.get(one.uid, one) for one in annotations}
        self._show()

    def _ask(self, page: int) -> None:
        self._bridge.when_done(self._document.annotations(page=page), self._take, on_error=self._fail)

    def _fail(self, error: BaseException) -> None:
        if not self._is_closed:  # the pages are there all the same
            self._bridge.fail(error)

    def _take(self, part: AnnotationPart) -> None:
        if self._is_closed:
            return
        self._in_file |= {one.uid: one for one in part.annotations}
        if part.next_page is not None:
            self._ask(part.next_page)
        if part.annotations:
            self._show()

    def _show(self) -> None:
        self.model.show(self._own.values(), self._in_file.values())
        self._scene.show_marks(self._own.values(), self._in_file.values())
        hidden: dict[int, tuple[str, ...]] = {}
        for uid, one in self._in_file.items():
            if uid in self._own:
                hidden[one.page] = (*hidden.get(one.page, ()), uid)
        self.taken_over.emit(hidden)
        self.changed.emit()
