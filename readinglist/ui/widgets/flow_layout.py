"""A layout that sets its widgets in lines, as words are: chips, buttons, links."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

Sized = tuple[QLayoutItem, QSize]


class FlowLayout(QLayout):
    """From left to right, then on to the next line; what is lower than its line stands in the middle of it.

    Args:
        parent: The widget laid out.
        gap: Between widgets and between lines, px.
        pairs: Two widgets that can be narrower are, where that brings them into one line.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int, pairs: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._pairs = pairs
        self._heights: dict[int, int] = {}  # by width: a page asks dozens of times before it settles
        self.setContentsMargins(0, 0, 0, 0)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget at a place."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def _arrange(self, area: QRect, *, is_trial: bool) -> int:
        """Place the items and return the height they take."""
        top = area.top()
        for line in self._lines(max(area.width(), 1)):
            left, placed = area.left(), []
            for item, size in line:
                placed.append((item, QRect(QPoint(left, top), size)))
                left += size.width() + self._gap
            top += _place(placed, is_trial=is_trial) + self._gap
        return max(0, top - self._gap - area.top())

    def _lines(self, room: int) -> list[list[Sized]]:
        """Return the items that are there in lines, with their sizes; `room` is how wide a line is, px."""
        there = [item for item in self._items if not item.isEmpty()]
        sized = [(item, item.sizeHint().boundedTo(QSize(room, 10_000))) for item in there]
        lines: list[list[Sized]] = []
        left = 0
        for place, (item, size) in enumerate(sized):
            if not lines or size.width() > left:
                lines.append([])
                left = room
                if self._pairs:
                    _narrow(sized[place : place + 2], room - self._gap)
            if _grows(item):
                size.setWidth(max(size.width(), left))
            lines[-1].append((item, size))
            left -= size.width() + self._gap
        return lines

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), is_trial=True)
        return self._heights[width]

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size


def _place(line: Sequence[tuple[QLayoutItem, QRect]], *, is_trial: bool) -> int:
    """Put the items of a line into its middle and return its height."""
    height = max((place.height() for _, place in line), default=0)
    if not is_trial:
        for item, place in line:
            item.setGeometry(place.translated(0, (height - place.height()) // 2))
    return height


def _narrow(pair: Sequence[Sized], room: int) -> None:
    """Make two items as narrow as is needed for them to share a line, none less than half of it."""
    if len(pair) < 2:
        return
    one, other = pair[0][1], pair[1][1]
    can_share = max(item.minimumSize().width() for item, _ in pair) <= room // 2
    if can_share and one.width() + other.width() > room:
        one.setWidth(min(one.width(), max(room // 2, room - other.width())))
        other.setWidth(min(other.width(), room - one.width()))


def _grows(item: QLayoutItem) -> bool:
    """Tell whether the item takes the rest of its line."""
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
