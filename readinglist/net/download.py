"""One PDF from the web to a file: it is taken up where it broke off, and stored only if it is whole and a PDF.

What the server says about itself is not believed: neither its type (a page that asks for a log-in calls itself a PDF)
nor its length (half a file is no file).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from readinglist.domain.errors import EnvironmentFault
from readinglist.net.exchange import Exchange, Incoming, Limits, check_address, pause, too_large
from readinglist.net.faults import host_of
from readinglist.net.limits import HeldFault, never_cancelled
from readinglist.net.part_file import PartFile

log = logging.getLogger(__name__)

# An attempt may end after ten minutes: what has arrived is kept, and the next one goes on from there.
LIMITS = Limits(total_s=600.0, size_bytes=200 * 1024 * 1024, attempts=4)
KEEP_BYTES = 1024 * 1024  # written between two visits to the disk; a kill costs at most so much
GAIN_BYTES = 64 * 1024  # an attempt that brought this much was not in vain
# Source: ISO 32000-1, annex H (implementation notes 13 and 18): readers accept the header within the first 1,024 bytes.
# The end mark is looked for in a wider piece, because servers append things to it.
HEAD_BYTES, HEAD_MARK = 1024, b"%PDF-"
TAIL_BYTES, TAIL_MARKS = 16 * 1024, (b"%%EOF", b"startxref")

OnProgress = Callable[[int, int | None], None]


class NotPdfFault(EnvironmentFault):
    """What the server sent is no PDF, whatever it called it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A file that arrived whole.

    Attributes:
        address: Where it came from in the end, after redirects.
        size_bytes: Of the file.
    """

    path: Path
    address: str
    size_bytes: int


def ignore_progress(_done: int, _total: int | None) -> None:
    """Stand in for a caller's `on_progress` where nobody looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloader:
    """Downloads PDFs; may be used by several threads at once.

    Attributes:
        exchange: Asks, at the pace of each host.
        limits: Patience and room; `attempts` counts those in a row that brought nothing.
    """

    exchange: Exchange
    limits: Limits = LIMITS

    def fetch(
        self,
        address: str,
        target: Path,
        *,
        on_progress: OnProgress = ignore_progress,
        check_cancelled: Callable[[], None] = never_cancelled,
    ) -> Downloaded:
        """Download to a file, which appears only when all of it has arrived; what was there before is replaced.

        A failure that may pass, a stop and the end of the process leave at most `….part` and its note beside the
        target, and the next call for the same address goes on from there.

        Args:
            address: http or https.
            target: The file; its folder is made.
            on_progress: Told bytes so far and in all (None if unknown).
            check_cancelled: Called often; what it raises ends the download.

        Raises:
            UserError: The address is none that can be asked.
            NotPdfFault: Something else came.
            HttpFault: The server refused, in the end.
            EnvironmentFault: It did not arrive whole, is too large, or cannot be written.
            Cancelled: `check_cancelled` raised it.
        """
        checked = check_address(address)
        with PartFile(target, checked) as part:
            transfer = _Transfer(self, checked, part, on_progress, check_cancelled)
            origin = self._patiently(transfer, part, check_cancelled)
            size = part.size
            part.finish()
        return Downloaded(path=target, address=origin, size_bytes=size)

    def _patiently(self, transfer: "_Transfer", part: PartFile, check_cancelled: Callable[[], None]) -> str:
        """Try again while the failure may pass; attempts that brought something do not count."""
        in_vain, best = 0, part.size
        while True:
            check_cancelled()
            try:
                return transfer.attempt()
            except HeldFault:
                raise
            except EnvironmentFault as fault:
                if not fault.is_retryable:
                    part.discard()  # nothing would come of going on with it
                    raise
                in_vain = 0 if part.size - best >= GAIN_BYTES else in_vain + 1
                best = max(best, part.size)
                if in_vain >= self.limits.attempts:
                    raise
                log.info("download at %d bytes: %s (%s)", part.size, fault.message, fault.detail)
                wait_s = self.limits.backoff_s * 2 ** max(0, in_vain - 1)
                pause(self.exchange.pace, fault, wait_s, check_cancelled)


