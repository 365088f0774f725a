"""Search: by words among 100,000 papers against bare SQLite, names while typing, and which order of hits is best.

The order is measured by searches made of real papers. Who knows a paper types words of it, some of them, or one that it
does not have: how high does it stand (mean reciprocal rank, 20 hits)? Who looks for a subject types words of a title:
how do people grade what stands in the first fifth (nDCG)? One part of this table is what is shown: the hits of the
words, then what is close in meaning.
"""

import csv
import gzip
import json
import math
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.stop_words import STOP_WORDS
from readinglist.library import connection as plain
from readinglist.library.library import Library
from readinglist.library.search import WEIGHTS
from readinglist.library.search_words import ranking_of
from readinglist.services.catalog import EXPLAINED, Catalog
from readinglist.similarity.encoder import Encoder, EncoderOptions, encoder_text
from readinglist.similarity.process import ProcessEncoder
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_least, at_most, left_out
from tests.helpers.samples import find_samples

QUERIES = 40  # of each number of words
REPEATS = 3
PAPERS = 4000  # of real ones, among which known ones are looked for
KNOWN = 100  # searches of each kind
ADDED = 50  # papers that meaning adds to a list
SHOWN = "words, then meaning"
BEST_FIRST = Sort(SortKey.RELEVANCE)
BARE = (
    f"SELECT rowid, bm25(paper_fts, {WEIGHTS}) AS score, snippet(paper_fts, -1, '', '', '…', 24) "  # noqa: S608
    f"FROM paper_fts WHERE paper_fts MATCH ? ORDER BY score LIMIT {EXPLAINED}"
)
CONTENT = re.compile(r"[A-Za-z][A-Za-z0-9-]{3,}")
Ranking = Sequence[int]
Matrix = NDArray[np.float32]


def measure() -> list[Row]:
    """Measure."""
    return [*_speed(), *_names(), *_orders()]


# How long it takes


def _speed() -> list[Row]:
    """Ask for the best papers with where they have the words, and bare SQLite for as many with snippets, in turn.

    And for whole lists, as the window shows them.
    """
    folder = scenery.filled_library(scenery.MANY)
    with closing(Library(folder)) as library, closing(sqlite3.connect(library.path)) as bare:
        plain.set_up(bare)
        library.open()
        catalog = Catalog(library)
        costs = []
        for text in _typed(library):
            expression = ranking_of(parse_query(text)) or ""
            ways: tuple[Callable[[], object], ...] = (
                partial(bare.execute, BARE, (expression,)),
                partial(catalog.ids, text, BEST_FIRST, EXPLAINED),
                partial(catalog.ids, text, BEST_FIRST),
            )
            costs.append([_least([_cost(way) for _ in range(REPEATS)]) for way in ways])
    theirs, best, whole = zip(*costs, strict=True)
    # Processor time, because other programs slow both sides, but never at the same moment.
    ratio = sum(one.work_ms for one in best) / sum(one.work_ms for one in theirs)
    return [
        at_most("the best by 1 to 3 words of 100,000 papers, with reasons, p95", _p95(best), 60, "ms"),
        at_most("the whole list, with the reasons of the first screen, p95", _p95(whole), 60, "ms"),
        at_most("the best, against the same in bare SQLite with snippets, processor time", ratio, 1.3),
        Row("bare SQLite, p95", "", f"{_p95(theirs):.3g} ms", None),
    ]


class _Cost(NamedTuple):
    """What an answer took, by the clock and of the processor."""

    ms: float
    work_ms: float


def _typed(library: Library) -> Iterator[str]:
    """Yield words that follow each other in some paper, one to three of them."""
    chance = random.Random(5)  # noqa: S311 - an order, no secret
    with library.read() as reader:
        texts = reader.search.texts([PaperId(number) for number in range(1, scenery.MANY, 997)])
    words = [re.findall(r"[a-z]{4,}", f"{one.title} {one.abstract}".lower()) for one in texts.values()]
    for length in (1, 2, 3):
        for _ in range(QUERIES):
            some = chance.choice(words)
            start = chance.randrange(len(some) - length)
            yield " ".join(some[start : start + length])


