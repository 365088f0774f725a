"""Ranks papers that are not compared by meaning, as long as they are not: by words, subjects, upvotes and dates."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats
from readinglist.recommend.ranker import Ranker
from readinglist.recommend.subjects import PaperSubjects, RowSubjects

if TYPE_CHECKING:
    from readinglist.similarity.terms import Terms

Ids = NDArray[np.int64]
PopularityOf = Callable[[Ids], tuple[Floats, Floats]]


class Uncompared:
    """Makes rankers of such papers, and keeps the last one; used by one thread at a time."""

    def __init__(self) -> None:
        self._made_of: tuple[Ids, Terms | None, PaperSubjects | None, int] | None = None
        self._ranker: Ranker | None = None

    def ranker(
        self,
        ids: Ids,
        terms: "Terms | None",
        popularity: PopularityOf,
        *,
        subjects: PaperSubjects | None = None,
        version: int,
    ) -> Ranker:
        """Return what ranks papers by their words.

        Args:
            ids: The papers, in ascending order; those that the reader decided about, and enough others to know what
                papers are like, have to be among them.
            terms: None if there are none.
            popularity: Returns upvotes and dates of papers.
            subjects: Of any papers; None if there are none.
            version: Another number when these have changed.
        """
        known = self._made_of
        is_same = known is not None and known[1] is terms and known[2] is subjects and known[3] == version
        if self._ranker is None or known is None or not is_same or not np.array_equal(known[0], ids):
            self._made_of = (ids, terms, subjects, version)
            self._ranker = Ranker(_corpus_of(ids, terms, subjects, popularity))
        return self._ranker


def _corpus_of(ids: Ids, terms: "Terms | None", subjects: PaperSubjects | None, popularity: PopularityOf) -> Corpus:
    """Return papers that are all the same as far as meaning goes, so that it says nothing of them."""
    return Corpus(
        ids=ids,
        matrix=np.zeros((len(ids), 1), dtype=np.float32),
        is_live=np.ones(len(ids), dtype=np.bool_),
        terms=terms,
        term_rows=None if terms is None else terms.rows_of(ids),
        subjects=None if subjects is None else RowSubjects.find(subjects, ids),
        popularity=lambda: popularity(ids),
    )
