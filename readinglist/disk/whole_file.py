"""Writing a file in one step: whoever reads finds all of it or what was there before, whenever the program ends."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PART_SUFFIX = ".part"
PUBLIC = 0o666  # as any file of the reader's, who takes away from it what others may not
PRIVATE = 0o600
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def whole_file(path: Path, *, is_lasting: bool, permissions: int = PUBLIC) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its name when the block has come to its end.

    A block that fails leaves nothing behind: a disk that is full is not to be filled by what came of it. What was there
    before keeps its permissions, and a link goes on leading to the file that it leads to.

    Args:
        path: Its folder exists; may be written by several threads and programs at once, of which the last one wins.
        is_lasting: It outlives a power cut; False for what can be made again, which costs less time.
        permissions: Of a file that was not there before.

    Raises:
        OSError: It cannot be written; what was there before stays.
    """
    target = path.resolve()
    part = target.with_name(f".{os.urandom(16).hex()}{PART_SUFFIX}")  # of its own, whatever the length of the name
    try:
        with os.fdopen(os.open(part, NEW, permissions), "wb") as file:
            with suppress(FileNotFoundError):
                part.chmod(stat.S_IMODE(target.stat().st_mode))
            yield file
            if is_lasting:
                flush(file)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    if is_lasting:
        flush_folder(target.parent)


def write_whole(path: Path, content: bytes, *, is_lasting: bool, permissions: int = PUBLIC) -> None:
    """Write a content that is at hand; see `whole_file`. The folder is made if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, is_lasting=is_lasting, permissions=permissions) as file:
        file.write(content)


def flush(file: BinaryIO) -> None:
    """Bring what was written to the disk, before anything vouches for it."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """See that new names outlive a power cut; Windows has no such thing, and some network disks refuse it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
