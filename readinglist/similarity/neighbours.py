"""The nearest vectors: found among all by their codes, then compared exactly.

A code is off by a known amount, so the papers that the codes put first are enough as soon as no other could come before
the last one wanted. Where they are not, or there are no codes, all exact numbers are read.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.codes import Codes
from readinglist.similarity.vectors import NO_PAPER, Vectors

Neighbour = tuple[PaperId, float]
Numbers = NDArray[np.float32]

FEW_ROWS = 5000  # read in a millisecond: nothing is won before
FEW_QUERIES = 4  # one pass over the codes each; more share one pass over the exact numbers
FEW_LIVE = 0.1  # share of rows that are wanted, below which just these are read
SPARE = 64  # candidates beside those wanted
MOST_CANDIDATES = 4096  # then keeping them in order takes longer than reading everything
ROUNDING = 2e-6  # what sums of some hundred products in single precision are off by
AT_ONCE = 32_000_000  # cosines in memory


def nearest(vectors: Vectors, query: Numbers, limit: int, *, exclude: Collection[PaperId] = ()) -> list[Neighbour]:
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
    vectors: Vectors, queries: Numbers, limit: int, *, exclude: Collection[PaperId] = ()
) -> list[list[Neighbour]]:
    """Return for each row of `queries`, shape (queries, dimensions), what `nearest` returns for it."""
    if not len(vectors.ids) or limit <= 0:
        return [[] for _ in queries]
    queries = np.ascontiguousarray(queries, dtype=np.float32)
    if vectors.codes is None or len(vectors.ids) < FEW_ROWS or len(queries) > FEW_QUERIES:
        return _by_numbers(vectors, queries, limit, exclude)
    return [_by_codes(vectors, vectors.codes, query, limit, exclude) for query in queries]


def _by_codes(
    vectors: Vectors, codes: Codes, query: Numbers, limit: int, exclude: Collection[PaperId]
) -> list[Neighbour]:
    unwanted = [NO_PAPER, *exclude]
    count = 2 * limit + SPARE + len(exclude)
    while count <= min(MOST_CANDIDATES, len(codes)):
        places, scores, off_by = codes.first(query, count)
        places = places[np.isin(vectors.ids[places], unwanted, invert=True)]
        found = _best(vectors, places, query, limit)
        if len(found) == limit and found[-1][1] > float(scores[-1]) + off_by:
            return found
        count *= 4
    return _by_numbers(vectors, query[np.newaxis, :], limit, exclude)[0]


def _by_numbers(vectors: Vectors, queries: Numbers, limit: int, exclude: Collection[PaperId]) -> list[list[Neighbour]]:
    """Read the exact numbers of all wanted rows, once for as many queries as there is room for cosines."""
    is_wanted = np.isin(vectors.ids, np.fromiter((NO_PAPER, *exclude), dtype=np.int64), invert=True)
    if np.count_nonzero(is_wanted) < FEW_LIVE * len(is_wanted):
        vectors = Vectors(ids=vectors.ids[is_wanted], matrix=vectors.matrix[is_wanted])
        is_wanted = is_wanted[is_wanted]
    wanted = np.flatnonzero(is_wanted)
    size = max(1, AT_ONCE // max(1, len(is_wanted)))
    found: list[list[Neighbour]] = []
    for start in range(0, len(queries), size):
        some = queries[start : start + size]
        # The mapped matrix stays where it is. float16 would halve what is read, but numpy has no fast product for it.
        cosines = some @ vectors.matrix.T
        firsts = (wanted[_first(row[wanted], limit)] for row in cosines)
        found += [_best(vectors, first, query, limit) for query, first in zip(some, firsts, strict=True)]
    return found


def _first(cosines: Numbers, limit: int) -> NDArray[np.int64]:
    """Return the places of the largest cosines, and of all that a product in single precision cannot tell from them."""
    if limit < len(cosines):
        least = np.partition(cosines, -limit)[-limit] - ROUNDING
        return np.flatnonzero(cosines >= least)
    return np.arange(len(cosines))


def _best(vectors: Vectors, places: NDArray[np.int64], query: Numbers, limit: int) -> list[Neighbour]:
    # Row by row in double precision: equal texts have equal cosines then, whatever stands beside them.
    cosines = (vectors.matrix[places].astype(np.float64) * query).sum(axis=1)
    ids = vectors.ids[places]
    order = np.lexsort((ids, -cosines))[:limit]
    return [(PaperId(int(ids[one])), min(1.0, max(-1.0, float(cosines[one])))) for one in order]
