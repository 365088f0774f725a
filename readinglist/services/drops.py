"""What the reader handed over, opened into documents one after the other.

Knows files, folders, addresses, identifiers and text; knows nothing of what is in them. Whatever cannot be opened
becomes a `Problem` that names it, and the rest goes on.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.identifiers import Identifier, parse_identifier
from readinglist.domain.raw import Drop, Problem, RawDocument
from readinglist.services.file_store import HEAD_BYTES, is_pdf_head

MAX_FILE_BYTES = 100 * 2**20  # a year of daily listings is 20 MB; more than this is some other kind of file
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

CheckCancelled = Callable[[], None]


@dataclass(frozen=True, slots=True)
class DroppedPdf:
    """A PDF by its content, whatever it is called; its bytes are not read here."""

    path: Path

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return shown(self.path.name)


class Network(Protocol):
    """What is asked of the outside world: `sources.registry.Sources`, or recorded answers in tests."""

    def fetch(self, address: str, *, check_cancelled: CheckCancelled) -> list[RawDocument]:
        """Return what stands at an address.

        Raises:
            ReadingListError: It cannot be had.
        """
        ...

    def lookup(self, identifiers: Sequence[Identifier], *, check_cancelled: CheckCancelled) -> list[RawDocument]:
        """Return records of papers.

        Raises:
            ReadingListError: They cannot be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class DropReader:
    """Opens drops."""

    network: Network
    check_cancelled: CheckCancelled

    def documents(self, drops: Sequence[Drop]) -> Iterator[RawDocument | DroppedPdf | Problem]:
        """Open everything in the order given, folders in the order of their names."""
        for drop in drops:
            match drop.kind:
                case "path":
                    yield from _open_path(Path(drop.content))
                case "address":
                    yield from _ask(drop.content, partial(self._fetch, drop.content))
                case "text":
                    yield from self._open_text(drop)

    def _open_text(self, drop: Drop) -> Iterator[RawDocument | Problem]:
        """A text that is nothing but addresses or one identifier stands for what it points to."""
        lines = [line.strip() for line in drop.content.splitlines() if line.strip()]
        if lines and all(ADDRESS.fullmatch(line) for line in lines):
            for line in lines:
                yield from _ask(line, partial(self._fetch, line))
            return
        identifier = parse_identifier(lines[0]) if len(lines) == 1 else None
        if identifier is not None:
            yield from self._look_up(identifier)
            return
        name = drop.label or "Pasted text"
        yield RawDocument(
            content=drop.content.encode("utf-8", "replace"), origin="text", name=name, media_type="text/plain"
        )

    def _fetch(self, address: str) -> list[RawDocument]:
        return self.network.fetch(address, check_cancelled=self.check_cancelled)

    def _look_up(self, identifier: Identifier) -> Iterator[RawDocument | Problem]:
        """Ask for the record; offline, the identifier itself is still something to keep."""
        try:
            documents = self.network.lookup([identifier], check_cancelled=self.check_cancelled)
        except Cancelled:
            raise
        except ReadingListError:
            documents = []
        text = f"{identifier.scheme}:{identifier.value}".encode()
        yield from documents or [RawDocument(content=text, origin="text", name=identifier.value)]


def _ask(where: str, question: Callable[[], list[RawDocument]]) -> Iterator[RawDocument | Problem]:
    try:
        yield from question()
    except Cancelled:
        raise
    except ReadingListError as error:
        yield Problem(where=where, reason=error.message)


def count_files(drops: Sequence[Drop]) -> int:
    """Count what is to be opened, for the progress; opens nothing."""
    paths = [Path(drop.content) for drop in drops if drop.kind == "path"]
    inside = sum(len(files) for path in paths if path.is_dir() for _, _, files in os.walk(path))
    return inside + sum(not path.is_dir() for path in paths) + len(drops) - len(paths)


def _open_path(path: Path) -> Iterator[RawDocument | DroppedPdf | Problem]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Problem(where=shown(path), reason=_reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _open_folder(path)
    elif stat.S_ISREG(mode):
        yield _open_file(path)
    else:
        yield Problem(where=shown(path), reason="This is neither a file nor a folder.")


def _open_folder(folder: Path) -> Iterator[RawDocument | DroppedPdf | Problem]:
    is_empty = True
    unreadable: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            is_empty = False
            yield from _open_path(Path(place, name))
        while unreadable:
            is_empty = False
            yield _unreadable(unreadable.pop(0))
    for error in unreadable:
        is_empty = False
        yield _unreadable(error)
    if is_empty:
        yield Problem(where=shown(folder), reason="The folder has no files in it.")


def _unreadable(error: OSError) -> Problem:
    return Problem(where=shown(error.filename), reason=_reason(error))


def _open_file(path: Path) -> RawDocument | DroppedPdf | Problem:
    try:
        if _is_pdf(path):
            return DroppedPdf(path)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 2**20
            reason = f"The file has {size / 2**20:.0f} MB; files of more than {limit} MB are not read as listings."
            return Problem(where=shown(path), reason=reason)
        return RawDocument(content=path.read_bytes(), origin=shown(path), name=shown(path.name))
    except OSError as error:
        return Problem(where=shown(path), reason=_reason(error))


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return is_pdf_head(file.read(HEAD_BYTES))


def shown(path: "Path | str") -> str:
    """Write a path as text; names of other encodings have bytes that no text can hold."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, PermissionError):
        return "You have no permission to read it."
    return f"It cannot be read: {error.strerror or error}."
