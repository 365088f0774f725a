"""How like some chosen papers every paper is, in three ways; remembered while the chosen ones change little.

There is one for what the reader likes and one for what they do not.
"""

import numpy as np

from readinglist.recommend.background import Background, standardise
from readinglist.recommend.closest import Closest
from readinglist.recommend.corpus import Corpus, Floats, Rows

COMPARED = 256  # of the chosen papers, that others are compared with one by one
SAME = 0.02  # share by which the weights of the same papers may move, as time goes by, before it is worth a new pass
FEW_WORDS, ENOUGH_WORDS = 20, 80  # different words and pairs of a paper: a long title has 20, an abstract 100


class Likeness:
    """Compares; used by one thread at a time.

    Args:
        corpus: What is compared.
        background: Of the corpus.
    """

    def __init__(self, corpus: Corpus, background: Background) -> None:
        self._corpus = corpus
        self._background = background
        self._closest = Closest(corpus, background)
        self._rows: Rows = np.zeros(0, dtype=np.int64)
        self._weights: Floats = np.zeros(0, dtype=np.float32)
        self._meaning: Floats | None = None
        self._words: Floats | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def choose(self, rows: Rows, weights: Floats) -> None:
        """Compare with these from now on.

        Args:
            rows: In ascending order.
            weights: Of the same rows, above 0.
        """
        if not (np.array_equal(rows, self._rows) and np.allclose(weights, self._weights, rtol=SAME)):
            self._meaning = self._words = None
            self._weights = weights
        self._rows = rows
        heaviest = np.argsort(-weights, kind="stable")[:COMPARED]
        self._closest.choose(np.sort(rows[heaviest]))

    def trust(self) -> float:
        """Return how far the words of the chosen papers can be relied on, from 0 to 1, by how many they have."""
        terms, term_rows = self._corpus.terms, self._corpus.term_rows
        if terms is None or term_rows is None or not len(self._rows):
            return 0.0
        found = term_rows[self._rows]
        words = np.where(found >= 0, terms.starts[found + 1] - terms.starts[found], 0)
        return float(np.clip((words - FEW_WORDS) / (ENOUGH_WORDS - FEW_WORDS), 0, 1).mean())

    def meaning(self) -> Floats:
        """Return how far each paper lies where the chosen ones differ from all others: a linear discriminant."""
        if self._meaning is None:
            matrix, background = self._corpus.matrix, self._background
            centre = self._weights @ matrix[self._rows] / self._weights.sum()
            values: Floats = matrix @ (background.inverse @ (centre - background.mean))
            self._meaning = standardise(values, values[background.sample])
        return self._meaning

    def words(self) -> Floats | None:
        """Return how much of the words of the chosen papers each has; None where no words are known.

        A paper whose words are not known counts as an average one.
        """
        if self._words is None:
            self._words = self._compare_words()
        return self._words

    def near(self, considered: Rows) -> tuple[Floats, Floats]:
        """Return how near papers are to the nearest of the chosen ones: a mean cosine, seen from the mean of all.

        Args:
            considered: Rows that may be near; the others count as average.

        Returns:
            The values of all rows, and those of the background's sample.
        """
        sample = self._closest.means(self._background.sample)
        values = np.full(len(self._corpus.ids), sample.mean() if len(sample) else 0.0, dtype=np.float32)
        values[considered] = self._closest.means(considered)
        return values, sample

    def _compare_words(self) -> Floats | None:
        terms, term_rows, mean = self._corpus.terms, self._corpus.term_rows, self._background.word_mean
        if terms is None or term_rows is None or mean is None:
            return None
        chosen = term_rows[self._rows]
        is_counted = chosen >= 0
        if not is_counted.any():
            return None
        weights = self._weights[is_counted]
        scores = terms.scores(terms.direction(chosen[is_counted], weights / weights.sum()) - mean)
        is_known = term_rows >= 0
        values = np.where(is_known, scores[term_rows], np.float32(0))
        values[~is_known] = values[is_known].mean()
        return standardise(values, values[self._background.sample])
