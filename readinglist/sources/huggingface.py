"""Daily Papers of Hugging Face: the API first, the page where the API fails.

Source: Hub API, https://huggingface.co/docs/hub/api (2026): `/api/daily_papers` with `date`, `week` or `month`, `p`
(page from 0) and `limit` (1 to 100), `/api/papers/search?q=`, `/api/papers/<arXiv id>`. A period that does not exist
yet answers 400; a page may hold fewer rows than the limit.
"""

import json
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import quote, urlencode

from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Answer, Client
from readinglist.net.faults import HttpFault
from readinglist.net.limits import HeldFault
from readinglist.sources.addresses import PageKind, PapersPage, host_of
from readinglist.sources.refusals import check_refusal
from readinglist.sources.titles import question

log = logging.getLogger(__name__)

PAGE_ROWS = 100
MOST_PAGES = 30  # a month has some 1,000 papers
TRENDING_ROWS = 50  # as many as the page shows; the list itself has no end

_NAMES = {
    PageKind.LATEST: "Daily Papers",
    PageKind.TRENDING: "Trending papers",
    PageKind.SEARCH: "Papers search: {}",
    PageKind.PAPER: "Hugging Face paper {}",
}


class HuggingFace:
    """Fetches pages of Daily Papers.

    Args:
        base: Address of the service without a slash at its end.
    """

    def __init__(self, client: Client, base: str) -> None:
        self._client = client
        self._base = base

    def fetch(self, page: PapersPage, address: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return the documents behind a page, one for each page of the API.

        Args:
            page: What `address` stands for.
            address: As the reader gave it; becomes the documents' origin.
            check_cancelled: Raises what ends the request.

        Raises:
            UserError: There is no such page, or not yet.
            EnvironmentFault: The service cannot be reached or refuses.
        """
        name = _NAMES.get(page.kind, "Daily Papers {}").format(page.value)
        if page.kind is PageKind.LATEST:  # only the page knows which day is the latest that has papers
            answers = self._first_of(self._html, self._rows, page, check_cancelled)
        else:
            answers = self._first_of(self._rows, self._html, page, check_cancelled)
        return [_document(answer, address, name, number) for number, answer in enumerate(answers, start=1)]

    def search(self, titles: Sequence[str], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return one list of papers near in meaning for each title.

        Raises:
            EnvironmentFault: The service cannot be reached or refuses.
        """
        found: list[RawDocument] = []
        for title in titles:
            page = PapersPage(PageKind.SEARCH, question(title))
            found += (_document(answer, self._base, title, 1) for answer in self._rows(page, check_cancelled))
        return found

    def _first_of(
        self,
        best: Callable[[PapersPage, Callable[[], None]], list[Answer]],
        other: Callable[[PapersPage, Callable[[], None]], list[Answer]],
        page: PapersPage,
        check_cancelled: Callable[[], None],
    ) -> list[Answer]:
        try:
            if answers := best(page, check_cancelled):
                return answers
        except HeldFault:
            raise
        except HttpFault as fault:
            if refusal := _refusal(fault, page):
                raise refusal from fault
            log.warning("asking Hugging Face in another way: %s", fault.detail)
        except EnvironmentFault as fault:
            log.warning("asking Hugging Face in another way: %s %s", fault.message, fault.detail)
        try:
            return other(page, check_cancelled)
        except HttpFault as fault:
            raise _refusal(fault, page) or fault from fault

    def _html(self, page: PapersPage, check_cancelled: Callable[[], None]) -> list[Answer]:
        return [self._get(f"{self._base}{_page_path(page)}", "text/html", check_cancelled)]

    def _rows(self, page: PapersPage, check_cancelled: Callable[[], None]) -> list[Answer]:
        """Ask the API page after page, until one is empty or repeats the one before."""
        if page.kind is PageKind.PAPER:
            return [self._json(f"/api/papers/{quote(page.value)}", check_cancelled)]
        if page.kind is PageKind.SEARCH:
            return [self._json(f"/api/papers/search?{urlencode({'q': page.value})}", check_cancelled)]
        if page.kind is PageKind.TRENDING:
            return [self._json(f"/api/daily_papers?sort=trending&limit={TRENDING_ROWS}", check_cancelled)]
        if page.kind is PageKind.LATEST:
            return [self._json(f"/api/daily_papers?limit={TRENDING_ROWS}", check_cancelled)]
        answers: list[Answer] = []
        for number in range(MOST_PAGES):
            query = urlencode({page.kind: page.value, "p": number, "limit": PAGE_ROWS})
            answer = self._json(f"/api/daily_papers?{query}", check_cancelled)
            if _is_empty(answer) or (answers and answers[-1].content == answer.content):
                return answers
            answers.append(answer)
        log.warning("%s has more than %d pages; the rest is left out", page.value, MOST_PAGES)
        return answers

    def _json(self, path: str, check_cancelled: Callable[[], None]) -> Answer:
        answer = self._get(f"{self._base}{path}", "application/json", check_cancelled)
        try:
            json.loads(answer.content)
        except ValueError as error:
            message = f"{host_of(self._base)} sent something unexpected instead of its list. Try again later."
            raise EnvironmentFault(message, detail=f"{path}: {error}", is_retryable=True) from error
        return answer

    def _get(self, address: str, accept: str, check_cancelled: Callable[[], None]) -> Answer:
        answer = self._client.get(address, accept=accept, check_cancelled=check_cancelled)
        check_refusal(answer.content, host_of(address))
        return answer


def _is_empty(answer: Answer) -> bool:
    return json.loads(answer.content) in ([], {})


def _page_path(page: PapersPage) -> str:
    match page.kind:
        case PageKind.LATEST:
            return "/papers"
        case PageKind.TRENDING:
            return "/papers/trending"
        case PageKind.SEARCH:
            return f"/papers?{urlencode({'q': page.value})}"
        case PageKind.PAPER:
            return f"/papers/{quote(page.value)}"
        case _:
            return f"/papers/{page.kind}/{quote(page.value)}"


def _refusal(fault: HttpFault, page: PapersPage) -> UserError | None:
    """Return what a refusal means for the page asked for; None where it says nothing about the page."""
    if page.kind is PageKind.PAPER and fault.status == HTTPStatus.NOT_FOUND:
        return UserError(f"Hugging Face does not know the paper {page.value}.", detail=fault.detail)
    is_period = page.kind in {PageKind.DATE, PageKind.WEEK, PageKind.MONTH}
    if is_period and fault.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}:
        message = f"Hugging Face has no Daily Papers for {page.value}. Check the date: it may not have come yet."
        return UserError(message, detail=fault.detail)
    return None


def _document(answer: Answer, origin: str, name: str, number: int) -> RawDocument:
    return RawDocument(
        content=answer.content,
        origin=origin,
        name=name if number == 1 else f"{name} ({number})",
        media_type=answer.media_type,
        fetched_at=answer.fetched_at,
    )
