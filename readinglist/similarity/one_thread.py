"""Keeps numpy's products to one thread while somebody waits for many small ones.

Most of them are bound by memory, so a second thread wins little. Where the other cores are busy, with the encoder or
with another program, each product waits until all of its threads have had their turn: one alone is then much faster.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute in one thread; products of other threads meanwhile do so too."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> Any:
    """Look for the libraries that compute, once: they are loaded together with numpy."""
    import numpy as np  # noqa: F401, PLC0415 - loads them
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - loaded for the first answer, not for the window

    return ThreadpoolController()
