"""Indexing survives what happens to processes: its own is killed, the encoder's is killed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from readinglist.domain.paper import Status
from readinglist.library.library import Library
from readinglist.services.events import Event, EventHub, JobProgress
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import JobRunner, Lane
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from readinglist.similarity.process import ProcessEncoder
from tests.helpers.drafts import make_draft

FAKE_WORKER = (
    "import sys\n"
    "from readinglist.similarity import fake, worker\n"
    "sys.exit(worker.main(lambda _: fake.FakeEncoder(batch_size=8)))\n"
)
# Builds the index of a library, and is killed in the middle of the fourth batch.
KILLED = """
import os, signal, sys
from pathlib import Path
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, Lane
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder

class Killer(FakeEncoder):
    def encode(self, texts, *, meanwhile=None):
        if len(self.encoded) == 24:
            os.kill(os.getpid(), signal.SIGTERM)
        return super().encode(texts)

events = EventHub()
index = Indexing(
    Library(Path(sys.argv[1])), events, InlineRunner(events),
    encoder=lambda _: Killer(batch_size=8), options=EncoderOptions, is_automatic=lambda: False,
)
InlineRunner(events).submit(index.build, lane=Lane.COMPUTE)
"""
PAPERS = 96  # batches of the same size, in whatever order they come
WAIT_S = 60.0


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(PAPERS)], status=Status.INBOX)
    yield library
    library.close()


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def runner(events: EventHub) -> Iterator[JobRunner]:
    runner = JobRunner(events)
    yield runner
    runner.close()


def test_a_killed_program_loses_one_batch_at_most(library: Library, events: EventHub, runner: JobRunner) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(library.folder)], check=False, timeout=WAIT_S)
    assert done.returncode != 0
    encoder = FakeEncoder(batch_size=8)
    index = Indexing(
        library, events, runner, encoder=lambda _: encoder, options=EncoderOptions, is_automatic=lambda: False
    )
    index.count()
    assert index.state().done == 24
    runner.submit(index.build, lane=Lane.COMPUTE).future.result(WAIT_S)
    assert len(encoder.encoded) == PAPERS - 24
    assert index.state().done == PAPERS
    index.close()


@pytest.mark.expects_warnings
def test_a_killed_encoder_is_started_again_and_every_paper_is_read(
    library: Library, events: EventHub, runner: JobRunner
) -> None:
    encoder = ProcessEncoder(EncoderOptions(), command=(sys.executable, "-c", FAKE_WORKER))
    index = Indexing(
        library, events, runner, encoder=lambda _: encoder, options=EncoderOptions, is_automatic=lambda: False
    )
    killed: list[int] = []

    def kill_once(event: Event) -> None:
        if isinstance(event, JobProgress) and event.done >= 16 and not killed and encoder._worker is not None:
            process = psutil.Process(encoder._worker._process.pid)
            killed.append(process.pid)
            process.kill()

    events.subscribe(kill_once)
    runner.submit(index.build, lane=Lane.COMPUTE, label="Comparing papers").future.result(WAIT_S)
    assert killed
    assert (index.state().done, index.state().problem) == (PAPERS, "")
    index.close()


def test_a_question_is_answered_while_papers_are_read(library: Library, events: EventHub, runner: JobRunner) -> None:
    encoder = ProcessEncoder(EncoderOptions(), command=(sys.executable, "-c", FAKE_WORKER))
    index = Indexing(
        library, events, runner, encoder=lambda _: encoder, options=EncoderOptions, is_automatic=lambda: False
    )
    answered: list[int] = []

    def ask_once(event: Event) -> None:
        if isinstance(event, JobProgress) and event.done >= 16 and not answered:
            answered.append(len(index.encode(["a question"])))

    events.subscribe(ask_once)
    work = runner.submit(index.build, lane=Lane.COMPUTE, label="Comparing papers")
    work.future.result(WAIT_S)
    assert answered == [1]
    assert index.state().done == PAPERS
    index.close()
