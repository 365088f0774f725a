"""The words of a library are counted when they are asked for, and follow its changes."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.library.paper_writing import content_hash
from readinglist.services.edit import Edit
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import InlineRunner, JobRunner, Lane
from readinglist.services.term_index import AT_ONCE, TermIndex
from readinglist.similarity.terms import count_words
from tests.helpers.drafts import make_draft


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def index(library: Library, events: EventHub) -> Iterator[TermIndex]:
    index = TermIndex(library, events, InlineRunner(events))
    yield index
    index.close()


def fill(library: Library, events: EventHub, numbers: range) -> list[PaperId]:
    with library.write(None) as writer:
        ids = writer.papers.add_many([make_draft(number) for number in numbers], status=Status.INBOX)
    events.publish(Changes(kinds=frozenset({ChangeKind.ADDED}), ids=frozenset(ids)))
    return ids


def change(library: Library, events: EventHub, paper_id: PaperId, abstract: str) -> None:
    with library.write(None) as writer:
        title = writer.papers.get(paper_id).title
        values = {"abstract": abstract, "content_hash": content_hash(title, abstract)}
        writer.papers.set_values([paper_id], values)
    events.publish(Changes(kinds=frozenset({ChangeKind.DETAILS}), ids=frozenset({paper_id})))


def counted(index: TermIndex) -> set[int]:
    terms = index.terms()
    return set() if terms is None else set(terms.ids.tolist()) - {0}


def test_an_empty_library_has_no_words(index: TermIndex) -> None:
    assert index.terms() is None


def test_a_few_papers_are_counted_at_once(index: TermIndex, library: Library, events: EventHub) -> None:
    ids = fill(library, events, range(3))
    assert counted(index) == set(ids)
    more = fill(library, events, range(3, 5))
    assert counted(index) == {*ids, *more}


def test_many_papers_are_counted_by_a_job_that_tells_when_it_is_done(
    index: TermIndex, library: Library, events: EventHub
) -> None:
    heard: list[Event] = []
    ids = fill(library, events, range(AT_ONCE + 1))
    events.subscribe(heard.append)
    assert counted(index) == set(ids), "a command has them at once"
    assert not index.is_counting
    assert any(isinstance(one, Changes) and ChangeKind.VECTORS in one.kinds for one in heard)


def test_many_papers_are_counted_though_the_encoder_has_its_hands_full(library: Library, events: EventHub) -> None:
    runner, may_go_on, is_counted = JobRunner(events), threading.Event(), threading.Event()
    index = TermIndex(library, events, runner)

    def hear(event: Event) -> None:
        if isinstance(event, Changes) and ChangeKind.VECTORS in event.kinds:
            is_counted.set()

    events.subscribe(hear)
    try:
        ids = fill(library, events, range(AT_ONCE + 1))
        encoding = runner.submit(lambda _: may_go_on.wait(30), lane=Lane.COMPUTE)
        index.terms()
        assert is_counted.wait(20)
        assert not index.is_counting
        assert counted(index) == set(ids)
        assert not encoding.future.done()
    finally:
        may_go_on.set()
        index.close()
        runner.close()


def test_while_many_are_being_counted_it_says_so(library: Library, events: EventHub) -> None:
    runner, may_go_on = JobRunner(events), threading.Event()
    index = TermIndex(library, events, runner)
    try:
        fill(library, events, range(AT_ONCE + 1))
        runner.submit(lambda _: may_go_on.wait(30), lane=Lane.WORDS)
        assert index.terms() is None
        assert index.is_counting
    finally:
        may_go_on.set()
        runner.close()
        index.close()
    assert not index.is_counting, "it was called off"


def test_a_changed_abstract_is_counted_anew(index: TermIndex, library: Library, events: EventHub) -> None:
    ids = fill(library, events, range(2))
    before = index.terms()
    change(library, events, ids[0], "Otters and gophers")
    after = index.terms()
    assert before is not None
    assert after is not None
    row = after.rows_of(np.array([ids[0]], dtype=np.int64))[0]
    cosines, _ = after.compare(*_words_of("otter gopher"), np.array([row]))
    assert cosines[0] > 0
    assert counted(index) == set(ids)


def test_nothing_is_read_anew_while_nothing_changes(index: TermIndex, library: Library, events: EventHub) -> None:
    ids = fill(library, events, range(2))
    first = index.terms()
    Edit(library, events).set_starred(ids, starred=True)
    assert index.terms() is first


def test_words_that_are_counted_are_found_by_the_next_program(
    index: TermIndex, library: Library, events: EventHub
) -> None:
    ids = fill(library, events, range(2))
    index.terms()
    other = TermIndex(library, EventHub(), InlineRunner(events))
    assert counted(other) == set(ids)
    other.close()


@pytest.mark.expects_warnings
def test_words_that_cannot_be_kept_are_left_out(library: Library, events: EventHub) -> None:
    fill(library, events, range(2))
    (library.folder / "derived").mkdir(exist_ok=True)
    (library.folder / "derived" / "words").write_text("in the way")
    index = TermIndex(library, events, InlineRunner(events))
    assert index.terms() is None
    index.close()


def _words_of(text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    _, places, counts = count_words([text])
    return places, counts
