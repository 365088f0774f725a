"""Work leaves the main thread and comes back to it, in order, whatever happens to it."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import UserError
from readinglist.services.events import EventHub, JobProgress, Notice
from readinglist.services.jobs import JobContext, JobRunner, Lane
from readinglist.ui.bridge import Bridge, MainThreadGarbage, favour_main_thread


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def bridge(qapp: QObject, events: EventHub) -> Iterator[Bridge]:
    runner = JobRunner(events)
    bridge = Bridge(runner, events)
    yield bridge
    runner.close()
    bridge.close()


def test_results_arrive_on_the_main_thread_in_order(bridge: Bridge, qtbot: QtBot) -> None:
    threads: set[int] = set()
    results: list[int] = []

    def take(result: int) -> None:
        threads.add(threading.get_ident())
        results.append(result)

    for number in range(500):
        bridge.run(lambda _, number=number: number, lane=Lane.LIBRARY, on_done=take)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(results) == 500)
    assert results == list(range(500))
    assert threads == {threading.get_ident()}


def test_errors_go_to_whoever_asked(bridge: Bridge, qtbot: QtBot) -> None:
    errors: list[BaseException] = []

    def fail(_: JobContext) -> None:
        message = "There is no such paper."
        raise UserError(message)

    bridge.run(fail, lane=Lane.LIBRARY, on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "There is no such paper."


def test_errors_that_nobody_takes_are_told_to_the_reader(bridge: Bridge, qtbot: QtBot) -> None:
    notices: list[Notice] = []
    bridge.on_notice(notices.append)

    def fail(_: JobContext) -> None:
        message = "The disk is full."
        raise UserError(message)

    bridge.run(fail, lane=Lane.LIBRARY)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices == [Notice(message="The disk is full.", is_error=True)]


def test_cancelled_work_is_silent(bridge: Bridge, qtbot: QtBot) -> None:
    said: list[object] = []
    bridge.on_notice(said.append)
    gate = threading.Event()
    bridge.run(lambda _: gate.wait(30), lane=Lane.LIBRARY)
    job = bridge.run(lambda _: 1, lane=Lane.LIBRARY, on_done=said.append, on_error=said.append)
    job.cancel()
    gate.set()
    done: list[int] = []
    bridge.run(lambda _: 2, lane=Lane.LIBRARY, on_done=done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert said == []


def test_changes_reach_those_who_show_their_kinds(bridge: Bridge, events: EventHub, qtbot: QtBot) -> None:
    tags: list[Changes] = []
    everything: list[Changes] = []
    bridge.subscribe([ChangeKind.TAGS], tags.append)
    bridge.subscribe(ChangeKind, everything.append)
    events.publish(Changes(kinds=frozenset({ChangeKind.NOTE})))
    events.publish(Changes(kinds=frozenset({ChangeKind.TAGS, ChangeKind.STATUS})))
    qtbot.waitUntil(lambda: len(everything) == 2)
    assert [one.kinds for one in tags] == [{ChangeKind.TAGS, ChangeKind.STATUS}]


def test_progress_is_heard_of_named_work_only(bridge: Bridge, qtbot: QtBot) -> None:
    heard: list[JobProgress] = []
    bridge.on_progress(heard.append)
    bridge.run(lambda context: context.progress(1, 1), lane=Lane.COMPUTE, label="Counting")
    bridge.run(lambda context: context.progress(1, 1), lane=Lane.COMPUTE)
    qtbot.waitUntil(lambda: any(one.state.is_final for one in heard))
    assert {one.label for one in heard} == {"Counting"}


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, thing: object) -> None:
        self.heard.append(thing)


def test_a_result_for_a_widget_that_is_gone_is_dropped(bridge: Bridge, qtbot: QtBot) -> None:
    listener = Listener()
    gate = threading.Event()
    bridge.run(lambda _: gate.wait(30), lane=Lane.LIBRARY, on_done=listener.hear)
    listener.deleteLater()
    qtbot.wait(1)
    gate.set()
    done: list[int] = []
    bridge.run(lambda _: 2, lane=Lane.LIBRARY, on_done=done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert listener.heard == []


def test_nothing_is_delivered_after_closing(qapp: QObject, events: EventHub) -> None:
    runner = JobRunner(events)
    bridge = Bridge(runner, events)
    heard: list[Changes] = []
    bridge.subscribe(ChangeKind, heard.append)
    events.publish(Changes(kinds=frozenset({ChangeKind.NOTE})))
    runner.close()
    bridge.close()
    assert len(heard) == 1, "what had arrived is still delivered"
    events.publish(Changes(kinds=frozenset({ChangeKind.NOTE})))
    assert len(heard) == 1


def test_all_objects_are_gone_through_only_when_there_are_many_more(qapp: QObject, qtbot: QtBot) -> None:
    was_enabled = gc.isenabled()
    ages: list[int] = []

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "stop":
            ages.append(facts["generation"])

    def age() -> None:
        """Let Python find that it is time for all of them, and wait until it was asked."""
        for _ in range(20):
            gc.collect(1)
        ages.clear()
        litter = [[number] for number in range(2000)]
        qtbot.waitUntil(lambda: bool(ages))
        del litter

    garbage = MainThreadGarbage()
    gc.callbacks.append(note)
    try:
        age()
        assert ages[0] == 0, "what is there is the program, which stays"
        assert gc.get_freeze_count() > 0
        age()
        assert ages[0] < 2
        more = [float(number) for number in range(sys.getallocatedblocks() // 3)]
        age()
        assert ages[0] == 2
        del more
    finally:
        gc.callbacks.remove(note)
        garbage.close()
        assert gc.get_freeze_count() == 0
        if not was_enabled:
            gc.disable()


def test_garbage_is_collected_on_the_main_thread_only(qapp: QObject, qtbot: QtBot) -> None:
    was_enabled = gc.isenabled()
    places: list[bool] = []

    def note(phase: str, _facts: object) -> None:
        if phase == "start":
            places.append(threading.current_thread() is threading.main_thread())

    def litter() -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    garbage = MainThreadGarbage()
    gc.callbacks.append(note)
    try:
        thread = threading.Thread(target=litter)
        thread.start()
        thread.join()
        assert places == []
        qtbot.waitUntil(lambda: bool(places))
        assert all(places)
    finally:
        gc.callbacks.remove(note)
        garbage.close()
        assert gc.isenabled()
        if not was_enabled:
            gc.disable()


def test_a_worker_that_computes_gives_the_interpreter_back_within_a_millisecond() -> None:
    before = sys.getswitchinterval()
    try:
        favour_main_thread()
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
