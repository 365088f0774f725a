"""Papers get vectors: all of them, once, again when they change, by themselves, and through every interruption."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.library.paper_writing import content_hash
from readinglist.services.events import Event, EventHub, JobProgress, JobState, Notice
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, Job, JobContext, JobRunner, Lane
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from tests.helpers.drafts import make_draft

WAIT_S = 10.0


class Setting:
    """Everything an index needs, in small."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.events = EventHub()
        self.heard: list[Event] = []
        self.events.subscribe(self.heard.append)
        self.encoder = FakeEncoder(batch_size=4)
        self.options = EncoderOptions()
        self.is_automatic = True
        self.open: list[Indexing] = []
        self.runner = JobRunner(self.events)

    def index(self, *, inline: bool = True) -> Indexing:
        index = Indexing(
            self.library,
            self.events,
            InlineRunner(self.events) if inline else self.runner,
            encoder=lambda _: self.encoder,
            options=lambda: self.options,
            is_automatic=lambda: self.is_automatic,
        )
        index._follower.work.quiet_s = 0.0
        self.open.append(index)
        return index

    def add(self, *numbers: int) -> list[PaperId]:
        with self.library.write("Import") as writer:
            ids = writer.papers.add_many([make_draft(number) for number in numbers], status=Status.INBOX)
        self.events.publish(writer.changes)
        return list(ids)

    def change(self, paper_id: PaperId, abstract: str) -> None:
        with self.library.write("Edit") as writer:
            title = self.title(paper_id)
            values = {"abstract": abstract, "content_hash": content_hash(title, abstract)}
            writer.papers.set_values([paper_id], values)
        self.events.publish(writer.changes)

    def title(self, paper_id: PaperId) -> str:
        with self.library.read() as reader:
            return reader.papers.get(paper_id).title

    def put_in_bin(self, *ids: PaperId) -> None:
        with self.library.write("Bin") as writer:
            writer.papers.set_binned(ids, is_binned=True)
        self.events.publish(writer.changes)

    def told(self) -> set[PaperId]:
        changes = [one for one in self.heard if isinstance(one, Changes) and ChangeKind.VECTORS in one.kinds]
        return {paper_id for one in changes for paper_id in one.ids}

    def close(self) -> None:
        self.runner.close()
        for index in self.open:
            index.close()
        self.library.close()


def context() -> JobContext:
    return JobContext(Job(job_id=1, label="", events=EventHub()))


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    setting = Setting(tmp_path / "library")
    yield setting
    setting.close()


class StoppedEncoder(FakeEncoder):
    """Fails, or does something else, when a number of texts has been read."""

    def __init__(self, after: int, act: Callable[[], object]) -> None:
        super().__init__(batch_size=4)
        self.after = after
        self.act = act

    @override
    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> NDArray[np.float32]:
        if len(self.encoded) >= self.after:
            self.after = 10**9
            self.act()
        return super().encode(texts, meanwhile=meanwhile)


def fail() -> None:
    message = "The model broke down."
    raise EnvironmentFault(message)


def counts(index: Indexing) -> tuple[int, int, int]:
    state = index.state()
    return state.done, state.stale, state.total


def test_every_paper_outside_the_bin_gets_a_vector_and_is_told(setting: Setting) -> None:
    ids = setting.add(*range(10))
    setting.put_in_bin(ids[0])
    index = setting.index()
    assert counts(index) == (0, 0, 9)
    index.build(context())
    assert counts(index) == (9, 0, 9)
    vectors = index.vectors()
    assert vectors is not None
    assert sorted(vectors.ids) == ids[1:]
    assert setting.told() == set(ids[1:])
    assert index.is_ready_for(ids[1])
    assert not index.is_ready_for(ids[0])


def test_before_the_model_was_ever_used_there_is_nothing_and_no_failure(setting: Setting) -> None:
    setting.add(1)
    index = setting.index()
    assert index.vectors() is None
    assert index.vector_of(PaperId(1), "any") is None
    assert index.state().device == ""
    assert not (setting.library.folder / "derived" / "vectors").exists()


