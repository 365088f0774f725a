"""Work that begins by itself: soon, once for many changes, again if something came meanwhile, never after the end."""

import threading
from collections.abc import Iterator

import pytest

from readinglist.services.background import BackgroundWork
from readinglist.services.events import EventHub
from readinglist.services.jobs import JobContext, JobRunner, Lane
from tests.helpers.xserver import wait_until


class Work:
    """Counts its runs; each waits until it may end."""

    def __init__(self, runner: JobRunner) -> None:
        self.runs = 0
        self.has_work = True
        self.may_end = threading.Event()
        self.may_end.set()
        self.failure: Exception | None = None
        self.background = BackgroundWork(
            runner, work=self.run, has_work=lambda: self.has_work, lane=Lane.COMPUTE, label="Working", quiet_s=0.02
        )

    def run(self, context: JobContext) -> None:
        self.runs += 1
        while not self.may_end.wait(0.01):
            context.check_cancelled()
        if self.failure is not None:
            raise self.failure

    def wait_for(self, runs: int) -> None:
        wait_until(lambda: self.runs == runs and not self.background.is_planned, timeout_s=5, what=f"{runs} ended runs")

    def wait_until_under_way(self, runs: int) -> None:
        wait_until(lambda: self.runs == runs, timeout_s=5, what=f"run {runs}")


@pytest.fixture
def work() -> Iterator[Work]:
    runner = JobRunner(EventHub())
    made = Work(runner)
    yield made
    made.may_end.set()
    made.background.close()
    runner.close()


def test_nothing_is_planned_before_the_start_or_without_work(work: Work) -> None:
    work.background.plan()
    assert not work.background.is_planned
    work.background.start()
    work.has_work = False
    work.background.plan()
    assert not work.background.is_planned


def test_what_is_asked_for_begins_at_once_and_only_once(work: Work) -> None:
    work.has_work = False
    work.may_end.clear()
    assert work.background.begin_now(), "though nothing begins by itself"
    work.wait_until_under_way(1)
    assert not work.background.begin_now()
    work.may_end.set()
    work.wait_for(1)
    work.background.close()
    assert not work.background.begin_now()


def test_changes_that_come_together_are_one_run(work: Work) -> None:
    work.background.start()
    for _ in range(5):
        work.background.plan()
    work.wait_for(1)


def test_a_change_during_a_run_is_looked_at_afterwards(work: Work) -> None:
    work.background.start()
    work.may_end.clear()
    work.background.plan()
    work.wait_until_under_way(1)
    work.background.plan()
    work.may_end.set()
    work.wait_for(2)


@pytest.mark.expects_warnings
def test_a_failure_waits_for_the_next_change(work: Work) -> None:
    work.background.start()
    work.failure = RuntimeError("a bug")
    work.may_end.clear()
    work.background.plan()
    work.wait_until_under_way(1)
    work.background.plan()
    work.may_end.set()
    work.wait_for(1)
    work.failure = None
    work.background.plan()
    work.wait_for(2)


def test_work_that_is_outdated_begins_anew(work: Work) -> None:
    work.background.start()
    work.may_end.clear()
    work.background.plan()
    work.wait_until_under_way(1)
    work.background.begin_anew()
    work.wait_until_under_way(2)
    work.may_end.set()
    work.wait_for(2)


def test_the_end_stops_what_runs_and_begins_nothing(work: Work) -> None:
    work.background.start()
    work.may_end.clear()
    work.background.plan()
    work.wait_until_under_way(1)
    work.background.close()
    work.wait_for(1)
    work.background.plan()
    assert not work.background.is_planned
