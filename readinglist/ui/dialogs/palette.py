"""The command palette: type a few letters of an action, a status, a tag or a paper, press Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.models.wording import plain_tooltip
from readinglist.ui.widgets.delays import make_delay

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
ENTRY_HEIGHT = 34
WIDTH = 620
HEIGHT = 420
SHOWN = 60  # entries; nobody reads further, they type one more letter
PAPER_LETTERS = 2  # from here on papers are looked for
DEBOUNCE_MS = 120
MOVES = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something to choose.

    Attributes:
        text: What is matched and shown.
        hint: Shown faintly at the right: keys, or what kind of thing it is.
        icon: Name for `theme.icon`.
        run: What choosing it does.
    """

    text: str
    hint: str
    icon: str
    run: Callable[[], None]


FindPapers = Callable[[str, Callable[[Sequence[Entry]], None]], None]


class PaletteDialog(QDialog):
    """The palette.

    Args:
        entries: Actions that make sense now, lists and tags, in the order of an empty search.
        find_papers: Looks for papers and hands entries back later.
        parent: The window; the palette lies over its upper part.
    """

    def __init__(self, entries: Sequence[Entry], find_papers: FindPapers, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setWindowTitle("Command palette")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)  # it lies on the window, it is none of its own
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = entries
        self._papers: Sequence[Entry] = ()
        self._find_papers = find_papers
        self._model = QStandardItemModel(self)
        self.line = QLineEdit(self)
        self.line.setObjectName("palette-line")
        self.line.setAccessibleName("Find an action, list, tag or paper")
        self.line.setPlaceholderText("Find an action, list, tag or paper")
        self.line.installEventFilter(self)
        self.list = QListView(self)
        self._none = QLabel("Nothing matches. Fewer letters find more.", self)
        self._timer = make_delay(self, DEBOUNCE_MS, self._ask_for_papers)
        self._lay_out()
        self.line.textChanged.connect(self._on_text)
        self.list.activated.connect(self._run)
        self.list.clicked.connect(self._run)
        self._show_matches()
        self.resize(min(WIDTH, parent.width() - 2 * theme.XL), min(HEIGHT, parent.height() - 2 * theme.XL))

    def _lay_out(self) -> None:
        self.list.setObjectName("palette-list")
        self.list.setAccessibleName("Matches")
        self.list.setModel(self._model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setProperty("role", "flat")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none.setObjectName("palette-none")
        self._none.setProperty("role", "faint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none, 1)

    def _on_text(self) -> None:
        self._papers = ()
        self._show_matches()
        self._timer.start()

    def _ask_for_papers(self) -> None:
        text = self.line.text().strip()
        if len(text) >= PAPER_LETTERS:
            self._find_papers(text, lambda entries: self._take_papers(text, entries))

    def _take_papers(self, text: str, entries: Sequence[Entry]) -> None:
        if text == self.line.text().strip():
            self._papers = entries
            self._show_matches()

    def _show_matches(self) -> None:
        self._model.clear()
        for entry in (*matches(self._entries, self.line.text()), *self._papers)[:SHOWN]:
            item = QStandardItem(entry.text)
            item.setData(entry, ENTRY_ROLE)
            item.setAccessibleText(f"{entry.text}, {entry.hint}" if entry.hint else entry.text)
            item.setToolTip(plain_tooltip(entry.text))
            self._model.appendRow(item)
        has_any = self._model.rowCount() > 0
        self.list.setVisible(has_any)
        self._none.setVisible(not has_any)
        if has_any:
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry):
            self.accept()
            entry.run()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.list.event(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon, text, hint."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ENTRY_HEIGHT)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ENTRY_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.color("paper"))
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("chosen" if is_chosen else "hover"))
            painter.drawRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        middle = rect.center().y() - theme.ICON // 2
        theme.icon(entry.icon).paint(painter, QRect(rect.left() + theme.S, middle, theme.ICON, theme.ICON))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("ink-faint"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -theme.S, 0), flags | Qt.AlignmentFlag.AlignRight, entry.hint)
        hint_width = painter.fontMetrics().horizontalAdvance(entry.hint)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("ink"))
        place = rect.adjusted(theme.S + theme.ICON + theme.S, 0, -hint_width - theme.L, 0)
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, flags | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


def matches(entries: Sequence[Entry], text: str) -> list[Entry]:
    """Return the entries that hold every typed word: what was typed whole first, then where words begin with them."""
    words = text.casefold().split()
    found = [entry for entry in entries if all(word in entry.text.casefold() for word in words)]
    typed = " ".join(words)
    return sorted(found, key=lambda entry: (entry.text.casefold() != typed, -_starts(entry.text.casefold(), words)))


def _starts(text: str, words: Sequence[str]) -> int:
    parts = text.replace("/", " ").split()
    return sum(any(part.startswith(word) for part in parts) for word in words)
