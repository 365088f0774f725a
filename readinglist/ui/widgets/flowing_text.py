"""Running text to read and to copy: as high as what it says, never interpreted as markup."""

from functools import cache
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from readinglist.ui import theme

READING_CHARACTERS = 76  # of a line of abstract; between 65 and 80 the eye finds the next line
SAMPLE = "The text of the papers is the picture: we train a model on pairs of sentences and measure what it learns."


def reading_width() -> int:
    """Return how wide a comfortable line of body text is, px."""
    return width_of_characters(READING_CHARACTERS)


@cache
def width_of_characters(count: int) -> int:
    """Return how wide a line of so many characters of body text is, px."""
    return round(QFontMetricsF(theme.font("body")).horizontalAdvance(SAMPLE) / len(SAMPLE) * count)


class FlowingText(QTextEdit):
    """Selectable plain text that wraps and grows downwards.

    Args:
        name: objectName.
        label: What it is, for screen readers.
        role: Type, a key of `theme.font`.
        color_role: Colour of the text.
        parent: Owner.
    """

    def __init__(
        self, *, name: str, label: str, role: str = "body", color_role: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._type = role
        self._color_role = color_role
        self.setProperty("role", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.setFont(theme.font(role))
        self.document().setDefaultFont(theme.font(role))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.notifier().changed.connect(self._recolor)

    def show_text(self, text: str) -> None:
        """Show a text; a newline begins a paragraph."""
        if text == self.toPlainText():
            return
        self.setPlainText(text)
        self._set_type()

    def _set_type(self) -> None:
        form = QTextBlockFormat()
        line = round(theme.font(self._type).pixelSize() * theme.LINE_HEIGHT)
        form.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        form.setBottomMargin(0 if self.document().blockCount() == 1 else theme.S)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        self._recolor()

    def _recolor(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = cursor.charFormat()
        form.setForeground(theme.color(self._color_role))
        cursor.mergeCharFormat(form)

    def _fit(self) -> None:
        height = ceil(self.document().size().height())
        if height != self.height():
            self.setFixedHeight(max(height, 1))

    @override
    def sizeHint(self) -> QSize:
        return QSize(reading_width(), max(1, ceil(self.document().size().height())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 1)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, not the paragraph

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
