"""What the reader decided so far, weighed; kept in step with the library, so that one more decision costs one look."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from readinglist.domain.changes import ChangeKind
from readinglist.domain.decision import Decision
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.recommend.profile import Taste, weigh
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub

if TYPE_CHECKING:
    from readinglist.library.unit import Reader

DECIDING = (
    *(ChangeKind.STATUS, ChangeKind.MARKS, ChangeKind.TAGS, ChangeKind.NOTE, ChangeKind.ANNOTATIONS),
    *(ChangeKind.FEEDBACK, ChangeKind.ADDED, ChangeKind.REMOVED),
)
WEIGHED_FOR = timedelta(hours=6)  # decisions of months and years do not grow old faster than that


class Decided:
    """All decisions; used by one thread at a time."""

    def __init__(self, events: EventHub) -> None:
        self._doubts = Doubts(events, DECIDING)
        self._by_paper: dict[PaperId, Sequence[Decision]] = {}
        self._taste: Taste | None = None
        self._weighed: datetime | None = None

    def taste(self, reader: "Reader", now: datetime) -> Taste:
        """Return what the reader likes.

        Args:
            reader: Sees the library.
            now: UTC.
        """
        is_changed = self._refresh(reader)
        if self._taste is None or self._weighed is None or is_changed or now - self._weighed > WEIGHED_FOR:
            self._taste = weigh([one for found in self._by_paper.values() for one in found], now)
            self._weighed = now
        return self._taste

    def _refresh(self, reader: "Reader") -> bool:
        """Read anew what is doubtful; returns whether anything changed."""
        doubtful = self._doubts.take()
        if doubtful is not None and not doubtful:
            return False
        try:
            found = reader.decisions.all() if doubtful is None else reader.decisions.of(doubtful)
        except ReadingListError:
            self._doubts.doubt_all()
            raise
        fresh: dict[PaperId, list[Decision]] = {}
        for one in found:
            fresh.setdefault(one.paper_id, []).append(one)
        before = {} if doubtful is None else {key: self._by_paper.pop(key, ()) for key in doubtful}
        self._by_paper = {**fresh} if doubtful is None else {**self._by_paper, **fresh}
        return doubtful is None or any(list(before[key]) != fresh.get(key, []) for key in doubtful)
