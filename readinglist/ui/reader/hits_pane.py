"""The field that searches in the document, and the list of what was found."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.pages import SearchHit
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.reader.finder import MOST_HITS, Finder
from readinglist.ui.widgets.labels import make_label
from readinglist.ui.widgets.row_ground import paint_ground

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
LINE = 18
AnyIndex = QModelIndex | QPersistentModelIndex


class _Hits(QAbstractListModel):
    def __init__(self, finder: Finder, parent: QObject) -> None:
        super().__init__(parent)
        self._finder = finder
        self._count = 0

    def follow(self) -> None:
        """Take over what the finder has now."""
        count = len(self._finder.hits)
        if count > self._count > 0:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count != self._count:
            self.beginResetModel()
            self._count = count
            self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not (index.isValid() and index.row() < len(self._finder.hits)):
            return None
        hit = self._finder.hits[index.row()]
        if role == HIT_ROLE:
            return hit
        return f"Page {hit.page}: {hit.before} {hit.text} {hit.after}" if role == Qt.ItemDataRole.DisplayRole else None


class _HitDelegate(QStyledItemDelegate):
    """Page, and the line with what was found in bold in the middle of it."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, 2 * LINE + 2 * theme.XS)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        hit = index.data(HIT_ROLE)
        if not isinstance(hit, SearchHit):
            return
        box: QRect = option.rect
        painter.save()
        paint_ground(painter, box, option.state)
        inside = box.adjusted(theme.M, theme.XS, -theme.S, -theme.XS)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink-soft"))
        painter.drawText(QRect(inside.topLeft(), QSize(inside.width(), LINE)), flags, f"Page {hit.page}")
        line = inside.adjusted(0, LINE, 0, 0)
        self._paint_line(painter, line, hit)
        painter.restore()

    def _paint_line(self, painter: QPainter, line: QRect, hit: SearchHit) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        plain, strong = theme.font("secondary"), theme.font("secondary")
        strong.setBold(True)
        narrow, wide = QFontMetrics(plain), QFontMetrics(strong)
        found = wide.elidedText(hit.text, Qt.TextElideMode.ElideMiddle, line.width())
        room = line.width() - wide.horizontalAdvance(found)
        before = narrow.elidedText(f"{hit.before} ", Qt.TextElideMode.ElideLeft, room * 2 // 5) if hit.before else ""
        left = line.left()
        for text, font, metrics, role in (
            (before, plain, narrow, "ink-soft"),
            (found, strong, wide, "ink"),
            (f" {hit.after}", plain, narrow, "ink-soft"),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(role))
            rest = line.right() - left
            painter.drawText(
                QRect(left, line.top(), rest, LINE),
                flags,
                metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest),
            )
            left += metrics.horizontalAdvance(text)


class HitsPane(QWidget):
    """Search in the document.

    Args:
        finder: Searches.
        parent: Owner.
    """

    hit_wanted = Signal(int)  # its number
    listed = Signal()  # what was found so far stands in the list
    left = Signal()

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-search")
        self._finder = finder
        self.line = QLineEdit(self)
        self.line.setObjectName("reader-search-line")
        self.line.setAccessibleName("Search in this document")
        self.line.setPlaceholderText("Search in this document")
        sign = self.line.addAction(theme.icon("search", "ink-faint"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText("Search")
        self.line.textChanged.connect(finder.search)
        self.line.installEventFilter(self)
        self._state = make_label("", "reader-search-state", role="secondary", wraps=True, parent=self)
        self._model = _Hits(finder, self)
        self.view = QListView(self)
        self.view.setObjectName("reader-hits")
        self.view.setAccessibleName("What was found")
        self.view.setProperty("role", "flat")
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        finder.changed.connect(self._follow)
        top = QVBoxLayout()
        top.setContentsMargins(theme.M, theme.S, theme.S, 0)
        top.setSpacing(theme.XS)
        top.addWidget(self.line)
        top.addWidget(self._state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self._follow()

    def begin(self, text: str = "") -> None:
        """Put the cursor into the field; search for a text if there is one."""
        if text:
            self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) hit, round and round."""
        count = self._model.rowCount()
        if count:
            row = self.view.currentIndex().row()
            self._choose((row + by) % count if row >= 0 else (0 if by > 0 else count - 1))

    def choose_from(self, page: int) -> None:
        """Go to the first hit from a page on."""
        hits = self._finder.hits
        if hits:
            self._choose(next((number for number, hit in enumerate(hits) if hit.page >= page), 0))

    def _choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.hit_wanted.emit(row)

    def _go(self, index: QModelIndex) -> None:
        self.hit_wanted.emit(index.row())

    def _follow(self) -> None:
        finder = self._finder
        self._model.follow()
        count = len(finder.hits)
        if finder.problem:
            text = finder.problem
        elif not finder.text:
            text = ""
        elif not count:
            text = "Searching…" if finder.is_running else "Not found."
        else:
            more = " so far" if finder.is_running else ""
            text = f"The first {MOST_HITS:,} places" if count >= MOST_HITS else f"{count_text(count, 'place')}{more}"
        self._state.setText(text)
        self._state.setVisible(bool(text))
        self.listed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if key == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
