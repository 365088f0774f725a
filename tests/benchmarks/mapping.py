"""The map: how fast it is drawn, how long it takes to arrange, and what it keeps of nearness."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readinglist.domain.region import Region
from readinglist.library.library import Library
from readinglist.services.map_answer import MapAnswer, Stage
from readinglist.similarity.encoder import DEFAULT_MODEL, DEFAULT_REVISION, EncoderInfo, EncoderOptions
from readinglist.similarity.known_models import KnownModels
from readinglist.similarity.plane import Placed, arranging
from readinglist.similarity.vectors import VectorStore
from readinglist.ui import theme
from readinglist.ui.map.canvas import MapCanvas
from readinglist.ui.map.looks import ColourBy, looks_of
from readinglist.ui.map.picture import Seen
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_least, at_most
from tests.benchmarks.window import p99_of

PAPERS, MANY = 20_000, 100_000
DIMENSIONS = 384
SUBJECTS = 200
VIEW = (1200, 850)
FRAMES = 60
FRAME_MS, MANY_FRAME_MS = 16.0, 50.0
LATER = 1000
LOOKED_AT = 500  # papers whose neighbours are compared
NEAR, AROUND = 10, 100  # of the nearest vectors, how many are among so many nearest points
KEPT, LATER_KEPT = 0.9, 0.85  # of few papers
MANY_KEPT, MANY_LATER_KEPT = 0.45, 0.4  # hundreds are alike, and most are placed among some
P99_MS = 33
SEED = 5


def measure() -> list[Row]:
    """Measure."""
    return [
        *_drawing(PAPERS, FRAME_MS),
        *_drawing(MANY, MANY_FRAME_MS),
        *_arranging(PAPERS, KEPT, LATER_KEPT),
        *_arranging(MANY, MANY_KEPT, MANY_LATER_KEPT),
        *_window(PAPERS),
    ]


def _drawing(count: int, limit_ms: float) -> list[Row]:
    """Move and zoom a map of made-up points, and take the time of every painting."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    canvas = MapCanvas()
    canvas.resize(*VIEW)
    canvas.show()
    answer = _answer(count)
    seen = Seen(answer=answer, looks=looks_of(answer, ColourBy.STATUS), points=answer.points)
    seen.listed = seen.shown = np.ones(count, dtype=np.bool_)
    seen.chosen = np.zeros(count, dtype=np.bool_)
    canvas.show_seen(seen, is_another=True)
    QTest.qWaitForWindowExposed(canvas)  # before, nothing is painted
    rows = []
    for what, step in (("moving", _move(canvas)), ("coming nearer", _zoom(canvas))):
        canvas.fit()
        wall, own = _frames(canvas, step)
        middle = f"{what}, {count:,} papers (median {statistics.median(wall):.1f} ms)"
        rows.append(at_most(f"{middle}: a frame, p95 of processor time", _p95(own), limit_ms, "ms"))
        rows.append(Row("… by the clock", "", f"{_p95(wall):.1f} ms", None))
    canvas.close()
    canvas.deleteLater()
    return rows


def _move(canvas: MapCanvas) -> Callable[[int], None]:
    return lambda frame: canvas.go(canvas.camera.moved(7.0 if frame < FRAMES / 2 else -7.0, 3.0))


def _zoom(canvas: MapCanvas) -> Callable[[int], None]:
    return lambda _: canvas.go(canvas.camera.zoomed(1.06, (500.0, 400.0)))


