"""How a command ends: exit codes, words on standard error, and a closed library."""

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from readinglist.cli import run
from readinglist.cli.session import Session, progress_words
from readinglist.cli.terminal import Terminal
from readinglist.domain.errors import Cancelled, DataError, EnvironmentFault, LibraryTooNewError, UserError
from readinglist.domain.wording import count_text
from readinglist.services.events import EventHub, JobProgress, JobState, Notice
from readinglist.services.jobs import InlineRunner, JobContext, Lane


class FakeWorkspace:
    def __init__(self) -> None:
        self.events = EventHub()
        self.jobs = InlineRunner(self.events)
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace()


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(out=io.StringIO(), err=io.StringIO(), source=io.BytesIO())


@pytest.fixture
def ran(
    workspace: FakeWorkspace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[Session], int]], int]]:
    def run_command(command: Callable[[Session], int]) -> int:
        monkeypatch.setattr(run, "COMMANDS", {"try": command})
        options = argparse.Namespace(command="try", json=False)
        return run.main(options, lambda _: cast("Any", workspace), terminal)

    yield run_command
    assert cast("io.StringIO", terminal.out).getvalue() in {"", "fine\n"}


def messages(terminal: Terminal) -> str:
    return cast("io.StringIO", terminal.err).getvalue()


def raising(error: BaseException) -> Callable[[Session], int]:
    def command(session: Session) -> int:
        assert session.workspace is not None
        raise error

    return command


def test_a_command_that_works_ends_with_its_own_code(ran: Callable[..., int], terminal: Terminal) -> None:
    def command(session: Session) -> int:
        session.terminal.print("fine")
        return 3

    assert ran(command) == 3
    assert messages(terminal) == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserError("There is no such paper."), 3),
        (EnvironmentFault("The disk is full."), 4),
        (DataError("The library is damaged."), 5),
        (LibraryTooNewError("The library is newer."), 5),
    ],
)
def test_an_expected_failure_is_one_sentence(
    ran: Callable[..., int], terminal: Terminal, workspace: FakeWorkspace, error: Exception, code: int
) -> None:
    assert ran(raising(error)) == code
    assert messages(terminal) == f"readinglist: {error}\n"
    assert workspace.is_closed


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled("Stopped.")])
def test_an_interrupt_ends_with_130(
    ran: Callable[..., int], terminal: Terminal, workspace: FakeWorkspace, error: BaseException
) -> None:
    assert ran(raising(error)) == 130
    assert "Stopped." in messages(terminal)
    assert workspace.is_closed


@pytest.mark.expects_warnings
def test_a_bug_shows_a_report(ran: Callable[..., int], terminal: Terminal, workspace: FakeWorkspace) -> None:
    assert ran(raising(ZeroDivisionError("by zero"))) == 1
    assert "ZeroDivisionError: by zero" in messages(terminal)
    assert "This is a bug" in messages(terminal)
    assert workspace.is_closed


def test_a_failure_inside_a_job_arrives_as_itself(ran: Callable[..., int], terminal: Terminal) -> None:
    def work(context: JobContext) -> int:
        context.check_cancelled()
        message = "The page is gone."
        raise UserError(message)

    assert ran(lambda session: session.run_job(work, lane=Lane.NETWORK, label="Fetching")) == 3
    assert "The page is gone." in messages(terminal)


def test_notices_are_said(ran: Callable[..., int], terminal: Terminal) -> None:
    def command(session: Session) -> int:
        session.workspace.events.publish(Notice(message="A backup was made."))
        return 0

    assert ran(command) == 0
    assert messages(terminal) == "A backup was made.\n"


def test_a_library_is_not_opened_for_a_command_that_needs_none(
    ran: Callable[..., int], workspace: FakeWorkspace
) -> None:
    assert ran(lambda _: 0) == 0
    assert not workspace.is_closed


def test_every_command_of_the_parser_can_be_run() -> None:
    from readinglist.app.arguments import _build

    _, names = _build()
    assert set(run.COMMANDS) == names - {"gui"}


def test_a_reader_who_has_seen_enough_is_no_failure() -> None:
    code = (
        "import argparse, sys\n"
        "from readinglist.cli import run\n"
        "run.COMMANDS = {'x': lambda s: [s.terminal.print('line ' * 20) for _ in range(20000)] and 0}\n"
        "sys.exit(run.main(argparse.Namespace(command='x', json=False)))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
    assert (process.returncode, error) == (0, b"")


def test_a_bug_is_shown_once_though_the_log_has_it_too() -> None:
    code = (
        "import argparse, sys\n"
        "from readinglist.cli import run\n"
        "run.COMMANDS = {'x': lambda s: 1 / 0}\n"
        "sys.exit(run.main(argparse.Namespace(command='x', json=False)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("Traceback") == 1
    assert done.stderr.endswith("This is a bug in Reading List; nothing half done was stored.\n")


def test_progress_is_told_in_words() -> None:
    def told(done: int, total: int | None, text: str = "") -> str:
        return progress_words(
            JobProgress(job_id=1, label="Reading", state=JobState.RUNNING, done=done, total=total, text=text)
        )

    assert told(0, None) == "Reading"
    assert told(1500, None, "list.txt") == "Reading · 1,500 · list.txt"
    assert told(50, 200) == "Reading · 50 of 200 (25 %)"


def test_plural_forms() -> None:
    assert (count_text(1, "paper"), count_text(0, "paper"), count_text(2, "entry", "entries")) == (
        "1 paper",
        "0 papers",
        "2 entries",
    )


def test_nothing_heavy_is_imported_by_the_command_line() -> None:
    code = (
        "import sys, readinglist.cli\n"
        "print({'torch', 'alembic', 'requests', 'lxml', 'PySide6', 'numpy', 'tomlkit'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "set()"
