"""How many upvotes papers have and how new they are: read when it is first needed, and kept in step from then on.

For a reader of whom little is known. From ten liked papers on nobody asks for it, and nothing is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library

if TYPE_CHECKING:
    from readinglist.library.unit import Reader

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Numbers:
    """A number for each of some papers, whose ids ascend."""

    ids: Ids
    values: Floats

    @classmethod
    def of_groups(cls, groups: Iterable[tuple[float, list[int]]]) -> "_Numbers":
        """Take papers by the number that they have in common."""
        groups = list(groups)
        ids = np.array([key for _, keys in groups for key in keys], dtype=np.int64)
        sizes = np.array([len(keys) for _, keys in groups], dtype=np.int64)
        values = np.repeat(np.array([value for value, _ in groups], dtype=np.float32), sizes)
        order = np.argsort(ids, kind="stable")
        return cls(ids=ids[order], values=values[order])

    def of(self, ids: Ids) -> Floats:
        """Return the numbers of papers; not-a-number for those without."""
        if not len(self.ids):
            return np.full(len(ids), np.nan, dtype=np.float32)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[places] == ids, self.values[places], np.float32(np.nan))

    def renewed(self, changed: Ids, fresh: "_Numbers") -> "_Numbers":
        """Return these with the numbers that some papers have now; the same object if they had them before."""
        if np.array_equal(self.of(changed), fresh.of(changed), equal_nan=True):
            return self
        is_kept = ~np.isin(self.ids, changed)
        ids = np.concatenate([self.ids[is_kept], fresh.ids])
        order = np.argsort(ids, kind="stable")
        return _Numbers(ids=ids[order], values=np.concatenate([self.values[is_kept], fresh.values])[order])


class Popularity:
    """Keeps both numbers of all papers outside the bin; used by one thread at a time.

    Attributes:
        version: Another number whenever what was returned before no longer holds.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: tuple[_Numbers, _Numbers] | None = None
        self.version = 0

    def of(self, ids: Ids) -> tuple[Floats, Floats]:
        """Return the upvotes of papers and the days they were published on; not-a-number where they are unknown."""
        if self._known is None:
            with self._library.read() as reader:
                self._known = _read(reader, None)
        upvotes, days = self._known
        return upvotes.of(ids), days.of(ids)

    def renew(self, reader: "Reader", doubtful: list[PaperId] | None) -> None:
        """Bring the numbers of some papers in step; None for all."""
        before = self._known
        if before is None:
            return
        if doubtful is None:
            self._known = None
        else:
            changed, fresh = np.array(doubtful, dtype=np.int64), _read(reader, doubtful)
            self._known = before[0].renewed(changed, fresh[0]), before[1].renewed(changed, fresh[1])
        if self._known is None or self._known[0] is not before[0] or self._known[1] is not before[1]:
            self.version += 1


def _read(reader: "Reader", ids: list[PaperId] | None) -> tuple[_Numbers, _Numbers]:
    upvotes = _Numbers.of_groups((float(value), keys) for value, keys in reader.unread.upvotes(ids))
    return upvotes, _Numbers.of_groups((_day(str(value)), keys) for value, keys in reader.unread.days(ids))


def _day(published: str) -> float:
    """Count the days to a date; of a month or a year only, to the middle of it."""
    day = PartialDate.parse(published)
    if day.month is None:
        return day.year * 365.25 + 182.0
    return day.year * 365.25 + (day.month - 1) * 30.44 + (day.day or 15)
