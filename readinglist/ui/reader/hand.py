"""What the mouse does on the pages: choosing words, following links, drawing annotations, moving the paper."""

from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from readinglist.domain.annotation import AnnotationKind
from readinglist.domain.pages import PageLink, Point, Rect
from readinglist.ui.actions import MenuOf
from readinglist.ui.models.wording import plain_tooltip
from readinglist.ui.reader.chooser import SHIFT, WIDER, WordChooser
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.pages_view import PagesView
from readinglist.ui.reader.scene import NOTE_SIZE, Draft, Scene
from readinglist.ui.reader.selection import find_word
from readinglist.ui.widgets.delays import make_delay

REST_MS = 350  # until a link shows where it leads
EDGE_MS = 30  # between two steps while words are chosen beyond the edge of the view
EDGE_SHARE = 0.35  # of how far the pointer is beyond it
SMALLEST = 6.0  # points; a smaller area was no area
STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class _Doing(Enum):
    NOTHING = auto()
    CHOOSING = auto()  # words
    DRAWING = auto()
    MOVING = auto()  # the paper, with the middle button


class PagesHand(QObject):
    """The mouse on one view.

    Args:
        view: Where it is.
        facts: Words and links.
        scene: What it changes.
    """

    link_followed = Signal(object)  # PageLink
    link_rested_on = Signal(object, QRect)  # PageLink, where it is on the screen
    link_left = Signal()
    words_marked = Signal()  # a marker is the tool, and words have been chosen
    drawn = Signal(object)  # Draft
    mark_opened = Signal(str)  # uid
    tool_changed = Signal(object)  # AnnotationKind or None
    step_wanted = Signal(int)  # 1 forward, -1 back: the buttons beside a mouse have it

    def __init__(self, view: PagesView, facts: PageFacts, scene: Scene) -> None:
        super().__init__(view)
        self._view = view
        self._facts = facts
        self._scene = scene
        self.chooser = WordChooser(view, facts, scene)
        self._tool: AnnotationKind | None = None
        self._doing = _Doing.NOTHING
        self._is_by_words = False
        self._has_moved = False  # since the button went down: a hand is never quite still
        self._clicks = 0  # one after the other at the same place, from the second one on
        self._since_click = QElapsedTimer()
        self._start = QPointF()
        self._last = QPointF()
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._go_over_the_edge)
        self._rest = make_delay(self, REST_MS, self._tell_rest)
        self.link_of_menu: PageLink | None = None  # where the last menu was opened
        view.hand = self

    @property
    def tool(self) -> AnnotationKind | None:
        """What a press begins; None for choosing words."""
        return self._tool

    def take(self, tool: AnnotationKind | None) -> None:
        """Take a tool, or put it away."""
        if tool is not self._tool:
            self._tool = tool
            self._show_cursor(self._last)
            self.tool_changed.emit(tool)

    def pressed(self, event: QMouseEvent) -> None:
        """Begin."""
        self._stop_resting()
        self._scene.show_found(None)
        is_repeated = self._tool is None and self._is_repeated(event.position())
        self._start = self._last = event.position()
        self._has_moved = False
        if event.button() in STEPS:
            self.step_wanted.emit(STEPS[event.button()])
        elif event.button() is Qt.MouseButton.MiddleButton:
            self._doing = _Doing.MOVING
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() is Qt.MouseButton.LeftButton:
            is_marker = self._tool is None or self._tool.is_on_text
            self._doing = _Doing.CHOOSING if is_marker else _Doing.DRAWING
            self._is_by_words = self._tool is not None  # half a word is seldom what is to be marked
            if self._doing is _Doing.DRAWING:
                self._draw(event.position())
            elif is_repeated:
                self._choose_wider(event.position())
            elif event.modifiers() & SHIFT and self._scene.selection is not None:
                self._extend(event.position())
            else:
                self._scene.select(None)

    def moved(self, event: QMouseEvent) -> None:
        """Go on, or look what is under the pointer."""
        at, before = event.position(), self._last
        self._last = at
        if self._doing is _Doing.NOTHING:
            self._hover(at, event.globalPosition().toPoint())
        elif self._doing is _Doing.MOVING:
            for bar, by in (
                (self._view.horizontalScrollBar(), before.x() - at.x()),
                (self._view.verticalScrollBar(), before.y() - at.y()),
            ):
                bar.setValue(bar.value() + round(by))
        elif self._doing is _Doing.DRAWING:
            self._draw(at)
        elif self._has_moved or self._is_dragged(at):
            self._has_moved = True
            self._extend(at)
            self._watch_edge(at)

    def released(self, event: QMouseEvent) -> None:
        """Finish."""
        doing, self._doing = self._doing, _Doing.NOTHING
        self._edge.stop()
        if doing is _Doing.DRAWING:
            self._finish_drawing()
        elif doing is _Doing.CHOOSING and not self._is_dragged(event.position()) and self._scene.selection is None:
            self._click(event.position())
        elif doing is _Doing.CHOOSING and self._scene.selection is not None:
            if self._scene.selection.is_empty:
                self._scene.select(None)
            elif self._tool is not None:
                self.words_marked.emit()
        self._show_cursor(event.position())

    def double_clicked(self, event: QMouseEvent) -> None:
        """Open an annotation, or choose a word; with Shift, or a third click, its line; with a fourth its paragraph."""
        page, point = self._view.locate(event.position())
        mark = self._scene.mark_at(page, point)
        if mark is not None:
            self.mark_opened.emit(mark.uid)
            return
        is_repeated = self._is_repeated(event.position())
        self._start = self._last = event.position()
        self._has_moved = False
        self._clicks = 3 if is_repeated and self._clicks == 3 else 1
        self._choose_wider(event.position(), is_line=bool(event.modifiers() & SHIFT))

    def left(self) -> None:
        """Nothing is under the pointer any more."""
        self._stop_resting()
        self._scene.point_to(None)

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Choose words with Shift and arrows, letters with Control too; Escape lets go of one thing after the other.

        Enter follows a link.
        """
        key = event.key()
        if self.chooser.key_pressed(event):
            return True
        if key == Qt.Key.Key_Escape:
            return self._let_go()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._enter()
        return False

    def look_at(self, at: QPointF) -> MenuOf:
        """Say what a menu at a place of the viewport is about; an annotation there is chosen."""
        page, point = self._view.locate(at)
        mark, link = self._scene.mark_at(page, point), self._link_at(page, point)
        self.link_of_menu = link
        selection = self._scene.selection
        rects = () if selection is None else selection.rects_on(page, self._facts.words(page) or ())
        if any(rect.contains(point) for rect in rects):
            return MenuOf.WORDS
        if mark is not None:
            self._scene.choose(mark.uid)
            return MenuOf.MARK if mark in self._scene.marks_on(page) else MenuOf.MARK_OF_FILE
        if link is not None:
            return MenuOf.LINK
        return MenuOf.PAGE if selection is None else MenuOf.WORDS

    def step_link(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) link on the screen."""
        links = [
            (page, link)
            for page in self._view.visible_pages
            for link in self._facts.links(page) or ()
            if self._view.seen.intersects(self._rect(page, link.rect))
        ]
        if not links:
            return
        current = self._scene.link
        place = links.index(current) + by if current in links else (0 if by > 0 else -1)
        link = links[place % len(links)]
        self._scene.point_to(link)
        self.link_rested_on.emit(link[1], self._on_screen(*link))

    def _let_go(self) -> bool:
        if self._scene.draft is not None:
            self._doing = _Doing.NOTHING
            self._scene.sketch(None)
        elif self._scene.link is not None:
            self._scene.point_to(None)
            self.link_left.emit()
        elif self._tool is not None:
            self.take(None)
        elif self._scene.selection is not None:
            self._scene.select(None)
        elif self._scene.chosen:
            self._scene.choose("")
        elif self._scene.found is not None:
            self._scene.show_found(None)
        else:
            return False
        return True

    def _enter(self) -> bool:
        if self._scene.link is not None:
            link = self._scene.link[1]
            self._scene.point_to(None)
            self.link_left.emit()
            self.link_followed.emit(link)
            return True
        if self._scene.chosen:
            self.mark_opened.emit(self._scene.chosen)
            return True
        return False

    def _extend(self, at: QPointF) -> None:
        self.chooser.extend(self._start, at, is_by_words=self._is_by_words)

    def _is_repeated(self, at: QPointF) -> bool:
        """Say whether a click follows the one before so soon and so near that both mean one thing."""
        is_soon = self._since_click.isValid() and self._since_click.elapsed() < QApplication.doubleClickInterval()
        return self._clicks > 0 and is_soon and not self._is_dragged(at)

    def _choose_wider(self, at: QPointF, *, is_line: bool = False) -> None:
        """Choose a word at the second click, its line at the third, its paragraph at the fourth."""
        self._clicks = min(self._clicks + 1, len(WIDER) + 1)
        self._since_click.start()
        if self.chooser.choose_at(at, WIDER[1 if is_line else self._clicks - 2]):
            self._doing, self._is_by_words = _Doing.CHOOSING, True

    def _click(self, at: QPointF) -> None:
        page, point = self._view.locate(at)
        link, mark = self._link_at(page, point), self._scene.mark_at(page, point)
        if mark is not None:
            self._scene.choose(mark.uid)
        elif link is not None and self._view.covers(at):
            self.link_left.emit()
            self.link_followed.emit(link)
        else:
            self._scene.choose("")

    def _draw(self, at: QPointF) -> None:
        assert self._tool is not None  # noqa: S101 - for the type checker
        draft = self._scene.draft
        if draft is None:
            if not self._view.covers(at):
                return
            page, point = self._view.locate(at)
            draft = Draft(kind=self._tool, page=page)
        point = self._point_on(draft.page, at)
        if self._tool is AnnotationKind.INK:
            stroke = (*draft.stroke, point)
            self._scene.sketch(Draft(kind=self._tool, page=draft.page, stroke=stroke))
            return
        start = self._point_on(draft.page, self._start)
        rect = Rect(min(start.x, point.x), min(start.y, point.y), max(start.x, point.x), max(start.y, point.y))
        self._scene.sketch(Draft(kind=self._tool, page=draft.page, rect=rect))

    def _finish_drawing(self) -> None:
        draft = self._scene.draft
        self._scene.sketch(None)
        if draft is None:
            return
        if draft.kind is AnnotationKind.NOTE and draft.rect is not None:
            left, top = draft.rect.left, draft.rect.top
            draft = Draft(kind=draft.kind, page=draft.page, rect=Rect(left, top, left + NOTE_SIZE, top + NOTE_SIZE))
        is_too_small = draft.rect is not None and min(draft.rect.width, draft.rect.height) < SMALLEST
        if is_too_small and draft.kind is AnnotationKind.AREA:
            return
        self.drawn.emit(draft)

    def _point_on(self, page: int, at: QPointF) -> Point:
        """Return a place on a page, the nearest one if the pointer is beside it."""
        seen = self._view.seen
        point = self._view.arrangement.to_page(page, at.x() + seen.left(), at.y() + seen.top())
        size = self._view.arrangement.sizes[page - 1]
        return Point(max(0.0, min(point.x, size.width)), max(0.0, min(point.y, size.height)))

    def look_again(self) -> None:
        """Pages moved under a pointer that is still: it rests on something else now, or on the same link elsewhere."""
        viewport = self._view.viewport()
        if self._doing is _Doing.NOTHING and viewport.underMouse():
            self._stop_resting()
            self._scene.point_to(None)
            self._hover(self._last, viewport.mapToGlobal(self._last.toPoint()))

    def _hover(self, at: QPointF, place: QPoint) -> None:
        page, point = self._view.locate(at)
        link = self._link_at(page, point) if self._view.covers(at) and self._tool is None else None
        pointed = None if link is None else (page, link)
        if pointed != self._scene.link:
            self._stop_resting()
            self._scene.point_to(pointed)
            if link is not None:
                self._rest.start()
        self._show_cursor(at)
        mark = self._scene.mark_at(page, point)
        comment = mark.comment if mark is not None and mark.kind is not AnnotationKind.TEXT else ""
        if comment:
            QToolTip.showText(place, plain_tooltip(comment).replace("\n", "<br>"), self._view)
        elif link is None:
            QToolTip.hideText()

    def _show_cursor(self, at: QPointF) -> None:
        page, point = self._view.locate(at)
        shape = Qt.CursorShape.ArrowCursor
        if self._tool is not None and not self._tool.is_on_text:
            shape = Qt.CursorShape.CrossCursor
        elif self._scene.link is not None or (self._tool is None and self._scene.mark_at(page, point) is not None):
            shape = Qt.CursorShape.PointingHandCursor
        elif find_word(point, self._facts.words(page) or ()) is not None:
            shape = Qt.CursorShape.IBeamCursor
        self._view.viewport().setCursor(shape)

    def _tell_rest(self) -> None:
        if self._scene.link is not None:
            page, link = self._scene.link
            self.link_rested_on.emit(link, self._on_screen(page, link))

    def _stop_resting(self) -> None:
        self._rest.stop()
        self.link_left.emit()

    def _watch_edge(self, at: QPointF) -> None:
        inside = self._view.viewport().rect().contains(at.toPoint())
        if inside:
            self._edge.stop()
        elif not self._edge.isActive():
            self._edge.start()

    def _go_over_the_edge(self) -> None:
        beyond = self._last.y() - max(0.0, min(self._last.y(), float(self._view.viewport().height())))
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond * EDGE_SHARE))
        self._extend(self._last)

    def _is_dragged(self, at: QPointF) -> bool:
        return (at - self._start).manhattanLength() >= QApplication.startDragDistance() / 2

    def _link_at(self, page: int, point: Point) -> PageLink | None:
        return next((link for link in self._facts.links(page) or () if link.rect.contains(point)), None)

    def _rect(self, page: int, rect: Rect) -> QRect:
        seen = self._view.arrangement.rect_to_view(page, rect)
        return QRect(round(seen.left), round(seen.top), max(1, round(seen.width)), max(1, round(seen.height)))

    def _on_screen(self, page: int, link: PageLink) -> QRect:
        rect = self._rect(page, link.rect).translated(-self._view.seen.topLeft())
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())
