"""The strip of running jobs: there when something runs long enough to be noticed, away when nothing does."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.domain.errors import EnvironmentFault
from readinglist.services.events import EventHub, JobProgress, JobState
from readinglist.services.jobs import InlineRunner, Job, JobContext, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.panes import jobs as jobs_module
from readinglist.ui.panes.jobs import ROWS_SHOWN, JobRow, JobsStrip, progress_text
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import click


class Work:
    """Counts to ten, a step each time it is let go on."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.done = 0

    def __call__(self, context: JobContext) -> None:
        for step in range(1, 11):
            context.progress(step - 1, 10, "2 s left")
            while not self.gate.acquire(timeout=0.005):
                context.check_cancelled()
            context.check_cancelled()
            self.done = step
        context.progress(10, 10)

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            self.gate.release()


@pytest.fixture
def strip(core: UiCore, qtbot: QtBot) -> Iterator[JobsStrip]:
    strip = JobsStrip(core.jobs, core.bridge)
    qtbot.addWidget(strip)
    strip.resize(720, 40)
    yield strip
    for job in core.jobs.running():
        job.cancel()


def rows(strip: JobsStrip) -> list[JobRow]:
    return [row for row in strip.findChildren(JobRow) if row.isVisible()]


def button(row: JobRow, name: str) -> QToolButton:
    found = row.findChild(QToolButton, name)
    assert found is not None
    return found


def say(strip: JobsStrip, job_id: int, state: JobState, *, problem: str = "") -> None:
    strip._hear(JobProgress(job_id=job_id, label=f"Job {job_id}", state=state, problem=problem))


def start(core: UiCore, work: Work, label: str = "Counting") -> Job[None]:
    return core.bridge.run(work, lane=Lane.COMPUTE, label=label)


def test_nothing_runs_and_nothing_is_shown(strip: JobsStrip) -> None:
    assert not strip.isVisible()


