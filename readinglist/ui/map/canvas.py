"""The map itself: points and names, and the hands that move, zoom, point, choose and draw around them."""

from collections.abc import Mapping
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.map.camera import Camera, Extent, Place, Points
from readinglist.ui.map.finding import inside, nearest, towards
from readinglist.ui.map.labels import Label, zoom_into
from readinglist.ui.map.overlay import Overlay, Sight
from readinglist.ui.map.picture import PAD, Picture, Seen
from readinglist.ui.map.titles import rows_to_title
from readinglist.ui.widgets.delays import make_delay

REACH = 8  # px from a point, within which it is meant
REST_MS = 100  # of the pointer, before the title appears
STILL_MS = 80  # of the view, before titles are looked for
SLOP = 4  # px that a click may move
STEP = 1.35  # times larger, for one step of a key or button
WHEEL = 1.0016  # times larger, for one unit of the wheel; a notch has 120
SEEN_MARGIN = 48  # px between the edge and a paper that is come to
PAN_STEP = 80  # px for an arrow key with Ctrl
ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class Choosing(Enum):
    """What becomes of what is chosen already."""

    ONLY = auto()
    ADD = auto()
    TOGGLE = auto()


class MapCanvas(QWidget):
    """Shows points.

    Args:
        parent: Owner.
    """

    chosen = Signal(object, object)  # rows, Choosing
    hovered = Signal(object, QPoint)  # row or None, and where it is
    opened = Signal()
    menu_wanted = Signal(QPoint)  # in screen coordinates
    lasso_ended = Signal()
    resized = Signal()
    titles_wanted = Signal(object)  # rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map-canvas")
        self.setAccessibleName("Map of the papers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.seen = Seen()
        self.camera = Camera()
        self.over = Overlay()
        self.is_lasso = False
        self._corners = ((0.0, 0.0), (0.0, 0.0))  # between which all points lie
        self._extent: Extent | None = None
        self._picture = Picture()
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._moved_from: QPointF | None = None
        self._is_moving = False
        self._lasso: list[QPointF] | None = None
        self._rest = make_delay(self, REST_MS, self._tell_hovered)
        self._still = make_delay(self, STILL_MS, self._ask_for_titles)
        theme.notifier().changed.connect(self._dress_anew)

    @property
    def labels(self) -> list[str]:
        """The names of regions that are seen."""
        return [one.region.name for one in self.over.labels]

    def place_of(self, row: int) -> QPointF:
        """Return where a paper is seen."""
        x, y = self.camera.to_view(self.seen.points[row : row + 1])[0]
        return QPointF(float(x), float(y))

    def show_seen(self, seen: Seen, *, is_another: bool) -> None:
        """Show papers.

        Args:
            seen: What is shown of them.
            is_another: Others than before, or at other places.
        """
        is_first = not len(self.seen.points)
        self.seen = seen
        if is_another:
            self._set_hovered(None)
            self._corners, self._extent = _corners_of(seen.points), Extent.of(seen.points)
            self.camera = self.camera.fitted(self._extent) if is_first else self.camera.framing(self._extent)
            self.over.know_titles({})
        self.refresh()

    def refresh(self) -> None:
        """Draw anew: looks or choice are others."""
        self._picture.forget()
        self._still.start()
        self.update()

    def show_titles(self, titles: Mapping[int, str]) -> None:
        """Show titles beside papers, by row, as far as there is room."""
        self.over.know_titles(titles)
        self.update()

    def look_at(self, row: int) -> None:
        """Move as little as is needed for a paper to be seen."""
        x, y = self.seen.points[row].tolist()
        self.go(self.camera.showing((x, y), SEEN_MARGIN))

    def zoom_in(self) -> None:
        """Come nearer."""
        self.go(self.camera.zoomed(STEP, self._anchor()))

    def zoom_out(self) -> None:
        """Go further away."""
        self.go(self.camera.zoomed(1 / STEP, self._anchor()))

    def fit(self) -> None:
        """See all papers."""
        self.go(self.camera.fitted(self._extent))

    def fit_chosen(self) -> None:
        """See the chosen papers as large as they fit; with one chosen, those of the list."""
        rows = self.seen.chosen if self.seen.chosen.sum() > 1 else self.seen.listed
        points = self.seen.points[rows & self.seen.shown]
        if len(points):
            low, high = _corners_of(points)
            self.go(self.camera.seeing(Extent(low, high)))

    def set_lasso(self, *, is_lasso: bool) -> None:
        """Let the pointer draw a line around papers, or move the map."""
        self.is_lasso = is_lasso
        self._lasso = None
        self.setCursor(self._idle_cursor)
        self.update()

    def _anchor(self) -> tuple[float, float] | None:
        """Return what keys zoom towards: the current paper if it is seen."""
        if self.seen.current is None:
            return None
        place = self.place_of(self.seen.current)
        return (place.x(), place.y()) if self.rect().contains(place.toPoint()) else None

    def go(self, camera: Camera) -> None:
        """See the map through another camera, as far as it does not lose it from sight."""
        camera = camera.kept_within(*self._corners)
        if camera != self.camera:
            self.camera = camera
            self._set_hovered(None)
            self._still.start()
            self.update()

    def _dress_anew(self) -> None:
        self.over.forget_colours()
        self.refresh()

    def _places(self) -> Points:
        return self.camera.to_view(self.seen.points)

    def _row_at(self, place: QPointF) -> int | None:
        return nearest(self._places(), self.seen.reachable, (place.x(), place.y()), REACH + self._picture.radius)

    def _ask_for_titles(self) -> None:
        rows = rows_to_title(self.seen, self.camera, self._places())
        if len(rows):
            self.titles_wanted.emit(rows.tolist())

    def _set_hovered(self, row: int | None) -> None:
        if row == self._hovered:
            return
        self._hovered = row
        self.hovered.emit(None, QPoint())
        self._rest.start() if row is not None else self._rest.stop()
        self.update()

    def _point_at(self, place: QPointF) -> None:
        row = self._row_at(place)
        self._set_hovered(row)
        is_name = row is None and self.over.label_at(place) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_name and not self.is_lasso else self._idle_cursor)

    @property
    def _idle_cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor if self.is_lasso else Qt.CursorShape.ArrowCursor

    def _tell_hovered(self) -> None:
        if self._hovered is not None:
            self.hovered.emit(self._hovered, self.place_of(self._hovered).toPoint())

    def _step(self, direction: tuple[float, float], choosing: Choosing) -> None:
        current = self.seen.current
        if current is None:
            middle = (self.width() / 2, self.height() / 2)
            row = nearest(self._places(), self.seen.reachable, middle, float("inf"))
        else:
            row = towards(self.seen.points, self.seen.reachable, current, direction)
        if row is not None:
            self.chosen.emit([row], choosing)
            self.look_at(row)

    def _go_into(self, label: Label | None) -> None:
        """Come so near to a region that the names within it are seen."""
        if label is not None:
            region = label.region
            self.go(self.camera.coming_to((region.x, region.y), zoom_into(region)))

    def _end_lasso(self, choosing: Choosing) -> None:
        line, self._lasso = self._lasso or [], None
        corners = np.array([[one.x(), one.y()] for one in line], dtype=np.float32).reshape(-1, 2)
        rows = np.flatnonzero(inside(self._places(), corners) & self.seen.reachable)
        if len(rows):
            self.chosen.emit(rows.tolist(), choosing)
        self.lasso_ended.emit()
        self.update()

    def _image(self) -> QImage:
        return self._picture.image(self.seen, self.camera, self.devicePixelRatioF())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(-PAD, -PAD, self._image())
        sight = Sight(
            seen=self.seen,
            camera=self.camera,
            radius=self._picture.radius,
            ratio=self.devicePixelRatioF(),
            hovered=self._hovered,
            lasso=self._lasso or [],
            has_focus=self.hasFocus(),
        )
        self.over.paint(painter, sight)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_fitted = abs(self.camera.zoom - 1) < 0.01
        self.camera = self.camera.resized(self.width(), self.height())
        if is_fitted:
            self.camera = self.camera.fitted(self._extent)
        self._still.start()
        self.resized.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = self._moved_from = event.position()
        if self.is_lasso or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = [event.position()]
        self._set_hovered(None)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._moved_from is None:
            self._point_at(event.position())
        elif self._lasso is not None:
            self._lasso.append(event.position())
            self.update()
        elif self._is_moving or _is_far(event.position(), self._pressed):
            self._is_moving = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = event.position() - self._moved_from
            self._moved_from = event.position()
            self.go(self.camera.moved(step.x(), step.y()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if event.button() is not Qt.MouseButton.LeftButton or pressed is None:
            return
        was_moving, self._is_moving = self._is_moving, False
        self.setCursor(self._idle_cursor)
        if self._lasso is not None and _is_far(event.position(), pressed, among=self._lasso):
            self._end_lasso(_choosing(event.modifiers(), is_lasso=True))
            return
        self._lasso = None
        row = None if was_moving else self._row_at(event.position())
        if row is not None:
            self.chosen.emit([row], _choosing(event.modifiers(), is_lasso=False))
        elif not was_moving:
            self._go_into(self.over.label_at(event.position()))
        self.update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._row_at(event.position()) is not None:
            self.opened.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() or event.angleDelta().x()
        place = event.position()
        self.go(self.camera.zoomed(WHEEL**turn, (place.x(), place.y())))
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.mapToGlobal(
                self.rect().center() if self.seen.current is None else self.place_of(self.seen.current).toPoint()
            )
        else:
            row = self._row_at(QPointF(event.pos()))
            if row is not None and not self.seen.chosen[row]:
                self.chosen.emit([row], Choosing.ONLY)
        self.menu_wanted.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = ARROWS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and (self.is_lasso or self._lasso is not None):
            self._lasso = self._pressed = None
            self.lasso_ended.emit()
            self.update()
        elif direction is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go(self.camera.moved(-direction[0] * PAN_STEP, -direction[1] * PAN_STEP))
        else:
            is_adding = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(direction, Choosing.ADD if is_adding else Choosing.ONLY)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(None)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            place = event.position()
            self.go(self.camera.zoomed(1 + event.value(), (place.x(), place.y())))
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                place = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.go(self.camera.zoomed(pinch.scaleFactor(), (place.x(), place.y())))
            return True
        return super().event(event)


def _choosing(modifiers: Qt.KeyboardModifier, *, is_lasso: bool) -> Choosing:
    """A lasso drawn with Shift in hand chooses anew, for without Shift the map would move."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return Choosing.ADD if is_lasso else Choosing.TOGGLE
    if modifiers & Qt.KeyboardModifier.ShiftModifier and not is_lasso:
        return Choosing.ADD
    return Choosing.ONLY


def _is_far(place: QPointF, start: QPointF, *, among: list[QPointF] | None = None) -> bool:
    """Tell whether the pointer has moved more than a hand trembles; a lasso ends where it began."""
    return any((one - start).manhattanLength() > SLOP for one in (place, *(among or ())))


def _corners_of(points: Points) -> tuple[Place, Place]:
    if not len(points):
        return (0.0, 0.0), (0.0, 0.0)
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return (left, top), (right, bottom)