class _Transfer:
    """What all attempts at one file share."""

    def __init__(
        self,
        downloader: Downloader,
        address: str,
        part: PartFile,
        on_progress: OnProgress,
        check_cancelled: Callable[[], None],
    ) -> None:
        self._exchange = downloader.exchange
        self._limits = downloader.limits
        self._address = address
        self._part = part
        self._on_progress = on_progress
        self._check_cancelled = check_cancelled

    def attempt(self) -> str:
        """Ask for what is missing, write it, and look at the whole; returns the last address."""
        if self._part.is_complete:  # the process was killed just before the file was put in its place
            self._check_whole(self._address)
            return self._address
        # Packed content would have other lengths than the file has.
        headers = {"Accept": "application/pdf, */*;q=0.5", "Accept-Encoding": "identity"}
        accepted = {HTTPStatus.OK}
        if self._part.size and self._part.validator:
            headers |= {"Range": f"bytes={self._part.size}-", "If-Range": self._part.validator}
            accepted |= {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}
        with self._exchange.open(
            self._address,
            headers,
            limits=self._limits,
            accepted=accepted,
            check_cancelled=self._check_cancelled,
        ) as incoming:
            self._begin(incoming)
            self._receive(incoming)
        self._check_whole(incoming.address)
        return incoming.address

    def _begin(self, incoming: Incoming) -> None:
        """Take a continuation as such only if it continues exactly what is here; begin anew with anything else."""
        is_packed = incoming.header("content-encoding") not in {"", "identity"}
        if incoming.status == HTTPStatus.OK:
            validator = "" if is_packed else _validator(incoming)
            self._part.restart(validator, None if is_packed else incoming.declared_bytes)
            return
        start, total = _content_range(incoming)
        is_same = _validator(incoming) in {"", self._part.validator}
        is_same &= total is None or self._part.total in {None, total}
        if incoming.status != HTTPStatus.PARTIAL_CONTENT or is_packed or start != self._part.size or not is_same:
            self._part.restart("", None)
            message = f"{host_of(incoming.address)} does not go on where the download broke off. Try again."
            detail = f"{incoming.status} {incoming.header('content-range')} from {incoming.address}"
            raise EnvironmentFault(message, detail=detail, is_retryable=True)
        self._part.total = total or self._part.total

    def _receive(self, incoming: Incoming) -> None:
        part, room = self._part, self._limits.size_bytes
        if (part.total or 0) > room:
            raise too_large(incoming.address, room)
        is_looked_at = False
        for piece in incoming.pieces(self._limits, self._check_cancelled):
            part.write(piece)
            if part.size > room:
                raise too_large(incoming.address, room)
            if not is_looked_at and part.size >= HEAD_BYTES:
                self._check_head(incoming.address)
                is_looked_at = True
            if part.unkept >= KEEP_BYTES:
                part.keep()
            self._on_progress(part.size, part.total)

    def _check_head(self, address: str) -> None:
        if HEAD_MARK not in self._part.read(0, HEAD_BYTES):
            message = (
                f"{host_of(address)} sent a page instead of the PDF; perhaps it wants a log-in. "
                "Save the PDF in the browser and drop the file."
            )
            raise NotPdfFault(message, detail=f"{address}: {self._part.read(0, 100)!r}")

    def _check_whole(self, address: str) -> None:
        part = self._part
        self._check_head(address)
        tail = part.read(-TAIL_BYTES, TAIL_BYTES)
        if part.total in {None, part.size} and any(mark in tail for mark in TAIL_MARKS):
            return
        detail = f"{part.size} of {part.total} bytes of {address}"
        part.restart("", None)
        message = f"The PDF that {host_of(address)} sent is not whole. Try again later."
        raise EnvironmentFault(message, detail=detail, is_retryable=True)


def _validator(incoming: Incoming) -> str:
    """Return what names this version of the content byte for byte.

    Source: RFC 9110, section 13.1.5: a weak entity tag must not stand in `If-Range`, a date may.
    """
    etag = incoming.header("etag").strip()
    return etag if etag and not etag.startswith("W/") else incoming.header("last-modified").strip()


def _content_range(incoming: Incoming) -> tuple[int | None, int | None]:
    """Return where a continuation begins, and the length of the whole; None for what is not said.

    Source: RFC 9110, section 14.4: `bytes 200-1023/1024`.
    """
    unit, _, rest = incoming.header("content-range").strip().partition(" ")
    span, _, total = rest.partition("/")
    start = span.partition("-")[0].strip()
    if unit.lower() != "bytes" or not (start.isascii() and start.isdecimal()):
        return None, None
    return int(start), int(total) if total.isascii() and total.isdecimal() else None
