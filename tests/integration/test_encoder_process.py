"""The encoder's process: started when needed, started again when it dies, and never left behind."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from readinglist.children.frames import read_frame, write_frame
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from readinglist.similarity.process import ProcessEncoder
from readinglist.similarity.worker import BUG_MESSAGE

# A worker like the real one, but with an encoder that does odd things when it is told to.
ODD_WORKER = """
import logging, os, sys, time
from pathlib import Path
from readinglist.domain.errors import EnvironmentFault
from readinglist.similarity import worker
from readinglist.similarity.fake import FakeEncoder

class OddEncoder(FakeEncoder):
    def encode(self, texts, *, meanwhile=None):
        word, _, rest = "".join(texts[:1]).partition(" ")
        if word == "die" or (word == "die-once" and not Path(rest).exists()):
            if rest:
                Path(rest).touch()
            print("last words", file=sys.stderr, flush=True)
            os._exit(3)
        if word == "print":
            print("noise on standard output", flush=True)
            os.write(1, b"more noise")
        if word == "fail":
            raise EnvironmentFault("The card melted.", detail="42 degrees", is_retryable=True)
        if word == "bug":
            raise ZeroDivisionError("a bug")
        if word == "log":
            logging.getLogger("readinglist.odd").warning("a warning from far away")
        if word == "hold":
            while not Path(rest).exists():
                time.sleep(0.01)
        return super().encode(texts)

