"""Answers of web services kept on disk, so that an unchanged page costs one short question.

Derived data: the folder can be deleted at any time. One file for each address: a line of JSON, then the body.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from readinglist.disk.whole_file import write_whole

log = logging.getLogger(__name__)

FORMAT = 1  # raised when the files' shape changes; older ones are then read as missing
LARGEST_TOTAL_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedAnswer:
    """What a server answered before.

    Attributes:
        content: Body, decoded from its transfer encoding.
        address: Where it came from in the end, after redirects.
        media_type: As the server said it, with its parameters.
        etag: Validator, empty if the server gave none.
        last_modified: Validator, empty if the server gave none.
    """

    content: bytes
    address: str
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""

    def condition(self) -> Mapping[str, str]:
        """Return the request headers that ask whether the answer still holds."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class AnswerCache:
    """A folder of answers; safe for several threads and processes, because files are only ever replaced whole.

    Args:
        folder: Created when first needed.
        largest_total_bytes: Oldest files go when the folder outgrows this.
    """

    def __init__(self, folder: Path, *, largest_total_bytes: int = LARGEST_TOTAL_BYTES) -> None:
        self._folder = folder
        self._largest_total_bytes = largest_total_bytes

    def find(self, address: str, accept: str = "") -> CachedAnswer | None:
        """Return what is known of the address, None if nothing usable is."""
        path = self._path(address, accept)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        try:
            facts = json.loads(head)
            if facts.pop("format") != FORMAT or hashlib.sha256(body).hexdigest() != facts.pop("sha256"):
                raise ValueError  # noqa: TRY301 - a damaged file and an old one are treated alike
            return CachedAnswer(content=body, **facts)
        except (ValueError, KeyError, TypeError, AttributeError):
            log.info("cached answer %s is not usable and is dropped", path.name)
            with suppress(OSError):  # it is of no use, wherever it lies
                path.unlink(missing_ok=True)
            return None

    def save(self, address: str, answer: CachedAnswer, accept: str = "") -> None:
        """Keep an answer that carries a validator; others could never be asked about again.

        A disk that refuses is no reason to fail: the answer is in hand, only the next request costs more.
        """
        if not answer.condition():
            return
        facts = {
            "format": FORMAT,
            "sha256": hashlib.sha256(answer.content).hexdigest(),
            "address": answer.address,
            "media_type": answer.media_type,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
        }
        try:
            content = json.dumps(facts).encode() + b"\n" + answer.content
            write_whole(self._path(address, accept), content, is_lasting=False)
            self._shrink()
        except OSError as error:
            log.info("an answer could not be cached in %s: %s", self._folder, error)

    def _path(self, address: str, accept: str) -> Path:
        key = hashlib.sha256(f"{accept} {address}".encode()).hexdigest()
        return self._folder / f"{key}.answer"

    def _shrink(self) -> None:
        found = []
        for path in self._folder.glob("*.answer"):
            try:
                facts = path.stat()
            except OSError:  # another process was faster
                continue
            found.append((facts.st_mtime, facts.st_size, path))
        excess = sum(size for _, size, _ in found) - self._largest_total_bytes
        for _, size, path in sorted(found):
            if excess <= 0:
                return
            path.unlink(missing_ok=True)
            excess -= size
