"""Ranks papers that are not compared by meaning, as long as they are not: by their words, upvotes and dates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats
from readinglist.recommend.ranker import Ranker

if TYPE_CHECKING:
    from readinglist.similarity.terms import Terms

Ids = NDArray[np.int64]
PopularityOf = Callable[[Ids], tuple[Floats, Floats]]


class Uncompared:
    """Makes rankers of such papers, and keeps the last one; used by one thread at a time."""

    def __init__(self) -> None:
        self._made_of: tuple[Ids, Terms | None, int] | None = None
        self._ranker: Ranker | None = None

    def ranker(self, ids: Ids, terms: "Terms | None", popularity: PopularityOf, *, version: int) -> Ranker:
        """Return what ranks papers by their words.

        Args:
            ids: The papers, in ascending order; those that the reader decided about, and enough others to know what
                papers are like, have to be among them.
            terms: None if there are none.
            popularity: Returns upvotes and dates of papers.
            version: Another number when these have changed.
        """
        known = self._made_of
        is_same = known is not None and known[1] is terms and known[2] == version and np.array_equal(known[0], ids)
        if self._ranker is None or not is_same:
            self._made_of, self._ranker = (ids, terms, version), Ranker(_corpus_of(ids, terms, popularity))
        return self._ranker


def _corpus_of(ids: Ids, terms: "Terms | None", popularity: PopularityOf) -> Corpus:
    """Return papers that are all the same as far as meaning goes, so that it says nothing of them."""
    return Corpus(
        ids=ids,
        matrix=np.zeros((len(ids), 1), dtype=np.float32),
        is_live=np.ones(len(ids), dtype=np.bool_),
        terms=terms,
        term_rows=None if terms is None else terms.rows_of(ids),
        popularity=lambda: popularity(ids),
    )
