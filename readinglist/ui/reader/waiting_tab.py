"""What stands in the tab of a PDF that was open at the last end, until the reader comes to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readinglist.domain.paper import PaperId
from readinglist.ui.widgets.empty_state import EmptyState


class WaitingTab(QWidget):
    """A tab whose PDF is opened when it comes to the front.

    Args:
        paper_id: Whose.
        sha256: Which of its files.
        title: Of the paper.
    """

    def __init__(self, paper_id: PaperId, sha256: str, title: str) -> None:
        super().__init__()
        self.setObjectName("waiting-tab")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # its keys work here: it can be closed before it is opened
        self.paper_id, self.sha256, self.title = paper_id, sha256, title
        self._state = EmptyState(name="waiting", icon="pdf", title=title, hint="The PDF is being opened.", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._state)

    def explain(self, problem: str) -> None:
        """Say why the PDF is not there."""
        self._state.explain(self.title, problem)