def _frames(canvas: MapCanvas, step: Callable[[int], None]) -> tuple[list[float], list[float]]:
    wall, own = [], []
    for frame in range(FRAMES):
        began, began_own = time.perf_counter(), time.process_time()
        step(frame)
        canvas.repaint()
        own.append((time.process_time() - began_own) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return wall, own


def _arranging(count: int, kept_bar: float, later_bar: float) -> list[Row]:
    """Arrange vectors in crowds, then put some in among them that came later."""
    matrix = _vectors(count + LATER)
    before, after = matrix[:count], matrix[count:]
    began = time.process_time()
    points = _end_of(before)
    took_s = time.process_time() - began
    began = time.process_time()
    later = Placed(matrix=before, points=points).place(np.arange(LATER), after)
    placed_ms = (time.process_time() - began) * 1000
    everything = np.concatenate([points, later])
    kept = _kept(matrix, everything, np.random.default_rng(SEED).choice(count, LOOKED_AT, replace=False))
    kept_later = _kept(matrix, everything, np.arange(count, count + LATER)[:LOOKED_AT])
    return [
        Row(f"arranging {count:,} papers, one processor", "", f"{took_s:.0f} s", None),
        at_least(f"… {NEAR} nearest that are among the {AROUND} nearest points", kept, kept_bar),
        Row(f"… putting in {LATER:,} more; nobody else moves", "", f"{placed_ms:.0f} ms", None),
        at_least("… the same of those", kept_later, later_bar),
    ]


def _window(count: int) -> list[Row]:
    """Move the map in the real window while it is arranged anew."""
    library = scenery.copy_of(scenery.filled_library(count), "map")
    _compare(library, _vectors(count))
    variables = scenery.environment(similar__index_automatically="false", library__backup_interval_days="0")
    probe = Path(__file__).with_name("mapping_probe.py")
    found = json.loads(scenery.run([sys.executable, str(probe), str(library)], variables))
    gaps, rested = found["gaps_ms"], p99_of(found["rested_gaps_ms"])
    known = f"longest {max(gaps):.0f} ms; at rest {rested:.0f} ms"
    return [
        at_most(
            f"event loop away while {count:,} papers are arranged, p99 ({known})",
            p99_of(gaps),
            max(P99_MS, 1.5 * rested),
            "ms",
        ),
        Row("… arranging took, by the clock", "", f"{found['took_s']:.0f} s", None),
    ]


def _compare(library: Path, matrix: NDArray[np.float32]) -> None:
    """Give the papers of a library their vectors."""
    info = EncoderInfo(
        model=DEFAULT_MODEL,
        revision=DEFAULT_REVISION,
        dimensions=matrix.shape[1],
        device="Processor",
        device_reason="nothing else was found",
        precision="float32",
    )
    folder = library / "derived" / "vectors"
    opened = Library(library)
    with opened.read() as reader:
        hashes = reader.papers.content_hashes()
    opened.close()
    store = VectorStore(folder, info.key, info.dimensions)
    store.append(list(hashes), list(hashes.values()), matrix[: len(hashes)])
    KnownModels(folder).save(EncoderOptions(), info)


def _end_of(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    steps = arranging(matrix)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            points: NDArray[np.float32] = end.value
            return points


def _kept(matrix: NDArray[np.float32], points: NDArray[np.float32], rows: NDArray[np.int64]) -> float:
    shares = []
    for row in rows.tolist():
        near = np.argpartition(-(matrix @ matrix[row]), NEAR + 1)[: NEAR + 1]
        around = np.argpartition(((points - points[row]) ** 2).sum(axis=1), AROUND + 1)[: AROUND + 1]
        shares.append((len(np.intersect1d(near, around)) - 1) / NEAR)
    return statistics.mean(shares)


@cache
def _vectors(count: int) -> NDArray[np.float32]:
    """Make up vectors as those of papers are: subjects with parts, and a part of each paper's own."""
    chance = np.random.default_rng(SEED)
    subjects = chance.standard_normal((SUBJECTS // 10, DIMENSIONS))[np.repeat(np.arange(SUBJECTS // 10), 10)]
    subjects = subjects + 0.8 * chance.standard_normal((SUBJECTS, DIMENSIONS))
    shifts = chance.standard_normal((SUBJECTS, 8, DIMENSIONS))  # in which directions the papers of a subject differ
    of = chance.integers(SUBJECTS, size=count)
    matrix = subjects[of] + 0.3 * chance.standard_normal((count, DIMENSIONS))
    for axis in range(8):
        matrix += 0.5 * chance.standard_normal((count, 1)) * shifts[of, axis]
    matrix = (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)
    made: NDArray[np.float32] = matrix
    return made


def _answer(count: int) -> MapAnswer:
    chance = np.random.default_rng(SEED)
    middles = chance.uniform(-60, 60, (SUBJECTS, 2))
    points = middles[chance.integers(SUBJECTS, size=count)] + chance.normal(0, 3.0, (count, 2))
    regions = [
        Region(name=f"Subject {place}", x=float(x), y=float(y), papers=count // SUBJECTS, level=place // 20)
        for place, (x, y) in enumerate(middles)
    ]
    return MapAnswer(
        stage=Stage.READY,
        ids=np.arange(1, count + 1),
        points=points.astype(np.float32),
        statuses=chance.integers(5, size=count).astype(np.uint8),
        years=chance.integers(2015, 2026, size=count).astype(np.int16),
        upvotes=chance.pareto(1.1, count).astype(np.int32),
        tags={},
        regions=tuple(regions),
        total=count,
        compared=count,
    )


def _p95(values: list[float]) -> float:
    return float(np.quantile(values, 0.95))
