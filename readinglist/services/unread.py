"""Which papers may be recommended; kept in step with the library."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.domain.feedback import Feedback
from readinglist.domain.matching import are_twins
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.library.unread import OPEN, Groups
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub
from readinglist.services.popularity import Popularity

if TYPE_CHECKING:
    from readinglist.library.unit import Reader

SHAPING = (
    *(ChangeKind.STATUS, ChangeKind.DETAILS, ChangeKind.FEEDBACK),
    *(ChangeKind.ADDED, ChangeKind.REMOVED),
)
LEFT_OUT = frozenset({Feedback.HIDE, Feedback.LESS})
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unread:
    """What is known at one moment.

    Attributes:
        ids: All papers outside the bin, in ascending order.
        is_open: Of the same papers: nobody has read it yet, or decided against it.
        said: What the reader said of papers in For you.
        twins: Unread papers that are the same work as one that was read or decided against, with that one.
    """

    ids: Ids
    is_open: NDArray[np.bool_]
    said: Mapping[PaperId, frozenset[Feedback]] = field(default_factory=dict)
    twins: Mapping[PaperId, PaperId] = field(default_factory=dict)

    def candidates(self) -> Ids:
        """Return the papers that may be recommended, in ascending order."""
        left_out = {*self.twins, *(key for key, said in self.said.items() if said & LEFT_OUT)}
        found = self.ids[self.is_open]
        return found[~np.isin(found, np.fromiter(left_out, dtype=np.int64, count=len(left_out)))]


class UnreadPapers:
    """Keeps an `Unread`; used by one thread at a time.

    Attributes:
        popularity: What others think of the papers; in step as well.
    """

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._doubts = Doubts(events, SHAPING)
        self._present = _unread_of(())
        self.popularity = Popularity(library)

    def present(self) -> Unread:
        """Return what is known; the same object as before if nothing changed."""
        doubtful = self._doubts.take()
        if doubtful is None or doubtful:
            try:
                with self._library.read() as reader:
                    self._present = self._refreshed(reader, doubtful)
            except ReadingListError:
                self._doubts.doubt_all()
                raise
        return self._present

    def _refreshed(self, reader: "Reader", doubtful: list[PaperId] | None) -> Unread:
        self.popularity.renew(reader, doubtful)
        fresh = _unread_of(reader.unread.statuses(doubtful))
        before = self._present
        if doubtful is None:
            return replace(fresh, said=reader.feedback.all(), twins=_twins(reader, reader.unread.namesakes()))
        # A twin may have lost its other half: then it is looked for again as if it had changed itself.
        touched = {*doubtful, *(one for one, other in before.twins.items() if other in set(doubtful))}
        twins = {one: other for one, other in before.twins.items() if one not in touched}
        twins |= _twins(reader, reader.unread.namesakes(sorted(touched)))
        said = {key: what for key, what in before.said.items() if key not in touched} | reader.feedback.of(
            sorted(touched)
        )
        return replace(_merged(before, fresh, doubtful), said=said, twins=twins)


def _unread_of(statuses: "Groups | tuple[()]") -> Unread:
    ids = np.array([key for _, keys in statuses for key in keys], dtype=np.int64)
    open_statuses = {str(status) for status in OPEN}
    is_open = np.repeat(
        np.array([value in open_statuses for value, _ in statuses], dtype=np.bool_),
        np.array([len(keys) for _, keys in statuses], dtype=np.int64),
    )
    order = np.argsort(ids, kind="stable")
    return Unread(ids=ids[order], is_open=is_open[order])


def _merged(before: Unread, fresh: Unread, changed: list[PaperId]) -> Unread:
    """Return what was known with some papers as they are now; those that are not in `fresh` are gone."""
    is_kept = ~np.isin(before.ids, np.array(changed, dtype=np.int64))
    ids = np.concatenate([before.ids[is_kept], fresh.ids])
    order = np.argsort(ids, kind="stable")
    return Unread(
        ids=ids[order],
        is_open=np.concatenate([before.is_open[is_kept], fresh.is_open])[order],
    )


def _twins(reader: "Reader", pairs: list[tuple[PaperId, PaperId]]) -> dict[PaperId, PaperId]:
    """Return those of the pairs of namesakes that are one work."""
    described = {one.paper_id: one for one in reader.candidates.of(sorted({key for pair in pairs for key in pair}))}
    return {one: other for one, other in pairs if are_twins(described[one], described[other])}
