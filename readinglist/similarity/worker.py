"""The encoder's process: reads requests from standard input, answers on standard output, ends when nobody is there.

A request is a frame with `id`, `do` (`load` or `encode`), `options` and, to encode, `texts`. The answer has the same
`id` and `info`, and the vectors as float32 in its payload; or `error` with `kind`, `message`, `detail` and
`is_retryable`. Frames with `log` may come at any time.
"""

import logging
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from typing_extensions import override

from readinglist.domain.errors import ReadingListError
from readinglist.similarity.encoder import Encoder, EncoderOptions
from readinglist.similarity.frames import read_frame, write_frame

NICENESS = 10  # the window comes first
BUG_MESSAGE = "Something went wrong while papers were compared. The log has the details."
MakeEncoder = Callable[[EncoderOptions], Encoder]


def main(make_encoder: MakeEncoder | None = None) -> int:
    """Serve until standard input closes or nothing is asked for some minutes.

    Args:
        make_encoder: None takes the real one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the program, which ends this one
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = _take_stdout()
    _log_through(answers)
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_read, args=(requests,), name="requests", daemon=True).start()
    _serve(requests, answers, make_encoder or _real_encoder)
    return 0


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
    logging.getLogger().setLevel(logging.ERROR)  # the models' packages warn about what is as it should be
    logging.getLogger("readinglist").setLevel(logging.INFO)


def _read(requests: "queue.Queue[dict[str, Any]]") -> None:
    with os.fdopen(0, "rb", closefd=False) as stream:
        while (frame := read_frame(stream)) is not None:
            requests.put(frame[0])
    # Whoever asked is gone: the batch under way is for nobody, and the memory is needed elsewhere.
    os._exit(0)


def _serve(requests: "queue.Queue[dict[str, Any]]", answers: _Answers, make_encoder: MakeEncoder) -> None:
    encoder: Encoder | None = None
    options: EncoderOptions | None = None
    while True:
        try:
            request = requests.get(timeout=None if options is None else options.idle_minutes * 60)
        except queue.Empty:
            return
        if options is None:
            options = EncoderOptions(**request["options"])
        try:
            encoder = encoder or make_encoder(options)
            header, payload = _answer(encoder, request)
        except Exception as error:  # noqa: BLE001 - it is raised again where the question came from
            header, payload = {"error": _describe(error)}, b""
        answers.send({"id": request["id"], **header}, payload)


def _answer(encoder: Encoder, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    payload = encoder.encode(request["texts"]).tobytes() if request["do"] == "encode" else b""
    return {"info": asdict(encoder.load())}, payload


def _describe(error: Exception) -> dict[str, str | bool]:
    if isinstance(error, ReadingListError):
        facts = {"kind": type(error).__name__, "message": error.message, "detail": error.detail}
        return {**facts, "is_retryable": getattr(error, "is_retryable", False)}
    detail = traceback.format_exc()
    return {"kind": "EnvironmentFault", "message": BUG_MESSAGE, "detail": detail, "is_retryable": False}


def _real_encoder(options: EncoderOptions) -> Encoder:
    from readinglist.similarity.sentence_transformer import SentenceTransformerEncoder  # noqa: PLC0415 - loads numpy

    return SentenceTransformerEncoder(options)


if __name__ == "__main__":
    sys.exit(main())
