"""The encoder in a process of its own, as everybody else uses it: started when first needed, started again if it dies.

The window must never hold the model's 600 MB nor share its interpreter's lock with it.
"""

import itertools
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError, UserError
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.frames import read_frame, write_frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

LOOK_AROUND_S = 0.1
END_WITHIN_S = 2.0
ATTEMPTS = 2  # a process that dies twice on the same question will die a third time
LAST_WORDS = 2000  # characters of standard error that go to the log
# Nothing is told to anybody, and progress bars are for terminals.
ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TQDM_DISABLE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}
KINDS: Mapping[str, type[ReadingListError]] = {"UserError": UserError, "DataError": DataError}
Reply = tuple[dict[str, Any], bytes]


class ProcessEncoder:
    """Asks the encoder's process; see `Encoder`. Questions of several threads are answered in turn.

    Args:
        options: What the reader chose.
        command: Starts the process; None starts this program's own.
    """

    def __init__(self, options: EncoderOptions, *, command: Sequence[str] | None = None) -> None:
        self._options = options
        self._command = tuple(command or _worker_command())
        self._lock = threading.Lock()
        self._worker: _Worker | None = None

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        """See `Encoder.load`."""
        header, _ = self._ask({"do": "load"}, meanwhile)
        return EncoderInfo(**header["info"])

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> "NDArray[np.float32]":
        """See `Encoder.encode`."""
        import numpy as np  # noqa: PLC0415 - the window starts without it

        header, payload = self._ask({"do": "encode", "texts": list(texts)}, meanwhile)
        return np.frombuffer(payload, dtype=np.float32).reshape(len(texts), header["info"]["dimensions"])

    def close(self) -> None:
        """See `Encoder.close`; questions under way fail."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _ask(self, request: dict[str, Any], meanwhile: Callable[[], None] | None) -> Reply:
        last: _WorkerGoneError | None = None
        for _ in range(ATTEMPTS):
            worker = self._running_worker()
            try:
                header, payload = _wait(worker.ask(request), meanwhile)
            except _WorkerGoneError as gone:
                last = gone
                if worker.is_ended:
                    break
                continue
            if (error := header.get("error")) is not None:
                raise _error(**error)
            return header, payload
        message = "The part of the program that compares papers ended unexpectedly. Try again; the log has the details."
        raise EnvironmentFault(message, detail=str(last), is_retryable=True)

    def _running_worker(self) -> "_Worker":
        with self._lock:
            if self._worker is None or not self._worker.is_alive:
                self._worker = _Worker(self._command, self._options)
            return self._worker


class _WorkerGoneError(Exception):
    """The process ended before it answered."""


class _Worker:
    """One run of the process, and the thread that reads what it says."""

    def __init__(self, command: Sequence[str], options: EncoderOptions) -> None:
        self.is_ended = False
        self._options = asdict(options)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Reply]] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._is_alive = True
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = _start(command, self._errors)
        # Popen's own types do not say that these are the pipes asked for.
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        self._reader = threading.Thread(target=self._read, name="encoder-answers", daemon=True)
        self._reader.start()

    @property
    def is_alive(self) -> bool:
        """It can be asked."""
        return self._is_alive

    def ask(self, request: dict[str, Any]) -> Future[Reply]:
        """Send a question; the answer comes into the future."""
        answer: Future[Reply] = Future()
        with self._lock:
            number = next(self._numbers)
            if not self._is_alive:
                answer.set_exception(_WorkerGoneError("it was not there any more"))
                return answer
            self._waiting[number] = answer
        try:
            with self._writing:
                write_frame(self._stdin, {"id": number, "options": self._options, **request})
        except (OSError, ValueError):  # the thread that reads will find the process gone, and tell all who wait
            log.info("the encoder's process does not listen")
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

    def _close_stdin(self) -> None:
        with self._writing, suppress(OSError):  # what could not be written is for nobody
            self._stdin.close()

    def _read(self) -> None:
        with self._stdout as stream:
            while (frame := read_frame(stream)) is not None:
                self._take(*frame)
        code = self._process.wait()
        with self._lock:
            self._is_alive = False
            left = list(self._waiting.values())
            self._waiting.clear()
        self._close_stdin()
        if code and not self.is_ended:
            log.warning("the encoder's process ended with code %d: %s", code, self._last_words())
        self._errors.close()
        for answer in left:
            answer.set_exception(_WorkerGoneError(f"code {code}"))

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


def _wait(answer: Future[Reply], meanwhile: Callable[[], None] | None) -> Reply:
    while True:
        try:
            return answer.result(None if meanwhile is None else LOOK_AROUND_S)
        except TimeoutError:
            if meanwhile is not None:
                meanwhile()


def _error(*, kind: str, message: str, detail: str, is_retryable: bool) -> ReadingListError:
    if (made := KINDS.get(kind)) is not None:
        return made(message, detail=detail)
    return EnvironmentFault(message, detail=detail, is_retryable=is_retryable)


def _worker_command() -> tuple[str, ...]:
    # -P: a folder that the program happens to be started in must not replace its packages.
    python = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-P", "-m", "readinglist")
    return (*python, "--worker", "encoder")


def _start(command: Sequence[str], errors: IO[bytes]) -> "subprocess.Popen[bytes]":
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    try:
        return subprocess.Popen(  # noqa: S603 - this program itself
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, **ENVIRONMENT},
            creationflags=flags,
        )
    except OSError as error:
        message = f"The part of the program that compares papers cannot be started: {error.strerror}. Try again."
        raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
