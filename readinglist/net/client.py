"""One polite way to get bytes from the web: paced, limited in time and size, cancellable, cached.

For `sources`. What comes back is bytes with their address; nothing here knows what they mean.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from readinglist.domain.errors import EnvironmentFault
from readinglist.net.cache import AnswerCache, CachedAnswer
from readinglist.net.download import LIMITS as DOWNLOAD_LIMITS
from readinglist.net.download import Downloaded, Downloader, OnProgress, ignore_progress
from readinglist.net.exchange import USER_AGENT, Exchange, Incoming, Limits, check_address, pause
from readinglist.net.faults import HttpFault
from readinglist.net.limits import HeldFault, Pace, never_cancelled

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Bytes from the web.

    Attributes:
        address: Where they came from in the end, after redirects.
        media_type: Lower case, without parameters; empty if the server gave none.
        is_from_cache: The server said that nothing changed since last time.
    """

    content: bytes
    address: str
    media_type: str
    is_from_cache: bool = False
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Client:
    """Gets addresses; may be used by several threads at once.

    Args:
        cache: Where answers are kept; None keeps none.
        pace: Shared by all clients of the process.
        limits: Patience and room of each request.
        download_limits: Patience and room of each PDF.
        user_agent: How the program introduces itself.
    """

    def __init__(
        self,
        *,
        cache: AnswerCache | None = None,
        pace: Pace | None = None,
        limits: Limits | None = None,
        download_limits: Limits = DOWNLOAD_LIMITS,
        user_agent: str = USER_AGENT,
    ) -> None:
        self._cache = cache
        self._limits = limits or Limits()
        self._exchange = Exchange(pace or Pace(), user_agent)
        self._downloader = Downloader(exchange=self._exchange, limits=download_limits)

    def get(self, address: str, *, accept: str = "", check_cancelled: Callable[[], None] = never_cancelled) -> Answer:
        """Get an address, patiently where the failure may pass.

        Args:
            address: http or https.
            accept: Value of the Accept header; empty for anything.
            check_cancelled: Called often; what it raises ends the request.

        Raises:
            UserError: The address is none that can be asked.
            HttpFault: The server refused, in the end.
            EnvironmentFault: No complete answer came.
            Cancelled: `check_cancelled` raised it.
        """
        checked = check_address(address)
        known = self._cache.find(checked, accept) if self._cache else None
        for attempt in range(1, self._limits.attempts + 1):
            check_cancelled()
            try:
                answer = self._ask(checked, accept, known, check_cancelled)
            except HeldFault:
                raise
            except EnvironmentFault as fault:
                if attempt == self._limits.attempts or not fault.is_retryable:
                    raise
                log.info("attempt %d: %s (%s)", attempt, fault.message, fault.detail)
                pause(self._exchange.pace, fault, self._limits.backoff_s * 2 ** (attempt - 1), check_cancelled)
            else:
                return self._kept(checked, accept, answer, known)
        raise AssertionError  # the loop returns or raises

    def download(
        self,
        address: str,
        target: Path,
        *,
        on_progress: OnProgress = ignore_progress,
        check_cancelled: Callable[[], None] = never_cancelled,
    ) -> Downloaded:
        """Download a PDF to a file, going on with what an earlier attempt left; see `download.Downloader.fetch`."""
        return self._downloader.fetch(address, target, on_progress=on_progress, check_cancelled=check_cancelled)

    def close(self) -> None:
        """Give the connections back."""
        self._exchange.close()

    def _ask(
        self, address: str, accept: str, known: CachedAnswer | None, check_cancelled: Callable[[], None]
    ) -> CachedAnswer:
        headers = {"Accept": accept or "*/*", **(known.condition() if known else {})}
        accepted = {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
        with self._exchange.open(
            address, headers, limits=self._limits, accepted=accepted, check_cancelled=check_cancelled
        ) as incoming:
            if incoming.status == HTTPStatus.OK:
                content = b"".join(incoming.pieces(self._limits, check_cancelled))
                return _answer(incoming, content)
            if known is None:
                raise HttpFault(HTTPStatus.NOT_MODIFIED, incoming.address)
            return known  # still holds

    def _kept(self, address: str, accept: str, answer: CachedAnswer, known: CachedAnswer | None) -> Answer:
        is_from_cache = answer is known
        if self._cache and not is_from_cache:
            self._cache.save(address, answer, accept)
        return Answer(
            content=answer.content,
            address=answer.address,
            media_type=answer.media_type.partition(";")[0].strip().lower(),
            is_from_cache=is_from_cache,
        )


def _answer(incoming: Incoming, content: bytes) -> CachedAnswer:
    return CachedAnswer(
        content=content,
        address=incoming.address,
        media_type=incoming.header("content-type"),
        etag=incoming.header("etag"),
        last_modified=incoming.header("last-modified"),
    )
