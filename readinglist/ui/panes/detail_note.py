"""The reader's note on a paper: Markdown to write, and what it looks like."""

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QFontMetrics, QKeyEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.paper import PaperId
from readinglist.ui import theme
from readinglist.ui.panes.detail_header import section_head
from readinglist.ui.panes.links import Link, open_link
from readinglist.ui.panes.note_keeper import NoteKeeper
from readinglist.ui.widgets.labels import make_label

LINES_LEAST, LINES_MOST = 4, 24
FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class NoteField(QPlainTextEdit):
    """A field that grows with what is written."""

    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note-field")
        self.setAccessibleName("Note, in Markdown")
        self.setPlaceholderText("Write a note. Markdown works: **bold**, lists, links.")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        # a QPlainTextEdit's document counts its height in lines, wrapped ones included
        lines = max(LINES_LEAST, min(LINES_MOST, round(self.document().size().height())))
        height = lines * QFontMetrics(self.font()).lineSpacing() + 4 * theme.XS + 2
        if height != self.height():
            self.setFixedHeight(height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # files and addresses are to be imported, wherever they are dropped
        else:
            super().dragEnterEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NotePreview(QTextBrowser):
    """The note set as Markdown; loads nothing, and no HTML in it counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note-preview")
        self.setAccessibleName("Note as it looks")
        self.setProperty("role", "plain")
        self.setOpenLinks(False)
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(theme.L)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(lambda url: open_link(Link("Link", "link", url.toString())))

    def show_markdown(self, text: str) -> None:
        """Set a text."""
        self.document().setMarkdown(text, FEATURES)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(self.document().size().toSize().height() + theme.XS, 24))

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return None  # a picture in a note must reach neither the network nor the disk

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NoteEditor(QWidget):
    """Heading, switch between writing and looking, and the text.

    Args:
        keeper: Saves.
        parent: Owner.
    """

    left = Signal()  # Escape in the field

    def __init__(self, keeper: NoteKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note-editor")
        self._keeper = keeper
        self._paper_id: PaperId | None = None
        self.field = NoteField(self)
        self.preview = NotePreview(self)
        self.preview.hide()
        self.state = make_label("", "note-state", role="faint", parent=self)
        self.switch = QPushButton(self)
        self.switch.setObjectName("note-preview-switch")
        self.switch.setText("Preview")
        self.switch.setAccessibleName("Preview the note")
        self.switch.setToolTip("Show the note as it looks, or go on writing")
        self.switch.setCheckable(True)
        self.switch.setProperty("role", "flat")
        self.switch.setProperty("compact", "true")
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.left.connect(self._leave)
        self.switch.toggled.connect(self._show_side)
        keeper.saved.connect(self._on_saved)
        keeper.failed.connect(lambda paper_id, _message: self._say(paper_id, "Not saved yet"))

    def show_note(self, paper_id: PaperId, note: str) -> None:
        """Show the note of a paper; what was typed and is not saved yet wins over the library's text."""
        is_another = paper_id != self._paper_id
        if is_another:
            self._keeper.save_soon()
        unsaved = self._keeper.find_unsaved(paper_id)
        text = note if unsaved is None else unsaved
        self._paper_id = None  # what is set now was not typed
        if self.field.toPlainText() != text:
            self.field.setPlainText(text)
        self._paper_id = paper_id
        if is_another:
            self.state.setText("")
            self.switch.setChecked(bool(text.strip()))
        if self.switch.isChecked():
            self.preview.show_markdown(text)

    def begin(self) -> None:
        """Put the cursor at the end of the text."""
        self.switch.setChecked(False)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.S)
        title = section_head("Note", self)
        title.setBuddy(self.field)
        head.addWidget(title)
        head.addWidget(self.state)
        head.addStretch()
        head.addWidget(self.switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self.preview)

    def _on_typed(self) -> None:
        if self._paper_id is not None:
            self._keeper.keep(self._paper_id, self.field.toPlainText())
            self.state.setText("")

    def _leave(self) -> None:
        self._keeper.save_soon()
        self.left.emit()

    def _show_side(self, is_preview: bool) -> None:
        if is_preview:
            self.preview.show_markdown(self.field.toPlainText())
        self.preview.setVisible(is_preview)
        self.field.setVisible(not is_preview)
        self.switch.setText("Edit" if is_preview else "Preview")
        self.switch.setAccessibleName("Edit the note" if is_preview else "Preview the note")

    def _on_saved(self, paper_id: PaperId) -> None:
        self._say(paper_id, "Saved")

    def _say(self, paper_id: PaperId, text: str) -> None:
        if paper_id == self._paper_id:
            self.state.setText(text)
