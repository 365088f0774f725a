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

from readinglist.domain.stop_words import STOP_WORDS
from readinglist.similarity.mapped import let_go

PLACES = 1 << 18  # of words and pairs in the table
PAIR_FACTOR, PAIR_PRIME = 1_000_003, (1 << 61) - 1  # the order of the two words counts
WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
SAMPLE = 20_000  # rows that are counted to know how rare words are, where there are many more
PART = 100  # rows counted in one go
AT_ONCE = 8192  # rows whose lengths are counted in one go: a large library has hundreds of megabytes of words
GROWN = 1.1
LEAST_LENGTH = 1e-6
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TermWeights:
    """What words tell.

    Attributes:
        rarity: How much a word tells, by its place.
        lengths: Of rows, from the first one on, when their words are weighed by that; 1 for a row without words.
        counted_at: How many rows there were when the rarity was counted.
    """

    rarity: Floats
    lengths: Floats
    counted_at: int


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

    def grown(
        self, ids: NDArray[np.int64], starts: NDArray[np.int64], places: NDArray[np.int32], counts: Floats
    ) -> "Terms":
        """Return these rows, perhaps marked anew, and others behind them.

        What words tell is not counted anew before the rows have grown by a tenth.
        """
        more = Terms(ids=ids, starts=starts, places=places, counts=counts)
        if self.is_weighed:
            more.take_weights(self.weights)
        return more

    def only(self, rows: NDArray[np.int64]) -> "Terms":
        """Return a copy of some rows; what words tell stays what all rows say."""
        chosen = self._matrix[rows]
        terms = Terms(
            ids=self.ids[rows],
            starts=chosen.indptr.astype(np.int64),
            places=chosen.indices.astype(np.int32, copy=False),
            counts=chosen.data,
        )
        known = self.weights
        vars(terms)["weights"] = TermWeights(
            rarity=known.rarity, lengths=known.lengths[rows], counted_at=known.counted_at
        )
        return terms

    def take_weights(self, known: TermWeights) -> None:
        """Take what was counted of the first of these rows; it is not taken where the rows have grown by a tenth."""
        if len(self.ids) <= GROWN * known.counted_at:
            lengths = np.concatenate([known.lengths, self._lengths_from(len(known.lengths), known.rarity)])
            taken = TermWeights(rarity=known.rarity, lengths=lengths, counted_at=known.counted_at)
            vars(self)["weights"] = taken  # as if it had been worked out

    @property
    def is_weighed(self) -> bool:
        """What the words tell is known, without counting."""
        return "weights" in vars(self)

    @cached_property
    def weights(self) -> TermWeights:
        """What the words tell, counted when it is first needed."""
        rarity = self._count_rarity()
        return TermWeights(rarity=rarity, lengths=self._lengths_from(0, rarity), counted_at=len(self.ids))

    @property
    def rarity(self) -> Floats:
        """How much a word tells, by its place; a word that no paper has counts as very rare."""
        return self.weights.rarity

    @property
    def lengths(self) -> Floats:
        """The length of each row when its words are weighed by their rarity; 1 for a row without words."""
        return self.weights.lengths

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

    def compare(
        self, places: NDArray[np.int32], counts: Floats, rows: NDArray[np.int64]
    ) -> tuple[Floats, NDArray[np.int64]]:
        """Compare a text with some rows.

        Args:
            places: Of the text's words.
            counts: Of the same.
            rows: Numbers of rows.

        Returns:
            Cosines, and how many different words the rows have.
        """
        if not len(self.ids) or not len(places):
            return np.zeros(len(rows), dtype=np.float32), np.zeros(len(rows), dtype=np.int64)
        weights = counts * self.rarity[places]
        direction = np.zeros(PLACES, dtype=np.float32)
        direction[places] = weights * self.rarity[places] / max(float(np.linalg.norm(weights)), LEAST_LENGTH)
        cosines = (self._matrix[rows] @ direction) / self.lengths[rows]
        return cosines.astype(np.float32), self.starts[rows + 1] - self.starts[rows]

    def rows_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of the rows of papers; -1 for those that have none."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int64)
        order, ordered = self._order
        found = order[np.minimum(np.searchsorted(ordered, ids), len(order) - 1)]
        return np.where(self.ids[found] == ids, found, -1)

    def _count_rarity(self) -> Floats:
        total = len(self.ids)
        step = max(1, total // SAMPLE)
        papers = np.zeros(PLACES, dtype=np.int64)
        if step == 1:
            papers += np.bincount(self.places, minlength=PLACES)
        else:  # the rows in between are like those that are counted
            for row in range(0, total - PART + 1, step * PART):
                part = self.places[self.starts[row] : self.starts[row + PART]]
                papers += np.bincount(part, minlength=PLACES)
            papers = papers * step
        told: Floats = (1.0 + np.log((1.0 + total) / (1.0 + np.minimum(papers, total)))).astype(np.float32)
        return told

    def _lengths_from(self, row: int, rarity: Floats) -> Floats:
        from scipy.sparse import csr_matrix

        told, lengths = np.square(rarity), np.ones(len(self.ids) - row, dtype=np.float32)
        for first in range(row, len(self.ids), AT_ONCE):
            starts = self.starts[first : first + AT_ONCE + 1]
            words = slice(starts[0], starts[-1])
            squared = (np.square(self.counts[words]), self.places[words], starts - starts[0])
            squares = csr_matrix(squared, shape=(len(starts) - 1, PLACES)) @ told
            lengths[first - row : first - row + len(squares)] = np.sqrt(np.where(squares > 0, squares, 1.0))
            for mapped in (self.counts, self.places):
                let_go(mapped)  # each word is looked at once
        return lengths

    @cached_property
    def _order(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.ids, kind="stable")
        return order, self.ids[order]

    @cached_property
    def _matrix(self) -> Any:
        from scipy.sparse import csr_matrix

        return csr_matrix((self.counts, self.places, self.starts), shape=(len(self.ids), PLACES))


def count_words(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """Count the words of texts, and the pairs of words that follow each other.

    Returns:
        The `starts`, `places` and `counts` of `Terms`.
    """
    hashes, text_of = _hashed(texts)
    is_word = hashes >= 0
    is_pair = is_word[:-1] & is_word[1:] & (text_of[:-1] == text_of[1:])
    pairs = (hashes[:-1][is_pair] * PAIR_FACTOR + hashes[1:][is_pair]) % PAIR_PRIME
    places = np.concatenate([hashes[is_word], pairs]) % PLACES
    texts_of = np.concatenate([text_of[is_word], text_of[:-1][is_pair]])
    keys, counts = np.unique(texts_of * PLACES + places, return_counts=True)
    starts = np.searchsorted(keys, np.arange(len(texts) + 1, dtype=np.int64) * PLACES)
    damped: Floats = (1.0 + np.log(counts)).astype(np.float32)
    return starts.astype(np.int64), (keys % PLACES).astype(np.int32), damped


def _hashed(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a number for each word of all texts, below 0 for one that tells nothing, and which text it is in."""
    words = [[_hash(word) for word in WORD.findall(text.lower())] for text in texts]
    hashes = np.array([one for found in words for one in found], dtype=np.int64)
    return hashes, np.repeat(np.arange(len(texts), dtype=np.int64), [len(found) for found in words])


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    if word in STOP_WORDS or (len(word) < 2 and word.isascii()):
        return -1
    return zlib.crc32(_singular(word).encode())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word
