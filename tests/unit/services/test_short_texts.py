"""What somebody searches for is read by the light encoder where there is one that can, else by the other."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typing_extensions import override

from readinglist.domain.errors import EnvironmentFault, ReadingListError, UserError
from readinglist.domain.paper import Status
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, Job, JobContext
from readinglist.services.short_texts import MOST, ShortTexts
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from tests.helpers.drafts import make_draft


class CountingEncoder(FakeEncoder):
    """Counts what it was asked, and raises what it is told to."""

    def __init__(self, *, model: str = "fake") -> None:
        super().__init__(model=model)
        self.loads = self.ends = 0
        self.error: ReadingListError | None = None

    @override
    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        self.loads += 1
        if self.error is not None:
            raise self.error
        return super().load(meanwhile=meanwhile)

    @override
    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> NDArray[np.float32]:
        if self.error is not None:
            raise self.error
        return super().encode(texts, meanwhile=meanwhile)

    @override
    def close(self) -> None:
        self.ends += 1


@pytest.fixture
def light() -> CountingEncoder:
    return CountingEncoder()


def test_a_few_texts_are_read_and_many_are_left_to_the_other(light: CountingEncoder) -> None:
    short = ShortTexts(light)
    found = short.encode(["deep learning"], "fake@1")
    assert found is not None
    np.testing.assert_array_equal(found, FakeEncoder().encode(["deep learning"]))
    assert short.encode(["text"] * (MOST + 1), "fake@1") is None


def test_vectors_of_another_model_are_not_given(light: CountingEncoder) -> None:
    assert ShortTexts(light).encode(["text"], "fake@2") is None
    assert light.encoded == []


def test_a_model_that_it_refuses_is_not_tried_again(light: CountingEncoder) -> None:
    light.error = UserError("This model is loaded by other means.")
    short = ShortTexts(light)
    assert not short.load()
    assert short.encode(["text"], "") is None
    assert light.loads == 1
    assert not short.is_usable


def test_a_process_that_died_is_asked_again_next_time(light: CountingEncoder) -> None:
    light.error = EnvironmentFault("It ended unexpectedly.", is_retryable=True)
    short = ShortTexts(light)
    assert short.encode(["text"], "") is None
    light.error = None
    assert short.encode(["text"], "") is not None


def test_without_one_nothing_is_read() -> None:
    short = ShortTexts(None)
    assert not short.load()
    assert short.encode(["text"], "") is None
    short.close()


@pytest.fixture
def large(light: CountingEncoder) -> CountingEncoder:
    encoder = CountingEncoder()
    encoder.light = light
    return encoder


@pytest.fixture
def index(tmp_path: Path, large: CountingEncoder) -> Indexing:
    library, events = Library(tmp_path / "library"), EventHub()
    with library.write("Import") as writer:
        writer.papers.add_many([make_draft(number) for number in range(3)], status=Status.INBOX)
    return Indexing(
        library,
        events,
        InlineRunner(events),
        encoder=lambda _: large,
        options=EncoderOptions,
        is_automatic=lambda: False,
    )


def build(index: Indexing) -> None:
    index.build(JobContext(Job(job_id=1, label="", events=EventHub())))


def test_a_search_does_not_load_the_model_that_reads_papers(
    index: Indexing, large: CountingEncoder, light: CountingEncoder
) -> None:
    assert index.encode(["what is sought"]).shape == (1, 64)
    assert (large.loads, light.encoded) == (0, ["what is sought"])
    index.close()


def test_a_search_with_a_model_that_has_no_quicker_way_is_answered(
    index: Indexing, large: CountingEncoder, light: CountingEncoder
) -> None:
    light.error = UserError("This model is loaded by other means.")
    assert index.encode(["what is sought"]).shape == (1, 64)
    assert large.encoded == ["what is sought"]
    index.close()


def test_warming_loads_nothing_before_anything_can_be_compared(
    index: Indexing, large: CountingEncoder, light: CountingEncoder
) -> None:
    index.warm()
    assert (large.loads, light.loads) == (0, 0)
    build(index)
    loads = large.loads
    index.warm()
    assert (large.loads, light.loads) == (loads, 1)
    index.close()


def test_warming_loads_the_other_one_where_there_is_no_quicker_way(
    index: Indexing, large: CountingEncoder, light: CountingEncoder
) -> None:
    build(index)
    index.model_changed()
    light.error = UserError("This model is loaded by other means.")
    loads = large.loads
    index.warm()
    assert large.loads == loads + 1
    index.close()


def test_at_the_end_both_processes_are_given_back(
    index: Indexing, large: CountingEncoder, light: CountingEncoder
) -> None:
    index.close()
    assert (large.ends, light.ends) == (1, 1)


def test_it_gets_ready_beside_everything_else_once(light: CountingEncoder) -> None:
    short = ShortTexts(light)
    short.begin()
    short.begin()
    short.close()
    assert (light.loads, light.ends) == (1, 1)


def test_what_goes_wrong_while_it_gets_ready_is_told_by_the_first_text(light: CountingEncoder) -> None:
    light.error = EnvironmentFault("It cannot be run.")
    short = ShortTexts(light)
    short.begin()
    short.close()
    assert short.encode(["deep learning"], "fake@1") is None


def test_without_a_light_encoder_nothing_gets_ready() -> None:
    short = ShortTexts(None)
    short.begin()
    assert not short.is_usable
    short.close()
