"""The strip below the window: what runs, how far it is, and how to hold or stop it. Away while nothing runs."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readinglist.services.events import JobProgress, JobState
from readinglist.services.jobs import Job, JobRunner, Runner
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.wording import SEPARATOR
from readinglist.ui.widgets.busy import PATIENCE_MS
from readinglist.ui.widgets.labels import ElidedLabel, make_label, make_line, set_plain_tooltip

ROWS_SHOWN = 3  # the list of papers needs the room more
LINGER_MS = 700  # a row that went the moment it is finished would only be a flicker
LABEL_WIDTH = 220
BAR_WIDTH = 140
STATE_WORDS = {JobState.WAITING: "Waiting", JobState.PAUSED: "Paused", JobState.DONE: "Done"}


class JobRow(QFrame):
    """One job: what it is, how far, its buttons.

    Args:
        parent: Owner.
    """

    pause_wanted = Signal(bool)  # True: hold; False: go on
    cancel_wanted = Signal()
    dismissed = Signal()  # the reader has read why it failed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("job")
        self._is_paused = False
        self._icon = QLabel(self)
        self._icon.setFixedSize(theme.ICON, theme.ICON)
        self._icon.setPixmap(theme.icon("error", "danger").pixmap(theme.ICON, theme.ICON))
        self._label = ElidedLabel(name="job-label", parent=self)
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("job-bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._text = ElidedLabel(name="job-text", role="secondary", parent=self)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = self._button("job-pause", "pause")
        self._pause.clicked.connect(lambda: self.pause_wanted.emit(not self._is_paused))
        self._cancel = self._button("job-cancel", "cancel")
        self._cancel.clicked.connect(self._on_cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for widget in (self._icon, self._label, self._bar):
            layout.addWidget(widget)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._pause)
        layout.addWidget(self._cancel)

    def show_progress(self, progress: JobProgress) -> None:
        """Show where the job stands."""
        state = progress.state
        has_failed = state is JobState.FAILED
        self._is_paused = state is JobState.PAUSED
        self._icon.setVisible(has_failed)
        self._label.setText(progress.label)
        self._bar.setVisible(not has_failed)
        self._bar.setAccessibleName(f"Progress of {progress.label}")
        self._show_bar(progress)
        self._text.setText(progress_text(progress))
        theme.set_role(self._text, "danger" if has_failed else "secondary")
        self._pause.setVisible(not state.is_final)
        self._cancel.setVisible(state is not JobState.DONE)
        self._name_buttons(progress)

    def _show_bar(self, progress: JobProgress) -> None:
        if progress.state is JobState.DONE:
            self._bar.setRange(0, 1)
            self._bar.setValue(1)
        elif progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(min(progress.done, progress.total))
        elif progress.state is JobState.RUNNING:
            self._bar.setRange(0, 0)  # moves, as nobody knows how much there is
        else:
            self._bar.setRange(0, 1)
            self._bar.setValue(0)

    def _name_buttons(self, progress: JobProgress) -> None:
        verb = "Go on with" if self._is_paused else "Pause"
        self._pause.setIcon(theme.icon("play" if self._is_paused else "pause"))
        self._pause.setAccessibleName(f"{verb} {progress.label}")
        set_plain_tooltip(self._pause, f"{verb} {progress.label}")
        verb = "Dismiss" if progress.state is JobState.FAILED else "Stop"
        self._cancel.setAccessibleName(f"{verb} {progress.label}")
        set_plain_tooltip(self._cancel, f"{verb} {progress.label}")

    def _on_cancel(self) -> None:
        if self._icon.isVisibleTo(self):
            self.dismissed.emit()
            return
        self._cancel.setEnabled(False)
        self._pause.setEnabled(False)
        self._text.setText("Stopping…")
        self.cancel_wanted.emit()

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(theme.icon(icon))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button


class JobsStrip(QWidget):
    """Rows of the jobs that have a name and take long enough to be noticed.

    Args:
        runner: Where the jobs are found by their numbers.
        bridge: Brings their progress.
        parent: Owner.
    """

    def __init__(self, runner: Runner, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs")
        self.setAccessibleName("What runs")
        self.setProperty("role", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._runner = runner
        self._known: dict[int, JobProgress] = {}  # the latest word of every job that is not over
        self._rows: dict[int, JobRow] = {}
        self._more = make_label("", "jobs-more", role="secondary", parent=self)
        self._more.hide()
        self._layout = QVBoxLayout()
        self._layout.setContentsMargins(theme.M, theme.XS, theme.S, theme.XS)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._more)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(make_line(self))
        outer.addLayout(self._layout)
        self.hide()
        bridge.on_progress(self._hear)

    def _hear(self, progress: JobProgress) -> None:
        job_id = progress.job_id
        is_new = job_id not in self._known
        if is_new and progress.state in {JobState.DONE, JobState.CANCELLED}:
            return
        if is_new:
            self._forget_failure(progress.label)
        self._known[job_id] = progress
        if progress.state is JobState.CANCELLED:
            self._forget(job_id)
        elif progress.state is JobState.DONE:
            self._finish(job_id)
        elif progress.state is JobState.FAILED or job_id in self._rows:
            self._show(job_id)
        elif is_new:
            QTimer.singleShot(PATIENCE_MS, self, lambda: self._show(job_id))

    def _show(self, job_id: int) -> None:
        progress = self._known.get(job_id)
        if progress is None:
            return  # it was over before anybody could have noticed it
        row = self._rows.get(job_id)
        if row is None:
            row = self._rows[job_id] = self._make_row(job_id)
        row.show_progress(progress)
        self._arrange()

    def _make_row(self, job_id: int) -> JobRow:
        row = JobRow(self)
        row.pause_wanted.connect(lambda is_paused: self._pause(job_id, is_paused=is_paused))
        row.cancel_wanted.connect(lambda: self._cancel(job_id))
        row.dismissed.connect(lambda: self._forget(job_id))
        self._layout.insertWidget(self._layout.count() - 1, row)
        return row

    def _finish(self, job_id: int) -> None:
        row = self._rows.get(job_id)
        if row is None:
            self._forget(job_id)
            return
        row.show_progress(self._known[job_id])
        QTimer.singleShot(LINGER_MS, self, lambda: self._forget(job_id))

    def _forget(self, job_id: int) -> None:
        self._known.pop(job_id, None)
        row = self._rows.pop(job_id, None)
        if row is not None:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._arrange()

    def _forget_failure(self, label: str) -> None:
        """Take away what came of the same work the last time: it is tried again."""
        for job_id, last in list(self._known.items()):
            if last.label == label and last.state is JobState.FAILED:
                self._forget(job_id)

    def _arrange(self) -> None:
        """Show what runs, oldest first, then what failed; and how many there are besides."""
        order = sorted(self._rows, key=lambda job_id: (self._known[job_id].state is JobState.FAILED, job_id))
        for place, job_id in enumerate(order):
            self._rows[job_id].setVisible(place < ROWS_SHOWN)
        more = len(self._rows) - ROWS_SHOWN
        self._more.setText(f"and {more:,} more")
        self._more.setVisible(more > 0)
        self.setVisible(bool(self._rows))

    def _pause(self, job_id: int, *, is_paused: bool) -> None:
        job = self._find(job_id)
        if job is not None:
            (job.pause if is_paused else job.resume)()

    def _cancel(self, job_id: int) -> None:
        job = self._find(job_id)
        if job is not None:
            job.cancel()

    def _find(self, job_id: int) -> Job[Any] | None:
        running = self._runner.running() if isinstance(self._runner, JobRunner) else ()
        return next((job for job in running if job.id == job_id), None)


def progress_text(progress: JobProgress) -> str:
    """Return how far a job is, in words."""
    word = STATE_WORDS.get(progress.state, "")
    if progress.state is JobState.FAILED:
        return progress.problem
    if progress.state is JobState.DONE:
        return word
    counted = f"{progress.done:,} of {progress.total:,}" if progress.total else ""
    detail = (
        progress.text if progress.state is JobState.RUNNING else ""
    )  # a rate or a time left holds only while it runs
    parts = (word, counted, detail)
    return SEPARATOR.join(part for part in parts if part)
