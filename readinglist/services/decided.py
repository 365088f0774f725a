"""What the reader decided so far, weighed; kept in step with the library, so that one more decision costs one look."""

from datetime import datetime, timedelta

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.library.library import Library
from readinglist.recommend.profile import Taste, weigh
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub

DECIDING = (
    *(ChangeKind.STATUS, ChangeKind.MARKS, ChangeKind.TAGS, ChangeKind.COLLECTIONS, ChangeKind.NOTE),
    *(ChangeKind.ANNOTATIONS, ChangeKind.FEEDBACK, ChangeKind.ADDED, ChangeKind.REMOVED),
)
WEIGHED_FOR = timedelta(hours=6)  # decisions of months and years do not grow old faster than that


class Decided:
    """All decisions; used by one thread at a time."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._doubts = Doubts(events, DECIDING)
        self._taste = Taste.of(())
        self._weighed: datetime | None = None  # all of them

    def taste(self, now: datetime) -> Taste:
        """Return what the reader likes at a time (UTC); the same object as before if nothing changed."""
        doubtful = self._doubts.take()
        if self._weighed is None or now - self._weighed > WEIGHED_FOR:
            doubtful = None
        if doubtful is not None and not doubtful:
            return self._taste
        try:
            with self._library.read() as reader:
                found = reader.decisions.all() if doubtful is None else reader.decisions.of(doubtful)
        except ReadingListError:
            self._doubts.doubt_all()
            raise
        fresh = weigh(found, now)
        if doubtful is None:
            self._weighed = now
            doubtful = self._taste.ids.tolist()
        self._taste = self._taste.changed(doubtful, fresh)
        return self._taste
