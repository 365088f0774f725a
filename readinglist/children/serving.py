"""The child's side: reads requests from standard input, answers on standard output, ends when nobody is there.

A request is a frame with `id` and whatever else the service wants. The answer has the same `id` and what the service
says; or `error` with `kind`, `message`, `detail` and `is_retryable`. Frames with `log` may come at any time.
"""

import logging
import os
import queue
import signal
import threading
import traceback
from typing import Any, BinaryIO, Protocol

from typing_extensions import override

from readinglist.children.frames import read_frame, write_frame
from readinglist.domain.errors import ReadingListError

Reply = tuple[dict[str, Any], bytes]


class Service(Protocol):
    """What a child process can do."""

    @property
    def idle_s(self) -> float | None:
        """Seconds without a request after which the process ends; None for never."""
        ...

    @property
    def bug_message(self) -> str:
        """What the reader is told when something went wrong that nobody thought of."""
        ...

    def answer(self, request: dict[str, Any]) -> Reply:
        """Return the header and the payload of the answer; whatever is raised is told to whoever asked."""
        ...


def serve(service: Service, *, niceness: int = 0) -> int:
    """Serve until standard input closes or nothing was asked for as long as the service says.

    Args:
        service: Is asked one question at a time.
        niceness: How far the process steps back behind others.

    Returns:
        The exit code of the process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the program, which ends this one
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    answers = _take_stdout()
    _log_through(answers)
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_read, args=(requests,), name="requests", daemon=True).start()
    while True:
        try:
            request = requests.get(timeout=service.idle_s)
        except queue.Empty:
            return 0
        try:
            header, payload = service.answer(request)
        except Exception as error:  # noqa: BLE001 - it is raised again where the question came from
            header, payload = {"error": _describe(error, service.bug_message)}, b""
        answers.send({"id": request["id"], **header}, payload)


class _Answers:
    """Writes frames, one at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        with self._lock:
            write_frame(self._stream, header, payload)


class _LogFrames(logging.Handler):
    """Sends log records to the process that writes the log."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__()
        self._answers = answers

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._answers.send({"log": record.levelno, "message": f"{record.name}: {record.getMessage()}"})


def _take_stdout() -> _Answers:
    """Keep standard output for frames: whatever a library prints from now on goes to standard error."""
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return _Answers(stream)


def _log_through(answers: _Answers) -> None:
    logging.getLogger().addHandler(_LogFrames(answers))
    logging.getLogger().setLevel(logging.ERROR)  # packages warn about what is as it should be
    logging.getLogger("readinglist").setLevel(logging.INFO)


def _read(requests: "queue.Queue[dict[str, Any]]") -> None:
    with os.fdopen(0, "rb", closefd=False) as stream:
        while (frame := read_frame(stream)) is not None:
            requests.put(frame[0])
    # Whoever asked is gone: the work under way is for nobody, and the memory is needed elsewhere.
    os._exit(0)


def _describe(error: Exception, bug_message: str) -> dict[str, str | bool]:
    if isinstance(error, ReadingListError):
        facts = {"kind": type(error).__name__, "message": error.message, "detail": error.detail}
        return {**facts, "is_retryable": getattr(error, "is_retryable", False)}
    detail = traceback.format_exc()
    return {"kind": "EnvironmentFault", "message": bug_message, "detail": detail, "is_retryable": False}
