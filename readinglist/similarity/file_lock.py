"""A lock that holds between programs, and ends with the program that has it."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _wait_for_lock(file: BinaryIO) -> None:
        """Wait however long it takes; Windows itself gives up after ten seconds."""
        while True:
            file.seek(0)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLK:
                    raise
            else:
                return
else:
    import fcntl


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Wait until nobody else has the lock, then hold it for the block.

    Args:
        path: Made if it does not exist, and left behind: deleting it would let two programs hold two locks.
    """
    with path.open("a+b") as file:
        if sys.platform == "win32":
            _wait_for_lock(file)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_UN)
