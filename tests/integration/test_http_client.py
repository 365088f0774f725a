"""The client against a real socket: what arrives, what is asked again, and what each failure is called."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault, UserError
from readinglist.net.cache import AnswerCache
from readinglist.net.client import Client
from readinglist.net.exchange import Limits, check_address
from readinglist.net.faults import HttpFault
from readinglist.net.limits import HeldFault, Pace
from tests.helpers.http_server import Reply, WebServer

QUICK = Limits(connect_s=2, read_s=0.3, total_s=1, size_bytes=10_000, redirects=3, attempts=3, backoff_s=0.01)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    made = Client(cache=AnswerCache(tmp_path / "http"), pace=Pace({}), limits=QUICK)
    yield made
    made.close()


def test_bytes_come_back_untouched_with_their_address_and_type(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"\xff\x00\r\n", headers={"Content-Type": "Text/HTML; charset=x"}))
    answer = client.get(f"{server.base}/a#part")
    assert (answer.content, answer.address, answer.media_type) == (b"\xff\x00\r\n", f"{server.base}/a", "text/html")
    assert "ReadingList/" in server.seen[0].headers["user-agent"]


def test_a_packed_answer_is_unpacked(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=gzip.compress(b"x" * 5000), headers={"Content-Encoding": "gzip"}))
    assert client.get(f"{server.base}/a").content == b"x" * 5000


def test_an_unchanged_page_is_taken_from_the_cache(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"page", headers={"ETag": '"7"'}), Reply(status=304))
    first, second = client.get(f"{server.base}/a"), client.get(f"{server.base}/a")
    assert (first.is_from_cache, second.is_from_cache, second.content) == (False, True, b"page")
    assert server.seen[1].headers["if-none-match"] == '"7"'


def test_a_changed_page_replaces_the_cached_one(server: WebServer, client: Client) -> None:
    dated = {"Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"}
    server.answer("/a", Reply(body=b"old", headers=dated), Reply(body=b"new", headers=dated))
    assert client.get(f"{server.base}/a").content == b"old"
    assert client.get(f"{server.base}/a").content == b"new"
    assert server.seen[1].headers["if-modified-since"] == dated["Last-Modified"]


def test_redirects_are_followed(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(status=302, headers={"Location": "/b"}))
    server.answer("/b", b"there")
    answer = client.get(f"{server.base}/a")
    assert (answer.content, answer.address) == (b"there", f"{server.base}/b")


def test_a_circle_of_redirects_ends(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(status=301, headers={"Location": "/a"}))
    with pytest.raises(EnvironmentFault, match="in circles"):
        client.get(f"{server.base}/a")
    assert len(server.seen) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)"])
def test_a_redirect_out_of_the_web_is_refused(server: WebServer, client: Client, target: str) -> None:
    server.answer("/a", Reply(status=302, headers={"Location": target}))
    with pytest.raises(EnvironmentFault, match="no web page"):
        client.get(f"{server.base}/a")


@pytest.mark.parametrize(
    "address", ["", "papers", "file:///etc/passwd", "ftp://a.org", "http://", "http://a b/", "http://[1/"]
)
def test_what_is_no_web_address_is_refused_before_it_is_sent(client: Client, address: str) -> None:
    with pytest.raises(UserError, match="no web address"):
        client.get(address)


def test_a_name_and_password_in_an_address_are_not_sent() -> None:
    assert check_address("HTTPS://me:secret@Example.org:8443/x?y=1#z") == "https://example.org:8443/x?y=1"


@pytest.mark.parametrize(
    ("status", "words", "is_retryable"),
    [
        (400, "does not understand", False),
        (403, "Save it in the browser", False),
        (404, "has nothing", False),
        (418, "refused the request .answer 418", False),
        (503, "problem at the moment", True),
        (429, "pause", True),
    ],
)
def test_each_refusal_has_its_words(
    server: WebServer, client: Client, status: int, words: str, is_retryable: bool
) -> None:
    server.answer("/a", Reply(status=status))
    with pytest.raises(HttpFault, match=words) as caught:
        client.get(f"{server.base}/a")
    assert (caught.value.status, caught.value.is_retryable) == (status, is_retryable)
    assert len(server.seen) == (3 if is_retryable else 1)


def test_a_passing_failure_is_tried_again(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(status=503), Reply(status=502), b"now")
    assert client.get(f"{server.base}/a").content == b"now"


def test_the_wait_that_the_server_asks_for_is_kept(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(status=429, headers={"Retry-After": "1"}), b"now")
    assert client.get(f"{server.base}/a").content == b"now"
    assert server.seen[1].at_s - server.seen[0].at_s >= 0.9


def test_a_wait_of_an_hour_is_told_at_once_and_kept(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(status=503, headers={"Retry-After": "3600"}))
    for _ in range(2):
        with pytest.raises(HeldFault, match="another 60 minutes"):
            client.get(f"{server.base}/a")
    assert len(server.seen) == 1


def test_a_silent_server_is_given_up(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(stall_s=5))
    with pytest.raises(EnvironmentFault, match="did not answer in time") as caught:
        client.get(f"{server.base}/a")
    assert caught.value.is_retryable


def test_a_dripping_server_is_given_up(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"x" * 1000, drip_s=0.05))
    started = time.monotonic()
    with pytest.raises(EnvironmentFault, match="too slowly"):
        client.get(f"{server.base}/a")
    assert time.monotonic() - started < 30, "to the last drop it would be 50"


def test_half_an_answer_is_no_answer(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"x" * 100, declared_length=200))
    with pytest.raises(EnvironmentFault, match="broke off"):
        client.get(f"{server.base}/a")


@pytest.mark.parametrize("declared", [None, 50_000])
def test_too_large_an_answer_is_not_read(server: WebServer, client: Client, declared: int | None) -> None:
    server.answer("/a", Reply(body=b"x" * 20_000, declared_length=declared))
    with pytest.raises(EnvironmentFault, match="larger than"):
        client.get(f"{server.base}/a")
    assert len(server.seen) == 1


def test_a_small_package_that_unpacks_large_is_not_read(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(EnvironmentFault, match="larger than"):
        client.get(f"{server.base}/a")


def test_a_broken_package_is_a_fault(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"not gzip at all", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(EnvironmentFault):
        client.get(f"{server.base}/a")


def test_nobody_listening_is_told_as_a_connection_problem(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EnvironmentFault, match=r"connection to 127\.0\.0\.1 broke off or was refused"):
        client.get(f"http://127.0.0.1:{port}/")


def test_an_unknown_name_is_told_as_such(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(EnvironmentFault, match=r"nowhere\.invalid could not be found"):
        client.get("http://nowhere.invalid/")


def test_cookies_are_neither_kept_nor_sent(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"x", headers={"Set-Cookie": "who=me"}))
    client.get(f"{server.base}/a")
    client.get(f"{server.base}/a")
    assert "cookie" not in server.seen[1].headers


def test_cancelling_ends_a_slow_download(server: WebServer, client: Client) -> None:
    server.answer("/a", Reply(body=b"x" * 1000, drip_s=0.02))
    stop = threading.Event()
    timer = threading.Timer(0.2, stop.set)
    timer.start()

    def check() -> None:
        if stop.is_set():
            message = "stopped"
            raise Cancelled(message)

    with pytest.raises(Cancelled):
        client.get(f"{server.base}/a", check_cancelled=check)
    timer.join()
