"""What is ranked: papers with their vectors, words and subjects, and what others think of them; one row each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.subjects import PaperSubjects, RowSubjects
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import NO_PAPER, Vectors

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Corpus:
    """All papers that can be ranked, one row each.

    Attributes:
        ids: Whose the rows are; each paper once, `NO_PAPER` where there is none any more.
        matrix: Rows of length 1, float32; may be mapped from a file. One column of zeros where nothing is compared.
        is_live: Rows to be ranked: there is a paper, and it is not in the bin.
        terms: The words of the papers, in rows of their own; None where there are none.
        term_rows: Row in `terms` of each row here, -1 where there is none.
        subjects: What their sources say the papers are about; None where no source says anything.
        upvotes: float32, not-a-number where unknown; None if nothing is known.
        published: float32, days since any fixed day, not-a-number where unknown; None if nothing is known.
        popularity: Returns the last two, in the place of those here, where they are only read if they are needed.
    """

    ids: NDArray[np.int64]
    matrix: Floats
    is_live: NDArray[np.bool_]
    terms: Terms | None = None
    term_rows: Rows | None = None
    subjects: RowSubjects | None = None
    upvotes: Floats | None = None
    published: Floats | None = None
    popularity: Callable[[], tuple[Floats, Floats]] | None = None

    @classmethod
    def of(
        cls,
        vectors: Vectors,
        terms: Terms | None = None,
        *,
        subjects: PaperSubjects | None = None,
        upvotes: Floats | None = None,
        published: Floats | None = None,
        popularity: Callable[[], tuple[Floats, Floats]] | None = None,
    ) -> "Corpus":
        """Put together what is known.

        Args:
            vectors: Rows marked with `NO_PAPER` are not ranked.
            terms: Of any papers.
            subjects: Of any papers.
            upvotes: In the order of the vectors.
            published: In the order of the vectors.
            popularity: Returns both when they are first needed.
        """
        return cls(
            ids=vectors.ids,
            matrix=vectors.matrix,
            is_live=vectors.ids != NO_PAPER,
            terms=terms,
            term_rows=None if terms is None else terms.rows_of(vectors.ids),
            subjects=None if subjects is None else RowSubjects.find(subjects, vectors.ids),
            upvotes=upvotes,
            published=published,
            popularity=popularity,
        )

    @property
    def is_compared(self) -> bool:
        """The papers are compared by meaning."""
        return bool(self.matrix.shape[1] > 1)

    def find_popularity(self) -> tuple[Floats | None, Floats | None]:
        """Return upvotes and days of publication; None for what is not known of any paper."""
        return (self.upvotes, self.published) if self.popularity is None else self.popularity()

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """Return the rows of papers, without those that have none."""
        return np.flatnonzero(np.isin(self.ids, ids) & (self.ids != NO_PAPER))

    def marked(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return a mask of the rows of papers."""
        return np.isin(self.ids, ids) & self.is_live
