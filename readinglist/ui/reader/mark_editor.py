"""The words of the chosen annotation: its colour, comment and tags."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.ui import theme
from readinglist.ui.reader.annotator import Annotator
from readinglist.ui.widgets.buttons import make_icon_button
from readinglist.ui.widgets.tag_editor import split_names

DOT = 18
COMMENT_HEIGHT = 84


class ColourDot(QAbstractButton):
    """One of the five colours, to be pressed; a ring shows which one is taken.

    Args:
        colour: Which.
        parent: Owner.
    """

    def __init__(self, colour: AnnotationColour, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"colour-{colour}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(colour.value.capitalize())
        self.setToolTip(colour.value.capitalize())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._colour = colour

    @override
    def sizeHint(self) -> QSize:
        return QSize(DOT + theme.S, DOT + theme.S)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        dot = QRectF(middle.x() - DOT / 2, middle.y() - DOT / 2, DOT, DOT)
        painter.setPen(QPen(theme.color(f"mark-{self._colour}"), 1.5))
        painter.setBrush(theme.color(f"highlight-{self._colour}"))
        painter.drawEllipse(dot.adjusted(2, 2, -2, -2))
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "ink"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot.adjusted(-1, -1, 1, 1))
        painter.end()


class MarkEditor(QWidget):
    """Changes one annotation; away while none is chosen.

    Args:
        annotator: Makes the changes.
        parent: Owner.
    """

    left = Signal()  # Escape

    def __init__(self, annotator: Annotator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-editor")
        self._annotator = annotator
        self._uid = ""
        self._dots = {colour: ColourDot(colour, self) for colour in AnnotationColour}
        for colour, dot in self._dots.items():
            dot.clicked.connect(lambda _checked=False, colour=colour: annotator.set_colour(colour))
        self.comment = self._make_comment()
        self.tags = self._make_tags()
        for field in (self.comment, self.tags):
            field.setAcceptDrops(False)  # what is dropped here is to be imported
            field.installEventFilter(self)
        self._remove = self._make_remove()
        self._lay_out()
        self.hide()

    def edit(self, annotation: Annotation | None) -> None:
        """Show an annotation of the library, or none. What is being typed into is not disturbed."""
        is_another = annotation is None or annotation.uid != self._uid
        self._uid = annotation.uid if annotation is not None else ""
        self.setVisible(annotation is not None)
        if annotation is None:
            return
        self._dots[annotation.colour].setChecked(True)
        is_text = annotation.kind is AnnotationKind.TEXT
        self.comment.setPlaceholderText("What stands on the page" if is_text else "Comment")
        if is_another or not self.comment.hasFocus():
            self._set_comment(annotation.comment)
        if is_another or not self.tags.hasFocus():
            self.tags.setText(", ".join(annotation.tags))

    def begin(self) -> None:
        """Put the cursor into the comment."""
        self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_comment(self) -> QPlainTextEdit:
        comment = QPlainTextEdit(self)
        comment.setObjectName("reader-comment")
        comment.setAccessibleName("Comment")
        comment.setTabChangesFocus(True)
        comment.setFixedHeight(COMMENT_HEIGHT)
        comment.textChanged.connect(self._on_comment)
        return comment

    def _make_tags(self) -> QLineEdit:
        tags = QLineEdit(self)
        tags.setObjectName("reader-mark-tags")
        tags.setAccessibleName("Tags of the annotation")
        tags.setPlaceholderText("Tags, separated by commas")
        tags.textEdited.connect(self._on_tags)
        return tags

    def _make_remove(self) -> QToolButton:
        remove = make_icon_button("reader-remove-mark", "bin", "Remove the annotation", self)
        remove.clicked.connect(lambda: self._annotator.remove(self._uid))
        return remove

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        for dot in self._dots.values():
            top.addWidget(dot)
        top.addStretch(1)
        top.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(top)
        layout.addWidget(self.comment)
        layout.addWidget(self.tags)

    def _set_comment(self, text: str) -> None:
        if text != self.comment.toPlainText():
            self.comment.blockSignals(True)
            self.comment.setPlainText(text)
            self.comment.blockSignals(False)

    def _on_comment(self) -> None:
        self._annotator.set_comment(self._uid, self.comment.toPlainText())

    def _on_tags(self, text: str) -> None:
        self._annotator.set_tags(self._uid, split_names(text))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)
