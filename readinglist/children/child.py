"""One run of a child process, for whoever asks it: it is started, asked, and ended, and says when it is gone."""

import itertools
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from typing import IO, Any, BinaryIO, cast

from readinglist.children.frames import read_frame, write_frame
from readinglist.domain.errors import (
    DataError,
    EnvironmentFault,
    HarmfulFileError,
    PasswordNeeded,
    ReadingListError,
    UserError,
)

log = logging.getLogger(__name__)

LOOK_AROUND_S = 0.1
END_WITHIN_S = 2.0
PIPE_BYTES = 2**20  # what Linux allows anybody; a picture of a page then comes in 3 ms instead of 8
LAST_WORDS = 2000  # characters of standard error that go to the log
KINDS: Mapping[str, type[ReadingListError]] = {
    made.__name__: made for made in (UserError, PasswordNeeded, DataError, HarmfulFileError)
}
Reply = tuple[dict[str, Any], bytes]


class ChildGoneError(Exception):
    """The process ended before it answered."""


class Child:
    """A process that is running, and the thread that reads what it says.

    Args:
        command: Starts it.
        purpose: What it does, for messages: "compares papers".
        environment: Variables that it gets beside those of this process.

    Raises:
        EnvironmentFault: It cannot be started.
    """

    def __init__(self, command: Sequence[str], *, purpose: str, environment: Mapping[str, str] | None = None) -> None:
        self.is_ended = False
        self._purpose = purpose
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Reply]] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._is_alive = True
        self._process, self._errors = _start(command, purpose, environment or {})
        # Popen's own types do not say that these are the pipes asked for.
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        _widen(self._stdout)
        self._reader = threading.Thread(target=self._read, name="answers-of-a-child", daemon=True)
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        """It can be asked."""
        return self._is_alive

    @property
    def process_id(self) -> int:
        """Of the system."""
        return self._process.pid

    def ask(self, request: Mapping[str, Any]) -> Future[Reply]:
        """Send a question; the answer comes into the future, or `ChildGoneError`."""
        answer: Future[Reply] = Future()
        with self._lock:
            number = next(self._numbers)
            if not self._is_alive:
                answer.set_exception(ChildGoneError("it was not there any more"))
                return answer
            self._waiting[number] = answer
        try:
            with self._writing:
                write_frame(self._stdin, {"id": number, **request})
        except (OSError, ValueError):  # the thread that reads will find the process gone, and tell all who wait
            log.info("the process that %s does not listen", self._purpose)
        return answer

    def end(self) -> None:
        """Close its standard input, which it takes as the end, and see that it goes."""
        self.is_ended = True
        self._close_stdin()
        try:
            self._process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join()

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self.is_ended = True
        self._process.kill()
        self._reader.join()

    def _close_stdin(self) -> None:
        with self._writing, suppress(OSError):  # what could not be written is for nobody
            self._stdin.close()

    def _read(self) -> None:
        with self._stdout as stream:
            try:
                while (frame := read_frame(stream)) is not None:
                    self._take(*frame)
            except (ValueError, KeyError, MemoryError) as error:  # nothing that it says can be believed any more
                log.warning("the process that %s says what nobody understands: %r", self._purpose, error)
                self.is_ended = True
                self._process.kill()
        code = self._process.wait()
        with self._lock:
            self._is_alive = False
            left = list(self._waiting.values())
            self._waiting.clear()
        self._close_stdin()
        if code and not self.is_ended:
            log.warning("the process that %s ended with code %d: %s", self._purpose, code, self._last_words())
        self._errors.close()
        for answer in left:
            answer.set_exception(ChildGoneError(f"code {code}"))

    def _take(self, header: dict[str, Any], payload: bytes) -> None:
        if "log" in header:
            log.log(header["log"], "%s", header["message"])
            return
        with self._lock:
            answer = self._waiting.pop(header["id"])
        answer.set_result((header, payload))

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-LAST_WORDS:].strip()


def wait_for(answer: Future[Reply], meanwhile: Callable[[], None] | None) -> Reply:
    """Wait for an answer, however long it takes.

    Args:
        answer: What `Child.ask` gave.
        meanwhile: Called several times a second; what it raises ends the wait.

    Raises:
        ChildGoneError: The process ended before.
        ReadingListError: It answered with this error.
    """
    while True:
        try:
            return checked(answer.result(None if meanwhile is None else LOOK_AROUND_S))
        except TimeoutError:
            if meanwhile is not None:
                meanwhile()


def checked(reply: Reply) -> Reply:
    """Return a reply that is no error.

    Raises:
        ReadingListError: It is one.
    """
    if (error := reply[0].get("error")) is not None:
        raise _error(**error)
    return reply


def child_command(name: str) -> tuple[str, ...]:
    """Return what starts this program as one of its own children, by the name that `app.workers` knows."""
    # -P: a folder that the program happens to be started in must not replace its packages.
    python = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-P", "-m", "readinglist")
    return (*python, "--worker", name)


def _widen(pipe: BinaryIO) -> None:
    """Let more wait in a pipe, where the system can: the other side stops less often."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - Windows has none

        with suppress(OSError):  # somebody has used up what this user may have in pipes; it goes on more slowly
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def _error(*, kind: str, message: str, detail: str, is_retryable: bool) -> ReadingListError:
    if (made := KINDS.get(kind)) is not None:
        return made(message, detail=detail)
    return EnvironmentFault(message, detail=detail, is_retryable=is_retryable)


def _start(
    command: Sequence[str], purpose: str, environment: Mapping[str, str]
) -> "tuple[subprocess.Popen[bytes], IO[bytes]]":
    """Start a process; returns it, and the file that takes what it writes to standard error."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    with ExitStack() as undone:
        try:
            errors = undone.enter_context(tempfile.TemporaryFile())
            process = subprocess.Popen(  # noqa: S603 - this program itself
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **environment},
                creationflags=flags,
            )
        except OSError as error:
            message = f"The part of the program that {purpose} cannot be started: {error.strerror}. Try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
        undone.pop_all()  # the file lives as long as the process
    return process, errors
