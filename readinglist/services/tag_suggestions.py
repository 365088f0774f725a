"""Which tags a paper could have: those of the tagged papers nearest to it, where they agree."""

import threading
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.recommend.tagging import LIMIT, TagSuggestion, Untagged, suggest_tags
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub
from readinglist.similarity.neighbours import Neighbour, nearest
from readinglist.similarity.vectors import Vectors

if TYPE_CHECKING:
    from readinglist.services.indexing import Indexing

NEIGHBOURS = 20
FEW = 50  # papers, that share more than a library does
SAMPLED = 5000  # papers that tell what a large library shares: reading all of a million takes seconds
LEAST_LENGTH = 1e-6
TAGGING = (ChangeKind.TAGS, ChangeKind.ADDED, ChangeKind.REMOVED)


class TagSuggestions:
    """Remembers which papers have which tags.

    Args:
        library: The papers.
        events: Tells what changed.
        indexing: Has the vectors.
    """

    def __init__(self, library: Library, events: EventHub, indexing: "Indexing") -> None:
        self._library = library
        self._indexing = indexing
        self._lock = threading.Lock()
        self._doubts = Doubts(events, TAGGING)
        self._tags: Mapping[PaperId, tuple[str, ...]] = {}
        self._common: tuple[Vectors, NDArray[np.float32]] | None = None  # all vectors, and what they share
        self._masked: tuple[Vectors, Vectors] | None = None  # all vectors, and those of tagged papers

    def find(
        self,
        paper_id: PaperId,
        present: Collection[str],
        *,
        refused: Collection[str] = (),
        title: str = "",
        limit: int = LIMIT,
    ) -> tuple[SuggestedTag, ...]:
        """Suggest tags, the best first; may be called from any thread.

        Args:
            paper_id: The paper.
            present: Tags that it has.
            refused: Tags that the reader does not want for it.
            title: Of the paper.
            limit: How many at most.
        """
        vectors = self._indexing.vectors()
        if vectors is None:
            return ()
        rows = (vectors.ids == paper_id).nonzero()[0]
        if not len(rows):
            return ()
        with self._lock:
            tags, tagged = self._tagged(), self._only_tagged(vectors)
        neighbours = nearest(tagged, vectors.matrix[rows[0]], NEIGHBOURS, exclude=[paper_id])
        counts: dict[str, int] = {}
        for names in tags.values():
            for name in names:
                counts[name] = counts.get(name, 0) + 1
        own = self._own(vectors, rows[0], neighbours)
        self._indexing.let_go(unused_s=0.0)  # the next paper has other neighbours
        most = limit + len(refused)
        paper = Untagged(title=title, present=present, own=own)
        found = suggest_tags(neighbours, tags, paper, counts=counts, limit=most)
        wanted = [one for one in found if one.tag not in refused]
        return tuple(SuggestedTag(name=one.tag, reason=_reason(one)) for one in wanted[:limit])

    def _tagged(self) -> Mapping[PaperId, tuple[str, ...]]:
        doubtful = self._doubts.take()
        if doubtful is None or doubtful:
            try:
                with self._library.read() as reader:
                    self._tags = reader.tags.by_paper()
            except ReadingListError:
                self._doubts.doubt_all()
                raise
            self._masked = None
        return self._tags

    def _only_tagged(self, vectors: Vectors) -> Vectors:
        if self._masked is None or self._masked[0] is not vectors:
            tagged = np.fromiter(self._tags, dtype=np.int64, count=len(self._tags))
            self._masked = (vectors, vectors.only(tagged))
        return self._masked[1]

    def _own(self, vectors: Vectors, row: int, neighbours: Sequence[Neighbour]) -> dict[PaperId, float]:
        """Return what papers share with that of a row beside what all share."""
        with self._lock:
            common = self._common_to(vectors)
        keys = [key for key, _ in neighbours]
        rows = np.flatnonzero(np.isin(vectors.ids, keys))
        row_of = dict(zip(vectors.ids[rows].tolist(), rows.tolist(), strict=True))
        matrix = vectors.matrix[[row, *(row_of[key] for key in keys)]] - common
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), LEAST_LENGTH)
        return dict(zip(keys, (matrix[1:] @ matrix[0]).tolist(), strict=True))

    def _common_to(self, vectors: Vectors) -> NDArray[np.float32]:
        """Return what all papers share; where they are few, their mean is their own and not common."""
        if self._common is None or self._common[0] is not vectors:
            count = len(vectors.ids)
            some = vectors.matrix[:: 1 + count // SAMPLED]
            mean = some.mean(axis=0, dtype=np.float32) * np.float32(count / (count + FEW))
            self._common = (vectors, mean)
        return self._common[1]


def _reason(suggestion: TagSuggestion) -> str:
    number = len(suggestion.support)
    verb = "has" if number == 1 else "have"
    return f"{count_text(number, 'paper')} near this one {verb} the tag."
