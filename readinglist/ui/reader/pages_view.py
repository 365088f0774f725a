"""The pages, one below the other: scrolled, enlarged, turned, painted. What the pointer does is `hand`'s.

Only what is on the screen, and the pages beside it, are asked for.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QGestureEvent, QPinchGesture, QWidget
from typing_extensions import override

from readinglist.domain.pages import PageSize, Point, Rect
from readinglist.ui import theme
from readinglist.ui.reader.arrangement import GAP, Arrangement, Look, bounded_zoom, fitting_zoom
from readinglist.ui.reader.page_painting import PagePainter
from readinglist.ui.reader.viewing import Fit, Hand, Place
from readinglist.ui.widgets.delays import make_delay

ZOOM_STEP = 1.2
WHEEL_STEP = 1.0015  # for each of the 120 units of a notch: a notch is a fifth
LINE_STEP = 48  # px
OVERLAP = 40  # px that stay when a screen is turned
MARGIN = 80  # px above what is brought into view
AFTER_MS = 10  # after the first page was painted: it is on its way to the screen


class PagesView(QAbstractScrollArea):
    """All pages of a document.

    Args:
        sizes: Of the pages.
        painter: Paints them.
        parent: Owner.
    """

    page_changed = Signal(int)  # the one that most of the view shows
    place_changed = Signal()  # scrolled, or another zoom
    zoom_changed = Signal()
    end_reached = Signal()
    begun = Signal()  # once: all that is on the screen is sharp, or cannot be had; now there is time for the rest

    def __init__(self, sizes: Sequence[PageSize], painter: PagePainter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-pages")
        self.setAccessibleName("Pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming would change the width
        self.viewport().setMouseTracking(True)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.verticalScrollBar().setSingleStep(LINE_STEP)
        self.horizontalScrollBar().setSingleStep(LINE_STEP)
        self.hand: Hand | None = None
        self.fit = Fit.WIDTH
        self._sizes = sizes
        self._painter = painter
        self._page = 1
        self._pending: Place | None = Place()
        self._wanted: tuple[int, Rect] | None = None
        self._is_at_end = False
        self._is_first_painted = self._has_begun = False
        self.arrangement = Arrangement(sizes, Look(), self._room()[0])
        self._asking = make_delay(self, 0, self._ask)
        theme.notifier().changed.connect(self.viewport().update)

    @property
    def page(self) -> int:
        """The page that most of the view shows."""
        return self._page

    @property
    def zoom(self) -> float:
        """Logical pixels for each point."""
        return self.arrangement.look.zoom

    @property
    def is_at_end(self) -> bool:
        """The lower edge of the last page is to be seen."""
        return self._is_at_end

    @property
    def looked_at(self) -> list[int]:
        """The pages that fill half of the view, or of which half is to be seen."""
        return [
            page
            for page in self.visible_pages
            if 2 * self._seen_height(page) >= min(self.arrangement.box(page).height, self.viewport().height())
        ]

    @property
    def visible_pages(self) -> list[int]:
        """The pages of which something is to be seen."""
        top = self.verticalScrollBar().value()
        return self.arrangement.pages_between(top, top + self.viewport().height()) or [self._page]

    @property
    def place(self) -> Place:
        """Where the reader is, to come back to it."""
        if self._pending is not None:
            return self._pending
        top = self.verticalScrollBar().value()
        page = self.visible_pages[0]
        box = self.arrangement.box(page)
        zoom = f"{self.zoom:.4g}" if self.fit is Fit.FREE else self.fit.value
        return Place(page=page, offset=max(0.0, min(1.0, (top - box.top + GAP) / (box.height + GAP))), zoom=zoom)

    def go_to_place(self, place: Place) -> None:
        """Come back to where the reader was; before the view has its size this waits for that."""
        if not self.isVisible():
            self._pending = place
            return
        self._pending = None
        self.fit = Fit(place.zoom) if place.zoom in {Fit.WIDTH, Fit.PAGE} else Fit.FREE
        self._page = max(1, min(place.page, len(self._sizes)))
        look = self.arrangement.look
        wanted = float(place.zoom) if self.fit is Fit.FREE else self._fitting(look)
        self._arrange(replace(look, zoom=bounded_zoom(wanted, self._sizes)))
        box = self.arrangement.box(self._page)
        self._scroll_to(None, round(box.top - GAP + place.offset * (box.height + GAP)))

    def go_to(self, page: int, point: Point | None = None) -> None:
        """Show a page, its top or a place of it near the top of the view."""
        box = self.arrangement.box(page)
        if point is None:
            self._scroll_to(None, box.top - GAP)
            return
        x, y = self.arrangement.to_view(page, point)
        self._scroll_to(round(x) - MARGIN, round(y) - MARGIN)

    def reveal(self, page: int, rect: Rect) -> None:
        """Scroll as little as shows a part of a page; in the middle if it was not to be seen at all.

        Before the first picture the view may still change its size: then this is done anew.
        """
        if not self._has_begun:
            self._wanted = page, rect
        if self._pending is not None:
            return
        seen = self.arrangement.rect_to_view(page, rect)
        shown = self.seen
        if shown.top() <= seen.top and seen.bottom <= shown.bottom():
            return
        self._scroll_to(round(seen.left) - MARGIN, round(seen.top - shown.height() / 3))

    def step_page(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) row of pages."""
        row = self.arrangement.row_of(self.visible_pages[0] if by > 0 else self._top_page())
        target = row.stop if by > 0 else row.start - 1
        if 1 <= target <= len(self._sizes):
            self.go_to(self.arrangement.row_of(target).start)

    def turn_screen(self, by: int) -> None:
        """Go a screen down (1) or up (-1), leaving a line or two of it."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * (self.viewport().height() - OVERLAP))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge or reduce; what is at a place of the view (its middle) stays there."""
        self.set_zoom(self.zoom * factor, at)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Choose the zoom freely."""
        self.fit = Fit.FREE
        self._change(replace(self.arrangement.look, zoom=bounded_zoom(zoom, self._sizes)), at)

    def set_fit(self, fit: Fit) -> None:
        """Let the zoom follow the view."""
        self.fit = fit
        self._change(self.arrangement.look, QPointF(self.viewport().width() / 2, 0))

    def set_paired(self, *, is_paired: bool) -> None:
        """Show two pages beside each other, or one."""
        page = self._page
        self._change(replace(self.arrangement.look, is_paired=is_paired))
        self.go_to(self.arrangement.row_of(page).start)
        if page != self._page:  # the one beside it is seen equally well
            self._page = page
            self.page_changed.emit(page)

    def set_rotation(self, rotation: int) -> None:
        """Turn all pages, clockwise."""
        page = self._page
        self._change(replace(self.arrangement.look, rotation=rotation % 360))
        self.go_to(page)

    @property
    def seen(self) -> QRect:
        """The part of the arrangement that is on the screen."""
        corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(corner, self.viewport().size())

    def locate(self, at: QPointF) -> tuple[int, Point]:
        """Return the page that is at a place of the viewport, or nearest to it, and the place on it."""
        x, y = at.x() + self.horizontalScrollBar().value(), at.y() + self.verticalScrollBar().value()
        page = self.arrangement.page_at(x, y)
        return page, self.arrangement.to_page(page, x, y)

    def covers(self, at: QPointF) -> bool:
        """Say whether there is a page at a place of the viewport."""
        x, y = at.x() + self.horizontalScrollBar().value(), at.y() + self.verticalScrollBar().value()
        return self.arrangement.covers(self.arrangement.page_at(x, y), x, y)

    def shows(self, page: int, rect: Rect) -> bool:
        """Say whether a part of a page is whole on the screen."""
        seen, shown = self.arrangement.rect_to_view(page, rect), self.seen
        is_across = shown.left() <= seen.left and seen.right <= shown.right() + 1
        return is_across and shown.top() <= seen.top and seen.bottom <= shown.bottom() + 1

    def refresh(self) -> None:
        """Paint again, and ask for what is missing."""
        self._asking.start()
        self.viewport().update()

    def _room(self) -> tuple[int, int]:
        return self.viewport().width(), self.viewport().height()

    def _fitting(self, look: Look) -> float:
        row = Arrangement(self._sizes, look, 1).row_of(self._page) if look.is_paired else (self._page,)
        sizes = [self._sizes[page - 1] for page in row]
        return fitting_zoom(sizes, look.rotation, self._room(), is_whole=self.fit is Fit.PAGE)

    def _change(self, look: Look, at: QPointF | None = None) -> None:
        """Arrange anew and keep what is at a place of the view where it is."""
        at = at if at is not None else QPointF(self.viewport().rect().center())
        page, point = self.locate(at)
        size = self._sizes[page - 1]
        point = Point(max(0.0, min(point.x, size.width)), max(0.0, min(point.y, size.height)))
        x, y = self.arrangement.to_view(page, point)
        corner = self.seen.topLeft()
        # Beside a page is the gap, which does not grow with it.
        beside_x, beside_y = at.x() + corner.x() - x, at.y() + corner.y() - y
        if self.fit is not Fit.FREE:
            look = replace(look, zoom=self._fitting(look))
        self._arrange(look)
        x, y = self.arrangement.to_view(page, point)
        self._scroll_to(round(x + beside_x - at.x()), round(y + beside_y - at.y()))

    def _arrange(self, look: Look) -> None:
        is_another_zoom = look.zoom != self.arrangement.look.zoom
        self.arrangement = Arrangement(self._sizes, look, self._room()[0])
        wide, high = self._room()
        for bar, whole, room in (
            (self.verticalScrollBar(), self.arrangement.height, high),
            (self.horizontalScrollBar(), self.arrangement.width, wide),
        ):
            bar.setRange(0, max(0, whole - room))
            bar.setPageStep(room)
        if is_another_zoom:
            self.zoom_changed.emit()
        self.refresh()

    def _scroll_to(self, left: int | None, top: int) -> None:
        if left is not None:
            self.horizontalScrollBar().setValue(left)
        else:
            bar = self.horizontalScrollBar()
            bar.setValue((bar.minimum() + bar.maximum()) // 2)
        self.verticalScrollBar().setValue(top)
        self._follow()

    def _top_page(self) -> int:
        """The first visible page; the one after it where its top is at the edge, so that a step back leaves it."""
        return self.visible_pages[0] if self.place.offset <= 0.02 else self.visible_pages[0] + 1

    def _follow(self) -> None:
        """Tell where the reader is now."""
        # Of two pages that are seen equally well it is the one that it was.
        page = max(self.visible_pages, key=lambda one: (self._seen_height(one), one == self._page))
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        bar = self.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum() - LINE_STEP
        if is_at_end and not self._is_at_end:
            self.end_reached.emit()
        self._is_at_end = is_at_end
        self.place_changed.emit()
        self.refresh()

    def _seen_height(self, page: int) -> int:
        shown = self.seen
        return self.arrangement.seen_height(page, shown.top(), shown.bottom())

    def _reveal_wanted(self) -> None:
        if self._wanted is not None:
            self.reveal(*self._wanted)

    def _go_on(self) -> None:
        self._has_begun, self._wanted = True, None
        self.refresh()
        self.begun.emit()

    def _ask(self) -> None:
        if not self.isVisible() or self._pending is not None:
            return
        ratio, pages = self.devicePixelRatioF(), self.visible_pages
        self._painter.ask(self.arrangement, pages, self.seen, ratio, is_first=not self._has_begun)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.paint(painter, self.arrangement, self.visible_pages, self.seen)
        painter.end()
        if not self._is_first_painted and self._painter.is_ready:
            self._is_first_painted = True
            QTimer.singleShot(AFTER_MS, self, self._go_on)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._pending is not None:
            self.go_to_place(self._pending)
        self._reveal_wanted()
        self.refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._pending is None:
            self._change(self.arrangement.look, QPointF(self.viewport().width() / 2, 0))
            self._reveal_wanted()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._follow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.hand is not None and self.hand.key_pressed(event):
            return
        bar = self.verticalScrollBar()
        if key == Qt.Key.Key_Space:
            self.turn_screen(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.turn_screen(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(WHEEL_STEP ** event.angleDelta().y(), event.position())
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom_by(pinch.scaleFactor(), self.viewport().mapFromGlobal(pinch.centerPoint()))
                return True
        if event.type() is QEvent.Type.Leave and self.hand is not None:
            self.hand.left()
        return super().viewportEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.pressed(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.moved(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.released(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.double_clicked(event)
