"""Puts bytes into the library's folder of files, so that whatever happens meanwhile, no half file is ever linked.

A file is registered in the library, copied under a temporary name, flushed, and renamed; only then may a paper have it.
Whatever a kill leaves behind is either a temporary name or registered and unused: both are cleared later.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.disk.whole_file import PART_SUFFIX, flush, flush_folder
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.file_names import fold_name, free_name
from readinglist.domain.files import StoredFile
from readinglist.library.library import Library

if TYPE_CHECKING:
    from readinglist.library.unit import Writer

log = logging.getLogger(__name__)

FOLDER = "files"
PIECE_BYTES = 1024 * 1024
LEAST_AGE = timedelta(hours=1)  # younger ones another program may be about to give to a paper

HEAD_BYTES = 1024  # **Source:** ISO 32000-1, annex H, note 13: readers accept the header within these
HEAD_MARK = b"%PDF-"

CheckCancelled = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file holds.

    Attributes:
        sha256: In hexadecimal.
    """

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that is to be put into the folder.

    Attributes:
        source: Where it lies now.
        name: What it is to be called, with its suffix; a number is added where that is taken.
        origin: Where it came from, a path or an address.
        is_moved: It will leave `source`.
    """

    source: Path
    content: Content
    name: str
    origin: str
    is_moved: bool = False


def read_content(path: Path, check_cancelled: CheckCancelled = lambda: None) -> Content:
    """Name a file by what is in it.

    Raises:
        EnvironmentFault: It cannot be read.
        Cancelled: `check_cancelled` raised it.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                check_cancelled()
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror}."
        raise EnvironmentFault(message, detail=str(error)) from error
    return Content(sha256=digest.hexdigest(), size_bytes=size)


def is_pdf_head(head: bytes) -> bool:
    """Tell whether the first `HEAD_BYTES` of a content are those of a PDF."""
    return HEAD_MARK in head[:HEAD_BYTES]


