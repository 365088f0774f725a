"""The papers of a large corpus that a reader could be shown at all: ranked again after each decision, without the rest.

One decision among many moves every paper a little, and none from the middle of a library to its top. So all papers are
looked at once, each for itself; those that come first are copied out, and from then on they alone are ranked, until so
much has been decided that others could come first.
"""

from dataclasses import dataclass, replace

import numpy as np

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus, Rows
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import CONSIDERED, Ranker

FROM = 30_000  # papers, from which on copying some out is worth the while
KNOWN = 100  # liked papers: of fewer, each decision counts for so much that others come first
BEST = CONSIDERED * 5 // 4  # rows that come first; more than are compared one by one
MOVED = 0.03  # share of all weights that may be added and taken away before others could come first


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pool:
    """Rows that were copied out of a corpus.

    Attributes:
        corpus: They alone.
        background: That of the whole corpus, as these rows see it.
        taste: What they were chosen for.
    """

    corpus: Corpus
    background: Background
    taste: Taste

    @classmethod
    def of(cls, corpus: Corpus, background: Background, taste: Taste) -> "Pool | None":
        """Choose rows; None where all of them are to be ranked.

        Args:
            corpus: All papers.
            background: Of the corpus.
            taste: What the reader likes.
        """
        if np.count_nonzero(corpus.is_live) < FROM or len(corpus.rows_of(taste.liked)) < KNOWN:
            return None
        scores = np.where(corpus.is_live, Ranker(corpus, background).outline(taste), -np.inf)
        best = np.argpartition(scores, -BEST)[-BEST:]
        rows = np.unique(np.concatenate([best, background.sample, corpus.rows_of(taste.ids)]))
        return cls(corpus=_copied(corpus, rows), background=_seen_by(background, rows), taste=taste)

    def is_enough_for(self, taste: Taste) -> bool:
        """Tell whether these rows are still those that could come first, and have all that the reader decided about."""
        fresh = np.setdiff1d(taste.ids, self.taste.ids, assume_unique=True)
        return bool(np.isin(fresh, self.corpus.ids).all()) and _is_near(self.taste, taste)


def _is_near(before: Taste, now: Taste) -> bool:
    """Tell whether two tastes are nearly the same: what was added, taken away and weighed anew is little of it."""
    ids = np.union1d(before.ids, now.ids)
    moved = np.zeros(len(ids), dtype=np.float32)
    moved[np.searchsorted(ids, now.ids)] = now.weights
    moved[np.searchsorted(ids, before.ids)] -= before.weights
    return float(np.abs(moved).sum()) <= MOVED * float(np.abs(before.weights).sum())


def _copied(corpus: Corpus, rows: Rows) -> Corpus:
    terms, term_rows = None, None
    if corpus.terms is not None and corpus.term_rows is not None:
        counted = corpus.term_rows[rows]
        has_words = counted >= 0
        terms = corpus.terms.only(counted[has_words])
        term_rows = np.where(has_words, np.cumsum(has_words) - 1, -1)
    return replace(
        corpus,
        ids=corpus.ids[rows],
        matrix=corpus.matrix[rows],
        is_live=corpus.is_live[rows],
        terms=terms,
        term_rows=term_rows,
        subjects=None if corpus.subjects is None else corpus.subjects.only(rows),
        upvotes=None,  # they count for readers of whom little is known
        published=None,
        popularity=None,
    )


def _seen_by(background: Background, rows: Rows) -> Background:
    return replace(
        background,
        sample=np.searchsorted(rows, background.sample),
        levels=background.levels[rows],
        lengths=background.lengths[rows],
    )
