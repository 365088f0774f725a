"""Asking services many questions: one that fails does not sink the others, one that is away is not waited for again."""

import logging
from collections.abc import Callable, Iterable

from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError
from readinglist.domain.raw import RawDocument

log = logging.getLogger(__name__)

Question = Callable[[], list[RawDocument]]
BORNE = 1  # failures in a row that may pass, of a service that has answered before


def ask_all(*services: Iterable[Question]) -> list[RawDocument]:
    """Ask every service all its questions, in order.

    A service that does not answer its first question is asked no other, nor one that does not answer two in a row:
    each attempt waits for seconds, and a reader without a network would wait for all of them.

    Args:
        services: The questions of each.

    Raises:
        ReadingListError: Every question failed; the first failure.
        Cancelled: The reader stopped it.
    """
    documents: list[RawDocument] = []
    failures: list[ReadingListError] = []
    for questions in services:
        patience = 0
        for question in questions:
            try:
                documents += question()
            except Cancelled:
                raise
            except ReadingListError as error:
                log.info("a lookup failed: %s %s", error.message, error.detail)
                failures.append(error)
                if _may_pass(error):
                    if not patience:
                        break
                    patience -= 1
                else:
                    patience = BORNE  # a refusal is an answer, too
            else:
                patience = BORNE
    if failures and not documents:
        raise failures[0]
    return documents


def _may_pass(error: ReadingListError) -> bool:
    return isinstance(error, EnvironmentFault) and error.is_retryable
