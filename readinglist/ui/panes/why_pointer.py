"""A reason that can be read in a PDF is a link to its page: the pointer shows it, a click follows it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from readinglist.domain.paper import PaperRow
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.models.paper_table import ROW_ROLE, WHY_ROLE
from readinglist.ui.panes.paper_views import CardsView


class WhyPointer(QObject):
    """Watches the pointer over the cards.

    Args:
        cards: The view; owns this.
    """

    followed = Signal(object, object)  # PaperId, PageOfPdf

    def __init__(self, cards: CardsView) -> None:
        super().__init__(cards)
        self._cards = cards
        self._pressed: QPoint | None = None
        cards.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._follow(event)
        elif event.type() in {QEvent.Type.Leave, QEvent.Type.Wheel}:
            self._cards.viewport().unsetCursor()
        return False  # the view hears of everything: a click chooses the paper as well

    def _follow(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if event.type() is QEvent.Type.MouseButtonPress:
            self._pressed = place if is_plain and self._target(place) is not None else None
        elif event.type() is QEvent.Type.MouseMove and not event.buttons():
            self._show(is_link=self._target(place) is not None)
        elif event.type() is QEvent.Type.MouseButtonRelease:
            pressed, self._pressed = self._pressed, None
            target = self._target(place)
            is_click = pressed is not None and (place - pressed).manhattanLength() < QApplication.startDragDistance()
            if target is not None and is_plain and is_click:
                self.followed.emit(*target)

    def _show(self, *, is_link: bool) -> None:
        viewport = self._cards.viewport()
        if is_link:
            viewport.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            viewport.unsetCursor()

    def _target(self, place: QPoint) -> tuple[object, object] | None:
        """Return the paper and the page that a reason under a place leads to."""
        index = self._cards.indexAt(place)
        row, why = index.data(ROW_ROLE), index.data(WHY_ROLE)
        if not isinstance(row, PaperRow) or not isinstance(why, WhyHere) or why.place is None:
            return None
        line = self._cards.delegate.why_rect(self._cards.visualRect(index), row, why)
        return (row.id, why.place) if line.contains(place) else None
