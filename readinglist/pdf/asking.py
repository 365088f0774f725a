"""Puts questions to the process that reads PDFs, one at a time, and ends it when a file makes it harmful."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from readinglist.children.child import Child, ChildGoneError, Reply, checked
from readinglist.domain.errors import EnvironmentFault, HarmfulFileError
from readinglist.pdf.limits import MOST, memory_of
from readinglist.pdf.waiting import Question, Waiting

START_LIMIT_S = 60.0  # a machine that has just been switched on
WATCH_S = 0.25
ATTEMPTS = 2  # a file that ends two processes will end a third
ENDED = "The part of the program that reads PDFs ended unexpectedly. Try again; the log has the details."


class Asker:
    """A thread that asks, the process that it asks, and the questions that wait for both.

    Args:
        command: Starts the process.
        limit_s: For one question that has no limit of its own.
        niceness: How far the process steps back behind others.
    """

    def __init__(self, command: Sequence[str], limit_s: float, *, niceness: int = 0) -> None:
        self._command = command
        self._limit_s = limit_s
        self._niceness = niceness
        self._waiting = Waiting()
        self._passwords: dict[Path, str] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._child: Child | None = None
        self._is_closed = False

    def put(self, question: Question) -> None:
        """Ask when the turn comes; the answer goes into the question's promise, which is cancelled after the end."""
        with self._lock:
            if self._thread is None and not self._is_closed:
                self._thread = threading.Thread(target=self._run, name="pdf-questions", daemon=True)
                self._thread.start()
        self._waiting.put(question)

    def close(self) -> None:
        """End the process; what is under way fails, what waits is cancelled. Calling it again does nothing."""
        self._waiting.close()
        with self._lock:
            self._is_closed = True
            thread, child = self._thread, self._child
        if child is not None:
            child.end()
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while (question := self._waiting.take()) is not None:
            try:
                found = question.make(self._answer(question))
            except Exception as error:  # noqa: BLE001 - it is raised again where the promise is looked at
                question.answer.set_exception(error)
            else:
                question.answer.set_result(found)

    def _answer(self, question: Question) -> Reply:
        limit_s = question.limit_s or self._limit_s
        left_s, last = limit_s, ""
        for _ in range(ATTEMPTS):
            child = self._running_child()
            began = time.monotonic()
            try:
                reply = checked(self._wait(child, question, left_s))
            except ChildGoneError as gone:
                left_s, last = max(0.1, left_s - (time.monotonic() - began)), str(gone)
                continue
            if question.password:
                self._passwords[question.path] = question.password
            return reply
        if self._is_closed:
            raise EnvironmentFault(ENDED, detail=last)
        message = f"{question.path.name} cannot be read: it ends the part of the program that reads PDFs."
        raise HarmfulFileError(message, detail=last)

    def _wait(self, child: Child, question: Question, limit_s: float) -> Reply:
        """Wait for the answer, and end the process if that takes too long or too much.

        Raises:
            HarmfulFileError: It does.
            ChildGoneError: The process ended of itself.
        """
        answer = child.ask(
            {
                "do": question.do,
                "path": str(question.path),
                "password": question.password or self._passwords.get(question.path, ""),
                "limit_s": limit_s,
                "arguments": dict(question.arguments),
            }
        )
        until = time.monotonic() + limit_s
        while True:
            left_s = until - time.monotonic()
            with suppress(TimeoutError):
                return answer.result(min(WATCH_S, max(0.0, left_s)))
            # Between the last look and this one the answer may have come.
            if left_s <= 0 and not answer.done():
                child.kill()
                message = f"{question.path.name} cannot be read: it takes too long."
                raise HarmfulFileError(message)
            if (memory_of(child.process_id) or 0) > MOST:
                child.kill()
                message = f"{question.path.name} needs more memory than a document may have."
                raise HarmfulFileError(message)

    def _running_child(self) -> Child:
        """Return the process, ready to be asked: what it takes to start is no fault of the file.

        Raises:
            EnvironmentFault: It does not start, or this is the end.
        """
        with self._lock:
            if self._is_closed:
                raise EnvironmentFault(ENDED)
            if self._child is not None and self._child.is_alive:
                return self._child
            child = self._child = Child(self._command, purpose="reads PDFs")
        try:
            checked(child.ask({"do": "hello", "niceness": self._niceness}).result(START_LIMIT_S))
        except (ChildGoneError, TimeoutError) as error:
            child.kill()
            raise EnvironmentFault(ENDED, detail=str(error), is_retryable=True) from error
        return child
