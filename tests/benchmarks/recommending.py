"""For you over 100,000 papers of which 2,000 were read: the first answer, the next after a decision, and the reasons.

Everything that the window waits for is measured, from the question to the papers in order; loading modules is not.
"""

import json
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from readinglist.app.bootstrap import find_places, open_workspace
from readinglist.app.workspace import Workspace
from readinglist.domain.for_you import Asked, Wish
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.similarity.encoder import DEFAULT_MODEL, DEFAULT_REVISION, EncoderInfo, EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from readinglist.similarity.known_models import KnownModels
from readinglist.similarity.vectors import VectorStore
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most
from tests.helpers.importing import job_context
from tests.helpers.library_factory import fill_library

READ, SKIPPED = 2000, 300
DIMENSIONS, SUBJECTS, LIKED_SUBJECTS, SKIPPED_SUBJECTS = 384, 400, 20, 4
FIELDS = 20  # that the source files papers under; each subject lies in two of them
FIRST_MS, NEXT_MS, REASONS_MS = 300.0, 50.0, 100.0
STARTS, DECISIONS = 3, 11
SCREEN = 12  # papers whose reasons come with the list
SEED = 7


def measure() -> list[Row]:
    """Measure."""
    few = scenery.folder() / "recommending-few"
    fill_library(few, 500)
    compare(few, 500)
    with closing(_open(few)) as workspace:  # so that the modules are loaded
        _ask(workspace)
    many = scenery.copy_of(scenery.filled_library(scenery.MANY), "recommending")
    compare(many, scenery.MANY)
    ever = _first_answer(many)  # works out what does not depend on the reader, and keeps it
    firsts: list[float] = []
    laters: list[float] = []
    reasons: list[float] = []
    for _ in range(STARTS):
        firsts.append(_first_answer(many))
        with closing(_open(many)) as workspace:
            _go_on(workspace, laters, reasons)
    what = f"For you, {scenery.MANY:,} papers, {READ:,} read"
    return [
        Row(f"{what}: the very first answer", "", f"{ever:.3g} ms", None),
        at_most(f"{what}: first answer after a start", min(firsts), FIRST_MS, "ms"),
        at_most(f"{what}: after one more decision", statistics.median(laters), NEXT_MS, "ms"),
        at_most(f"{what}: reasons of the first {SCREEN}", statistics.median(reasons), REASONS_MS, "ms"),
    ]


def _open(folder: Path) -> Workspace:
    places = find_places(str(folder), scenery.environment())
    return open_workspace(places, encoder=lambda _: FakeEncoder())


def _ask(workspace: Workspace) -> list[PaperId]:
    return workspace.recommend.for_you(Asked(limit=100)).ids


def _first_answer(folder: Path) -> float:
    with closing(_open(folder)) as workspace:
        workspace.indexing.vectors()
        workspace.words.terms()
        return _time_ms(partial(_ask, workspace))


def _go_on(workspace: Workspace, laters: list[float], reasons: list[float]) -> None:
    """Decide about one paper after the other, and ask again after each; adds the times of answers and reasons."""
    for number in range(DECISIONS):
        ids = _ask(workspace)
        workspace.edit.set_status(ids[3:4], Status.SKIPPED if number % 2 else Status.READ)
        laters.append(_time_ms(partial(_ask, workspace)))
        reasons.append(_time_ms(partial(workspace.recommend.reasons, ids[:SCREEN], Wish())))


def _time_ms(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return (time.perf_counter() - began) * 1000


def compare(folder: Path, count: int) -> None:
    """Give papers vectors around subjects, categories too, and have a reader like some of them and skip others."""
    chance = np.random.default_rng(SEED)
    subjects = chance.integers(0, SUBJECTS, size=count)
    centres = chance.standard_normal((SUBJECTS, DIMENSIONS), dtype=np.float32)
    matrix = centres[subjects] + chance.standard_normal((count, DIMENSIONS), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    with closing(Library(folder)) as library:
        with library.read() as reader:
            hashes = reader.papers.content_hashes()
        ids = sorted(hashes)
        liked = [key for key, one in zip(ids, subjects, strict=True) if one < LIKED_SUBJECTS]
        first = LIKED_SUBJECTS
        skipped = [key for key, one in zip(ids, subjects, strict=True) if first <= one < first + SKIPPED_SUBJECTS]
        with library.write(None) as writer:
            writer.papers.set_values(ids, {"is_starred": False, "note": ""})
            writer.papers.set_status(ids, Status.INBOX)
            writer.tags.delete("ml")
            writer.papers.set_status(liked[:READ], Status.READ)
            writer.papers.set_status(skipped[:SKIPPED], Status.SKIPPED)
            for subject in range(SUBJECTS):
                filed = json.dumps([f"field.{subject // FIELDS}", f"side.{subject % FIELDS}"])
                writer.papers.set_values([ids[row] for row in np.flatnonzero(subjects == subject)], {"keywords": filed})
            writer.papers.set_values(liked[: READ // 10], {"is_starred": True, "rating": 4})
    vectors = folder / "derived" / "vectors"
    info = EncoderInfo(
        model=DEFAULT_MODEL,
        revision=DEFAULT_REVISION,
        dimensions=DIMENSIONS,
        device="Processor",
        device_reason="nothing else is needed",
        precision="float32",
    )
    VectorStore(vectors, info.key, DIMENSIONS).append(ids, [hashes[key] for key in ids], matrix)
    KnownModels(vectors).save(EncoderOptions(), info)
    with closing(_open(folder)) as workspace:
        workspace.words.build(job_context())