def _names() -> list[Row]:
    """Ask for names as they are typed, the authors of 100,000 papers among them."""
    with closing(Library(scenery.filled_library(scenery.MANY))) as library:
        catalog = Catalog(library)
        library.open()
        asked = [("author", "li"), ("author", "ada g"), ("tag", ""), ("tag", "vi"), ("venue", "n"), ("source", "")]
        slowest = max(min(_cost(partial(catalog.names, *one, 8)).ms for _ in range(5)) for one in asked)
    return [at_most("names of tags, authors and the like while typing, the slowest", slowest, 20, "ms")]


def _cost(work: Callable[[], object]) -> _Cost:
    began, began_work = time.perf_counter(), time.process_time()
    answer = work()
    if isinstance(answer, sqlite3.Cursor):
        answer.fetchall()
    return _Cost((time.perf_counter() - began) * 1000, (time.process_time() - began_work) * 1000)


def _least(costs: Sequence[_Cost]) -> _Cost:
    return _Cost(min(one.ms for one in costs), min(one.work_ms for one in costs))


def _p95(costs: Sequence[_Cost]) -> float:
    return statistics.quantiles([one.ms for one in costs], n=20)[-1]


# Which order is best


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Papers as a library and as vectors; a paper's number is its place, from 1 on."""

    library: Library
    vectors: Matrix

    def by_words(self, text: str) -> list[int]:
        """Return what has the words."""
        with self.library.read() as reader:
            return list(reader.search.ranked(parse_query(text)).ids)

    def by_meaning(self, query: Matrix) -> list[int]:
        """Return all, the closest first."""
        return [int(place) + 1 for place in np.argsort(-(self.vectors @ query), kind="stable")]


def _orders() -> list[Row]:
    samples = find_samples()
    corpus = None if samples is None else samples / "corpus"
    if corpus is None or not (corpus / "arxiv_20k.jsonl.gz").is_file():
        return [left_out("which order of hits is best", "there are no samples")]
    encoder = ProcessEncoder(EncoderOptions(device="cpu"))
    try:
        known = _known_items(corpus / "arxiv_20k.jsonl.gz", encoder)
        graded = _graded(corpus / "csfcube", encoder)
    finally:
        encoder.close()
    rows = [
        Row(f"known paper, {name}: mean reciprocal rank", "", f"{value:.3f}", None) for name, value in known.items()
    ]
    rows += [Row(f"subject, {name}: nDCG%20", "", f"{value:.3f}", None) for name, value in graded.items()]
    others = {name: value for name, value in known.items() if name != SHOWN}
    return [
        *rows,
        at_least("known paper: the order shown against the best other", known[SHOWN] / max(others.values()), 1.0),
        at_least("subject: the order shown against meaning alone", graded[SHOWN] / graded["meaning"], 1.0),
    ]


def _methods(words: Ranking, meaning: Ranking) -> dict[str, Ranking]:
    """Return one list for each way of putting two rankings together."""
    has, close = set(words), meaning[:ADDED]
    return {
        "words": words,
        "meaning": meaning,
        SHOWN: [*words, *(one for one in close if one not in has)],
        "ranks fused, 60": _fused(words, close, 60),
        "ranks fused, 20": _fused(words, close, 20),
        "ranks fused, 60, words twice": _fused(words, close, 60, weight=2),
    }


def _fused(words: Ranking, meaning: Ranking, smoothing: int, *, weight: float = 1) -> Ranking:
    """Add up reciprocal ranks.

    Source: Cormack, Clarke, Buettcher: Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods, SIGIR 2009.
    """
    worth: dict[int, float] = {}
    for ranking, share in ((words, weight), (meaning, 1.0)):
        for place, one in enumerate(ranking, start=1):
            worth[one] = worth.get(one, 0.0) + share / (smoothing + place)
    return sorted(worth, key=lambda one: -worth[one])


