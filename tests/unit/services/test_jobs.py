"""Jobs run on their lanes, tell how far they are, and stop when asked."""

import threading
from collections.abc import Callable, Iterator

import pytest

from readinglist.domain.errors import Cancelled, UserError
from readinglist.services.events import Event, EventHub, JobProgress, JobState, Notice
from readinglist.services.jobs import BUG_MESSAGE, InlineRunner, JobContext, JobRunner, Lane, is_cancelled


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def heard(events: EventHub) -> list[Event]:
    heard: list[Event] = []
    events.subscribe(heard.append)
    return heard


@pytest.fixture
def runner(events: EventHub) -> Iterator[JobRunner]:
    runner = JobRunner(events)
    yield runner
    runner.close()


def note(seen: list[int], number: int) -> Callable[[JobContext], None]:
    return lambda _: seen.append(number)


def states(heard: list[Event]) -> list[JobState]:
    return [event.state for event in heard if isinstance(event, JobProgress)]


def test_a_result_arrives_through_the_future(runner: JobRunner) -> None:
    assert runner.submit(lambda _: 6 * 7, lane=Lane.COMPUTE).future.result(30) == 42


def test_the_library_lane_keeps_the_order_of_its_jobs(runner: JobRunner) -> None:
    seen: list[int] = []
    jobs = [runner.submit(note(seen, n), lane=Lane.LIBRARY) for n in range(50)]
    jobs[-1].future.result(30)
    assert seen == list(range(50))


def test_the_newest_question_of_somebody_who_waits_is_answered_first(runner: JobRunner) -> None:
    hold = threading.Event()
    order: list[int] = []
    blockers = [runner.submit(lambda _: hold.wait(30), lane=Lane.INTERACTIVE) for _ in range(2)]
    jobs = [runner.submit(note(order, n), lane=Lane.INTERACTIVE) for n in range(5)]
    hold.set()
    for blocker in blockers:
        blocker.future.result(30)
    for job in jobs:
        job.future.result(30)
    assert order.index(4) < order.index(0)


def test_states_and_progress_are_published_in_order(runner: JobRunner, heard: list[Event]) -> None:
    def work(context: JobContext) -> None:
        context.progress(3, 3, "three")

    runner.submit(work, lane=Lane.COMPUTE, label="Count").future.result(30)
    assert states(heard) == [JobState.RUNNING, JobState.RUNNING, JobState.DONE]
    reported = [event for event in heard if isinstance(event, JobProgress)]
    assert (reported[1].done, reported[1].total, reported[1].text) == (3, 3, "three")


def test_work_without_a_label_stays_out_of_sight(runner: JobRunner, heard: list[Event]) -> None:
    runner.submit(lambda _: None, lane=Lane.COMPUTE).future.result(30)
    assert not heard


def test_a_flood_of_progress_is_thinned_out(runner: JobRunner, heard: list[Event]) -> None:
    def work(context: JobContext) -> None:
        for step in range(20_000):
            context.progress(step, 20_000)

    runner.submit(work, lane=Lane.COMPUTE, label="Flood").future.result(20)
    assert len(heard) < 200


def test_a_paused_job_waits_and_goes_on(runner: JobRunner, heard: list[Event]) -> None:
    begun = threading.Event()
    steps: list[int] = []

    def work(context: JobContext) -> None:
        begun.set()
        while len(steps) < 3:
            context.check_cancelled()
            steps.append(1)
            pause.wait(30)

    pause = threading.Event()
    job = runner.submit(work, lane=Lane.COMPUTE, label="Work")
    assert begun.wait(30)
    job.pause()
    pause.set()
    assert job.state is JobState.PAUSED
    job.resume()
    job.future.result(30)
    assert len(steps) == 3
    assert JobState.PAUSED in states(heard)
    assert states(heard)[-1] is JobState.DONE


def test_nothing_more_is_heard_of_a_job_that_has_ended(runner: JobRunner, heard: list[Event]) -> None:
    contexts: list[JobContext] = []
    job = runner.submit(contexts.append, lane=Lane.COMPUTE, label="Read")
    job.future.result(30)
    job.pause()
    contexts[0].progress(2, 2)
    job.resume()
    job.cancel()
    assert states(heard) == [JobState.RUNNING, JobState.DONE]


