"""Embedding: papers per second and neighbours against sentence-transformers as it comes, and search among 100,000.

All sides read the same texts in turn, a part each, in processes of the same priority: whatever else the computer does
slows them alike.
"""

import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.build import batches
from readinglist.similarity.encoder import EncoderOptions, encoder_text
from readinglist.similarity.neighbours import nearest, nearest_many
from readinglist.similarity.process import ProcessEncoder
from readinglist.similarity.vectors import Vectors, VectorStore
from tests.benchmarks.report import Row, at_least, at_most, left_out
from tests.helpers.library_factory import PaperFactory

TEXTS = 2000
PART = 500
LIMIT = 10
MANY = 100_000
REPEATS = 15
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data"
# What anybody gets who calls sentence-transformers, a whole part at once.
PLAIN_WORKER = """
import sys
from sentence_transformers import SentenceTransformer
from readinglist.similarity import worker
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.weights import find_model

class Plain:
    def __init__(self):
        self._model = SentenceTransformer(str(find_model(EncoderOptions()).folder), device="cpu", local_files_only=True)

    def load(self):
        facts = {"device": "cpu", "device_reason": "", "precision": "float32"}
        return EncoderInfo(model="plain", revision="1", dimensions=384, **facts)

    def encode(self, texts):
        return self._model.encode(texts)

sys.exit(worker.main(lambda _: Plain()))
"""
Matrix = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Matrix]


def measure(count: int = TEXTS) -> list[Row]:
    """Measure."""
    texts, kind = _texts(count)
    plain = ProcessEncoder(EncoderOptions(), command=(sys.executable, "-c", PLAIN_WORKER))
    full = ProcessEncoder(EncoderOptions(device="cpu", precision="float32"))
    chosen = ProcessEncoder(EncoderOptions(device="cpu"))
    try:
        precision = chosen.load().precision
        speeds, vectors = _in_turn(texts, {"plain": plain.encode, "full": _ours(full), "chosen": _ours(chosen)})
    finally:
        for encoder in (plain, full, chosen):
            encoder.close()
    rows = [
        at_least(f"float32 against the plain encode(), {len(texts):,} {kind}", _ratio(speeds, "full"), 1.0),
        at_least("top 10 that agree, float32", _agreement(vectors["plain"], vectors["full"]) * 100, 98, "%"),
    ]
    if precision == "float32":
        rows.append(left_out("half precision", "this processor does not compute in bfloat16"))
    else:
        rows += [
            at_least(f"{precision} against the plain encode()", _ratio(speeds, "chosen"), 1.6),
            at_least(f"top 10 that agree, {precision}", _agreement(vectors["plain"], vectors["chosen"]) * 100, 98, "%"),
        ]
    figures = ", ".join(f"{name} {statistics.median(found):.0f}" for name, found in speeds.items())
    print(f"papers a second: {figures}")
    return [*rows, *_searching()]


def _texts(count: int) -> tuple[list[str], str]:
    """Return real texts where there are some, else made-up ones, and what they are."""
    samples = Path(os.environ.get("READINGLIST_SAMPLES", SAMPLES))
    corpus = samples / "corpus" / "arxiv_20k.jsonl.gz"
    if corpus.is_file():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in islice(lines, count)]
        return [encoder_text(one["title"], one["abstract"] or "") for one in found], "real papers"
    drafts = PaperFactory(7).drafts(count)
    return [encoder_text(draft.title, draft.abstract) for draft in drafts], "made-up papers"


def _ours(encoder: ProcessEncoder) -> Encode:
    """Return what the program does: batches of similar length, through its process."""
    size = encoder.load().batch_size
    chance = random.Random(1)  # noqa: S311 - an order, no secret

    def encode(texts: Sequence[str]) -> Matrix:
        found = np.empty((len(texts), encoder.load().dimensions), dtype=np.float32)
        for batch in batches(range(len(texts)), size, length=lambda place: len(texts[place]), chance=chance):
            found[batch] = encoder.encode([texts[place] for place in batch])
        return found

    return encode


def _in_turn(texts: Sequence[str], sides: dict[str, Encode]) -> tuple[dict[str, list[float]], dict[str, Matrix]]:
    for encode in sides.values():
        encode(texts[:64])  # the first batches pay for what is set up once
    speeds: dict[str, list[float]] = {name: [] for name in sides}
    parts: dict[str, list[Matrix]] = {name: [] for name in sides}
    for start in range(0, len(texts), PART):
        part = texts[start : start + PART]
        for name, encode in sides.items():
            began = time.perf_counter()
            parts[name].append(encode(part))
            speeds[name].append(len(part) / (time.perf_counter() - began))
    return speeds, {name: np.vstack(found) for name, found in parts.items()}


def _ratio(speeds: dict[str, list[float]], name: str) -> float:
    return statistics.median(one / plain for one, plain in zip(speeds[name], speeds["plain"], strict=True))


def _agreement(expected: Matrix, found: Matrix) -> float:
    """Return the share of each paper's ten nearest that both sides name."""
    ids = np.arange(1, len(expected) + 1)
    sides = [
        [
            {key for key, _ in near if key != row}
            for row, near in enumerate(nearest_many(Vectors(ids=ids, matrix=side), side, LIMIT + 1), 1)
        ]
        for side in (expected, found)
    ]
    return statistics.mean(len(one & other) / len(one) for one, other in zip(*sides, strict=True))


def _searching() -> list[Row]:
    rows = np.random.default_rng(5).standard_normal((MANY, 384), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    with tempfile.TemporaryDirectory() as folder:
        store = VectorStore(Path(folder), "benchmark@1", 384)
        ids = [PaperId(number) for number in range(1, MANY + 1)]
        store.append(ids, [f"{number:064x}" for number in range(MANY)], rows)
        opened = _median_ms(lambda: VectorStore(Path(folder), "benchmark@1", 384), repeats=5)
        vectors = store.snapshot()
        found = _median_ms(lambda: nearest(vectors, rows[17], LIMIT))
        product = _median_ms(lambda: vectors.matrix @ rows[17])
        again = _median_ms(store.snapshot)
    return [
        at_most(f"opening {MANY:,} vectors", opened, 500, "ms"),
        at_most("asking for them again", again, 1, "ms"),
        at_most(f"the 10 nearest, against numpy's product alone ({product:.1f} ms)", found / product, 2.0),
    ]


def _median_ms(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)
