"""One request and its answer, hop by hop: paced, limited in time, followed only to where the web is.

For the client, which wants the whole answer, and for the download, which wants it piece by piece.
"""

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import urllib3

from readinglist import __version__
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.net.faults import HttpFault, host_of, translate, without_email
from readinglist.net.limits import Pace

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


class Incoming:
    """An answer whose head has arrived.

    Attributes:
        address: Where it comes from in the end, after redirects.
    """

    def __init__(self, response: requests.Response, address: str, deadline: float) -> None:
        self._response = response
        self._deadline = deadline
        self.address = address

    @property
    def status(self) -> int:
        """HTTP status code."""
        return self._response.status_code

    @property
    def declared_bytes(self) -> int | None:
        """Length that the server announces, before unpacking; None if it does not."""
        declared = self.header("content-length")
        return int(declared) if declared.isdecimal() else None

    def header(self, name: str) -> str:
        """Return the value of a header, empty if the server sent none."""
        return str(self._response.headers.get(name, ""))

    def pieces(self, limits: Limits, check_cancelled: Callable[[], None]) -> Iterator[bytes]:
        """Yield the body as it arrives, unpacked.

        `read1` hands over what has arrived, where requests' own iteration waits for a full piece: only so do the
        deadline and the cancellation reach a server that sends a byte a minute.

        Raises:
            EnvironmentFault: It is larger than the limit, or comes too slowly.
            Cancelled: `check_cancelled` raised it.
        """
        if (self.declared_bytes or 0) > limits.size_bytes:
            raise too_large(self.address, limits.size_bytes)
        arrived = 0
        while piece := self._response.raw.read1(CHUNK_BYTES, decode_content=True):
            arrived += len(piece)
            if arrived > limits.size_bytes:
                raise too_large(self.address, limits.size_bytes)
            yield piece
            if time.monotonic() > self._deadline:
                message = f"{host_of(self.address)} answers too slowly. Try again later."
                raise EnvironmentFault(
                    message, detail=without_email(f"{arrived} bytes of {self.address}"), is_retryable=True
                )
            check_cancelled()


class Exchange:
    """Sends requests; may be used by several threads at once.

    Args:
        pace: Shared by all that ask the same hosts.
        user_agent: How the program introduces itself.
    """

    def __init__(self, pace: Pace, user_agent: str = USER_AGENT) -> None:
        self.pace = pace
        self._session = _new_session(user_agent)

    @contextmanager
    def open(
        self,
        address: str,
        headers: Mapping[str, str],
        *,
        limits: Limits,
        accepted: Collection[int] = (HTTPStatus.OK,),
        check_cancelled: Callable[[], None],
    ) -> Iterator[Incoming]:
        """Ask, go where one is sent on to, and keep the last host's turn while the block reads the answer.

        Args:
            address: As `check_address` returned it.
            headers: Sent to every hop; nothing in them may be a secret.
            limits: Patience and room.
            accepted: Status codes that are an answer; others are a refusal.
            check_cancelled: Called while waiting for a turn.

        Raises:
            HttpFault: The server refused.
            EnvironmentFault: No answer came, or it broke off inside the block.
            Cancelled: `check_cancelled` raised it.
        """
        current = address
        for _ in range(limits.redirects + 1):
            with (
                self.pace.turn(host_of(current), check_cancelled),
                _translated(current),
                self._ask(current, headers, limits) as response,
            ):
                target = _target(response)
                if target is None:
                    if response.status_code not in accepted:
                        raise self._refusal(response, current)
                    yield Incoming(response, current, time.monotonic() + limits.total_s)
                    return
            current = check_address(urljoin(current, target), is_redirect=True)
        message = f"{host_of(address)} sends the request in circles."
        raise EnvironmentFault(message, detail=without_email(f"more than {limits.redirects} redirects from {address}"))

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _ask(self, address: str, headers: Mapping[str, str], limits: Limits) -> requests.Response:
        return self._session.get(
            address,
            headers=dict(headers),
            timeout=(limits.connect_s, limits.read_s),
            stream=True,
            allow_redirects=False,
        )

    def _refusal(self, response: requests.Response, address: str) -> HttpFault:
        wait_s = _retry_after_s(response)
        if wait_s is not None and response.status_code in PASSING:
            self.pace.hold(host_of(address), wait_s)
        return HttpFault(response.status_code, address, retry_after_s=wait_s)


def too_large(address: str, limit_bytes: int) -> EnvironmentFault:
    """Say that an answer has no room."""
    message = f"What {host_of(address)} sends is larger than {limit_bytes // (1024 * 1024)} MB and was not read."
    return EnvironmentFault(message, detail=without_email(address))


def pause(pace: Pace, fault: EnvironmentFault, seconds: float, check_cancelled: Callable[[], None]) -> None:
    """Wait between two attempts, unless the server itself said how long.

    Then the pace holds the host, and the next turn waits for it or says that it is too long.
    """
    if not isinstance(fault, HttpFault) or fault.retry_after_s is None:
        pace.wait(seconds, check_cancelled)


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
            raise EnvironmentFault(message, detail=without_email(address[:200]))
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


@contextmanager
def _translated(address: str) -> Iterator[None]:
    try:
        yield
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise translate(error, address) from error


def _target(response: requests.Response) -> str | None:
    """Return where the server sends us on to, None if it does not."""
    if response.status_code not in REDIRECTS or "location" not in response.headers:
        return None
    # Servers send UTF-8 where HTTP says Latin-1; requests makes the same correction.
    return response.headers["location"].encode("latin-1", "ignore").decode("utf-8", "replace")


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
