"""The map: how fast it is drawn, how long it takes to arrange, and what it keeps of nearness."""

import statistics
import time
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from readinglist.domain.region import Region
from readinglist.services.map_answer import MapAnswer, Stage
from readinglist.similarity.plane import Placed, arranging
from readinglist.ui import theme
from readinglist.ui.map.canvas import MapCanvas
from readinglist.ui.map.looks import ColourBy, looks_of
from readinglist.ui.map.picture import Seen
from tests.benchmarks.report import Row, at_least, at_most

PAPERS, MANY = 20_000, 100_000
DIMENSIONS = 384
SUBJECTS = 200
VIEW = (1200, 850)
FRAMES = 60
FRAME_MS, MANY_FRAME_MS = 16.0, 50.0
LATER = 1000
LOOKED_AT = 500  # papers whose neighbours are compared
NEAR, AROUND = 10, 100  # of the nearest vectors, how many are among so many nearest points
KEPT, LATER_KEPT = 0.5, 0.35
SEED = 5


def measure() -> list[Row]:
    """Measure."""
    return [*_drawing(PAPERS, FRAME_MS), *_drawing(MANY, MANY_FRAME_MS), *_arranging(PAPERS), *_arranging(MANY)]


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
    application.processEvents()  # before, nothing is painted
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


def _arranging(count: int) -> list[Row]:
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
        at_least(f"… {NEAR} nearest that are among the {AROUND} nearest points", kept, KEPT),
        Row(f"… putting in {LATER:,} more; nobody else moves", "", f"{placed_ms:.0f} ms", None),
        at_least("… the same of those", kept_later, LATER_KEPT),
    ]


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
