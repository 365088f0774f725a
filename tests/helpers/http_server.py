"""A web server on the loopback interface for tests: answers what it was told to, remembers what it was asked.

It can also misbehave the way real servers do: stall, drip, break off, lie about lengths, refuse, send elsewhere.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self, cast
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request as it arrived; `at_s` is monotonic."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to send, and how badly.

    Attributes:
        declared_length: Content-Length to claim; the true one where None.
        drip_s: Pause after each piece; 0 sends at once.
        piece_bytes: Size of a piece.
        stall_s: Silence before anything is sent; ends early when the server closes.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    declared_length: int | None = None
    drip_s: float = 0.0
    piece_bytes: int = 1
    stall_s: float = 0.0


Handler = Callable[[Seen], Reply]


@dataclass(slots=True, kw_only=True)
class HeldFile:
    """A handler that hands out a file and knows ranges, as web servers do.

    Attributes:
        etag: Empty gives none.
        modified: Value of Last-Modified; empty gives none.
        cut_bytes: The connection breaks after so many bytes of each answer; None never cuts.
        drip_s: Pause after each piece of `piece_bytes`.
    """

    content: bytes
    etag: str = '"1"'
    modified: str = ""
    cut_bytes: int | None = None
    drip_s: float = 0.0
    piece_bytes: int = 1

    def __call__(self, seen: Seen) -> Reply:
        start = self._start(seen)
        total = len(self.content)
        named = {"Content-Type": "application/pdf", "ETag": self.etag, "Last-Modified": self.modified}
        if start >= total > 0:
            return Reply(status=416, headers={**named, "Content-Range": f"bytes */{total}"})
        if start:
            named["Content-Range"] = f"bytes {start}-{total - 1}/{total}"
        return Reply(
            body=self.content[start:][: self.cut_bytes],
            status=206 if start else 200,
            headers=named,
            declared_length=total - start,
            drip_s=self.drip_s,
            piece_bytes=self.piece_bytes,
        )

    def _start(self, seen: Seen) -> int:
        wanted = seen.headers.get("range", "")
        condition = seen.headers.get("if-range")
        if not wanted or condition not in {None, self.etag or None, self.modified or None}:
            return 0
        return int(wanted.removeprefix("bytes=").partition("-")[0])


class WebServer:
    """Use as a context manager; `base` is its address without a slash at the end."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self._handlers: dict[str, Handler] = {}
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, *replies: Reply | bytes) -> None:
        """Send the replies one after the other to requests for the path; the last one stays."""
        left = [Reply(body=one) if isinstance(one, bytes) else one for one in replies]
        self.handle(path, lambda _: left.pop(0) if len(left) > 1 else left[0])

    def handle(self, path: str, handler: Handler) -> None:
        """Let a function answer requests for the path; a path ending in `*` stands for all that begin with it."""
        self._handlers[path] = handler

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [one.path for one in self.seen]

    def reply(self, seen: Seen) -> Reply:
        """Find the answer to a request."""
        self.seen.append(seen)
        handler = self._handlers.get(seen.path)
        if handler is None:
            known = (one for one in self._handlers if one.endswith("*") and seen.path.startswith(one[:-1]))
            handler = self._handlers.get(max(known, key=len, default=""))
        return handler(seen) if handler else Reply(status=404, body=b"not here")


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, owner: WebServer) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.owner = owner

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of these tests break off on purpose."""


class _Request(BaseHTTPRequestHandler):
    timeout = 30

    def do_GET(self) -> None:
        owner = cast("_Server", self.server).owner
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = owner.reply(Seen(path=parts.path, query=query, headers=headers, at_s=time.monotonic()))
        owner.closing.wait(reply.stall_s)
        self.send_response(reply.status)
        length = len(reply.body) if reply.declared_length is None else reply.declared_length
        for name, value in {"Content-Length": str(length), "Connection": "close", **reply.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self._send(owner, reply)

    def _send(self, owner: WebServer, reply: Reply) -> None:
        if not reply.drip_s:
            self.wfile.write(reply.body)
            return
        for start in range(0, len(reply.body), reply.piece_bytes):
            if owner.closing.wait(reply.drip_s):
                return
            self.wfile.write(reply.body[start : start + reply.piece_bytes])

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep standard error clean."""
