"""Which papers a reader would like: a number for every paper, and what it is made of.

For the services, which choose what is shown; knows no library. A `Corpus` is what can be ranked, a `Ranker` remembers
what does not depend on the reader's last decision, and a `Ranking` is the answer.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.profile import Taste
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import NO_PAPER, Vectors

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

NEAR, MEANING, WORDS, UPVOTES, RECENCY = "near", "meaning", "words", "upvotes", "recency"
MEANINGS = {
    NEAR: "How near it is to the papers of yours that are most like it.",
    MEANING: "How much its subject is what sets your papers apart from all others.",
    WORDS: "How many of the telling words of your papers it has.",
    UPVOTES: "How many upvotes it has got.",
    RECENCY: "How new it is.",
}
EMPTY_NOTICE = "Ranked by upvotes and date, because nothing is known yet of what you like."
FEW_NOTICE = "Ranked partly by upvotes and date, because little is known yet of what you like."


@dataclass(frozen=True, kw_only=True, eq=False)
class Corpus:
    """All papers that can be ranked, one row each.

    Attributes:
        ids: Whose the rows are; each paper once, `NO_PAPER` where there is none any more.
        matrix: Rows of length 1, float32; may be mapped from a file.
        is_live: Rows to be ranked: there is a paper, and it is not in the bin.
        terms: The words of the papers, in rows of their own; None where there are none.
        term_rows: Row in `terms` of each row here, -1 where there is none.
        upvotes: float32, not-a-number where unknown; None if nothing is known.
        published: float32, days since any fixed day, not-a-number where unknown; None if nothing is known.
    """

    ids: NDArray[np.int64]
    matrix: Floats
    is_live: NDArray[np.bool_]
    terms: Terms | None = None
    term_rows: Rows | None = None
    upvotes: Floats | None = None
    published: Floats | None = None

    @classmethod
    def of(
        cls,
        vectors: Vectors,
        terms: Terms | None = None,
        *,
        upvotes: Floats | None = None,
        published: Floats | None = None,
    ) -> "Corpus":
        """Put together what is known.

        Args:
            vectors: Rows marked with `NO_PAPER` are not ranked.
            terms: Of any papers.
            upvotes: In the order of the vectors.
            published: In the order of the vectors.
        """
        return cls(
            ids=vectors.ids,
            matrix=vectors.matrix,
            is_live=vectors.ids != NO_PAPER,
            terms=terms,
            term_rows=None if terms is None else terms.rows_of(vectors.ids),
            upvotes=upvotes,
            published=published,
        )

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """Return the rows of papers, without those that have none."""
        return np.flatnonzero(np.isin(self.ids, ids) & (self.ids != NO_PAPER))

    def marked(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return a mask of the rows of papers."""
        return np.isin(self.ids, ids) & self.is_live


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part of the score.

    Attributes:
        name: One of those above.
        meaning: What it says, one sentence for the reader.
        values: float32, one for each row: what it adds to the score; above 0 better than an average paper.
    """

    name: str
    meaning: str
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """The answer.

    Attributes:
        scores: float32, one for each row, the sum of the parts; -inf for rows that are not ranked.
        fits: float32, the same from 0 to 1 for the reader: 0 an average paper, 1 as fitting as what they like.
        parts: What the score is made of.
        notice: One sentence where the reader has to know something about the ranking; else empty.
    """

    scores: Floats
    fits: Floats
    parts: tuple[Part, ...]
    notice: str = ""


class Ranker:
    """Ranks; remembers between two questions; may be used from any thread, one question after the other.

    Args:
        corpus: What is ranked.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._lock = threading.Lock()

    def updated(self, corpus: Corpus) -> "Ranker":
        """Return the ranker of a corpus where some papers came, changed or went; keeps what still holds."""
        return Ranker(corpus)

    def rank(self, taste: Taste) -> Ranking:
        """Rank all papers for a taste; papers of which nothing is known are left out of it."""
        with self._lock:
            rows = self.corpus.rows_of(taste.ids)
            weights = taste.weights[np.searchsorted(taste.ids, self.corpus.ids[rows])]
            if not (weights > 0).any():
                return self._rank_unknown()
            direction = (self.corpus.matrix[rows] * weights[:, np.newaxis]).sum(axis=0)
            values = self.corpus.matrix @ (direction / max(float(np.linalg.norm(direction)), 1e-6))
            part = Part(name=NEAR, meaning=MEANINGS[NEAR], values=values)
            scores = np.where(self.corpus.is_live, values, np.float32(-np.inf))
            return Ranking(scores=scores, fits=np.clip(values, 0, 1), parts=(part,))

    def _rank_unknown(self) -> Ranking:
        parts = tuple(_popularity(self.corpus))
        scores = np.sum([part.values for part in parts], axis=0, dtype=np.float32)
        scores = np.where(self.corpus.is_live, scores, np.float32(-np.inf))
        fits = np.clip(scores / 3, 0, 1).astype(np.float32)
        return Ranking(scores=scores, fits=fits, parts=parts, notice=EMPTY_NOTICE)


def _popularity(corpus: Corpus) -> list[Part]:
    unknown = np.full(len(corpus.ids), np.nan, dtype=np.float32)
    upvotes = unknown if corpus.upvotes is None else np.log1p(corpus.upvotes)
    published = unknown if corpus.published is None else corpus.published
    return [
        Part(name=UPVOTES, meaning=MEANINGS[UPVOTES], values=_standardised(upvotes, corpus.is_live)),
        Part(name=RECENCY, meaning=MEANINGS[RECENCY], values=_standardised(published, corpus.is_live)),
    ]


def _standardised(values: Floats, is_counted: NDArray[np.bool_]) -> Floats:
    """Shift and stretch numbers to mean 0 and deviation 1; what is not known is average."""
    known = values[is_counted & np.isfinite(values)]
    if not len(known) or not (spread := float(known.std())):
        return np.zeros(len(values), dtype=np.float32)
    standardised: Floats = np.nan_to_num((values - known.mean()) / spread).astype(np.float32)
    return standardised
