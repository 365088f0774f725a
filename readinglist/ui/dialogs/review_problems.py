"""What of a drop could not be read, and why: text to select and to copy."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit, QVBoxLayout, QWidget

from readinglist.domain.raw import Problem
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import make_button


class ProblemsView(QWidget):
    """The list of reasons, with a button that copies it.

    Args:
        problems: In the order in which they were met.
        parent: Owner.
    """

    def __init__(self, problems: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review-problems")
        self._problems = problems
        self.text = QTextEdit(self)
        self.text.setObjectName("review-problems-text")
        self.text.setAccessibleName("What could not be read, and why")
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(theme.S)
        self.copy = make_button("&Copy the reasons", "review-problems-copy", self)
        self.copy.setIcon(theme.icon("copy"))
        self.copy.clicked.connect(self._copy)
        self.setFocusProxy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._write()
        theme.notifier().changed.connect(self._write)

    def _write(self) -> None:
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        for number, problem in enumerate(self._problems):
            _add(cursor, problem.where, role="ink", font="strong", is_first=number == 0)
            _add(cursor, problem.reason, role="ink-soft", font="body")
            if problem.excerpt:
                _add(cursor, problem.excerpt, role="ink-faint", font="secondary")
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _copy(self) -> None:
        QApplication.clipboard().setText(text_of(self._problems))


def text_of(problems: Sequence[Problem]) -> str:
    """Write problems as plain text, an empty line between two."""
    blocks = ((one.where, one.reason, one.excerpt) for one in problems)
    return "\n\n".join("\n".join(part for part in block if part) for block in blocks)


def _add(cursor: QTextCursor, text: str, *, role: str, font: str, is_first: bool = False) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(theme.M if font == "strong" and not is_first else 0)
    form = QTextCharFormat()
    form.setFont(theme.font(font))
    form.setForeground(theme.color(role))
    if is_first:
        cursor.setBlockFormat(block)
        cursor.setCharFormat(form)
    else:
        cursor.insertBlock(block, form)
    cursor.insertText(" ".join(text.split()), form)
