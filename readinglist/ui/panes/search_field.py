"""The search field: what is being looked for, which filters it holds, and what is wrong with it, at its place."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.query import QueryProblem
from readinglist.ui import theme
from readinglist.ui.panes.search_filters import FilterChips
from readinglist.ui.widgets.announcing import announce

FILTERS = (
    ("Starred", "is:starred"),
    ("Has a note", "has:note"),
    ("Has a PDF", "has:pdf"),
    ("Has code", "has:code"),
    ("", ""),
    ("More than 10 upvotes", "upvotes:>10"),
    ("Rated 4 or 5", "rating:>=4"),
    ("In the last import", "is:latest"),
    ("Added this week", "added:thisweek"),
    ("Published this year", "date:thisyear"),
    ("", ""),
    ("In the title…", "title:"),
    ("By an author…", "author:"),
    ("With a tag…", "tag:"),
    ("In a collection…", "collection:"),
    ("From a source…", "source:"),
)


class SearchField(QWidget):
    """Text, filters as chips, and problems."""

    edited = Signal(str)
    entered = Signal()  # the cursor is in the field
    left_downwards = Signal()  # the reader goes on to the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._problems: tuple[QueryProblem, ...] = ()
        self.line = QLineEdit(self)
        self.line.setObjectName("search-line")
        self.line.setAccessibleName("Search")
        self.line.setAccessibleDescription("Words, phrases in quotes, or filters such as tag:vision and year:2024")
        self.line.setPlaceholderText("Search titles, abstracts, authors, tags and notes")
        self.line.setAcceptDrops(False)  # what is dropped here is to be imported, not searched for
        sign = self.line.addAction(theme.icon("search", "ink-faint"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText("Search")  # Qt makes a button of it, which screen readers name
        self._clear = QAction(theme.icon("clear", "ink-faint"), "Clear the search", self)
        self._clear.triggered.connect(self.clear)
        self.line.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)  # only now: the field shows whatever it is given
        self.line.textChanged.connect(self._on_text)
        self.line.installEventFilter(self)
        self._chips = FilterChips(self)
        self._chips.changed.connect(self.set_text)
        self._problem = QLabel(self)
        self._problem.setObjectName("search-problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        theme.set_role(self._problem, "danger")
        self._lay_out()

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Search for something else."""
        self.line.setText(text)

    def clear(self) -> None:
        """Search for nothing in particular."""
        self.line.clear()

    def focus(self) -> None:
        """Put the cursor into the field, with its text chosen; nowhere while another page hides it."""
        if self.isVisible():
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.selectAll()

    def show_problems(self, problems: Sequence[QueryProblem]) -> None:
        """Underline what is wrong and say it below; an empty sequence takes that away.

        What ends at the cursor is still being typed, and not wrong before the reader goes on; nor is a parenthesis
        whose partner may come there.
        """
        self._problems = tuple(problems)
        cursor = self.line.cursorPosition() if self.line.hasFocus() else -1
        is_at_end = cursor == len(self.text)
        problems = [one for one in problems if one.end != cursor and not (one.is_open and is_at_end)]
        self._underline(problems)
        said, text = self._problem.text(), "\n".join(problem.message for problem in problems)
        self._problem.setText(text)
        if text != said:
            announce(self._problem, text)
        self._problem.setVisible(bool(problems))
        self.line.setProperty("invalid", "true" if problems else "false")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _lay_out(self) -> None:
        filter_button = QToolButton(self)
        filter_button.setObjectName("search-filter")
        filter_button.setIcon(theme.icon("filter"))
        filter_button.setText("Filter")
        filter_button.setToolTip("Narrow the list")
        filter_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        filter_button.setProperty("hasText", "true")
        filter_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        filter_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        filter_button.setMenu(self._build_menu(filter_button))
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.line, 1)
        top.addWidget(filter_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(top)
        layout.addWidget(self._chips)
        self._chips.before = filter_button
        layout.addWidget(self._problem)
        self._problem.hide()

    def _build_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for words, part in FILTERS:
            if words:
                action = menu.addAction(words)
                action.triggered.connect(lambda _checked=False, part=part: self._add(part))
            else:
                menu.addSeparator()
        return menu

    def _add(self, part: str) -> None:
        self.line.setText(f"{self.text.rstrip()} {part}".lstrip())
        self.line.setFocus()
        self.line.setCursorPosition(len(self.text))

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._chips.show_filters(text)
        self.edited.emit(text)

    def _underline(self, problems: Sequence[QueryProblem]) -> None:
        """A line edit has no text formats of its own; what an input method composes has."""
        wrong = QTextCharFormat()
        wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wrong.setUnderlineColor(theme.color("danger"))
        cursor = self.line.cursorPosition()
        kind = QInputMethodEvent.AttributeType.TextFormat
        marks = [
            QInputMethodEvent.Attribute(kind, problem.start - cursor, max(1, problem.end - problem.start), wrong)
            for problem in problems
        ]
        QCoreApplication.sendEvent(self.line, QInputMethodEvent("", marks))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() is QEvent.Type.FocusOut and self._problems:
            QTimer.singleShot(0, self, lambda: self.show_problems(self._problems))  # when the field has lost it
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.left_downwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.text:
                    self.clear()
                else:
                    self.left_downwards.emit()
                return True
        return super().eventFilter(watched, event)
