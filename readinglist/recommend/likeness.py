"""How like some chosen papers every paper is, in four ways; remembered while the chosen ones change little.

There is one for what the reader likes and one for what they do not.
"""

import numpy as np

from readinglist.recommend.background import Background, standardise
from readinglist.recommend.closest import Closest
from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.telling import Telling

COMPARED = 256  # of the chosen papers, that others are compared with one by one
SAME = 0.02  # share by which the weights of the same papers may move, as time goes by, before it is worth a new pass
FEW_WORDS, ENOUGH_WORDS = 20, 80  # different words and pairs of a paper: a long title has 20, an abstract 100
FEWEST = 2  # chosen papers, for one of them to be looked for with the others
MOST_TOLD = 10.0  # logarithm, by subjects: ten words of a source that mean the same thing are not ten times as telling
KnownWords = tuple[Telling, Rows, Floats]  # with the row of each paper in it, and what papers have on the average


class Likeness:
    """Compares; used by one thread at a time.

    Args:
        corpus: What is compared.
        background: Of the corpus.
        telling: Compares the words of the corpus; None where it has none.

    Attributes:
        rows: The chosen ones, in ascending order.
        heaviest: Those of them that papers are compared with one by one.
    """

    def __init__(self, corpus: Corpus, background: Background, telling: Telling | None) -> None:
        self._corpus = corpus
        self._background = background
        self._telling = telling
        self._closest = Closest(corpus, background)
        self.rows: Rows = np.zeros(0, dtype=np.int64)
        self.heaviest: Rows = self.rows
        self._weights: Floats = np.zeros(0, dtype=np.float32)
        self._meaning: Floats | None = None
        self._words: Floats | None = None
        self._own_words: tuple[Rows, Floats] | None = None  # of the chosen ones, told by the others of them
        self._subjects: Floats | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def choose(self, rows: Rows, weights: Floats) -> None:
        """Compare with these from now on.

        Args:
            rows: In ascending order.
            weights: Of the same rows, above 0.
        """
        if not (np.array_equal(rows, self.rows) and np.allclose(weights, self._weights, rtol=SAME)):
            self._meaning = self._words = self._subjects = None
            self._weights = weights
        self.rows = rows
        self.heaviest = np.sort(rows[np.argsort(-weights, kind="stable")[:COMPARED]])
        self._closest.choose(self.heaviest)

    def trust(self) -> float:
        """Return how far the words of the chosen papers can be relied on, from 0 to 1, by how many they have."""
        terms, term_rows = self._corpus.terms, self._corpus.term_rows
        if terms is None or term_rows is None or not len(self.rows):
            return 0.0
        found = term_rows[self.rows]
        words = np.where(found >= 0, terms.starts[found + 1] - terms.starts[found], 0)
        return float(np.clip((words - FEW_WORDS) / (ENOUGH_WORDS - FEW_WORDS), 0, 1).mean())

    def meaning(self) -> Floats:
        """Return how far each paper lies where the chosen ones differ from all others: a linear discriminant."""
        if self._meaning is None:
            matrix, background = self._corpus.matrix, self._background
            centre = self._weights @ matrix[self.rows] / self._weights.sum()
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

    def words_of_others(self) -> Floats | None:
        """Return the same, but of each chosen paper by the words of the others: -inf where there are none."""
        values = self.words()
        if values is None or self._own_words is None:
            return values
        rows, own = self._own_words
        values = values.copy()
        values[rows] = own
        return values

    def subjects(self) -> Floats | None:
        """Return how much likelier the subjects of each are among the chosen papers; None where none are known.

        That is a logarithm, seen from an average paper; a paper whose subjects are not known counts as one.
        """
        if self._subjects is None:
            self._subjects = self._compare_subjects()
        return self._subjects

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

    def trial(self) -> tuple[float, float] | None:
        """Look for each of the chosen papers with the help of the others, once by meaning and once by words.

        Returns:
            How many papers come before the one that is looked for: the mean logarithm, among those of the background's
            sample. None where that cannot be told.
        """
        known = self._known_words()
        if known is None:
            return None
        _, term_rows, _ = known
        tried = np.flatnonzero(term_rows[self.rows] >= 0)
        tried = np.sort(tried[np.argsort(-self._weights[tried], kind="stable")[:COMPARED]])
        others = np.setdiff1d(self._background.sample, self.rows)
        others = others[term_rows[others] >= 0]
        if len(tried) < FEWEST or not len(others):
            return None
        rows, weights = self.rows[tried], self._weights[tried]
        return self._try_by_meaning(rows, weights, others), self._try_by_words(known, rows, weights, others)

    def _try_by_meaning(self, rows: Rows, weights: Floats, others: Rows) -> float:
        matrix, background = self._corpus.matrix, self._background
        chosen = matrix[rows]
        turned: Floats = chosen @ background.inverse
        products: Floats = turned @ (weights @ chosen)
        levels: Floats = turned @ background.mean
        squares: Floats = (turned * chosen).sum(axis=1)
        without = _without_each(products, squares, weights) - levels
        centre = weights @ chosen / weights.sum() - background.mean
        compared: Floats = matrix[others] @ (background.inverse @ centre)
        return _mean_place(without, compared)

    def _try_by_words(self, known: KnownWords, rows: Rows, weights: Floats, others: Rows) -> float:
        telling, term_rows, mean = known
        words = term_rows[rows]
        direction = telling.direction(words, weights)
        products, levels = telling.scores(direction, words), telling.scores(mean, words)
        without = _without_each(products, np.ones_like(weights), weights) - levels
        return _mean_place(without, telling.scores(direction / weights.sum() - mean, term_rows[others]))

    def _known_words(self) -> KnownWords | None:
        telling, term_rows, mean = self._telling, self._corpus.term_rows, self._background.word_mean
        return None if telling is None or term_rows is None or mean is None else (telling, term_rows, mean)

    def _compare_words(self) -> Floats | None:
        known = self._known_words()
        if known is None:
            return None
        telling, term_rows, mean = known
        chosen = term_rows[self.rows]
        is_counted = chosen >= 0
        if not is_counted.any():
            return None
        weights = self._weights[is_counted]
        scores = telling.scores(telling.direction(chosen[is_counted], weights / weights.sum()) - mean)
        is_known = term_rows >= 0
        values = np.where(is_known, scores[term_rows], np.float32(0))
        known_sample = values[self._background.sample][is_known[self._background.sample]]
        values[~is_known] = (known_sample if len(known_sample) else values[is_known]).mean()
        sample, rows = values[self._background.sample], self.rows[is_counted]
        own = np.full(len(rows), -np.inf, dtype=np.float32)
        if len(rows) >= FEWEST:
            levels = telling.scores(mean, chosen[is_counted])
            together = (values[rows] + levels) * weights.sum()
            own = _without_each(together, np.ones_like(weights), weights) - levels
        self._own_words = rows, standardise(own, sample)
        return standardise(values, sample)

    def _compare_subjects(self) -> Floats | None:
        subjects = self._corpus.subjects
        told = None if subjects is None else subjects.told(self.rows, self._weights)
        if subjects is None or told is None:
            return None
        is_known = subjects.is_known
        sample = self._background.sample
        usual = told[sample[is_known[sample]]]
        values = np.clip(told - (usual.mean() if len(usual) else told[is_known].mean()), -MOST_TOLD, MOST_TOLD)
        return np.where(is_known, values, np.float32(0))


def _without_each(products: Floats, squares: Floats, weights: Floats) -> Floats:
    """Return the product of each chosen paper with the mean of the others.

    Args:
        products: Of each with the weighted sum of all.
        squares: Of each with itself.
        weights: Of each.
    """
    without: Floats = (products - weights * squares) / (weights.sum() - weights)
    return without


def _mean_place(values: Floats, others: Floats) -> float:
    """Return the mean logarithm of how many of others come before each value, or with it."""
    before = len(others) - np.searchsorted(np.sort(others), values, side="left")
    return float(np.log1p(before).mean())
