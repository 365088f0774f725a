"""What all papers are like: against it one tells what is special about a reader's. Computed once for a corpus."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.telling import Telling
from readinglist.recommend.topics import Topics

SAMPLE = 2000  # papers that stand for all, where it is asked how far something stands out
MOMENTS = 12_000  # papers whose mean and covariance stand for those of all; enough for some hundred dimensions
RIDGE = 0.3  # added to the covariance, as a share of its mean variance: directions of small variance are mostly noise
SEED = 7
LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Background:
    """The papers of a corpus together.

    Attributes:
        sample: Some of the live rows, in ascending order.
        mean: Of the vectors.
        inverse: Of their covariance with the ridge, shape (dimensions, dimensions).
        levels: For each row its product with the mean.
        lengths: For each row its distance from the mean.
        topics: What papers are about, roughly.
        word_mean: Of the papers' words, by place; None without words.
    """

    sample: Rows
    mean: Floats
    inverse: Floats
    levels: Floats
    lengths: Floats
    topics: Topics
    word_mean: Floats | None

    @classmethod
    def of(cls, corpus: Corpus) -> "Background":
        """Look at the papers of a corpus."""
        chosen = _sample(corpus, MOMENTS)
        rows = corpus.matrix[chosen]
        mean = rows.mean(axis=0) if len(chosen) else np.zeros(corpus.matrix.shape[1], dtype=np.float32)
        word_mean = None
        if corpus.terms is not None and corpus.term_rows is not None:
            counted = corpus.term_rows[chosen]
            counted = counted[counted >= 0]
            word_mean = Telling(corpus.terms).direction(counted) / np.float32(max(1, len(counted)))
        return _seen_from(corpus, mean.astype(np.float32), _inverse(rows - mean), word_mean)

    def moved_to(self, corpus: Corpus) -> "Background":
        """Return the background of a corpus in which some papers came, changed or went: on the whole it is the same."""
        if corpus.matrix.shape[1] != len(self.mean) or (corpus.terms is None) != (self.word_mean is None):
            return Background.of(corpus)
        return _seen_from(corpus, self.mean, self.inverse, self.word_mean)

    def cosines(self, corpus: Corpus, rows: Rows, others: Rows) -> Floats:
        """Return the cosines of rows with others, all seen from the mean, shape (rows, others).

        Seen from the mean, two papers of the corpus are as often unlike as alike, whatever they all have in common.
        """
        products = corpus.matrix[rows] @ corpus.matrix[others].T
        products += np.float32(self.mean @ self.mean)
        products -= self.levels[rows][:, np.newaxis]
        products -= self.levels[others][np.newaxis, :]
        products /= self.lengths[rows][:, np.newaxis]
        products /= self.lengths[others][np.newaxis, :]
        return products


def standardise(values: Floats, sample: Floats) -> Floats:
    """Measure values in how far they stand out: shifted and stretched so that a sample has mean 0 and deviation 1."""
    if not len(sample):
        return np.zeros_like(values)
    standardised: Floats = (values - sample.mean()) / np.float32(max(float(sample.std()), LEAST))
    return standardised


def _seen_from(corpus: Corpus, mean: Floats, inverse: Floats, word_mean: Floats | None) -> Background:
    levels = corpus.matrix @ mean
    squares = np.maximum(1.0 - 2.0 * levels + mean @ mean, LEAST)
    sample = _sample(corpus, SAMPLE)
    return Background(
        sample=sample,
        mean=mean,
        inverse=inverse,
        levels=levels,
        lengths=np.sqrt(squares).astype(np.float32),
        topics=Topics.of(corpus.matrix[sample], mean),
        word_mean=word_mean,
    )


def _sample(corpus: Corpus, size: int) -> Rows:
    live = np.flatnonzero(corpus.is_live)
    if len(live) <= size:
        return live
    return np.sort(np.random.default_rng(SEED).choice(live, size, replace=False))


def _inverse(centred: NDArray[np.float32]) -> Floats:
    dimensions = centred.shape[1]
    covariance = centred.T @ centred / np.float32(max(1, len(centred)))
    ridge = RIDGE * max(float(np.trace(covariance)) / max(1, dimensions), LEAST)
    inverse = np.linalg.inv(covariance + np.float32(ridge) * np.eye(dimensions, dtype=np.float32))
    return inverse.astype(np.float32)