def test_a_cancelled_job_stops_at_its_next_look(runner: JobRunner, heard: list[Event]) -> None:
    begun = threading.Event()

    def work(context: JobContext) -> None:
        while True:
            begun.set()
            context.check_cancelled()

    job = runner.submit(work, lane=Lane.COMPUTE, label="Endless")
    assert begun.wait(30)
    job.cancel()
    with pytest.raises(Cancelled) as caught:
        job.future.result(30)
    assert is_cancelled(caught.value)
    assert states(heard)[-1] is JobState.CANCELLED


def test_a_job_cancelled_while_it_waits_never_begins(runner: JobRunner) -> None:
    hold = threading.Event()
    ran: list[int] = []
    blocker = runner.submit(lambda _: hold.wait(30), lane=Lane.LIBRARY)
    waiting = runner.submit(lambda _: ran.append(1), lane=Lane.LIBRARY)
    waiting.cancel()
    hold.set()
    blocker.future.result(30)
    runner.submit(lambda _: None, lane=Lane.LIBRARY).future.result(30)
    assert not ran
    assert waiting.state is JobState.CANCELLED


def test_an_expected_failure_is_told_in_its_own_words(runner: JobRunner, heard: list[Event]) -> None:
    def work(_: JobContext) -> None:
        message = "The disk is full."
        raise UserError(message)

    job = runner.submit(work, lane=Lane.LIBRARY, label="Write")
    with pytest.raises(UserError):
        job.future.result(30)
    last = heard[-1]
    assert isinstance(last, JobProgress)
    assert (last.state, last.problem) == (JobState.FAILED, "The disk is full.")


@pytest.mark.expects_warnings
def test_a_bug_is_logged_and_told_without_its_entrails(runner: JobRunner, heard: list[Event]) -> None:
    job = runner.submit(lambda _: 1 // 0, lane=Lane.LIBRARY, label="Divide")
    with pytest.raises(ZeroDivisionError):
        job.future.result(30)
    last = heard[-1]
    assert isinstance(last, JobProgress)
    assert last.problem == BUG_MESSAGE


def test_closing_cancels_what_runs_and_takes_no_more(events: EventHub) -> None:
    runner, begun = JobRunner(events), threading.Event()

    def work(context: JobContext) -> None:
        while True:
            begun.set()
            context.check_cancelled()

    job = runner.submit(work, lane=Lane.COMPUTE)
    assert begun.wait(30)
    runner.close()
    assert job.state is JobState.CANCELLED
    assert runner.submit(lambda _: 1, lane=Lane.COMPUTE).state is JobState.CANCELLED
    assert runner.running() == ()


def test_closing_does_what_the_reader_has_decided_in_its_order_and_nothing_else(events: EventHub) -> None:
    runner, begun = JobRunner(events), threading.Event()
    seen: list[int] = []

    def long_work(context: JobContext) -> None:
        while True:
            begun.set()
            context.check_cancelled()

    runner.submit(long_work, lane=Lane.LIBRARY)
    for number in range(10):
        runner.submit(note(seen, number), lane=Lane.LIBRARY, is_kept=number % 3 == 0)
    assert begun.wait(30)
    runner.close()
    assert seen == [0, 3, 6, 9]
    assert runner.running() == ()


def test_the_inline_runner_runs_at_once_on_the_same_thread(events: EventHub) -> None:
    job = InlineRunner(events).submit(lambda _: threading.current_thread(), lane=Lane.COMPUTE)
    assert job.future.result(0) is threading.current_thread()


@pytest.mark.expects_warnings
def test_a_listener_that_fails_does_not_silence_the_others(events: EventHub) -> None:
    heard: list[Event] = []

    def broken(_: Event) -> None:
        raise RuntimeError

    events.subscribe(broken)
    unsubscribe = events.subscribe(heard.append)
    progress = JobProgress(job_id=1, label="x", state=JobState.DONE)
    events.publish(progress)
    unsubscribe()
    unsubscribe()
    events.publish(progress)
    assert heard == [progress]


def test_who_asks_at_once_hears_after_those_who_remember_even_if_they_came_first() -> None:
    events, order = EventHub(), list[str]()
    leave = events.subscribe(lambda _: order.append("window"), is_last=True)
    events.subscribe(lambda _: order.append("service made later"))
    events.publish(Notice(message="changed"))
    assert order == ["service made later", "window"]
    leave()
    events.publish(Notice(message="changed"))
    assert order[2:] == ["service made later"]
