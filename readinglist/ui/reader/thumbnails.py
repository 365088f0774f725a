"""Small pictures of all pages beside the large ones; only those on the screen are asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from readinglist.domain.pages import PageSize
from readinglist.ui import theme
from readinglist.ui.reader.arrangement import turned
from readinglist.ui.reader.pictures import Pictures
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.row_ground import paint_ground

HEIGHT = 150
WIDTH = 116
LABEL = 18
AnyIndex = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    def __init__(self, count: int, parent: QListView) -> None:
        super().__init__(parent)
        self._count = count

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return f"Page {index.row() + 1}" if role == Qt.ItemDataRole.DisplayRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, sizes: Sequence[PageSize], pictures: Pictures, parent: QListView) -> None:
        super().__init__(parent)
        self._sizes = sizes
        self._pictures = pictures

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        view = self.parent()
        room = view.viewport().width() if isinstance(view, QListView) else 0
        columns = max(1, room // (WIDTH + 2 * theme.L))  # they share the width, so that none stands aside
        return QSize(max(WIDTH + theme.S, room // columns - 1), HEIGHT + LABEL + theme.S + 2 * theme.XS)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        page, box, state = index.row() + 1, option.rect, option.state
        painter.save()
        paint_ground(painter, box, state)
        wide, high = turned(self._sizes[page - 1], self._pictures.pen.rotation)
        scale = min(WIDTH / wide, HEIGHT / high)
        size = QSize(max(1, round(wide * scale)), max(1, round(high * scale)))
        place = QRect(box.left() + (box.width() - size.width()) // 2, 0, size.width(), size.height())
        place.moveTop(box.top() + theme.XS + (HEIGHT - size.height()) // 2)
        kept = self._pictures.best(page, self._pictures.small(page).scale)
        painter.fillRect(place, theme.color("raised"))
        if kept is not None:
            # Every pixel of the picture counts: a painter that stretches it takes some, and text becomes noise.
            small = kept.image.scaled(
                place.size() * painter.device().devicePixelRatioF(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(place, small)
        painter.setPen(theme.color("line"))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink-soft"))
        label = QRect(box.left(), box.top() + theme.XS + HEIGHT + theme.XS, box.width(), LABEL)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(page))
        painter.restore()


class Thumbnails(QListView):
    """Pages to jump to.

    Args:
        sizes: Of the pages.
        pictures: Those of the large pages; the small ones are among them.
        parent: Owner.
    """

    place_wanted = Signal(int, object)  # page, None: its top

    def __init__(self, sizes: Sequence[PageSize], pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-thumbnails")
        self.setAccessibleName("Pages in small")
        self.setProperty("role", "flat")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pictures = pictures
        self._pictures.arrived.connect(self._show_picture)
        self.setModel(_Pages(len(sizes), self))
        self.setItemDelegate(_Delegate(sizes, self._pictures, self))
        self._asking = make_delay(self, 0, self._ask)
        self.verticalScrollBar().valueChanged.connect(self._asking.start)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)

    def refresh(self) -> None:
        """Paint again, and ask for what is missing."""
        self._asking.start()
        self.viewport().update()

    def show_page(self, page: int) -> None:
        """Mark the page that is being read."""
        self.setCurrentIndex(self.model().index(page - 1, 0))

    def _go(self, index: QModelIndex) -> None:
        self.place_wanted.emit(index.row() + 1, None)

    def _ask(self) -> None:
        if not self.isVisible():
            self._pictures.wish_beside(())
            return
        seen = self.viewport().rect()
        rows = range(self.model().rowCount())
        first = self._row_at(seen.top())
        pages = []
        for row in rows[first:]:
            place = self.visualRect(self.model().index(row, 0))
            if place.top() > seen.bottom():
                break
            pages.append(row + 1)
        self._pictures.wish_beside(pages)

    def _row_at(self, height: int) -> int:
        """Return the first row at a height, without looking at all that are above it."""
        low, high = 0, self.model().rowCount()
        while low < high:
            middle = (low + high) // 2
            if self.visualRect(self.model().index(middle, 0)).bottom() < height:
                low = middle + 1
            else:
                high = middle
        return low

    def _show_picture(self, page: int) -> None:
        self.update(self.model().index(page - 1, 0))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asking.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asking.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._asking.start()
