"""Numbers in files that are mapped into memory: what was read of them can be given back to the system."""

import ctypes
import mmap
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray


def let_go(numbers: NDArray[Any]) -> None:
    """Take what was read of a mapped file out of this process's memory; it is read again when it is needed again.

    The system keeps the pages while it has room, so reading them again costs little. Nothing happens to numbers that
    are mapped from no file, nor where the system cannot be told.

    Args:
        numbers: Of a mapping that is only read: what was written into a private one would be lost.
    """
    mapping = _mapping_of(numbers)
    if mapping is not None and hasattr(mapping, "madvise"):  # Windows has none
        mapping.madvise(mmap.MADV_DONTNEED)


def trim_heap() -> None:
    """Give back what numbers that are gone have left behind; takes less than a millisecond, where it can be done."""
    trim = _find_trim()
    if trim is not None:
        trim(0)


@cache
def _find_trim() -> Callable[[int], int] | None:
    """Return what does so in the GNU C library; None where there is another one."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found


def _mapping_of(numbers: NDArray[Any]) -> mmap.mmap | None:
    base: object = numbers
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, memoryview):
        base = base.obj
    return base if isinstance(base, mmap.mmap) else None
