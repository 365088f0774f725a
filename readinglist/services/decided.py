"""What the reader decided so far, weighed; kept in step with the library, so that one more decision costs one look."""

from datetime import datetime, timedelta

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.recommend.profile import Taste, weigh
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub

DECIDING = (
    *(ChangeKind.STATUS, ChangeKind.MARKS, ChangeKind.TAGS, ChangeKind.NOTE, ChangeKind.ANNOTATIONS),
    *(ChangeKind.FEEDBACK, ChangeKind.ADDED, ChangeKind.REMOVED),
)
WEIGHED_FOR = timedelta(hours=6)  # decisions of months and years do not grow old faster than that


class Decided:
    """All decisions; used by one thread at a time."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._doubts = Doubts(events, DECIDING)
        self._weights: dict[PaperId, float] = {}
        self._taste = Taste.from_weights({})
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
        fresh = _weights_of(weigh(found, now))
        if doubtful is None:
            before, self._weights, self._weighed = self._weights, fresh, now
        else:
            before, changed = self._weights, set(doubtful)
            self._weights = {key: one for key, one in before.items() if key not in changed} | fresh
        if self._weights != before:
            self._taste = Taste.from_weights(self._weights)
        return self._taste


def _weights_of(taste: Taste) -> dict[PaperId, float]:
    pairs = zip(taste.ids.tolist(), taste.weights.tolist(), strict=True)
    return {PaperId(key): weight for key, weight in pairs}
