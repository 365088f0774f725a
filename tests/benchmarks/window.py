"""The window with 100,000 papers: searching, scrolling, marking; the window while papers are compared; and afterwards.

With all papers compared, what is asked for by meaning is asked for as a reader does, and the memory is taken each time.
"""

import json
import statistics
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.process import light_encoder
from readinglist.similarity.vectors import VectorStore
from tests.benchmarks import recommending, scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out

EMBEDDED = 2000
TYPING_MS = 100
SCROLLING_MS = 50
MARKING_MS = 100
P99_MS = 50
LONGEST_MS = 150
MEMORY_MB = 400
COMPARED_MB = 500
FIRST_SEARCH_S = 1.5
TEXT = "how do language models learn from few examples"
MEANT = 60  # papers that are close to it
STEPS = {
    "rest": "before anything is asked",
    "search": "after a search by meaning",
    "similar": "after similar papers",
    "for_you": "after For you",
    "decided": "after decisions in it",
    "later": "seconds later",
}


def measure() -> list[Row]:
    """Measure."""
    return [*_use(), *_embed(), *_ask()]


def _use() -> list[Row]:
    library = scenery.copy_of(scenery.filled_library(scenery.MANY), "used")
    found = _probe("use", library, is_automatic=False)
    typing = list(found["typing_ms"].values())
    p99, longest = p99_of(found["gaps_ms"]), max(found["gaps_ms"])
    return [
        at_most(f"last key to painted answer, median (longest {max(typing):.0f} ms)", median(typing), TYPING_MS, "ms"),
        at_most("jump to the end of the list", found["jump_ms"], SCROLLING_MS, "ms"),
        at_most("a page further, median", median(found["pages_ms"]), SCROLLING_MS, "ms"),
        at_most(
            f"1,000 papers marked: shown (stored after {found['stored_ms']:.0f} ms)",
            found["shown_ms"],
            MARKING_MS,
            "ms",
        ),
        at_most(f"event loop away during all that, p99 (longest {longest:.0f} ms)", p99, P99_MS, "ms"),
        at_most("memory of the window's process", found["rss_mb"], MEMORY_MB, "MB"),
    ]


def _embed() -> list[Row]:
    library = scenery.copy_of(scenery.filled_library(EMBEDDED), "embedded")
    found = _probe("embed", library, is_automatic=True)
    gaps = found["gaps_ms"]
    return [
        exactly(f"papers compared beside the window ({found['took_s']:.0f} s)", found["done"], EMBEDDED),
        at_most("event loop away meanwhile, p99", p99_of(gaps), P99_MS, "ms"),
        at_most("… longest", max(gaps), LONGEST_MS, "ms"),
        at_most("memory of the window's process", found["rss_mb"], MEMORY_MB, "MB"),
    ]


def _ask() -> list[Row]:
    library = scenery.copy_of(scenery.filled_library(scenery.MANY), "compared")
    recommending.compare(library, scenery.MANY)
    try:
        _put_near_text(library)
    except ReadingListError as error:
        return [left_out("the window with papers compared by meaning", error.message)]
    # An installed program has its bytecode at hand, that of the encoder's process included.
    scenery.run(scenery.program("--library", library, "search", "--meaning", TEXT), scenery.environment())
    found = _probe(TEXT, library, is_automatic=False, program="meaning_probe.py")
    similar, decided = median(found["similar_ms"]), median(found["decided_ms"])
    return [
        at_most("first search by meaning, first key to painted hits", found["search_s"], FIRST_SEARCH_S, "s"),
        Row("similar papers of the next paper", "", f"{similar:.0f} ms", None),
        Row("For you opened", "", f"{found['for_you_ms']:.0f} ms", None),
        Row("the list follows a decision in For you", "", f"{decided:.0f} ms", None),
        *(
            at_most(f"memory with all papers compared, {text}", found[f"{step}_mb"], COMPARED_MB, "MB")
            for step, text in STEPS.items()
        ),
    ]


def _put_near_text(folder: Path) -> None:
    """Give some papers of a library vectors that are close to what is searched for.

    Raises:
        ReadingListError: The model is not here.
    """
    encoder = light_encoder(EncoderOptions())
    try:
        info, query = encoder.load(), encoder.encode([TEXT])[0]
    finally:
        encoder.close()
    with closing(Library(folder)) as library, library.read() as reader:
        hashes = reader.papers.content_hashes()
    ids: list[PaperId] = sorted(hashes)[:: len(hashes) // MEANT]
    noise = np.random.default_rng(9).standard_normal((len(ids), len(query)), dtype=np.float32)
    matrix = query + noise * np.float32(0.8 / np.sqrt(len(query)))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    store = VectorStore(folder / "derived" / "vectors", info.key, info.dimensions)
    store.append(ids, [hashes[key] for key in ids], matrix)


def _probe(what: str, library: Path, *, is_automatic: bool, program: str = "window_probe.py") -> dict[str, Any]:
    probe = Path(__file__).with_name(program)
    variables = scenery.environment(
        similar__index_automatically="true" if is_automatic else "false", library__backup_interval_days="0"
    )
    command = [sys.executable, str(probe), what, str(library)]
    result: dict[str, Any] = json.loads(scenery.run(command, variables))
    return result


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def p99_of(values: Sequence[float]) -> float:
    """Return the value that 99 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.99))]
