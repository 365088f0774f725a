"""The nearest vectors, found exactly: one matrix product over all of them."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.vectors import NO_PAPER, Vectors

Neighbour = tuple[PaperId, float]


def nearest(
    vectors: Vectors, query: NDArray[np.float32], limit: int, *, exclude: Collection[PaperId] = ()
) -> list[Neighbour]:
    """Return the papers nearest to a vector.

    Args:
        vectors: Rows of length 1.
        query: Shape (dimensions,), of length 1.
        limit: How many at most.
        exclude: Papers that are not wanted.

    Returns:
        Papers and cosines, the largest first; of equal ones the older paper first.
    """
    return nearest_many(vectors, query[np.newaxis, :], limit, exclude=exclude)[0]


def nearest_many(
    vectors: Vectors, queries: NDArray[np.float32], limit: int, *, exclude: Collection[PaperId] = ()
) -> list[list[Neighbour]]:
    """Return for each row of `queries`, shape (queries, dimensions), what `nearest` returns for it."""
    if not len(vectors.ids) or limit <= 0:
        return [[] for _ in queries]
    # The mapped matrix stays where it is: the product reads it once for all queries. float16 would halve what is read,
    # but numpy has no fast product for it.
    cosines = queries.astype(np.float32, copy=False) @ vectors.matrix.T
    cosines[:, _unwanted(vectors.ids, exclude)] = -np.inf
    return [_best(vectors.ids, row, limit) for row in cosines]


def _unwanted(ids: NDArray[np.int64], exclude: Collection[PaperId]) -> NDArray[np.bool_]:
    left_out = np.fromiter((NO_PAPER, *exclude), dtype=np.int64)
    return np.isin(ids, left_out)


def _best(ids: NDArray[np.int64], cosines: NDArray[np.float32], limit: int) -> list[Neighbour]:
    places = np.argpartition(cosines, -limit)[-limit:] if limit < len(cosines) else np.arange(len(cosines))
    places = places[np.lexsort((ids[places], -cosines[places]))]
    return [
        (PaperId(int(ids[place])), min(1.0, max(-1.0, float(cosines[place]))))
        for place in places
        if cosines[place] != -np.inf
    ]
