"""Vectors in eight bits a number: what a search reads first, a quarter of the exact numbers, mapped from a file.

Each dimension has a step of its own, and a code counts steps. The file is a line of JSON filled up to `HEAD_BYTES`, the
steps, room for `INDEX_BYTES`, and the codes of one row after the other. It is made from the exact numbers beside it,
and made anew when it does not fit them: whoever cannot use it searches the exact numbers.
"""

import json
import mmap
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.disk.whole_file import flush

FORMAT = 1  # raised when the file's shape changes
HEAD_BYTES = 256
INDEX_BYTES = 256  # more than what faiss writes before the codes of an index
ROWS_AT = 8  # where it writes how many rows there are; how many bytes there are is the last of it
ZERO = 128  # the code of the number 0
LARGEST = 127  # steps from 0 to either side
HEADROOM = 1.25  # rows that come later may go beyond those that the steps were chosen from; what goes further is cut
ENOUGH_ROWS = 4096  # steps chosen from fewer are chosen anew when there are more
PIECE = 8192  # rows that are in memory at once
SURE = 6.0  # standard deviations: one cosine in a thousand million is further off


class Codes:
    """The vectors in short, at one moment.

    Args:
        mapped: The file's beginning with all rows; a copy on writing, so that nothing gets into the file.
        rows: How many there are.
        dimensions: Numbers in a vector.
    """

    def __init__(self, mapped: mmap.mmap, *, rows: int, dimensions: int) -> None:
        self._mapped = mapped
        self._rows = rows
        self._dimensions = dimensions
        self._steps = np.frombuffer(mapped, dtype="<f4", count=dimensions, offset=HEAD_BYTES)

    def __len__(self) -> int:
        return self._rows

    def first(self, query: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32], float]:
        """Find the rows that seem nearest.

        Args:
            query: Shape (dimensions,), of length 1.
            count: How many, at most as many as there are.

        Returns:
            Their places, how near they seem, the nearest first; and how far off a cosine may be.
        """
        import faiss

        faiss.omp_set_num_threads(1)  # one pass is bound by memory, and a second thread mostly waits for the first
        scaled = query * self._steps
        step = float(np.abs(scaled).max()) / LARGEST or 1.0
        # Bytes are multiplied with bytes: the query is rounded as well.
        scores, places = self._index.search(np.rint(scaled / step)[np.newaxis, :], count)
        # What one number is off by is spread evenly over a step; what a cosine is off by is the sum of many such.
        variance = (float(scaled @ scaled) + (step / float(self._steps.min())) ** 2) / 12
        return places[0], scores[0] * step, SURE * variance**0.5

    @cached_property
    def _index(self) -> Any:
        """The codes as faiss sees them, where they are: an index of its own would hold everything a second time."""
        import faiss

        index = faiss.IndexScalarQuantizer(
            self._dimensions, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        head = bytearray(faiss.serialize_index(index))
        head[ROWS_AT : ROWS_AT + 8] = self._rows.to_bytes(8, "little")
        head[-8:] = (self._rows * self._dimensions).to_bytes(8, "little")
        start = _codes_start(self._dimensions)
        self._mapped[start - len(head) : start] = bytes(head)
        whole = np.frombuffer(self._mapped, dtype=np.uint8, offset=start - len(head))
        self._kept = whole  # as long as faiss reads from it
        return faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(whole), len(whole)))


class CodesFile:
    """One file of codes; who writes sees to it that nobody else does.

    Args:
        path: Need not exist.
        dimensions: Numbers in a vector.
    """

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path = path
        self._dimensions = dimensions
        self._start = _codes_start(dimensions)

    def load(self, rows: int) -> Codes | None:
        """Map the codes of the first rows; None if there are not so many, or none."""
        if not rows or self._count() < rows:
            return None
        with self._path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), self._start + rows * self._dimensions, access=mmap.ACCESS_COPY)
        return Codes(mapped, rows=rows, dimensions=self._dimensions)

    def is_outdated(self, rows: int) -> bool:
        """Tell whether the file should be made anew for so many rows."""
        chosen_from = self._read_head().get("chosen_from", 0)
        return rows > 0 and (self._count() < rows or chosen_from < ENOUGH_ROWS <= rows)

    def make(self, matrix: NDArray[np.float32]) -> None:
        """Make the file anew from all rows, in one step."""
        steps = _choose_steps(matrix)
        head = {"format": FORMAT, "dimensions": self._dimensions, "chosen_from": len(matrix)}
        partial = self._path.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(json.dumps(head).encode().ljust(HEAD_BYTES - 1) + b"\n" + steps.tobytes() + bytes(INDEX_BYTES))
            for start in range(0, len(matrix), PIECE):
                file.write(_encode(matrix[start : start + PIECE], steps).tobytes())
            flush(file)
        partial.replace(self._path)

    def write(self, start: int, matrix: NDArray[np.float32]) -> None:
        """Write rows behind the first `start`, over what may be there; makes the file for the first ones.

        Where the file does not reach so far, nothing is written: it is outdated.
        """
        if not start:
            self.make(matrix)
        elif self._count() >= start:
            with self._path.open("r+b") as file:
                file.seek(HEAD_BYTES)
                steps = np.frombuffer(file.read(self._dimensions * 4), dtype="<f4")
                file.seek(self._start + start * self._dimensions)
                file.write(_encode(matrix, steps).tobytes())
                flush(file)

    def _count(self) -> int:
        """Return how many rows there are in a file of this shape; 0 if it is none."""
        head = self._read_head()
        if (head.get("format"), head.get("dimensions")) != (FORMAT, self._dimensions):
            return 0
        return max(0, self._path.stat().st_size - self._start) // self._dimensions

    def _read_head(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                head = json.loads(file.read(HEAD_BYTES))
        except (FileNotFoundError, ValueError):
            return {}
        return head if isinstance(head, dict) else {}


def _codes_start(dimensions: int) -> int:
    return HEAD_BYTES + dimensions * 4 + INDEX_BYTES


def _choose_steps(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    largest = np.zeros(matrix.shape[1], dtype=np.float32)
    for start in range(0, len(matrix), PIECE):
        np.maximum(largest, np.abs(matrix[start : start + PIECE]).max(axis=0), out=largest)
    # Few rows say little about a dimension; numbers of a row of length 1 are this large on average.
    usual = np.float32(1 / np.sqrt(matrix.shape[1]))
    steps: NDArray[np.float32] = np.maximum(largest, usual) * np.float32(HEADROOM / LARGEST)
    return steps.astype("<f4")


def _encode(matrix: NDArray[np.float32], steps: NDArray[np.float32]) -> NDArray[np.uint8]:
    codes: NDArray[np.uint8] = (np.clip(np.rint(matrix / steps), -LARGEST, LARGEST) + ZERO).astype(np.uint8)
    return codes
