"""The words of papers as numbers: a sparse matrix, and what can be computed with it quickly.

For whoever compares by words and by meaning together. A word, or a pair of words, has a place in a table of fixed size,
found by its hash: no vocabulary has to be kept, and papers can be added at any time. Two words may share a place; among
some hundred of a paper that is rare enough to change nothing.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

PLACES = 1 << 18  # of words and pairs in the table
WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """Which words papers have, and how often.

    Attributes:
        ids: Whose the rows are, shape (rows,), each once.
        starts: Where the words of each row begin, shape (rows + 1,).
        places: Of the words in the table, ascending within a row.
        counts: How often each stands there, damped: 1 + the logarithm.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: Floats

    @classmethod
    def of_texts(cls, ids: Sequence[int], texts: Sequence[str]) -> "Terms":
        """Count the words of some texts."""
        starts, places, counts = count_words(texts)
        return cls(ids=np.array(ids, dtype=np.int64), starts=starts, places=places, counts=counts)

    @cached_property
    def rarity(self) -> Floats:
        """How much a word tells, by its place; a word that no paper has counts as very rare."""
        papers = np.bincount(self.places, minlength=PLACES)
        told: Floats = (1.0 + np.log((1.0 + len(self.ids)) / (1.0 + papers))).astype(np.float32)
        return told

    @cached_property
    def lengths(self) -> Floats:
        """The length of each row when its words are weighed by their rarity; 1 for a row without words."""
        squares = self._matrix.power(2) @ np.square(self.rarity)
        return np.sqrt(np.where(squares > 0, squares, 1.0)).astype(np.float32)

    def scores(self, direction: Floats) -> Floats:
        """Return for each row how much of a direction is in it: a cosine, if the direction has the length 1.

        Args:
            direction: By place, shape (`PLACES`,).
        """
        found: Floats = self._matrix @ (direction * self.rarity) / self.lengths
        return found

    def direction(self, rows: NDArray[np.int64], weights: Floats | None = None) -> Floats:
        """Return the weighted sum of rows, each of length 1, by place; what `scores` takes.

        Args:
            rows: Numbers of rows.
            weights: Of the same rows; None counts each once.
        """
        factors = (np.ones(len(rows), dtype=np.float32) if weights is None else weights) / self.lengths[rows]
        summed = self._matrix[rows].T @ factors
        found: Floats = (summed * self.rarity).astype(np.float32)
        return found

    def rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of the rows of papers; -1 for those that have none."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int64)
        order = np.argsort(self.ids, kind="stable")
        found = order[np.minimum(np.searchsorted(self.ids, ids, sorter=order), len(order) - 1)]
        return np.where(self.ids[found] == ids, found, -1)

    @cached_property
    def _matrix(self) -> Any:
        from scipy.sparse import csr_matrix

        return csr_matrix((self.counts, self.places, self.starts), shape=(len(self.ids), PLACES))


def count_words(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """Count the words of texts; returns the `starts`, `places` and `counts` of `Terms`."""
    found = [_places_of(text) for text in texts]
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    rows = [np.unique(np.array(one, dtype=np.int32), return_counts=True) for one in found]
    starts[1:] = np.cumsum([len(places) for places, _ in rows])
    if not rows:
        return starts, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    counts = np.concatenate([many for _, many in rows])
    return starts, np.concatenate([places for places, _ in rows]), (1.0 + np.log(counts)).astype(np.float32)


def _places_of(text: str) -> list[int]:
    return [place for word in WORD.findall(text.lower()) if (place := _place(word)) >= 0]


@lru_cache(maxsize=200_000)
def _place(word: str) -> int:
    if len(word) < 2 and word.isascii():
        return -1
    return zlib.crc32(_singular(word).encode()) % PLACES


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word
