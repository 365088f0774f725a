"""Memory of mapped files is given back, and nothing of the numbers is lost."""

import mmap
import re
from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.paper import PaperId
from readinglist.similarity.mapped import let_go, trim_heap
from readinglist.similarity.vectors import VectorStore

ROWS, DIMENSIONS = 20_000, 64


def resident_kb(path: Path) -> int:
    """Return how much of a mapped file this process has in memory."""
    text = Path("/proc/self/smaps").read_text(encoding="utf-8")
    found = re.findall(rf"{re.escape(str(path))}\n(?:.*\n)*?Rss:\s+(\d+) kB", text)
    return sum(map(int, found))


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux says how much of a file is in memory")
def test_what_was_read_of_a_store_is_given_back_once_it_is_unused_and_can_be_read_again(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "model@1", DIMENSIONS)
    numbers = np.random.default_rng(7).random((ROWS, DIMENSIONS), dtype=np.float32)
    store.append([PaperId(row + 1) for row in range(ROWS)], ["x"] * ROWS, numbers)
    (file,) = tmp_path.glob("*.f32")
    matrix = store.snapshot().matrix
    total = float(matrix.sum())
    whole = resident_kb(file)
    assert whole >= matrix.nbytes // 1024
    store.let_go(unused_s=3600)
    assert resident_kb(file) == whole, "it was used a moment ago"
    store.let_go(unused_s=0)
    assert resident_kb(file) < whole // 10
    assert float(matrix.sum()) == total
    store.let_go(unused_s=0)
    assert resident_kb(file) < whole // 10, "another answer was still being worked out when the first one was done"


def test_numbers_of_no_file_are_left_alone() -> None:
    numbers = np.arange(12.0).reshape(3, 4)[1:]
    let_go(numbers)
    assert numbers.tolist() == [[4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]]


def test_a_part_of_a_mapped_file_is_found_through_its_views(tmp_path: Path) -> None:
    path = tmp_path / "numbers"
    np.arange(4096, dtype="<f4").tofile(path)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    numbers = np.frombuffer(mapped, dtype="<f4").reshape(64, 64)[:, :3]
    let_go(numbers)
    assert numbers[2].tolist() == [128.0, 129.0, 130.0]


def test_numbers_in_use_stay_when_the_heap_is_trimmed() -> None:
    kept = [np.arange(size) for size in range(1000, 1100)]
    del kept[::2]
    trim_heap()
    assert all(int(one[-1]) == len(one) - 1 for one in kept)
