"""The annotations beside the pages: all of them in page order, and below them the words of the chosen one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.annotation import Annotation
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.models.annotations import ENTRY_ROLE, KIND_WORDS, MarkEntry
from readinglist.ui.models.wording import SEPARATOR
from readinglist.ui.reader.annotator import Annotator
from readinglist.ui.reader.mark_editor import MarkEditor
from readinglist.ui.reader.scene import Scene
from readinglist.ui.widgets.empty_state import EmptyState
from readinglist.ui.widgets.labels import make_label, make_line
from readinglist.ui.widgets.row_ground import paint_ground

LINE = 18
MOST_LINES = 3  # of a quote, and of a comment
BAR = 3
AnyIndex = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """A bar in the annotation's colour, what and where it is, the marked words, the comment, the tags."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry = index.data(ENTRY_ROLE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 200
        return QSize(120, _height(entry.annotation, _text_width(width)) if isinstance(entry, MarkEntry) else LINE)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, MarkEntry):
            return
        box: QRect = option.rect
        one = entry.annotation
        painter.save()
        paint_ground(painter, box, option.state)
        painter.fillRect(
            QRect(box.left() + theme.M, box.top() + theme.S, BAR, box.height() - 2 * theme.S),
            theme.color(f"mark-{one.colour}"),
        )
        painter.fillRect(QRect(box.left() + theme.M, box.bottom(), box.width() - theme.M, 1), theme.color("line"))
        left = box.left() + theme.M + BAR + theme.S
        line = QRect(left, box.top() + theme.S, _text_width(box.width()), LINE)
        facts = [KIND_WORDS[one.kind], f"page {one.page}", *(["in the file"] if entry.is_in_file else [])]
        self._line(painter, line, SEPARATOR.join(facts), "small", "ink-soft")
        for text, role, colour in ((one.quote, "secondary", "ink-soft"), (one.comment, "body", "ink")):
            for row in _lines(text, role, line.width()):
                line.translate(0, LINE)
                self._line(painter, line, row, role, colour)
        if one.tags:
            line.translate(0, LINE)
            self._line(painter, line, "  ".join(f"#{tag}" for tag in one.tags), "small", "accent")
        painter.restore()

    def _line(self, painter: QPainter, line: QRect, text: str, font: str, role: str) -> None:
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(role))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class AnnotationsPane(QWidget):
    """The list, the editor, and what the file brought along.

    Args:
        annotator: Knows and changes them.
        scene: Knows which one is chosen.
        parent: Owner.
    """

    jump_wanted = Signal(str)  # uid
    left = Signal()

    def __init__(self, annotator: Annotator, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-annotations")
        self._annotator = annotator
        self._scene = scene
        self.view = self._build_view()
        self._nothing = EmptyState(
            name="reader-no-annotations",
            icon="annotations",
            title="No annotations",
            hint="Choose words and press H to highlight them.",
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.view)
        self.editor = MarkEditor(annotator, self)
        self.editor.left.connect(self.left)
        self._offer = self._build_offer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._offer)
        layout.addWidget(self._pages, 1)
        layout.addWidget(make_line(self))
        layout.addWidget(self.editor)
        annotator.changed.connect(self._follow)
        scene.chosen_changed.connect(self._show_chosen)
        self._follow()

    def _build_view(self) -> QListView:
        view = QListView(self)
        view.setObjectName("reader-annotation-list")
        view.setAccessibleName("Annotations")
        view.setProperty("role", "flat")
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setModel(self._annotator.model)
        view.setItemDelegate(_Delegate(view))
        view.clicked.connect(self._go)
        view.activated.connect(self._go)
        return view

    def _build_offer(self) -> QFrame:
        offer = QFrame(self)
        offer.setObjectName("reader-in-file")
        self._count = make_label("", "reader-in-file-count", role="secondary", wraps=True, parent=offer)
        take = QPushButton("Take over", offer)
        take.setObjectName("reader-take-over")
        take.setProperty("role", "flat")
        take.setProperty("compact", "true")
        take.setToolTip("Copy the file's own annotations into the library, where they can be changed and found.")
        take.clicked.connect(self._annotator.take_over)
        row = QHBoxLayout(offer)
        row.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._count, 1)
        row.addWidget(take)
        return offer

    def _follow(self) -> None:
        in_file = len(self._annotator.in_file_only)
        self._offer.setVisible(in_file > 0)
        self._count.setText(f"{count_text(in_file, 'annotation')} in the file")
        self._pages.setCurrentWidget(self.view if self._annotator.model.rowCount() else self._nothing)
        self._show_chosen(self._scene.chosen)

    def _show_chosen(self, uid: str) -> None:
        row = self._annotator.model.row_of(uid)
        if row < 0:
            self.view.clearSelection()
        else:
            self.view.setCurrentIndex(self._annotator.model.index(row, 0))
        self.editor.edit(self._annotator.find_own(uid))

    def _go(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, MarkEntry):
            self._scene.choose(entry.annotation.uid)
            self.jump_wanted.emit(entry.annotation.uid)


def _text_width(width: int) -> int:
    return max(40, width - theme.M - BAR - theme.S - theme.M)


def _height(annotation: Annotation, width: int) -> int:
    rows = 1 + bool(annotation.tags)
    rows += len(_lines(annotation.quote, "secondary", width)) + len(_lines(annotation.comment, "body", width))
    return rows * LINE + 2 * theme.S


def _lines(text: str, role: str, width: int) -> list[str]:
    """Break a text into the few lines that are shown; the last one holds the rest, to end in an ellipsis."""
    metrics = QFontMetrics(theme.font(role))
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < MOST_LINES - 1:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    return [*lines, " ".join(words[:60])] if words else lines