def _known_items(path: Path, encoder: Encoder) -> dict[str, float]:
    """Look for papers by words of theirs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    chance = random.Random(3)  # noqa: S311 - an order, no secret
    papers = chance.sample(papers, PAPERS)
    searches = list(_remembered(papers, chance))
    found: dict[str, list[float]] = {}
    with closing(Library(scenery.folder() / "known")) as library:
        corpus = _store(library, papers, encoder)
        queries = encoder.encode([text for _, text in searches])
        for (wanted, text), query in zip(searches, queries, strict=True):
            for name, ranking in _methods(corpus.by_words(text), corpus.by_meaning(query)).items():
                place = next((place for place, one in enumerate(ranking[:20], start=1) if one == wanted), math.inf)
                found.setdefault(name, []).append(1 / place)
    return {name: statistics.mean(values) for name, values in found.items()}


def _remembered(papers: Sequence[Mapping[str, str]], chance: random.Random) -> Iterator[tuple[int, str]]:
    """Yield what somebody types who knows a paper: a part of its title, words of its text, and a wrong word."""
    places = iter(chance.sample(range(len(papers)), len(papers)))
    for _ in range(KNOWN):
        place, title, text = 0, [""], [""]
        while len(title) < 5 or len(text) < 20:
            place = next(places)
            title = _content(papers[place]["title"])
            text = [one for one in _content(papers[place]["abstract"] or "") if one not in title]
        start = chance.randrange(len(title) - 2)
        other = chance.choice(_content(papers[chance.randrange(len(papers))]["title"]) or ["novel"])
        yield place + 1, " ".join(title[start : start + 2])
        yield place + 1, " ".join(title[start : start + 3])
        yield place + 1, " ".join(sorted(chance.sample(text, 3), key=text.index))
        yield place + 1, " ".join([*sorted(chance.sample(title, 3), key=title.index), other])


def _graded(folder: Path, encoder: Encoder) -> dict[str, float]:
    """Look for subjects: the title of a paper, and its first three words, against grades by people."""
    papers = [json.loads(line) for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    numbers = {paper["id"]: place for place, paper in enumerate(papers, start=1)}
    grades: dict[tuple[str, str], dict[int, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            pool = grades.setdefault((row["query_paper"], row["facet"]), {})
            pool[numbers[row["candidate_paper"]]] = int(row["relevance_0_3"])
    found: dict[str, list[float]] = {}
    with closing(Library(scenery.folder() / "graded")) as library:
        corpus = _store(library, papers, encoder)
        for (paper_id, _), pool in grades.items():
            title = papers[numbers[paper_id] - 1]["title"]
            for text in (title, " ".join(_content(title)[:3])):
                rankings = _methods(corpus.by_words(text), corpus.by_meaning(encoder.encode([text])[0]))
                for name, ranking in rankings.items():
                    found.setdefault(name, []).append(_ndcg(ranking, pool))
    return {name: statistics.mean(values) for name, values in found.items()}


def _ndcg(ranking: Ranking, pool: Mapping[int, int]) -> float:
    """Judge the first fifth of a pool; what a ranking leaves out comes last, in an order of chance."""
    first = [one for one in ranking if one in pool]
    rest = sorted(pool.keys() - set(first))
    random.Random(1).shuffle(rest)  # noqa: S311 - an order, no secret
    count = max(1, len(pool) // 5)
    best = sorted(pool.values(), reverse=True)
    gained, possible = (
        sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:count]))
        for grades in ([pool[one] for one in [*first, *rest]], best)
    )
    return gained / possible if possible else 0.0


def _store(library: Library, papers: Sequence[Mapping[str, str]], encoder: Encoder) -> _Corpus:
    drafts = [PaperDraft(title=one["title"], abstract=one["abstract"] or "") for one in papers]
    with library.write(None) as writer:
        writer.papers.add_many(drafts, status=Status.INBOX)
    return _Corpus(library, encoder.encode([encoder_text(one.title, one.abstract) for one in drafts]))


def _content(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in CONTENT.findall(text) if word.lower() not in STOP_WORDS))