sys.exit(worker.main(lambda options: OddEncoder(model=options.model or "odd")))
"""


@pytest.fixture
def encoder() -> Iterator[ProcessEncoder]:
    encoder = ProcessEncoder(EncoderOptions(), command=(sys.executable, "-c", ODD_WORKER))
    yield encoder
    encoder.close()


def process_of(encoder: ProcessEncoder) -> psutil.Process:
    assert encoder._worker is not None
    return psutil.Process(encoder._worker._process.pid)


def test_vectors_come_back_as_they_were_made(encoder: ProcessEncoder) -> None:
    info = encoder.load()
    assert (info.model, info.dimensions) == ("odd", 64)
    texts = ["deep learning", "späte Öfen", ""]
    found = encoder.encode(texts)
    np.testing.assert_array_equal(found, FakeEncoder(model="odd").encode(texts))
    assert found.dtype == np.float32
    assert encoder.encode([]).shape == (0, 64)


def test_the_options_reach_the_process() -> None:
    encoder = ProcessEncoder(EncoderOptions(model="chosen"), command=(sys.executable, "-c", ODD_WORKER))
    assert encoder.load().model == "chosen"
    encoder.close()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has priority classes instead")
def test_the_process_steps_back_behind_the_window(encoder: ProcessEncoder) -> None:
    encoder.load()
    assert process_of(encoder).nice() >= min(19, os.nice(0) + 10)


def test_nothing_runs_before_the_first_question_and_nothing_after_the_end(encoder: ProcessEncoder) -> None:
    assert encoder._worker is None
    encoder.load()
    process = process_of(encoder)
    encoder.close()
    assert not process.is_running()
    encoder.close()


def test_after_the_end_the_next_question_starts_it_again(encoder: ProcessEncoder) -> None:
    encoder.load()
    encoder.close()
    assert encoder.encode(["again"]).shape == (1, 64)


def test_what_libraries_print_does_not_disturb(encoder: ProcessEncoder) -> None:
    np.testing.assert_array_equal(encoder.encode(["print this"]), FakeEncoder(model="odd").encode(["print this"]))


def test_an_error_comes_back_as_its_sentence_and_the_process_goes_on(encoder: ProcessEncoder) -> None:
    with pytest.raises(EnvironmentFault, match="The card melted") as caught:
        encoder.encode(["fail now"])
    assert (caught.value.detail, caught.value.is_retryable) == ("42 degrees", True)
    process = process_of(encoder)
    encoder.encode(["go on"])
    assert process_of(encoder) == process


def test_a_bug_comes_back_with_its_place(encoder: ProcessEncoder) -> None:
    with pytest.raises(EnvironmentFault) as caught:
        encoder.encode(["bug here"])
    assert caught.value.message == BUG_MESSAGE
    assert "ZeroDivisionError" in caught.value.detail


@pytest.mark.expects_warnings
def test_what_the_process_logs_is_in_this_log(encoder: ProcessEncoder, caplog: pytest.LogCaptureFixture) -> None:
    encoder.encode(["log this"])
    assert "readinglist.odd: a warning from far away" in caplog.messages


@pytest.mark.expects_warnings
def test_a_process_that_died_is_started_again(
    encoder: ProcessEncoder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = f"die-once {tmp_path / 'died'}"
    np.testing.assert_array_equal(encoder.encode([text]), FakeEncoder(model="odd").encode([text]))
    assert any("code 3: last words" in message for message in caplog.messages)


@pytest.mark.expects_warnings
def test_a_process_that_is_killed_between_two_questions_is_started_again(encoder: ProcessEncoder) -> None:
    encoder.load()
    process = process_of(encoder)
    process.kill()
    assert encoder.encode(["still here"]).shape == (1, 64)
    assert process_of(encoder) != process


@pytest.mark.expects_warnings
def test_a_question_that_kills_twice_is_given_up(encoder: ProcessEncoder) -> None:
    with pytest.raises(EnvironmentFault, match="ended unexpectedly"):
        encoder.encode(["die"])
    assert encoder.encode(["another question"]).shape == (1, 64)


def test_the_wait_can_be_ended_and_the_late_answer_disturbs_nobody(encoder: ProcessEncoder, tmp_path: Path) -> None:
    encoder.load()

    def stop() -> None:
        message = "Stopped."
        raise Cancelled(message)

    with pytest.raises(Cancelled):
        encoder.encode([f"hold {tmp_path / 'go'}"], meanwhile=stop)
    (tmp_path / "go").touch()
    np.testing.assert_array_equal(encoder.encode(["next"]), FakeEncoder(model="odd").encode(["next"]))


def test_ending_it_does_not_wait_for_a_batch(encoder: ProcessEncoder, tmp_path: Path) -> None:
    encoder.load()
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            encoder.encode([f"hold {tmp_path / 'never'}"])
        except EnvironmentFault as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    deadline = time.monotonic() + 30
    while not (encoder._worker and encoder._worker._waiting) and time.monotonic() < deadline:
        os.sched_yield()
    began = time.monotonic()
    encoder.close()
    thread.join(60)
    assert time.monotonic() - began < 30, "the batch has no end"
    assert len(caught) == 1


def test_questions_of_several_threads_each_get_their_own_answer(encoder: ProcessEncoder) -> None:
    encoder.load()
    found: dict[int, np.ndarray[tuple[int, int], np.dtype[np.float32]]] = {}

    def ask(number: int) -> None:
        for _ in range(20):
            found[number] = encoder.encode([f"text number{number}"])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    expected = FakeEncoder(model="odd")
    assert len(found) == 4
    for number, rows in found.items():
        np.testing.assert_array_equal(rows, expected.encode([f"text number{number}"]))


def start_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", ODD_WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_the_process_ends_when_nobody_is_there_any_more() -> None:
    with start_worker() as process:
        assert process.stdin is not None
        write_frame(process.stdin, {"id": 1, "do": "load", "options": {}})  # type: ignore[arg-type]
        assert process.stdout is not None
        assert read_frame(process.stdout) is not None  # type: ignore[arg-type]
        process.stdin.close()
        assert process.wait(30) == 0


def test_the_process_ends_after_some_time_without_work() -> None:
    with start_worker() as process:
        assert process.stdin is not None
        write_frame(process.stdin, {"id": 1, "do": "load", "options": {"idle_minutes": 0}})  # type: ignore[arg-type]
        assert process.wait(30) == 0


def test_the_window_side_loads_neither_torch_nor_numpy() -> None:
    code = (
        "import sys\n"
        "import readinglist.services.indexing, readinglist.similarity.process\n"
        "print(sorted({'torch', 'numpy', 'sentence_transformers', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
