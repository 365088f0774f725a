"""Suggestions below the search field while something is typed that the query language or the library can go on with.

The list is a part of the window, not a window of its own: it never has the keyboard, so it cannot take a letter away
from who types on. Nothing in it is chosen until an arrow key chooses it; Enter and Down mean what they always mean
until then, Tab takes the first.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.completing import LOOKED_UP, Suggestion, Typed, completed, known_suggestions, part_at
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.paper_table import AnyIndex
from readinglist.ui.panes.search_field import SearchField
from readinglist.ui.widgets.asked_of import AskedOf

MOST = 8
ROW_HEIGHT = 28
LEAST_WIDTH, MOST_WIDTH = 220, 420
SUGGESTION_ROLE = Qt.ItemDataRole.UserRole + 1
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Catalog(Protocol):
    """`workspace.catalog`."""

    def names(self, field: str, typed: str, limit: int, /) -> list[tuple[str, int]]:
        """Return names that papers have, with numbers of papers."""
        ...


class SuggestionDelegate(QStyledItemDelegate):
    """Paints what may be put in, and beside it what it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text_font = theme.font("body")
        self.hint_font = theme.font("secondary")

    def width_of(self, suggestion: Suggestion) -> int:
        """Return the room that a suggestion needs."""
        text = QFontMetrics(self.text_font).horizontalAdvance(suggestion.text)
        return text + QFontMetrics(self.hint_font).horizontalAdvance(suggestion.hint) + 2 * theme.S + theme.L

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(LEAST_WIDTH, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        suggestion = index.data(SUGGESTION_ROLE)
        if not isinstance(suggestion, Suggestion):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("chosen"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        inside = rect.adjusted(theme.S, 0, -theme.S, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.hint_font)
        painter.setPen(theme.color("ink-faint"))
        painter.drawText(inside, vertical | Qt.AlignmentFlag.AlignRight, suggestion.hint)
        inside.setRight(inside.right() - QFontMetrics(self.hint_font).horizontalAdvance(suggestion.hint) - theme.S)
        painter.setFont(self.text_font)
        painter.setPen(theme.color("ink"))
        text = painter.fontMetrics().elidedText(suggestion.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, vertical | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class SuggestionList(QListWidget):
    """The suggestions, over whatever lies below the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search-suggestions")
        self.setAccessibleName("Suggestions")
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.delegate = SuggestionDelegate(self)
        self.setItemDelegate(self.delegate)
        theme.notifier().changed.connect(self.viewport().update)
        self.hide()

    def show_suggestions(self, suggestions: Sequence[Suggestion], corner: QPoint) -> None:
        """Show suggestions below a place of the window."""
        self.clear()
        for one in suggestions:
            item = QListWidgetItem(one.text, self)
            item.setData(SUGGESTION_ROLE, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.text} {one.hint}".strip())
        widest = max(map(self.delegate.width_of, suggestions)) + 2 * self.frameWidth()
        window = self.parentWidget()
        assert window is not None  # noqa: S101 - for the type checker
        width = min(max(widest, LEAST_WIDTH), MOST_WIDTH, window.width() - 2 * theme.S)
        left = max(theme.S, min(corner.x(), window.width() - width - theme.S))
        self.setGeometry(left, corner.y(), width, len(suggestions) * ROW_HEIGHT + 2 * self.frameWidth())
        self.raise_()
        self.show()

    def at(self, row: int) -> Suggestion | None:
        """Return a suggestion."""
        found = self.item(row).data(SUGGESTION_ROLE) if 0 <= row < self.count() else None
        return found if isinstance(found, Suggestion) else None


class SearchCompletion(QObject):
    """Watches the search field, and completes what is typed there.

    Args:
        field: The search field.
        catalog: Knows names; called on workers.
        bridge: Brings answers.
    """

    def __init__(self, field: SearchField, catalog: Catalog, bridge: Bridge) -> None:
        super().__init__(field)
        self._line = field.line
        self._list: SuggestionList | None = None
        self._part: Typed | None = None
        self._dismissed = ""  # the text at which the reader closed the list
        self._names = AskedOf[Typed, Sequence[tuple[str, int]]](
            bridge, self, ask=lambda part: catalog.names(part.field or "", part.text, MOST), show=self._show_names
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._consider)
        # After the event that changed the text: the cursor is where it will be, and the field may have got the focus.
        self._line.textChanged.connect(lambda _: self._timer.start(0))
        self._line.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Suggestions are shown."""
        return self._list is not None and self._list.isVisible()

    @property
    def list(self) -> SuggestionList:
        """The list, made when first wanted."""
        if self._list is None:
            self._list = SuggestionList(self._line.window())
            self._list.itemClicked.connect(lambda item: self._accept(self.list.row(item)))
        return self._list

    def _consider(self) -> None:
        text = self._line.text()
        self._names.turn_to(None)
        self._part = part_at(text, self._line.cursorPosition()) if self._line.hasFocus() else None
        if self._part is None or text == self._dismissed:
            self.hide()
            return
        if self._part.field in LOOKED_UP:
            self._names.turn_to(self._part, rest_ms=0)
        else:
            self._show(known_suggestions(self._part)[:MOST])

    def _show_names(self, names: Sequence[tuple[str, int]]) -> None:
        part = self._names.subject
        is_counted = part is not None and part.field != "author"  # their numbers are those of a sample
        hints = [count_text(number, "paper") if is_counted else "" for _, number in names]
        found = [Suggestion(text=name, hint=hint) for (name, _), hint in zip(names, hints, strict=True)]
        is_all = part is not None and [one.text for one in found] == [part.text]
        self._show([] if is_all else found)

    def _show(self, suggestions: Sequence[Suggestion]) -> None:
        if not suggestions or self._part is None or not self._line.hasFocus():
            self.hide()
            return
        cursor = self._line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        left = cursor.left() if isinstance(cursor, QRect) else 0
        left -= self._line.fontMetrics().horizontalAdvance(self._part.text) + theme.S
        corner = self._line.mapTo(self._line.window(), QPoint(max(0, left), self._line.height() + 2))
        self.list.show_suggestions(suggestions, corner)

    def hide(self) -> None:
        """Show no suggestions."""
        if self._list is not None:
            self._list.hide()

    def _accept(self, row: int) -> None:
        part, suggestion = self._part, self.list.at(row)
        if part is None or suggestion is None:
            return
        text, cursor = completed(self._line.text(), part, suggestion)
        self.hide()
        self._line.setSelection(part.start, part.end - part.start)
        self._line.insert(text)  # a step that can be undone in the field
        self._line.setCursorPosition(cursor)

    def _step(self, by: int) -> None:
        """Go down or up; above the first and below the last, nothing is chosen."""
        count = self.list.count()
        row = (self.list.currentRow() + 1 + by) % (count + 1) - 1
        self.list.setCurrentRow(row)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Use a key that means something to the list; returns whether it did."""
        if not self.is_shown or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, chosen = event.key(), self.list.currentRow()
        if key in STEPS:
            self._step(STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Tab:
            self._accept(max(chosen, 0))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and chosen >= 0:
            self._accept(chosen)
        elif key == Qt.Key.Key_Escape:
            self._dismissed = self._line.text()
            self.hide()
        else:
            return False
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._names.turn_to(None)
            self.hide()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._take_key(event):
            return True
        return super().eventFilter(watched, event)