def test_a_vector_is_that_of_title_and_abstract(setting: Setting) -> None:
    (paper_id,) = setting.add(1)
    index = setting.index()
    index.build(context())
    with setting.library.read() as reader:
        paper = reader.papers.get(paper_id)
    found = index.vector_of(paper_id, paper.content_hash)
    assert found is not None
    np.testing.assert_allclose(found, index.encode([f"{paper.title}\n{paper.abstract}"])[0], atol=1e-6)
    assert index.vector_of(paper_id, "of another text") is None


def test_only_what_changed_is_read_anew(setting: Setting) -> None:
    ids = setting.add(*range(10))
    index = setting.index()
    index.build(context())
    setting.encoder.encoded.clear()
    setting.change(ids[3], "Something else entirely.")
    assert counts(index) == (9, 1, 10)
    assert not index.is_ready_for(ids[3])
    index.build(context())
    assert [text.split("\n")[1] for text in setting.encoder.encoded] == ["Something else entirely."]
    assert counts(index) == (10, 0, 10)
    index.build(context())
    assert len(setting.encoder.encoded) == 1


def test_a_restored_paper_keeps_its_vector(setting: Setting) -> None:
    ids = setting.add(1, 2)
    index = setting.index()
    index.build(context())
    setting.put_in_bin(ids[0])
    assert counts(index) == (1, 0, 1)
    with setting.library.write("Restore") as writer:
        writer.papers.set_binned(ids[:1], is_binned=False)
    setting.events.publish(writer.changes)
    assert counts(index) == (2, 0, 2)


def test_work_that_breaks_off_goes_on_where_it_stopped(setting: Setting) -> None:
    ids = setting.add(*range(20))
    setting.encoder = StoppedEncoder(8, fail)
    index = setting.index()
    with pytest.raises(EnvironmentFault, match="The model broke down"):
        index.build(context())
    state = index.state()
    assert (state.done, state.problem, state.is_running) == (8, "The model broke down.", False)
    again = setting.index()
    again.build(context())
    assert len(setting.encoder.encoded) == len(ids)
    assert counts(again) == (20, 0, 20)
    index.build(context())
    assert index.state().problem == ""


def test_work_that_is_stopped_keeps_what_is_done(setting: Setting) -> None:
    setting.add(*range(20))
    work = context()
    setting.encoder = StoppedEncoder(8, work.job.cancel)
    index = setting.index()
    with pytest.raises(Cancelled):
        index.build(work)
    assert counts(index) == (8, 0, 20)
    assert index.state().problem == ""


def test_a_paper_that_changes_while_it_is_read_is_read_again(setting: Setting) -> None:
    (paper_id,) = setting.add(1)
    setting.encoder = StoppedEncoder(0, lambda: setting.change(paper_id, "Changed just now."))
    index = setting.index()
    index.build(context())
    assert len(setting.encoder.encoded) == 2
    assert counts(index) == (1, 0, 1)
    with setting.library.read() as reader:
        assert index.vector_of(paper_id, reader.papers.get(paper_id).content_hash) is not None


def test_a_paper_that_is_deleted_while_it_waits_does_not_hold_up_the_rest(setting: Setting) -> None:
    ids = setting.add(*range(8))

    def purge() -> None:
        with setting.library.write("Delete") as writer:
            writer.papers.purge(ids)
        setting.events.publish(writer.changes)

    setting.encoder = StoppedEncoder(4, purge)
    index = setting.index()
    index.build(context())
    assert counts(index) == (0, 0, 0)


def test_what_another_program_has_read_is_not_read_again(setting: Setting) -> None:
    setting.add(*range(12))
    other = setting.index()
    setting.encoder = StoppedEncoder(4, lambda: None)
    mine = setting.index()
    theirs = FakeEncoder(batch_size=4)
    other._model.encoder = theirs
    setting.encoder.act = lambda: other.build(context())
    mine.build(context())
    assert len(theirs.encoded) == 8
    assert len(setting.encoder.encoded) == 8  # one batch each was under way when the other came
    assert counts(mine) == (12, 0, 12)


