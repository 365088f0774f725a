"""Embedding: papers per second and neighbours against sentence-transformers as it comes.

All sides read the same texts in turn, a part each, in processes of the same priority: whatever else the computer does
slows them alike.
"""

import gzip
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.build import batches
from readinglist.similarity.encoder import EncoderOptions, encoder_text
from readinglist.similarity.neighbours import nearest_many
from readinglist.similarity.process import ProcessEncoder, light_encoder
from readinglist.similarity.vectors import Vectors
from tests.benchmarks.report import Row, at_least, left_out
from tests.helpers.library_factory import PaperFactory

TEXTS = 2000
PART = 500
LIMIT = 10
QUESTIONS = 100
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data"
# What anybody gets who calls sentence-transformers, a whole part at once.
PLAIN_WORKER = """
import sys
from sentence_transformers import SentenceTransformer
from readinglist.similarity import worker
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.weights import find_model

class Plain:
    def __init__(self, options):
        folder = str(find_model(EncoderOptions()).folder)
        self._model = SentenceTransformer(folder, device=options.device, local_files_only=True)

    def load(self):
        facts = {"device": str(self._model.device), "device_reason": "", "precision": "float32"}
        return EncoderInfo(model="plain", revision="1", dimensions=384, **facts)

    def encode(self, texts):
        return self._model.encode(texts)

sys.exit(worker.main(Plain))
"""
Matrix = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Matrix]


def measure(count: int = TEXTS) -> list[Row]:
    """Measure."""
    texts, kind = real_texts(count)
    plain = ProcessEncoder(EncoderOptions(device="cpu"), command=(sys.executable, "-c", PLAIN_WORKER))
    full = ProcessEncoder(EncoderOptions(device="cpu", precision="float32"))
    chosen = ProcessEncoder(EncoderOptions(device="cpu"))
    light = light_encoder(EncoderOptions())
    try:
        precision = chosen.load().precision
        speeds, vectors = in_turn(texts, {"plain": plain.encode, "full": ours(full), "chosen": ours(chosen)}, PART)
        questions = [text.partition("\n")[0] for text in texts[:QUESTIONS]]
        asked = _same_answers(vectors["plain"], plain.encode(questions), vectors["chosen"], light.encode(questions))
    finally:
        for encoder in (plain, full, chosen, light):
            encoder.close()
    rows = [
        at_least(f"float32 against the plain encode(), {len(texts):,} {kind}", ratio(speeds, "full"), 1.15),
        at_least("top 10 that agree, float32", agreement(vectors["plain"], vectors["full"]) * 100, 98, "%"),
    ]
    if precision == "float32":
        rows.append(left_out("half precision", "this processor does not compute in bfloat16"))
    else:
        rows += [
            at_least(f"{precision} against the plain encode()", ratio(speeds, "chosen"), 1.9),
            at_least(f"top 10 that agree, {precision}", agreement(vectors["plain"], vectors["chosen"]) * 100, 98, "%"),
        ]
    figures = ", ".join(f"{name} {statistics.median(found):.0f}" for name, found in speeds.items())
    print(f"papers a second: {figures}")
    return [*rows, at_least("top 10 of titles as searches that agree, light encoder", asked * 100, 98, "%")]


def real_texts(count: int) -> tuple[list[str], str]:
    """Return real texts where there are some, else made-up ones, and what they are."""
    samples = Path(os.environ.get("READINGLIST_SAMPLES", SAMPLES))
    corpus = samples / "corpus" / "arxiv_20k.jsonl.gz"
    if corpus.is_file():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in islice(lines, count)]
        return [encoder_text(one["title"], one["abstract"] or "") for one in found], "real papers"
    drafts = PaperFactory(7).drafts(count)
    return [encoder_text(draft.title, draft.abstract) for draft in drafts], "made-up papers"


def ours(encoder: ProcessEncoder) -> Encode:
    """Return what the program does: batches of similar length, through its process."""
    size = encoder.load().batch_size
    chance = random.Random(1)  # noqa: S311 - an order, no secret

    def encode(texts: Sequence[str]) -> Matrix:
        found = np.empty((len(texts), encoder.load().dimensions), dtype=np.float32)
        for batch in batches(range(len(texts)), size, length=lambda place: len(texts[place]), chance=chance):
            found[batch] = encoder.encode([texts[place] for place in batch])
        return found

    return encode


def in_turn(
    texts: Sequence[str], sides: dict[str, Encode], size: int
) -> tuple[dict[str, list[float]], dict[str, Matrix]]:
    """Let all sides read a part of so many texts each, then the next; returns texts a second, and rows."""
    for encode in sides.values():
        encode(texts[:64])  # the first batches pay for what is set up once
    speeds: dict[str, list[float]] = {name: [] for name in sides}
    parts: dict[str, list[Matrix]] = {name: [] for name in sides}
    for start in range(0, len(texts), size):
        part = texts[start : start + size]
        for name, encode in sides.items():
            began = time.perf_counter()
            parts[name].append(encode(part))
            speeds[name].append(len(part) / (time.perf_counter() - began))
    return speeds, {name: np.vstack(found) for name, found in parts.items()}


def ratio(speeds: dict[str, list[float]], name: str) -> float:
    """Return how many times as fast as the plain one a side is."""
    return statistics.median(one / plain for one, plain in zip(speeds[name], speeds["plain"], strict=True))


def agreement(expected: Matrix, found: Matrix) -> float:
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


def _same_answers(expected: Matrix, questions: Matrix, found: Matrix, ours: Matrix) -> float:
    """Return the share of the ten nearest to texts that two encoders agree on, papers and texts by each its own."""
    ids = np.arange(1, len(expected) + 1)
    sides = [
        [{key for key, _ in near} for near in nearest_many(Vectors(ids=ids, matrix=matrix), asked, LIMIT)]
        for matrix, asked in ((expected, questions), (found, ours))
    ]
    return statistics.mean(len(one & other) / len(one) for one, other in zip(*sides, strict=True))
