"""A child process as whoever asks it sees it: it answers, or it is gone; nobody waits for ever."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.children.child import Child, ChildGoneError
from readinglist.domain.errors import EnvironmentFault

WITHIN_S = 30.0
READY = "import struct, sys; out = sys.stdout.buffer; sys.stdin.buffer.read(1); "
FRAME = "out.write(struct.pack('>II', len({0}), 0) + {0}); out.flush(); sys.stdin.buffer.read()"


@pytest.fixture
def children() -> Iterator[list[Child]]:
    made: list[Child] = []
    yield made
    for child in made:
        child.end()


def start(children: list[Child], code: str) -> Child:
    children.append(Child((sys.executable, "-c", READY + code), purpose="is odd"))
    return children[-1]


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "said",
    [
        pytest.param("out.write(b'Warning: a library prints'); out.flush(); sys.stdin.buffer.read()", id="a warning"),
        pytest.param(FRAME.format(b"no JSON"), id="no JSON"),
        pytest.param(FRAME.format(b"[1, 2]"), id="a list"),
        pytest.param(FRAME.format(b'{"id": 99}'), id="an answer to nothing"),
        pytest.param(FRAME.format(b"\xff\xfe"), id="no text"),
    ],
)
def test_a_child_that_says_what_nobody_understands_is_gone(children: list[Child], said: str) -> None:
    child = start(children, said)
    answer = child.ask({"do": "anything"})
    with pytest.raises(ChildGoneError):
        answer.result(WITHIN_S)
    assert not child.is_alive
    with pytest.raises(ChildGoneError):
        child.ask({"do": "anything"}).result(WITHIN_S)


@pytest.mark.expects_warnings
def test_a_child_that_ends_leaves_no_question_open(children: list[Child]) -> None:
    child = start(children, "sys.exit(3)")
    with pytest.raises(ChildGoneError, match="code 3"):
        child.ask({"do": "anything"}).result(WITHIN_S)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="that reads PDFs cannot be started"):
        Child((str(tmp_path / "nothing"),), purpose="reads PDFs")


def test_a_child_without_a_place_for_its_last_words_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nothing"))
    with pytest.raises(EnvironmentFault, match="that reads PDFs cannot be started"):
        Child((sys.executable, "-c", ""), purpose="reads PDFs")