def test_another_model_reads_everything_anew_and_the_way_back_is_free(setting: Setting) -> None:
    setting.add(*range(5))
    index = setting.index()
    index.build(context())
    first = setting.encoder
    setting.encoder, setting.options = FakeEncoder(model="other", dimensions=32), EncoderOptions(model="a/b")
    index.model_changed()
    assert counts(index) == (0, 0, 5)
    assert index.vectors() is None
    index.build(context())
    vectors = index.vectors()
    assert vectors is not None
    assert vectors.matrix.shape == (5, 32)
    setting.encoder, setting.options = first, EncoderOptions()
    index.model_changed()
    assert counts(index) == (5, 0, 5)
    index.build(context())
    assert len(first.encoded) == 5


def test_after_a_restart_vectors_are_there_without_loading_the_model(setting: Setting) -> None:
    setting.add(1, 2)
    setting.index().build(context())
    setting.encoder = StoppedEncoder(0, fail)
    index = setting.index()
    assert counts(index) == (2, 0, 2)
    assert index.vectors() is not None
    assert index.state().device == "Processor"
    index.build(context())  # nothing to read, so the encoder is left alone
    assert setting.encoder.encoded == []


def test_rebuilding_reads_everything_anew(setting: Setting) -> None:
    setting.add(1, 2, 3)
    index = setting.index()
    index.build(context())
    index.rebuild(context())
    assert len(setting.encoder.encoded) == 6
    assert counts(index) == (3, 0, 3)


