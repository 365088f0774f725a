"""Failures of the network, in words for the reader."""

import re
import socket
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
import urllib3

from readinglist.domain.errors import EnvironmentFault

EMAIL = re.compile(r"\b((?:mailto|email)=)[^&\s]+")


class HttpFault(EnvironmentFault):
    """The server answered, and refused.

    Args:
        status: HTTP status code.
        address: What was asked for.
        retry_after_s: The wait the server asked for; None if it did not.
    """

    def __init__(self, status: int, address: str, *, retry_after_s: float | None = None) -> None:
        message, is_retryable = _words_for_status(status, host_of(address))
        super().__init__(message, detail=without_email(f"HTTP {status} from {address}"), is_retryable=is_retryable)
        self.status = status
        self.address = address
        self.retry_after_s = retry_after_s


class UnreachableFault(EnvironmentFault):
    """No answer came at all: the network, the name, the connection or the certificate failed."""


def host_of(address: str) -> str:
    """Return the host's name in lower case, empty if the address has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def translate(error: Exception, address: str) -> UnreachableFault:
    """Turn what requests or urllib3 raised into a sentence."""
    host = host_of(address)
    message, is_retryable = _words_for_failure(error, host)
    detail = without_email(f"{address}: {type(error).__name__}: {error}")
    return UnreachableFault(message, detail=detail, is_retryable=is_retryable)


def without_email(detail: str) -> str:
    """Leave out the reader's e-mail address, which some services are told: details go to the log.

    >>> without_email("HTTP 429 from https://api.crossref.org/works?rows=5&mailto=me%40example.org")
    'HTTP 429 from https://api.crossref.org/works?rows=5&mailto=…'
    """
    return EMAIL.sub(r"\1…", detail)


def _words_for_status(status: int, host: str) -> tuple[str, bool]:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return f"{host} asks for a pause: too many requests. Try again in a few minutes.", True
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{host} has a problem at the moment (answer {status}). Try again later.", True
    template = _REFUSALS.get(status, "{host} refused the request (answer {status}).")
    return template.format(host=host, status=status), False


_REFUSALS: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "{host} does not understand the address. Check it for a mistake.",
    HTTPStatus.UNAUTHORIZED: "{host} shows this page only to people who are logged in.",
    HTTPStatus.FORBIDDEN: "{host} refuses to hand this page to a program. Save it in the browser and drop the file.",
    HTTPStatus.NOT_FOUND: "{host} has nothing at this address. Check it for a mistake.",
    HTTPStatus.GONE: "{host} no longer has this page.",
}


def _words_for_failure(error: Exception, host: str) -> tuple[str, bool]:
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return f"The connection to {host} is not secure: its certificate could not be checked.", False
    if isinstance(error, requests.exceptions.ProxyError | urllib3.exceptions.ProxyError):
        return "The proxy of this network did not let the request through. Check the proxy settings.", True
    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError):
        return f"{host} did not answer in time. Try again later.", True
    if _is_unknown_name(error):
        return f"{host} could not be found. Check the address and the internet connection.", True
    if isinstance(error, requests.exceptions.ConnectionError | urllib3.exceptions.HTTPError):
        return f"The connection to {host} broke off or was refused. Check the internet connection.", True
    return f"The request to {host} failed.", False


def _is_unknown_name(error: BaseException | None) -> bool:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, socket.gaierror | urllib3.exceptions.NameResolutionError):
            return True
        seen.add(id(error))
        inner = next((one for one in getattr(error, "args", ()) if isinstance(one, BaseException)), None)
        error = getattr(error, "reason", None) or inner or error.__cause__
        if not isinstance(error, BaseException):
            return False
    return False
