"""One polite way to get bytes from the web: paced, limited in time and size, cancellable, cached.

For `sources`. What comes back is bytes with their address; nothing here knows what they mean.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3

from readinglist import __version__
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.net.cache import AnswerCache, CachedAnswer
from readinglist.net.faults import HttpFault, host_of, translate
from readinglist.net.limits import HeldFault, Pace, never_cancelled

log = logging.getLogger(__name__)

USER_AGENT = f"ReadingList/{__version__} (desktop reading list; python-requests)"
CHUNK_BYTES = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({429, 500, 502, 503, 504})  # may be gone at the next attempt
CONTROL = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much patience and room one request gets.

    Attributes:
        connect_s: To reach the server.
        read_s: Between two pieces of the answer.
        total_s: For the whole answer of one attempt, so that a server that drips is not waited for.
        size_bytes: Of the unpacked answer.
        redirects: Followed in a row.
        attempts: In all, while the failure may pass.
        backoff_s: Before the second attempt; doubled for each further one.
    """

    connect_s: float = 10.0
    read_s: float = 20.0
    total_s: float = 120.0
    size_bytes: int = 50 * 1024 * 1024
    redirects: int = 6
    attempts: int = 3
    backoff_s: float = 1.0


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
        user_agent: How the program introduces itself.
    """

    def __init__(
        self,
        *,
        cache: AnswerCache | None = None,
        pace: Pace | None = None,
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
    ) -> None:
        self._cache = cache
        self._pace = pace or Pace()
        self._limits = limits or Limits()
        self._session = _new_session(user_agent)

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
                answer = self._follow(checked, accept, known, check_cancelled)
            except HeldFault:
                raise
            except EnvironmentFault as fault:
                if attempt == self._limits.attempts or not fault.is_retryable:
                    raise
                log.info("attempt %d: %s (%s)", attempt, fault.message, fault.detail)
                self._pause(fault, attempt, check_cancelled)
            else:
                return self._kept(checked, accept, answer, known)
        raise AssertionError  # the loop returns or raises

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _pause(self, fault: EnvironmentFault, attempt: int, check_cancelled: Callable[[], None]) -> None:
        asked_s = fault.retry_after_s if isinstance(fault, HttpFault) else None
        if asked_s is None:
            self._pace.wait(self._limits.backoff_s * 2 ** (attempt - 1), check_cancelled)
        # else the pace holds the host, and the next turn waits for it or says that it is too long

    def _follow(
        self, address: str, accept: str, known: CachedAnswer | None, check_cancelled: Callable[[], None]
    ) -> CachedAnswer:
        """Send the request and go where it is sent on to; each hop keeps its own host's pace."""
        headers = {"Accept": accept or "*/*", **(known.condition() if known else {})}
        current = address
        for _ in range(self._limits.redirects + 1):
            with self._pace.turn(host_of(current), check_cancelled):
                answer, target = self._once(current, headers, check_cancelled)
            if answer is not None:
                return answer
            if target is None:  # 304: what is known still holds
                if known is None:
                    raise HttpFault(HTTPStatus.NOT_MODIFIED, current)
                return known
            current = check_address(urljoin(current, target), is_redirect=True)
        message = f"{host_of(address)} sends the request in circles."
        raise EnvironmentFault(message, detail=f"more than {self._limits.redirects} redirects from {address}")

    def _once(
        self, address: str, headers: Mapping[str, str], check_cancelled: Callable[[], None]
    ) -> tuple[CachedAnswer | None, str | None]:
        deadline = time.monotonic() + self._limits.total_s
        try:
            with self._session.get(
                address,
                headers=dict(headers),
                timeout=(self._limits.connect_s, self._limits.read_s),
                stream=True,
                allow_redirects=False,
            ) as response:
                if response.status_code == HTTPStatus.NOT_MODIFIED:
                    return None, None
                if response.status_code in REDIRECTS and "location" in response.headers:
                    return None, _location(response)
                if response.status_code != HTTPStatus.OK:
                    raise self._refusal(response, address)
                content = self._read(response, address, deadline, check_cancelled)
                return _answer(response, address, content), None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise translate(error, address) from error

    def _read(
        self, response: requests.Response, address: str, deadline: float, check_cancelled: Callable[[], None]
    ) -> bytes:
        """Read the body piece by piece.

        `read1` hands over what has arrived, where requests' own iteration waits for a full piece: only so do the
        deadline and the cancellation reach a server that sends a byte a minute.
        """
        if _declared_size(response) > self._limits.size_bytes:
            raise self._too_large(address)
        content = bytearray()
        while piece := response.raw.read1(CHUNK_BYTES, decode_content=True):
            content += piece
            if len(content) > self._limits.size_bytes:
                raise self._too_large(address)
            if time.monotonic() > deadline:
                message = f"{host_of(address)} answers too slowly. Try again later."
                raise EnvironmentFault(message, detail=f"{len(content)} bytes of {address}", is_retryable=True)
            check_cancelled()
        return bytes(content)

    def _too_large(self, address: str) -> EnvironmentFault:
        size_mb = self._limits.size_bytes // (1024 * 1024)
        message = f"What {host_of(address)} sends is larger than {size_mb} MB and was not read."
        return EnvironmentFault(message, detail=address)

    def _refusal(self, response: requests.Response, address: str) -> HttpFault:
        wait_s = _retry_after_s(response)
        if wait_s is not None and response.status_code in PASSING:
            self._pace.hold(host_of(address), wait_s)
        return HttpFault(response.status_code, address, retry_after_s=wait_s)

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


def check_address(address: str, *, is_redirect: bool = False) -> str:
    """Return the address as it can be sent: http or https, with a host, without a fragment or a password.

    Raises:
        UserError: It is no such address.
        EnvironmentFault: It is none, and a server sent us there.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme.lower() not in {"http", "https"} or not host or CONTROL.search(address.strip()):
        if is_redirect:
            message = "The server sent the request on to a place that is no web page."
            raise EnvironmentFault(message, detail=address[:200])
        message = f"“{address[:200]}” is no web address. One that works begins with http:// or https://."
        raise UserError(message)
    netloc = f"[{host}]" if ":" in host else host
    netloc = f"{netloc}:{port}" if port else netloc
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))


def _new_session(user_agent: str) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    # No cookies: nobody is to be recognised, and a jar would be shared state between threads.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # An explicit, empty authentication keeps requests from sending passwords found in ~/.netrc.
    session.auth = _anonymous
    return session


def _anonymous(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _location(response: requests.Response) -> str:
    # Servers send UTF-8 where HTTP says Latin-1; requests makes the same correction.
    return response.headers["location"].encode("latin-1", "ignore").decode("utf-8", "replace")


def _answer(response: requests.Response, address: str, content: bytes) -> CachedAnswer:
    return CachedAnswer(
        content=content,
        address=address,
        media_type=response.headers.get("content-type", ""),
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
    )


def _declared_size(response: requests.Response) -> int:
    declared = response.headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


def _retry_after_s(response: requests.Response) -> float | None:
    """Return the wait the server asked for, as seconds from now; None if it said nothing readable.

    Source: RFC 9110, section 10.2.3: a number of seconds or an HTTP date.
    """
    written = response.headers.get("retry-after")
    if written is None:
        return None
    try:
        return urllib3.Retry().parse_retry_after(written)
    except urllib3.exceptions.InvalidHeader:
        return None
