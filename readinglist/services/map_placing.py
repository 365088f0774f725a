"""Putting papers in among those that lie on the map already.

Nobody else moves: the reader knows where things are.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.layouts import Layout, digests_of
from readinglist.similarity.plane import Placed
from readinglist.similarity.vectors import Vectors

AT_ONCE = 256  # papers between two looks around


def put_in(
    vectors: Vectors, layout: Layout, hashes: Mapping[PaperId, str], meanwhile: Callable[[], None]
) -> Layout | None:
    """Return a layout with all papers on it that have a vector; None if it is so already.

    Args:
        vectors: Of at least all papers in `hashes`.
        layout: What there is; papers that are gone stay in it, for they may come back from the bin.
        hashes: Of the texts that the vectors of all wanted papers were made from.
        meanwhile: Called now and then; what it raises ends the work.
    """
    wanted = np.fromiter(hashes, dtype=np.int64, count=len(hashes))
    digests = digests_of(hashes.values())
    fresh = ~_is_known(wanted, digests, layout)
    if not fresh.any():
        return None
    kept = ~np.isin(layout.ids, wanted[fresh])
    points = np.full((len(vectors.ids), 2), np.nan, dtype=np.float32)
    places = _rows_of(layout.ids[kept], vectors.ids)
    points[places[places >= 0]] = layout.points[kept][places >= 0]
    if np.isnan(points).all():
        return None  # none of those that would be neighbours is left
    placed = Placed(matrix=vectors.matrix, points=points)
    rows = _rows_of(wanted[fresh], vectors.ids)
    ids, news, rows = wanted[fresh][rows >= 0], digests[fresh][rows >= 0], rows[rows >= 0]
    found = np.zeros((len(ids), 2), dtype=np.float32)
    for start in range(0, len(ids), AT_ONCE):
        meanwhile()
        part = slice(start, start + AT_ONCE)
        found[part] = placed.place(ids[part], vectors.matrix[rows[part]])
    return replace(
        layout,
        ids=np.concatenate([layout.ids[kept], ids]),
        digests=np.concatenate([layout.digests[kept], news]),
        points=np.concatenate([layout.points[kept], found]),
        unnamed=layout.unnamed + len(ids),
    )


def _is_known(ids: NDArray[np.int64], digests: NDArray[np.uint64], layout: Layout) -> NDArray[np.bool_]:
    """Tell which papers lie on the map with the text that they have now."""
    rows = _rows_of(ids, layout.ids)
    known: NDArray[np.bool_] = (rows >= 0) & (layout.digests[rows] == digests)
    return known


def _rows_of(ids: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where each number stands among others; -1 for one that does not."""
    order = np.argsort(among)
    rows = order[np.minimum(np.searchsorted(among[order], ids), len(among) - 1)]
    found: NDArray[np.intp] = np.where(among[rows] == ids, rows, -1)
    return found