def test_a_job_is_shown_with_how_far_it_is(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    work = Work()
    start(core, work)
    qtbot.waitUntil(strip.isVisible)
    (row,) = rows(strip)
    work.go_on(1)
    bar = row.findChild(QProgressBar, "job-bar")
    text = row.findChild(QLabel, "job-text")
    label = row.findChild(QLabel, "job-label")
    assert bar is not None
    assert text is not None
    assert label is not None
    assert label.text() == "Counting"
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (1, 10))
    assert text.text() == "1 of 10 · 2 s left"
    work.go_on(9)
    qtbot.waitUntil(lambda: text.text().startswith("Done"))
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_what_ends_at_once_is_never_seen(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    appeared: list[int] = []
    show = strip._show
    strip._show = lambda job_id: (appeared.append(job_id), show(job_id))  # type: ignore[method-assign,assignment,func-returns-value]
    done: list[int] = []
    core.bridge.run(lambda _: 1, lane=Lane.COMPUTE, label="Quick", on_done=done.append)
    qtbot.waitUntil(lambda: done == [1])
    qtbot.waitUntil(lambda: bool(appeared))  # the patience is over, and there is nothing to show
    assert not strip.isVisible()
    assert strip.findChildren(JobRow) == []


def test_pausing_holds_the_work_and_going_on_goes_on(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    work = Work()
    job = start(core, work)
    qtbot.waitUntil(strip.isVisible)
    (row,) = rows(strip)
    pause = button(row, "job-pause")
    assert pause.accessibleName() == "Pause Counting"
    click(pause)
    qtbot.waitUntil(lambda: pause.accessibleName() == "Go on with Counting")
    assert job.state is JobState.PAUSED
    click(pause)
    qtbot.waitUntil(lambda: job.state is JobState.RUNNING)
    work.go_on(10)
    qtbot.waitUntil(lambda: work.done == 10)


def test_stopping_stops_and_the_row_goes(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    work = Work()
    job = start(core, work)
    qtbot.waitUntil(strip.isVisible)
    (row,) = rows(strip)
    cancel = button(row, "job-cancel")
    assert cancel.accessibleName() == "Stop Counting"
    click(cancel)
    assert not cancel.isEnabled()
    text = row.findChild(QLabel, "job-text")
    assert text is not None
    assert text.text() == "Stopping…"
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert job.state is JobState.CANCELLED
    assert work.done == 0


def test_a_failure_stays_with_its_reason_until_it_was_read(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    def fail(_: JobContext) -> None:
        message = "The disk is full."
        raise EnvironmentFault(message)

    core.bridge.run(fail, lane=Lane.COMPUTE, label="Exporting 3 papers", on_error=lambda _: None)
    qtbot.waitUntil(strip.isVisible)
    (row,) = rows(strip)
    text = row.findChild(QLabel, "job-text")
    assert text is not None
    assert text.text() == "The disk is full."
    assert not button(row, "job-pause").isVisible()
    cancel = button(row, "job-cancel")
    assert cancel.accessibleName() == "Dismiss Exporting 3 papers"
    click(cancel)
    assert not strip.isVisible()


def test_a_failure_goes_when_the_same_is_tried_again(strip: JobsStrip, core: UiCore, qtbot: QtBot) -> None:
    def fail(_context: JobContext) -> None:
        message = "The model cannot be fetched."
        raise EnvironmentFault(message)

    for label in ("Comparing papers", "Reading PDFs"):
        core.jobs.submit(fail, lane=Lane.COMPUTE, label=label)
    qtbot.waitUntil(lambda: len(rows(strip)) == 2)
    core.jobs.submit(Work(), lane=Lane.COMPUTE, label="Comparing papers")
    qtbot.waitUntil(lambda: any(button(row, "job-pause").isVisible() for row in rows(strip)))
    assert len(rows(strip)) == 2


def test_more_than_a_few_are_counted_and_what_runs_goes_before_what_failed(strip: JobsStrip, qtbot: QtBot) -> None:
    for job_id in range(1, 4):
        say(strip, job_id, JobState.FAILED, problem="It failed.")
    for job_id in range(4, 7):
        say(strip, job_id, JobState.RUNNING)
    qtbot.waitUntil(lambda: len(strip._rows) == 6)
    more = strip.findChild(QLabel, "jobs-more")
    assert more is not None
    assert [row._label.text() for row in rows(strip)] == ["Job 4", "Job 5", "Job 6"]
    assert len(rows(strip)) == ROWS_SHOWN
    assert more.text() == "and 3 more"
    say(strip, 5, JobState.CANCELLED)
    assert [row._label.text() for row in rows(strip)] == ["Job 1", "Job 4", "Job 6"]
    assert more.text() == "and 2 more"
    for job_id in (4, 6):
        say(strip, job_id, JobState.CANCELLED)
    assert not more.isVisible()


def test_a_finished_row_stays_long_enough_to_be_seen(
    strip: JobsStrip, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "LINGER_MS", 30)
    say(strip, 1, JobState.RUNNING)
    qtbot.waitUntil(strip.isVisible)
    say(strip, 1, JobState.DONE)
    (row,) = rows(strip)
    assert row._bar.value() == row._bar.maximum()
    assert not button(row, "job-cancel").isVisible()
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_late_words_of_finished_jobs_are_ignored(strip: JobsStrip) -> None:
    say(strip, 9, JobState.DONE)
    say(strip, 9, JobState.CANCELLED)
    assert strip._known == {}
    assert not strip.isVisible()


def test_jobs_that_cannot_be_found_any_more_are_left_alone(strip: JobsStrip, qtbot: QtBot) -> None:
    say(strip, 77, JobState.RUNNING)
    qtbot.waitUntil(strip.isVisible)
    (row,) = rows(strip)
    click(button(row, "job-pause"))
    click(button(row, "job-cancel"))
    assert strip.isVisible()


def test_an_inline_runner_has_nothing_to_hold(qtbot: QtBot) -> None:
    events = EventHub()
    runner = InlineRunner(events)
    bridge = Bridge(runner, events)
    strip = JobsStrip(runner, bridge)
    qtbot.addWidget(strip)
    bridge.run(lambda _: 1, lane=Lane.COMPUTE, label="Quick")
    strip._pause(1, is_paused=True)
    bridge.close()
    assert not strip.isVisible()


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (JobProgress(job_id=1, label="A", state=JobState.WAITING), "Waiting"),
        (JobProgress(job_id=1, label="A", state=JobState.RUNNING), ""),
        (JobProgress(job_id=1, label="A", state=JobState.RUNNING, done=3), ""),
        (
            JobProgress(job_id=1, label="A", state=JobState.PAUSED, done=1, total=2000, text="9 s left"),
            "Paused  ·  1 of 2,000",
        ),
        (JobProgress(job_id=1, label="A", state=JobState.DONE, done=2, total=2, text="0 s left"), "Done"),
        (JobProgress(job_id=1, label="A", state=JobState.RUNNING, text="84 a second"), "84 a second"),
        (JobProgress(job_id=1, label="A", state=JobState.FAILED, problem="No.", text="x"), "No."),
    ],
)
def test_progress_in_words(progress: JobProgress, text: str) -> None:
    assert progress_text(progress) == text
