"""How long a service that does not answer is asked, and what becomes of the questions after one that fails."""

from collections.abc import Callable

import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError, UserError
from readinglist.domain.raw import RawDocument
from readinglist.sources.asking import ask_all

AWAY = EnvironmentFault("It cannot be reached.", is_retryable=True)
UNKNOWN = UserError("There is no such paper.")


class Service:
    """Answers as it is told, and counts how often it was asked."""

    def __init__(self, *answers: str | ReadingListError) -> None:
        self.asked = 0
        self.questions = [self._question(answer) for answer in answers]

    def _question(self, answer: str | ReadingListError) -> Callable[[], list[RawDocument]]:
        def ask() -> list[RawDocument]:
            self.asked += 1
            if isinstance(answer, ReadingListError):
                raise answer
            return [RawDocument(content=b"", origin=answer, name=answer)]

        return ask


def names_of(*services: Service) -> list[str]:
    return [document.name for document in ask_all(*(service.questions for service in services))]


def test_a_service_that_is_away_is_asked_once_and_the_next_one_all_the_same() -> None:
    away, there = Service(AWAY, "never", "never"), Service("one", "two")
    assert names_of(away, there) == ["one", "two"]
    assert (away.asked, there.asked) == (1, 2)


def test_a_service_that_has_answered_may_fail_once_but_not_twice_in_a_row() -> None:
    service = Service("one", AWAY, "two", AWAY, AWAY, "never")
    assert names_of(service) == ["one", "two"]
    assert service.asked == 5


def test_what_a_service_does_not_know_is_an_answer() -> None:
    service = Service(UNKNOWN, UNKNOWN, AWAY, UNKNOWN, "one")
    assert names_of(service) == ["one"]


def test_the_first_failure_is_told_if_nothing_came() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be reached"):
        names_of(Service(AWAY), Service(UNKNOWN))


def test_who_cancels_waits_for_no_other_question() -> None:
    stopped, after = Service(Cancelled("Stopped.")), Service("never")
    with pytest.raises(Cancelled):
        names_of(stopped, after)
    assert not after.asked
