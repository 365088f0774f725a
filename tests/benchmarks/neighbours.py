"""Neighbours: the 20 nearest of 100,000 and of a million, in time and memory, and whether they are the right ones.

The vectors are made up: crowds of all sizes, so that the twentieth neighbour is hardly nearer than the thirtieth. Both
sides answer the same questions in turn.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.neighbours import nearest
from readinglist.similarity.process import light_encoder
from readinglist.similarity.vectors import Vectors, VectorStore
from tests.benchmarks.report import Row, at_least, at_most

DIMENSIONS = 384
LIMIT = 20
MANY, MOST = 100_000, 1_000_000
PIECE = 50_000
QUESTIONS = 60
COLD_STARTS = 5
SEARCHING = """
import json, sys
from pathlib import Path
import numpy as np, psutil
from readinglist.similarity.neighbours import nearest
from readinglist.similarity.vectors import VectorStore
vectors = VectorStore(Path(sys.argv[1]), "benchmark@1", 384).snapshot()
for row in range(0, len(vectors.ids), 5000):
    nearest(vectors, np.array(vectors.matrix[row]), 20)
after = psutil.Process().memory_full_info()
print(json.dumps([after.rss, after.uss]))
"""
Matrix = NDArray[np.float32]


def measure() -> list[Row]:
    """Measure."""
    rows = []
    with _store(MANY) as (store, folder):
        opened = _median_ms(lambda: VectorStore(folder, "benchmark@1", DIMENSIONS), repeats=5)
        again = _median_ms(store.snapshot, repeats=5)
        found, product, right = _questions(store.snapshot())
        own_mb, mapped_mb = _memory(folder)
        rows += [
            at_most(f"opening {MANY:,} vectors", opened, 500, "ms"),
            at_most("asking for them again", again, 1, "ms"),
            at_most(
                f"the {LIMIT} nearest of {MANY:,}, against numpy's product alone ({statistics.median(product):.1f} ms)",
                statistics.median(one / other for one, other in zip(found, product, strict=True)),
                1.5,
            ),
            at_most("95 % of answers within", _p95(found), 20, "ms"),
            at_least("of the right ones", right * 100, 99, "%"),
            at_most(
                f"memory of a process that searches them ({mapped_mb:.0f} MB with what is mapped)", own_mb, 150, "MB"
            ),
        ]
    with _store(MOST) as (store, _):
        found, product, right = _questions(store.snapshot())
        rows += [
            at_most(f"95 % of answers among {MOST:,} within (numpy {_p95(product):.0f} ms)", _p95(found), 60, "ms"),
            at_least("of the right ones", right * 100, 99, "%"),
        ]
    return [*rows, at_most("a first search's vector after a cold start", _cold_start_s(), 1.5, "s")]


@contextmanager
def _store(count: int) -> Iterator[tuple[VectorStore, Path]]:
    chance = np.random.default_rng(5)
    centres = chance.standard_normal((count // 500, DIMENSIONS), dtype=np.float32)
    with tempfile.TemporaryDirectory() as name:
        store = VectorStore(Path(name), "benchmark@1", DIMENSIONS)
        for start in range(0, count, PIECE):
            # Squared: some crowds are large and some are small.
            crowds = (chance.random(PIECE) ** 2 * len(centres)).astype(int)
            piece = centres[crowds] + chance.standard_normal((PIECE, DIMENSIONS), dtype=np.float32)
            piece /= np.linalg.norm(piece, axis=1, keepdims=True)
            ids = [PaperId(number) for number in range(start + 1, start + PIECE + 1)]
            store.append(ids, [f"{number:064x}" for number in ids], piece)
        yield store, Path(name)


def _questions(vectors: Vectors) -> tuple[list[float], list[float], float]:
    """Return milliseconds of ours and of the product alone, and the share of the right neighbours."""
    chance = np.random.default_rng(6)
    found, product, right = [], [], []
    nearest(vectors, np.array(vectors.matrix[0]), LIMIT)  # pays for what is loaded once
    for number in range(QUESTIONS):
        query = vectors.matrix[chance.integers(len(vectors.ids))]
        if number % 2:  # between two papers, as a text is
            query = query + vectors.matrix[chance.integers(len(vectors.ids))]
        query = query / np.linalg.norm(query)
        began = time.perf_counter()
        near = nearest(vectors, query, LIMIT)
        found.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        cosines = vectors.matrix @ query
        product.append((time.perf_counter() - began) * 1000)
        expected = vectors.ids[np.argpartition(cosines, -LIMIT)[-LIMIT:]]
        right.append(len(set(expected.tolist()) & {key for key, _ in near}) / LIMIT)
    return found, product, statistics.mean(right)


def _memory(folder: Path) -> tuple[float, float]:
    """Return megabytes that are a searching process's own, and with what it has mapped."""
    command = [sys.executable, "-c", SEARCHING, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole, own = json.loads(done.stdout)
    return own / 1e6, whole / 1e6


def _cold_start_s() -> float:
    found = []
    for _ in range(COLD_STARTS):
        encoder = light_encoder(EncoderOptions())
        began = time.perf_counter()
        encoder.encode(["how do language models learn from few examples"])
        found.append(time.perf_counter() - began)
        encoder.close()
    return statistics.median(found)


def _p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def _median_ms(work: Callable[[], object], *, repeats: int) -> float:
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)
