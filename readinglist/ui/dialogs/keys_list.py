"""All actions with their keys, as a list to choose from."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, ActionSpec, keys_of, shown_keys
from readinglist.ui.dialogs.check_list import AnyIndex
from readinglist.ui.widgets.row_ground import paint_focused_ground

ID_ROLE = Qt.ItemDataRole.UserRole + 1
KEYS_ROLE = Qt.ItemDataRole.UserRole + 2
OWN_ROLE = Qt.ItemDataRole.UserRole + 3
ROW_HEIGHT = 30
NO_KEY = "no key"


class KeysList(QListView):
    """The list.

    Args:
        parent: The page.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys-list")
        self.setAccessibleName("Actions and their keys")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(KeysDelegate(self))
        theme.notifier().changed.connect(self.viewport().update)

    @property
    def chosen_id(self) -> str | None:
        """Id of the chosen action; None if there is none."""
        value = self.currentIndex().data(ID_ROLE)
        return value if isinstance(value, str) else None

    def show_actions(self, own: Mapping[str, str], text: str) -> None:
        """Show the actions that fit what was typed; the chosen one stays chosen if it is among them."""
        chosen = self.chosen_id
        words = text.casefold().split()
        self._items.clear()
        for spec in ACTIONS:
            keys = shown_keys(keys_of(spec, own))
            searched = f"{spec.text} {spec.menu.value} {keys}".casefold()
            if all(word in searched for word in words):
                self._items.appendRow(_make_item(spec, keys, is_own=spec.id in own))
        rows = range(self._items.rowCount())
        row = next((row for row in rows if self._items.index(row, 0).data(ID_ROLE) == chosen), 0)
        self.setCurrentIndex(self._items.index(row, 0))


class KeysDelegate(QStyledItemDelegate):
    """Paints an action: menu, what it does, its keys."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: QRect = option.rect
        painter.save()
        paint_focused_ground(painter, row, option.state)
        place = row.adjusted(theme.M, 0, -theme.M, 0)
        keys, is_own = index.data(KEYS_ROLE), index.data(OWN_ROLE)
        painter.setFont(theme.font("strong" if is_own else "body"))
        painter.setPen(theme.color("ink" if keys else "ink-faint"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(place, flags | Qt.AlignmentFlag.AlignRight, keys or NO_KEY)
        place.setRight(place.right() - QFontMetrics(painter.font()).horizontalAdvance(keys or NO_KEY) - theme.L)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink"))
        painter.drawText(place, flags | Qt.AlignmentFlag.AlignLeft, index.data(Qt.ItemDataRole.DisplayRole))
        painter.restore()


def _make_item(spec: ActionSpec, keys: str, *, is_own: bool) -> QStandardItem:
    words = spec.text.rstrip("…")
    item = QStandardItem(words)
    item.setData(spec.id, ID_ROLE)
    item.setData(keys, KEYS_ROLE)
    item.setData(is_own, OWN_ROLE)
    changed = ", changed" if is_own else ""
    item.setAccessibleText(f"{words}, {spec.menu.value}: {keys or NO_KEY}{changed}")
    item.setToolTip(spec.tooltip)
    return item
