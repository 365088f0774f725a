"""What a list says when there is nothing in it: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from readinglist.domain.paper import Status
from readinglist.ui import theme
from readinglist.ui.models.scope import Scope

HINTS = {
    Status.INBOX: ("The Inbox is empty", "Drop files, addresses or text anywhere on this window to bring papers in."),
    Status.TO_READ: ("Nothing is waiting to be read", "Press 2 on a paper to give it a place in this queue."),
    Status.READING: ("You are not reading anything", "Press 3 on a paper when you begin to read it."),
    Status.READ: ("Nothing has been read yet", "Press 4 on a paper when you are done with it."),
    Status.SKIPPED: ("Nothing was skipped", "Press 5 on a paper that you looked at and do not want."),
}
HINT_WIDTH = 420


class NothingHere(QWidget):
    """The empty state of the list."""

    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothing-here")
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = self._label("nothing-title", "title")
        self._hint = self._label("nothing-hint", "secondary")
        self._clear = QPushButton("Clear the search", self)
        self._clear.setObjectName("nothing-clear")
        self._clear.clicked.connect(self.clear_wanted)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(theme.S)
        layout.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def explain(self, scope: Scope, search: str) -> None:
        """Say why the list is empty."""
        is_search = bool(search.strip())
        title, hint = self._words(scope, is_search=is_search)
        self._title.setText(title)
        self._hint.setText(hint)
        self._clear.setVisible(is_search)
        self._icon.setPixmap(theme.icon("search" if is_search else scope.icon, "ink-faint").pixmap(32, 32))

    def _words(self, scope: Scope, *, is_search: bool) -> tuple[str, str]:
        if is_search:
            return "No paper matches", f"Nothing in {scope.title} fits this search. Fewer words find more."
        if scope.status is not None:
            return HINTS[scope.status]
        if scope.tag is not None:
            return "No paper has this tag", "Drag papers onto the tag in the sidebar, or press T on a paper."
        if scope.is_bin:
            return "The bin is empty", "Papers that you delete stay here until you empty it."
        if scope.query:
            return "No paper has a star", "Press S on a paper to give it one."
        return "No papers yet", "Drop files, addresses or text anywhere on this window to bring papers in."

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setProperty("role", role)
        if role == "secondary":
            label.setFixedWidth(HINT_WIDTH)
        return label
