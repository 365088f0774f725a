"""Keeps what ranks a library's papers: all of them, and in a large library those alone that could come first."""

from collections.abc import Callable

import numpy as np

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.pool import Pool
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import Ranker
from readinglist.services.kept_background import KeptBackground

MOVED = 0.1  # share of papers that may come or go before all are looked at anew


class Rankers:
    """Makes rankers when they are needed; used by one thread at a time.

    Args:
        corpus: What is ranked.
        kept: Has what all papers are like.
    """

    def __init__(self, corpus: Corpus, kept: KeptBackground) -> None:
        self.corpus = corpus
        self._kept = kept
        self._before: tuple[int, Background] | None = None  # of how many papers
        self._background: Background | None = None
        self._whole: Ranker | None = None
        self._pool: Pool | None = None
        self._pooled: Ranker | None = None

    def updated(self, corpus: Corpus) -> "Rankers":
        """Return those of a corpus where some papers came, changed or went; keeps what still holds."""
        rankers = Rankers(corpus, self._kept)
        known = self._before if self._background is None else (_count(self.corpus), self._background)
        if known is not None and abs(_count(corpus) - known[0]) <= MOVED * known[0]:
            rankers._before = known
        return rankers

    def whole(self, taste: Taste) -> Ranker:
        """Return the ranker of all papers.

        Args:
            taste: What it will be asked about; without any, nothing is looked at.
        """
        if self._whole is None or (len(taste.ids) and self._background is None):
            self._whole = Ranker(self.corpus, self._look() if len(taste.ids) else None)
        return self._whole

    def first(self, taste: Taste, is_enough: Callable[[Corpus], bool]) -> Ranker:
        """Return the ranker of those papers that could come first; the one of all papers, where these are not enough.

        Args:
            taste: What it will be asked about.
            is_enough: Tells whether some papers are.
        """
        if self._pool is None or not self._pool.is_enough_for(taste):
            self._pool = Pool.of(self.corpus, self._look(), taste) if len(taste.ids) else None
            self._pooled = None if self._pool is None else Ranker(self._pool.corpus, self._pool.background)
        if self._pooled is None or not is_enough(self._pooled.corpus):
            return self.whole(taste)
        return self._pooled

    def _look(self) -> Background:
        if self._background is None:
            before, self._before = self._before, None
            self._background = self._kept.of(self.corpus) if before is None else before[1].moved_to(self.corpus)
        return self._background


def _count(corpus: Corpus) -> int:
    return int(np.count_nonzero(corpus.is_live))