class FileStore:
    """The folder `files` of one library; may be used by several threads and programs at once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = library.folder / FOLDER

    def put(
        self,
        wanted: Sequence[Wanted],
        check_cancelled: CheckCancelled = lambda: None,
        *,
        on_fault: Callable[[Wanted, EnvironmentFault], None] | None = None,
    ) -> dict[str, str]:
        """Put files into the folder; bytes that are there already are not put there again.

        Args:
            wanted: The files.
            check_cancelled: Called often; what it raises ends the whole.
            on_fault: Told of each file that cannot be had, and the others go on; None ends the whole.

        Returns:
            The path of each content that is there now, relative to the library's folder.

        Raises:
            EnvironmentFault: A file cannot be read, has changed meanwhile, or cannot be written.
            Cancelled: `check_cancelled` raised it; what was put there so far is unused, and cleared some day.
        """
        distinct = {one.content.sha256: one for one in wanted}
        with self._library.write(None) as writer:
            paths = self._register(writer, list(distinct.values()))
        for sha256, one in distinct.items():
            check_cancelled()
            target = self._library.folder / paths[sha256]
            try:
                if not _is_kept(one, target):
                    self._copy(one, target, check_cancelled)
            except EnvironmentFault as fault:
                if on_fault is None:
                    raise
                on_fault(one, fault)
                del paths[sha256]
        return paths

    def is_inside(self, path: Path) -> bool:
        """Tell whether a file lies in the folder already."""
        return path.resolve().is_relative_to(self._folder.resolve())

    def clear(self, now: datetime | None = None) -> int:
        """Remove what kills have left, also below `derived/`, and what no paper has and no undo would bring back.

        What was moved here and left its place is put back there; if that place is gone, it stays.

        Args:
            now: UTC; None takes the clock.

        Returns:
            The number of files that are gone.
        """
        before = (now or datetime.now(UTC)) - LEAST_AGE
        places = (self._folder, self._library.folder / "derived")
        parts = [one for place in places for one in place.rglob(f".*{PART_SUFFIX}") if _is_older(one, before)]
        gone = sum(map(_remove, parts))
        # Nobody may give one of them to a paper between the look and the deed.
        with self._library.write(None) as writer:
            cleared = [one for one in writer.files.unused(before) if self._let_go(one)]
            writer.files.forget([one.path for one in cleared])
        return gone + len(cleared)

    def _let_go(self, stored: StoredFile) -> bool:
        path = self._library.folder / stored.path
        if not stored.is_moved or not path.is_file():
            return _remove(path)
        origin = Path(stored.origin)
        if origin.is_file():  # it never left, because the program was killed before; or another one has its place
            return _has_content(origin, stored.sha256, stored.size_bytes) and _remove(path)
        if not origin.parent.is_dir() or origin.exists():
            return False
        try:
            path.replace(origin)
        except OSError as error:
            log.info("%s cannot be put back to %s: %s", path, origin, error)
            return False
        return True

    def _register(self, writer: "Writer", wanted: Sequence[Wanted]) -> dict[str, str]:
        """Give each content its path, and note it before any byte is there."""
        known: dict[str, StoredFile] = {}
        for stored in writer.files.stored([one.content.sha256 for one in wanted]):
            known.setdefault(stored.sha256, stored)
        taken = self._taken(writer)
        paths: dict[str, str] = {}
        entries = []
        for one in wanted:
            sha256 = one.content.sha256
            before = known.get(sha256)
            if before is None:
                name = free_name(one.name, taken)
                taken.add(fold_name(name))
                paths[sha256] = f"{FOLDER}/{name}"
            else:
                paths[sha256] = before.path
            entries.append(
                StoredFile(
                    path=paths[sha256],
                    sha256=sha256,
                    size_bytes=one.content.size_bytes,
                    origin=one.origin if before is None or one.is_moved else before.origin,
                    is_moved=one.is_moved or (before is not None and before.is_moved),
                )
            )
        writer.files.register(entries)
        return paths

    def _taken(self, writer: "Writer") -> set[str]:
        names = {one.path.rpartition("/")[2] for one in writer.files.stored()}
        with suppress(OSError):
            names |= {one.name for one in os.scandir(self._folder)}
        return set(map(fold_name, names))

    def _copy(self, wanted: Wanted, target: Path, check_cancelled: CheckCancelled) -> None:
        # Two threads may be putting the same bytes there.
        part = target.with_name(f".{wanted.content.sha256[:16]}.{os.getpid()}-{threading.get_ident()}{PART_SUFFIX}")
        digest = hashlib.sha256()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with wanted.source.open("rb") as source, part.open("wb") as copy:
                while piece := source.read(PIECE_BYTES):
                    check_cancelled()
                    digest.update(piece)
                    copy.write(piece)
                flush(copy)
            if digest.hexdigest() != wanted.content.sha256:
                message = f"The file {wanted.source} has changed while it was read. Try again."
                raise EnvironmentFault(message, is_retryable=True)
            if target.exists():
                self._set_aside(target)
            part.replace(target)
            flush_folder(self._folder)
        except OSError as error:
            message = f"The file {wanted.source} cannot be copied into the library: {error.strerror}."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _set_aside(self, path: Path) -> None:
        """Keep what another program has made of a file of the folder: it may have the reader's own marks."""
        taken = {fold_name(one.name) for one in os.scandir(self._folder)}
        aside = path.with_name(free_name(f"{path.stem} (changed){path.suffix}", taken))
        path.rename(aside)
        log.warning("%s is not what was stored any more; it is kept as %s", path, aside.name)


def _is_kept(wanted: Wanted, target: Path) -> bool:
    """Tell whether a file need not be copied.

    A file has its name only since all of it was there, so its size tells. Where the only other copy is about to leave
    its place, every byte is looked at: another program may have changed the one that lies here.
    """
    if wanted.is_moved:
        return _has_content(target, wanted.content.sha256, wanted.content.size_bytes)
    return _has_size(target, wanted.content.size_bytes)


def _has_size(path: Path, size_bytes: int) -> bool:
    with suppress(OSError):
        return path.stat().st_size == size_bytes
    return False


def _has_content(path: Path, sha256: str, size_bytes: int) -> bool:
    with suppress(EnvironmentFault):
        return _has_size(path, size_bytes) and read_content(path).sha256 == sha256
    return False


def _is_older(path: Path, before: datetime) -> bool:
    with suppress(OSError):
        return path.stat().st_mtime < before.timestamp()
    return False


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.info("%s cannot be removed: %s", path, error)
        return False
    return True
