"""What the sources say papers are about: categories and subject words, as numbers; one thing more to tell a taste by.

For the ranker. A source files a paper under a few of its categories, such as `cs.LG`, or gives it some subject words. A
paper that is filed where the reader's papers are is the likelier to be theirs, the more so the fewer others are filed
there. Each subject has a place in a table of fixed size, found by its hash: no list of them has to be kept.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Numbers = NDArray[np.int32]

PLACES = 1 << 18  # of subjects in the table
USUAL = 5.0  # papers filed as all are, that count beside the reader's: a few of theirs are soon of one kind by accident
LEAST = 1e-6  # share of papers; nothing is quite impossible


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PaperSubjects:
    """The subjects of papers that have any.

    Attributes:
        ids: Whose they are, in ascending order.
        starts: Where those of each paper begin, shape (papers + 1,).
        places: Of the subjects in the table, each once a paper.
    """

    ids: Rows
    starts: Numbers
    places: Numbers

    @classmethod
    def of(cls, papers: Iterable[tuple[int, Sequence[str]]]) -> "PaperSubjects":
        """Take the subjects of papers, each paper once."""
        known: dict[tuple[str, ...], list[int]] = {(): []}  # most papers of a field have the same ones
        found = []
        for key, subjects in papers:
            chosen = tuple(subjects)
            if chosen not in known:
                known[chosen] = _places(chosen)
            if known[chosen]:
                found.append((key, known[chosen]))
        found.sort()
        sizes = np.array([0, *(len(places) for _, places in found)], dtype=np.int32)
        return cls(
            ids=np.array([key for key, _ in found], dtype=np.int64),
            starts=np.cumsum(sizes, dtype=np.int32),
            places=np.array([place for _, places in found for place in places], dtype=np.int32),
        )

    def renewed(self, changed: Rows, fresh: "PaperSubjects") -> "PaperSubjects":
        """Return these with the subjects that some papers have now; the same object if they had them before.

        Args:
            changed: The papers.
            fresh: Their subjects; those of them that are not in it have none any more.
        """
        is_changed = np.isin(self.ids, changed)
        if _are_equal(_some(self, np.flatnonzero(is_changed)), fresh):
            return self
        kept = _some(self, np.flatnonzero(~is_changed))
        ids = np.concatenate([kept.ids, fresh.ids])
        starts = np.concatenate([kept.starts, fresh.starts[1:] + kept.starts[-1]])
        both = PaperSubjects(ids=ids, starts=starts, places=np.concatenate([kept.places, fresh.places]))
        return _some(both, np.argsort(ids, kind="stable"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowSubjects:
    """The subjects of the rows of a corpus.

    Attributes:
        starts: Where those of each row begin, shape (rows + 1,); nothing is known of a row that has none.
        numbers: Of the subjects, from 0 on.
        shares: By number, of which share of the rows that have any it is a subject.
    """

    starts: Numbers
    numbers: Numbers
    shares: NDArray[np.float64]

    @classmethod
    def find(cls, known: PaperSubjects, ids: Rows) -> "RowSubjects | None":
        """Return those of papers; None if nothing is known of any.

        Args:
            known: Of any papers.
            ids: Of the papers, in the order of the rows.
        """
        if not len(known.ids):
            return None
        rows = np.minimum(np.searchsorted(known.ids, ids), len(known.ids) - 1)
        has_any = known.ids[rows] == ids
        if not has_any.any():
            return None
        bounds, where = _segments(known.starts, rows[has_any])
        places = known.places[where]
        counts = np.bincount(places, minlength=PLACES)
        used = np.flatnonzero(counts)
        numbers = np.zeros(PLACES, dtype=np.int32)
        numbers[used] = np.arange(len(used), dtype=np.int32)
        sizes = np.zeros(len(ids), dtype=np.int32)
        sizes[has_any] = np.diff(bounds)
        starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int32)]).astype(np.int32)
        return cls(starts=starts, numbers=numbers[places], shares=counts[used] / float(np.count_nonzero(has_any)))

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Mask of the rows that have any."""
        known: NDArray[np.bool_] = np.diff(self.starts) > 0
        return known

    def only(self, rows: Rows) -> "RowSubjects":
        """Return a copy of some rows; how common a subject is stays what all rows say."""
        starts, where = _segments(self.starts, rows)
        return RowSubjects(starts=starts, numbers=self.numbers[where], shares=self.shares)

    def told(self, rows: Rows, weights: Floats) -> Floats | None:
        """Return for each row how much likelier its subjects are among some papers than among all.

        That is a logarithm, of what each subject that it has says by itself; only what sets rows apart is counted, so
        that a constant may be missing. Rows without subjects have 0.

        Args:
            rows: The papers.
            weights: How much each of them counts, above 0.

        Returns:
            None if none of the papers has subjects.
        """
        starts, where = _segments(self.starts, rows)
        sizes = np.diff(starts)
        counted = float(weights[sizes > 0].sum())
        if not counted:
            return None
        found = np.bincount(self.numbers[where], weights=np.repeat(weights, sizes), minlength=len(self.shares))
        among = (found + USUAL * self.shares) / (counted + USUAL)
        says = _log_odds(among) - _log_odds(self.shares)
        summed = np.concatenate([[0.0], np.cumsum(says[self.numbers])])
        told: Floats = (summed[self.starts[1:]] - summed[self.starts[:-1]]).astype(np.float32)
        return told


def _places(subjects: Iterable[str]) -> list[int]:
    folded = (" ".join(subject.casefold().split()) for subject in subjects)
    return sorted({zlib.crc32(subject.encode()) % PLACES for subject in folded})


def _some(papers: PaperSubjects, rows: Rows) -> PaperSubjects:
    starts, where = _segments(papers.starts, rows)
    return PaperSubjects(ids=papers.ids[rows], starts=starts, places=papers.places[where])


def _are_equal(one: PaperSubjects, other: PaperSubjects) -> bool:
    pairs = ((one.ids, other.ids), (one.starts, other.starts), (one.places, other.places))
    return all(np.array_equal(mine, others) for mine, others in pairs)


def _segments(starts: Numbers, rows: Rows) -> tuple[Numbers, Rows]:
    """Return where the segments of some rows begin when they stand one after the other, and where they stood."""
    sizes = starts[rows + 1] - starts[rows]
    bounds = np.concatenate([[0], np.cumsum(sizes, dtype=np.int32)]).astype(np.int32)
    where = np.arange(bounds[-1], dtype=np.int64) + np.repeat(starts[rows] - bounds[:-1], sizes)
    return bounds, where


def _log_odds(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = np.clip(shares, LEAST, 1.0 - LEAST)
    odds: NDArray[np.float64] = np.log(shares) - np.log1p(-shares)
    return odds
