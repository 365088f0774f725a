"""Readers who are simulated: authors, part of whose own papers they have read, and the rest of which they would want.

An author's papers share words and projects more than a reader's do. So there are others too, who have read some papers
of a small category of the source.

Not a subject of its own; `readers` measures with them.
"""

import gzip
import hashlib
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus
from readinglist.recommend.evaluate import ndcg, recall
from readinglist.recommend.subjects import PaperSubjects, RowSubjects
from readinglist.similarity.encoder import EncoderOptions, encoder_text
from readinglist.similarity.process import ProcessEncoder
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import Vectors
from tests.helpers.samples import find_samples

FEWEST, MOST = 8, 25  # papers of an author who stands for a reader
READ_SHARE = 0.7
LETTERS = 10  # of a name that few people share
TOGETHER = 0.5  # share of an author's papers that hang together by their other authors, for a shorter name to be one
HALVES_SEED = 7
FEWEST_OF_A_FIELD, MOST_OF_A_FIELD = 40, 400  # papers of a category that stands for somebody who reads broadly
READ_OF_A_FIELD = (6, 12, 20)
EACH_FIELD = 2  # readers of each
BATCH = 512
Floats = NDArray[np.float32]
Score = Callable[["Reader"], NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One reader: rows of papers."""

    read: NDArray[np.int64]
    hidden: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Papers to be ranked.

    Attributes:
        texts: What is known of each.
        corpus: The same for the program's own ranker, without subjects.
        subjects: Of each paper, the first being its main one.
    """

    texts: list[str]
    corpus: Corpus
    subjects: list[list[str]]

    @property
    def filed(self) -> Corpus:
        """The corpus with the subjects of the papers, as a library has them whose papers come from such a source."""
        known = PaperSubjects.of(zip(self.corpus.ids.tolist(), self.subjects, strict=True))
        return replace(self.corpus, subjects=RowSubjects.find(known, self.corpus.ids))


def load_papers() -> list[dict[str, Any]] | None:
    """Return the papers of the sample collection, None where it is absent."""
    samples = find_samples()
    path = None if samples is None else samples / "corpus" / "arxiv_20k.jsonl.gz"
    if path is None or not path.is_file():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def make_collection(papers: Sequence[dict[str, Any]], *, has_abstracts: bool) -> Collection:
    """Read papers with the program's own encoder; what it has read before is kept in the system's temporary folder."""
    texts = [encoder_text(one["title"], one["abstract"] if has_abstracts else "") for one in papers]
    ids = np.arange(1, len(texts) + 1, dtype=np.int64)
    vectors = Vectors(ids=ids, matrix=encode(texts))
    corpus = Corpus.of(vectors, Terms.of_texts(ids.tolist(), texts))
    return Collection(texts=texts, corpus=corpus, subjects=[one["categories"] for one in papers])


def encode(texts: Sequence[str]) -> Floats:
    """Return the vectors of texts, from the file of an earlier call where there is one."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"readinglist-vectors-{digest}.npy"
    if kept.is_file():
        found: Floats = np.load(kept)
        return found
    encoder = ProcessEncoder(EncoderOptions())
    try:
        order = sorted(range(len(texts)), key=lambda one: len(texts[one]))
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        found = np.zeros((len(texts), encoder.load().dimensions), dtype=np.float32)
        for part in parts:
            found[part] = encoder.encode([texts[one] for one in part])
    finally:
        encoder.close()
    np.save(kept, found)
    return found


def draw_readers(papers: Sequence[dict[str, Any]], count: int, *, seed: int, half: int) -> list[Reader]:
    """Draw readers from one half of the authors: 0 is for choosing between methods, 1 for reporting.

    An author is one person, as far as can be told: the name has no initials, and is long or belongs to papers that
    hang together by their other authors.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw, no secret
    works = _works(papers)
    names = sorted(name for name, rows in works.items() if _is_one_person(name, rows, papers))
    random.Random(HALVES_SEED).shuffle(names)  # noqa: S311
    names = names[half::2]
    chance.shuffle(names)
    readers = []
    for name in names[:count]:
        rows = sorted(works[name])
        chance.shuffle(rows)
        read = round(len(rows) * READ_SHARE)
        readers.append(Reader(read=np.array(sorted(rows[:read])), hidden=np.array(sorted(rows[read:]))))
    return readers


def draw_broad_readers(papers: Sequence[dict[str, Any]], *, seed: int) -> list[Reader]:
    """Draw readers who have read some papers of a small category, and would want the rest of it."""
    chance = random.Random(seed)  # noqa: S311 - a draw, no secret
    fields: dict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        fields[paper["categories"][0]].append(row)
    readers = []
    for name in sorted(fields):
        if not FEWEST_OF_A_FIELD <= len(fields[name]) <= MOST_OF_A_FIELD:
            continue
        for _ in range(EACH_FIELD):
            rows = chance.sample(fields[name], len(fields[name]))
            read = chance.choice(READ_OF_A_FIELD)
            readers.append(Reader(read=np.array(sorted(rows[:read])), hidden=np.array(sorted(rows[read:]))))
    return readers


def first_rows(scores: NDArray[Any], left_out: NDArray[np.int64], limit: int) -> list[int]:
    """Return the best rows, the best first."""
    scores = np.array(scores, dtype=np.float64)
    scores[left_out] = -np.inf
    best = np.argpartition(-scores, limit)[:limit]
    return [int(row) for row in best[np.argsort(-scores[best], kind="stable")]]


def judge(readers: Sequence[Reader], score: Score) -> tuple[list[float], list[float]]:
    """Return nDCG@20 and recall@100 of each reader."""
    gains, found = [], []
    for reader in readers:
        best = first_rows(score(reader), reader.read, 100)
        wanted = set(reader.hidden.tolist())
        gains.append(ndcg([float(row in wanted) for row in best], [1.0] * len(wanted), 20))
        found.append(recall(best, wanted, 100))
    return gains, found


def _works(papers: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    works: dict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        for name in set(paper["authors"]):
            works[name].append(row)
    return {name: rows for name, rows in works.items() if FEWEST <= len(rows) <= MOST}


def _is_one_person(name: str, rows: Sequence[int], papers: Sequence[dict[str, Any]]) -> bool:
    words = name.split()
    if len(words) < 2 or any(len(word.strip(".")) < 2 for word in words):
        return False
    return sum(map(str.isalpha, name)) >= LETTERS or _share_together(name, rows, papers) >= TOGETHER


def _share_together(name: str, rows: Sequence[int], papers: Sequence[dict[str, Any]]) -> float:
    """Return which share of papers is the largest part of them that is linked by other common authors."""
    groups: list[tuple[set[int], set[str]]] = []
    for row in rows:
        members, names = {row}, set(papers[row]["authors"]) - {name}
        for group in [one for one in groups if one[1] & names]:
            groups.remove(group)
            members, names = members | group[0], names | group[1]
        groups.append((members, names))
    return max(len(members) for members, _ in groups) / len(rows)
