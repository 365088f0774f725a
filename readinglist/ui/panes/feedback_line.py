"""What the reader said of the chosen paper to For you, with the way to take it back; away where nothing was said."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from readinglist.domain.feedback import Feedback
from readinglist.ui import theme
from readinglist.ui.models.wording import feedback_text
from readinglist.ui.widgets.labels import make_label


class FeedbackLines(QWidget):
    """A line for each thing that was said."""

    taken_back = Signal(object)  # Feedback

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-feedback")
        self._lines = {kind: self._build_line(kind) for kind in Feedback}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for line in self._lines.values():
            layout.addWidget(line)
        self.show_said(())

    def show_said(self, said: Collection[Feedback]) -> None:
        """Show what was said; nothing takes no room."""
        for kind, line in self._lines.items():
            line.setVisible(kind in said)
        self.setVisible(bool(said))

    def _build_line(self, kind: Feedback) -> QWidget:
        line = QWidget(self)
        sentence = feedback_text(kind)
        button = QPushButton("Take that back", line)
        button.setObjectName(f"detail-take-back-{kind}")
        button.setAccessibleName(f"{sentence} Take that back")
        button.setProperty("role", "flat")
        button.setProperty("compact", "true")
        button.clicked.connect(lambda: self.taken_back.emit(kind))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(make_label(sentence, f"detail-said-{kind}", role="secondary", wraps=True, parent=line), 1)
        row.addWidget(button)
        return line
