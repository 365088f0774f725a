"""Finds a linked file again that was renamed or moved: by its content, within reasonable bounds."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.domain.errors import ReadingListError
from readinglist.services.file_store import read_content

MAX_ENTRIES = 20_000  # of folders looked at for one file: less than a second
MAX_DEPTH = 4  # below the folder where the search begins
MAX_PARENTS = 2  # above the folder where the file was


@dataclass(slots=True)
class _Search:
    """Where was looked so far."""

    size_bytes: int
    left: int = MAX_ENTRIES
    seen: set[Path] = field(default_factory=set)

    def candidates(self, folder: Path, depth: int) -> Iterator[Path]:
        """Yield files of the right size, the nearest folders first."""
        if folder in self.seen or self.left <= 0:
            return
        self.seen.add(folder)
        below = []
        for entry in _entries(folder):
            self.left -= 1
            if self.left <= 0:
                return
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        below.append(Path(entry.path))
                elif entry.is_file() and entry.stat().st_size == self.size_bytes:
                    yield Path(entry.path)
        for one in sorted(below) if depth > 0 else ():
            yield from self.candidates(one, depth - 1)


def find_lost(path: Path, *, sha256: str, size_bytes: int) -> Path | None:
    """Return where a file lies now, None if it is not near.

    Looked at are its folder with those below, then the same from the folder above, and from the one above that; only
    files of the right size are read.

    Args:
        path: Where it was.
        sha256: Of its content.
        size_bytes: Of it.
    """
    start = next((one for one in path.parents if one.is_dir()), None)
    if start is None:
        return None
    search = _Search(size_bytes=size_bytes)
    for folder in [start, *start.parents][: MAX_PARENTS + 1]:
        if len(folder.parts) <= 2 and folder != start:
            break  # a whole disk or everybody's home is not near
        search.seen.discard(folder)
        for candidate in search.candidates(folder, MAX_DEPTH):
            with suppress(ReadingListError):
                if read_content(candidate).sha256 == sha256:
                    return candidate
    return None


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []
