"""The process that arranges the map; `children.serving` has how it is asked and answers.

A request has `do`: `add` brings papers (`titles`: pairs of number and title), `begin` says where their vectors are
(`folder`, `model_key`, `dimensions`) and where the papers lay `before`, and each `step` does about a second of work and
answers with the `share` that is done. The last answer has `regions`, and its payload the ids, the digests and the
points, one after the other. `name` names the parts of a `layout` anew, and answers with its `regions`.
"""

import sys
from collections.abc import Collection, Generator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.children.serving import Reply, serve
from readinglist.recommend.clusters import RULES, Titles, name_cluster, read_name, still_fits, write_name
from readinglist.recommend.words import Keys
from readinglist.similarity.layouts import Layout, digests_of, load_layout
from readinglist.similarity.plane import Placed, Points, aligned, arranging
from readinglist.similarity.regions import find_regions
from readinglist.similarity.vectors import VectorStore

NICENESS = 15  # behind the window and behind the comparison of papers
BUG_MESSAGE = "Something went wrong while the map was arranged. The log has the details."


def main() -> int:
    """Serve until standard input closes."""
    return serve(_MapService(), niceness=NICENESS)


class _MapService:
    """Gathers papers, then arranges them step by step."""

    bug_message = BUG_MESSAGE
    idle_s = None  # whoever pauses the work may come back at any time; it ends when nobody is there any more

    def __init__(self) -> None:
        self._titles: dict[int, str] = {}
        self._steps: Generator[float, None, Reply] | None = None

    def answer(self, request: dict[str, Any]) -> Reply:
        if request["do"] == "add":
            self._titles |= dict(request["titles"])
        elif request["do"] == "begin":
            store = VectorStore(Path(request["folder"]), request["model_key"], request["dimensions"])
            self._steps = self._arrange(store, load_layout(Path(request["before"])))
        elif request["do"] == "name":
            return {"regions": self._name(load_layout(Path(request["layout"])))}, b""
        elif self._steps is not None:
            try:
                return {"share": next(self._steps)}, b""
            except StopIteration as end:
                reply: Reply = end.value
                return reply
        return {}, b""

    def _arrange(self, store: VectorStore, layout: Layout | None) -> Generator[float, None, Reply]:
        vectors, hashes = store.snapshot(), store.hashes()
        rows = np.flatnonzero(np.isin(vectors.ids, np.fromiter(self._titles, dtype=np.int64)))
        ids, matrix = vectors.ids[rows], vectors.matrix[rows]
        before = _places_before(ids, layout)
        points = yield from arranging(matrix, start=_start(ids, matrix, before))
        points = aligned(points, before)
        yield 1.0
        regions = self._regions(ids, points, layout)
        digests = digests_of(hashes[key] for key in ids.tolist())
        return {"regions": regions}, ids.tobytes() + digests.tobytes() + points.tobytes()

    def _name(self, layout: Layout | None) -> list[dict[str, Any]]:
        if layout is None:
            return []
        is_seen = np.isin(layout.ids, np.fromiter(self._titles, dtype=np.int64))
        return self._regions(layout.ids[is_seen], layout.points[is_seen], layout)

    def _regions(self, ids: NDArray[np.int64], points: Points, layout: Layout | None) -> list[dict[str, Any]]:
        """Return the named parts of a map; names of before stay if they fit, unless they were found by older rules."""
        naming = _Naming([self._titles[key] for key in ids.tolist()])
        before = layout.regions if layout is not None and layout.rules == RULES else ()
        return [asdict(one) for one in find_regions(points, naming, before=before, fits=naming.fits)]


def _places_before(ids: NDArray[np.int64], layout: Layout | None) -> Points:
    """Return where papers lay; NaN for those that did not lie anywhere."""
    before: Points = np.full((len(ids), 2), np.nan, dtype=np.float32)
    if layout is not None:
        _, rows, known = np.intersect1d(ids, layout.ids, assume_unique=True, return_indices=True)
        before[rows] = layout.points[known]
    return before


class _Naming:
    """Names crowds of papers by the words of their titles, each of which is taken apart once."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = Titles(titles)
        self._terms_of: dict[str, tuple[Keys, ...]] = {}  # by name

    def __call__(self, rows: Sequence[int], taken: Collection[str]) -> str:
        terms = name_cluster(rows, self._titles, taken=self._terms(taken))
        name = write_name(terms, self._titles, rows)
        self._terms_of[name] = terms
        return name

    def fits(self, name: str, rows: Sequence[int], taken: Collection[str]) -> bool:
        """Tell whether a name of before still suits a crowd."""
        terms = self._terms_of[name] = read_name(name)
        return still_fits(terms, rows, self._titles, taken=self._terms(taken))

    def _terms(self, names: Collection[str]) -> list[Keys]:
        return [term for name in names for term in self._terms_of[name]]


def _start(ids: NDArray[np.int64], matrix: NDArray[np.float32], before: Points) -> Points | None:
    """Return where to begin, so that what lay together before comes together again; None without a map before."""
    known = ~np.isnan(before).any(axis=1)
    if known.sum() < len(before) / 2:
        return None
    start: Points = before.copy()
    if not known.all():
        placed = Placed(matrix=matrix[known], points=before[known])
        start[~known] = placed.place(ids[~known], matrix[~known])
    start -= start.mean(axis=0)
    return start


if __name__ == "__main__":
    sys.exit(main())
