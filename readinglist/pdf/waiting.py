"""The questions that wait for the process that reads PDFs: the most urgent first, and none that nobody needs."""

import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from readinglist.children.child import Reply

MOST_PICTURES = {0: 24, 1: 400}  # that may wait, by urgency; who scrolls past has no use for the rest


class Urgency(IntEnum):
    """Who waits for an answer."""

    NOW = 0  # the reader, looking at an empty page
    SOON = 1  # the reader, looking at something else: small pictures of pages, previews
    LATER = 2  # the library


@dataclass(eq=False, slots=True, kw_only=True)
class Question:
    """What is asked, and where the answer goes.

    Attributes:
        do: The method of the service.
        path: The file that it is about.
        make: Turns the reply into what was promised.
        arguments: Of the method, as JSON knows them.
        password: Opens the file; empty for the one that has opened it before, or none.
        urgency: Who waits.
        limit_s: How long the process may take; None for as long as for most questions.
        place: What it is a picture of; a newer question with the same place makes this one needless. None otherwise.
        answer: The promise.
    """

    do: str
    path: Path
    make: Callable[[Reply], Any]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    password: str = ""
    urgency: Urgency = Urgency.NOW
    limit_s: float | None = None
    place: Hashable | None = None
    answer: "Future[Any]" = field(default_factory=Future)


class Waiting:
    """A queue for several who ask and one who answers."""

    def __init__(self) -> None:
        self._questions: list[Question] = []
        self._changed = threading.Condition()
        self._is_closed = False

    def put(self, question: Question) -> None:
        """Add a question; those that it makes needless are cancelled, and after the end it is so itself."""
        needless: list[Question] = []
        with self._changed:
            if self._is_closed:
                needless.append(question)
            else:
                needless += self._superseded(question)
                self._questions = [one for one in self._questions if one not in needless]
                self._questions.append(question)
                self._changed.notify()
        for one in needless:  # outside the lock, for whoever waits may ask the next question at once
            one.answer.cancel()

    def take(self) -> Question | None:
        """Wait for a question and take the most urgent one; None after the end."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._questions or self._is_closed)
                if self._is_closed:
                    return None
                question = min(enumerate(self._questions), key=_rank)[1]
                self._questions.remove(question)
            if question.answer.set_running_or_notify_cancel():
                return question

    def close(self) -> None:
        """Take no more questions, and cancel those that wait."""
        with self._changed:
            self._is_closed = True
            left, self._questions = self._questions, []
            self._changed.notify_all()
        for one in left:
            one.answer.cancel()

    def _superseded(self, question: Question) -> list[Question]:
        if question.place is None:
            return []
        same = [one for one in self._questions if one.place == question.place and one.urgency == question.urgency]
        others = [
            one
            for one in self._questions
            if one.place is not None and one.urgency == question.urgency and one not in same
        ]
        return same + others[: max(0, len(others) + 1 - MOST_PICTURES.get(question.urgency, len(others) + 1))]


def _rank(numbered: tuple[int, Question]) -> tuple[int, int]:
    """Order by urgency; the reader wants the newest first, the library has no preference and gets the oldest."""
    number, question = numbered
    return question.urgency, number if question.urgency is Urgency.LATER else -number
