"""What papers are about, roughly: which of a dozen groups of the whole corpus a paper belongs to."""

from dataclasses import dataclass

import numpy as np

from readinglist.recommend.corpus import Floats, Rows

GROUPS = 12  # of more, neighbours are hardly about different things
LEAST_MEMBERS = 40  # on the average: groups of fewer are accidents
ROUNDS = 10
SEED = 11
LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Topics:
    """Groups of papers that are near each other.

    Attributes:
        mean: Of all vectors.
        centres: Of the groups, seen from there; rows of length 1.
    """

    mean: Floats
    centres: Floats

    @classmethod
    def of(cls, sample: Floats, mean: Floats) -> "Topics":
        """Find the groups of papers that stand for all.

        Args:
            sample: Rows of length 1.
            mean: Of all vectors.
        """
        rows = _units(sample - mean)
        count = min(GROUPS, max(1, len(rows) // LEAST_MEMBERS), len(rows))
        centres = rows[np.random.default_rng(SEED).choice(len(rows), count, replace=False)]
        for _ in range(ROUNDS if count > 1 else 0):
            nearest = (rows @ centres.T).argmax(axis=1)
            is_member = nearest[np.newaxis, :] == np.arange(count)[:, np.newaxis]
            sums = is_member.astype(np.float32) @ rows
            centres = _units(np.where(is_member.any(axis=1)[:, np.newaxis], sums, centres))
        return cls(mean=mean, centres=centres)

    def find(self, rows: Floats) -> Rows:
        """Return the number of the group of each row."""
        found: Rows = self.nearness(rows).argmax(axis=1)
        return found

    def nearness(self, rows: Floats) -> Floats:
        """Return how near each row is to the middle of each group: a cosine, shape (rows, groups)."""
        if not len(self.centres):
            return np.zeros((len(rows), 1), dtype=np.float32)
        near: Floats = _units(rows - self.mean) @ self.centres.T
        return near


def _units(rows: Floats) -> Floats:
    units: Floats = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), LEAST)).astype(np.float32)
    return units