def test_vectors_of_papers_that_are_gone_are_left_out_in_the_end(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.similarity.vectors.FEWEST_DEAD", 1)
    ids = setting.add(*range(8))
    index = setting.index()
    index.build(context())
    with setting.library.write("Delete") as writer:
        writer.papers.purge(ids[:4])
    setting.events.publish(writer.changes)
    setting.add(20)
    index.build(context())
    vectors = index.vectors()
    assert vectors is not None
    assert len(vectors.ids) == 5


def test_progress_says_how_fast_it_goes(setting: Setting) -> None:
    setting.add(*range(12))
    index = setting.index()
    setting.runner.submit(index.build, lane=Lane.COMPUTE, label="Comparing papers").future.result(WAIT_S)
    said = [one for one in setting.heard if isinstance(one, JobProgress)]
    assert (said[-1].state, said[-1].done, said[-1].total) == (JobState.DONE, 12, 12)
    assert said[-1].text.endswith("papers a second")


class Missing(FakeEncoder):
    """Cannot be loaded, until it is there."""

    is_there = False

    @override
    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        if not self.is_there:
            message = "The model is not there."
            raise EnvironmentFault(message)
        return super().load(meanwhile=meanwhile)


def test_a_model_that_cannot_be_loaded_is_said_in_the_state(setting: Setting) -> None:
    setting.encoder = Missing()
    index = setting.index()
    with pytest.raises(EnvironmentFault):
        index.load_model()
    assert index.state().problem == "The model is not there."


class Watch:
    """Waits until an index has done what it should."""

    def __init__(self, setting: Setting) -> None:
        self._changed = threading.Condition()
        setting.events.subscribe(self._note)

    def _note(self, _event: Event) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(is_so, WAIT_S)


def test_new_and_changed_papers_are_read_by_themselves(setting: Setting) -> None:
    ids = setting.add(1, 2)
    index = setting.index(inline=False)
    watch = Watch(setting)
    index.start()
    watch.until(lambda: counts(index) == (2, 0, 2))
    setting.add(*range(3, 9))
    watch.until(lambda: counts(index) == (8, 0, 8))
    setting.change(ids[0], "Another abstract.")
    watch.until(lambda: "Another abstract." in setting.encoder.encoded[-1])
    watch.until(lambda: counts(index) == (8, 0, 8))


def test_nothing_is_read_by_itself_if_the_reader_does_not_want_it(setting: Setting) -> None:
    setting.is_automatic = False
    index = setting.index(inline=False)
    watch = Watch(setting)
    index.start()
    setting.add(1)
    watch.until(lambda: counts(index) == (0, 0, 1))
    assert not index._follower.work.is_planned
    assert setting.encoder.encoded == []


def test_what_does_not_begin_by_itself_is_read_when_the_reader_asks_for_it(setting: Setting) -> None:
    setting.is_automatic = False
    index = setting.index()
    ids = setting.add(1, 2, 3)
    index.start()
    assert not setting.told()
    assert index.begin_now()
    assert setting.told() == set(ids)
    assert index.state().done == 3


def test_after_a_failure_the_reader_can_have_it_tried_again(setting: Setting) -> None:
    setting.is_automatic = False
    encoder = setting.encoder = Missing()
    index, ids = setting.index(), setting.add(1, 2)
    assert index.begin_now()
    assert index.state().problem == "The model is not there."
    encoder.is_there = True
    assert index.begin_now()
    assert index.state().problem == ""
    assert setting.told() == set(ids)


def test_two_works_never_run_at_once(setting: Setting) -> None:
    hold = threading.Event()
    setting.encoder = StoppedEncoder(0, lambda: hold.wait(WAIT_S))
    setting.add(1)
    index = setting.index(inline=False)
    watch = Watch(setting)
    index.start()
    watch.until(lambda: index.state().is_running)
    setting.add(2)
    setting.add(3)
    watch.until(lambda: index.state().total == 3)
    hold.set()
    watch.until(lambda: counts(index) == (3, 0, 3))
    jobs = {one.job_id for one in setting.heard if isinstance(one, JobProgress)}
    assert len(jobs) == 1


def test_another_choice_of_model_stops_the_work_and_begins_anew(setting: Setting) -> None:
    hold = threading.Event()
    setting.add(*range(8))
    old = setting.encoder = StoppedEncoder(4, lambda: hold.wait(WAIT_S))
    index = setting.index(inline=False)
    watch = Watch(setting)
    index.start()
    watch.until(lambda: index.state().done == 4)
    setting.encoder = FakeEncoder(model="other")
    index.model_changed()
    hold.set()
    watch.until(lambda: counts(index) == (8, 0, 8))
    assert index.state().model == "other"
    assert len(old.encoded) <= 8


def test_closing_forgets_what_was_planned(setting: Setting) -> None:
    index = setting.index(inline=False)
    index._follower.work.quiet_s = 3600.0
    watch = Watch(setting)
    index.start()
    setting.add(1)
    watch.until(lambda: index._follower.work.is_planned)
    index.close()
    assert setting.encoder.encoded == []


class FailingCard(FakeEncoder):
    """Runs on a card until so many texts were read, then on the processor."""

    def __init__(self, after: int) -> None:
        super().__init__(batch_size=2)
        self.after = after

    @override
    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        info = super().load(meanwhile=meanwhile)
        if len(self.encoded) < self.after:
            return replace(info, device="NVIDIA X1", device_reason="found")
        return replace(info, device_reason="NVIDIA X1 failed: CUDA error: unspecified launch failure")


def test_a_card_that_fails_on_the_way_is_told_once_and_the_work_goes_on(setting: Setting) -> None:
    setting.encoder = FailingCard(after=4)
    setting.add(*range(10))
    index = setting.index()
    index.build(context())
    assert counts(index) == (10, 0, 10)
    (notice,) = [one for one in setting.heard if isinstance(one, Notice)]
    assert notice.is_error
    assert notice.message.startswith("NVIDIA X1 failed, so the processor goes on comparing papers")
    assert index.state().device == "Processor"
    assert "unspecified launch failure" in index.state().device_reason
