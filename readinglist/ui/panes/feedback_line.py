"""What the reader said of the chosen paper to For you, with the way to take it back; away where nothing was said."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import Paper, PaperId
from readinglist.services.jobs import Job, Lane
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.wording import feedback_text
from readinglist.ui.panes.needs import Core
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.labels import make_label

REST_MS = 200  # a reader who runs down the list with a held key asks for nothing
Said = frozenset[Feedback]


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


class FeedbackShowing(QObject):
    """Keeps the lines in step with the chosen paper; asks off the main thread, the newest request only.

    Args:
        core: Knows what was said.
        bridge: Brings answers and changes.
        lines: Show it.
        parent: Owner.
    """

    def __init__(self, core: Core, bridge: Bridge, lines: FeedbackLines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._bridge = bridge
        self._lines = lines
        self._paper_id: PaperId | None = None
        self._job: Job[dict[PaperId, Said]] | None = None
        self._rest = make_delay(self, REST_MS, self._ask)
        bridge.subscribe({ChangeKind.FEEDBACK}, self._on_changes)

    def show_for(self, paper: Paper | None) -> None:
        """Show what was said of another paper; that of the paper before is gone at once."""
        paper_id = None if paper is None or paper.is_binned else paper.id
        if paper_id == self._paper_id:
            return
        self._paper_id = paper_id
        self._drop()
        self._rest.stop()
        self._lines.show_said(())
        if paper_id is not None:
            self._rest.start()

    def _drop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _ask(self) -> None:
        paper_id = self._paper_id
        if paper_id is None:
            return
        self._drop()
        core = self._core

        def show(said: dict[PaperId, Said]) -> None:
            if paper_id == self._paper_id:
                self._job = None
                self._lines.show_said(said.get(paper_id, frozenset()))

        self._job = self._bridge.run(
            lambda _context: core.recommend.said([paper_id]),
            lane=Lane.INTERACTIVE,
            on_done=show,
            on_error=lambda _: None,  # what else is asked of the paper says what is wrong
        )

    def _on_changes(self, changes: Changes) -> None:
        if self._paper_id in changes.ids:
            self._rest.stop()
            self._ask()
