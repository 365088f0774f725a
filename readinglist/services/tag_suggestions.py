"""Which tags a paper could have, or several could all have: those of the tagged papers nearest, where they agree."""

import threading
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import Paper, PaperId, PaperRow
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.recommend.tagging import (
    LIMIT,
    SharedSuggestion,
    TagSuggestion,
    Untagged,
    suggest_for_all,
    suggest_tags,
)
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub
from readinglist.similarity.neighbours import Neighbour, nearest_many
from readinglist.similarity.vectors import Vectors

if TYPE_CHECKING:
    from readinglist.library.unit import Reader
    from readinglist.services.indexing import Indexing

NEIGHBOURS = 20
LOOKED_AT = 40  # of many papers that are to get a tag together: twice as many tell no more and take twice as long
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
        self._counts: Mapping[str, int] = {}  # papers with each tag
        self._common: tuple[Vectors, NDArray[np.float32]] | None = None  # all vectors, and what they share
        self._masked: tuple[Vectors, Vectors] | None = None  # all vectors, and those of tagged papers

    def find(self, paper_id: PaperId, *, limit: int = LIMIT) -> tuple[SuggestedTag, ...]:
        """Suggest tags for a paper, the best first; may be called from any thread.

        Raises:
            UserError: There is no paper of this number.
        """
        with self._library.read() as reader:
            paper = _untagged(reader, reader.papers.get(paper_id))
        (found,) = self._suggest({paper_id: paper}, limit)
        return tuple(SuggestedTag(name=one.tag, reason=_reason(one)) for one in found)

    def find_for_all(self, ids: Sequence[PaperId], *, limit: int = LIMIT) -> tuple[SuggestedTag, ...]:
        """Suggest tags for several papers at once, that which fits most of them first; may be called from any thread.

        Args:
            ids: The papers; those in the bin do not count. Of many, `LOOKED_AT` are looked at, evenly spread.
            limit: How many tags at most.
        """
        some = ids[:: -(-len(ids) // LOOKED_AT)] if ids else ids
        with self._library.read() as reader:
            rows = [row for row in reader.papers.rows(some) if not row.is_binned]
            papers = {row.id: _untagged(reader, row) for row in rows}
        found = suggest_for_all(list(papers.values()), self._suggest(papers, LIMIT), limit=limit)
        these = f"the {count_text(len(papers), 'paper')}"
        if len(some) < len(ids):
            these = f"{these} looked at"
        return tuple(SuggestedTag(name=one.tag, reason=_reason_for_all(one, these)) for one in found)

    def _suggest(self, papers: Mapping[PaperId, Untagged], limit: int) -> list[list[TagSuggestion]]:
        """Return what is suggested for each of some papers; nothing for those that are not compared yet."""
        vectors = self._indexing.vectors()
        if vectors is None:
            return [[] for _ in papers]
        row_of = _rows_of(vectors, papers)
        with self._lock:
            tags, tagged, counts = self._tagged(), self._only_tagged(vectors), self._counts
        compared = [key for key in papers if key in row_of]
        nearby = nearest_many(tagged, vectors.matrix[[row_of[key] for key in compared]], NEIGHBOURS + 1)
        near = {
            key: [one for one in found if one[0] != key][:NEIGHBOURS]
            for key, found in zip(compared, nearby, strict=True)
        }
        own = self._own(vectors, near)
        self._indexing.let_go(unused_s=0.0)  # the next papers have other neighbours
        return [
            suggest_tags(near.get(key, ()), tags, replace(paper, own=own.get(key)), counts=counts, limit=limit)
            for key, paper in papers.items()
        ]

    def _tagged(self) -> Mapping[PaperId, tuple[str, ...]]:
        doubtful = self._doubts.take()
        if doubtful is None or doubtful:
            try:
                with self._library.read() as reader:
                    self._tags = reader.tags.by_paper()
            except ReadingListError:
                self._doubts.doubt_all()
                raise
            self._counts = Counter(chain.from_iterable(self._tags.values()))
            self._masked = None
        return self._tags

    def _only_tagged(self, vectors: Vectors) -> Vectors:
        if self._masked is None or self._masked[0] is not vectors:
            tagged = np.fromiter(self._tags, dtype=np.int64, count=len(self._tags))
            self._masked = (vectors, vectors.only(tagged))
        return self._masked[1]

    def _own(
        self, vectors: Vectors, near: Mapping[PaperId, Sequence[Neighbour]]
    ) -> dict[PaperId, dict[PaperId, float]]:
        """Return for each of some papers what those near it share with it beside what all share."""
        row_of = _rows_of(vectors, {*near, *(key for found in near.values() for key, _ in found)})
        with self._lock:
            common = self._common_to(vectors)
        matrix = vectors.matrix[list(row_of.values())] - common
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), LEAST_LENGTH)
        place_of = {key: place for place, key in enumerate(row_of)}
        own = {}
        for key, found in near.items():
            others = [other for other, _ in found]
            cosines = matrix[[place_of[other] for other in others]] @ matrix[place_of[key]]
            own[key] = dict(zip(others, cosines.tolist(), strict=True))
        return own

    def _common_to(self, vectors: Vectors) -> NDArray[np.float32]:
        """Return what all papers share; where they are few, their mean is their own and not common."""
        if self._common is None or self._common[0] is not vectors:
            count = len(vectors.ids)
            some = vectors.matrix[:: 1 + count // SAMPLED]
            mean = some.mean(axis=0, dtype=np.float32) * np.float32(count / (count + FEW))
            self._common = (vectors, mean)
        return self._common[1]


def _rows_of(vectors: Vectors, keys: Collection[PaperId]) -> dict[PaperId, int]:
    """Return the rows of papers, by paper; those without a vector are left out."""
    rows = np.flatnonzero(np.isin(vectors.ids, np.fromiter(keys, dtype=np.int64, count=len(keys))))
    return dict(zip(map(PaperId, vectors.ids[rows].tolist()), rows.tolist(), strict=True))


def _untagged(reader: "Reader", paper: Paper | PaperRow) -> Untagged:
    return Untagged(title=paper.title, present=paper.tags, refused=reader.feedback.refused_tags(paper.id))


def _reason(suggestion: TagSuggestion) -> str:
    number = len(suggestion.support)
    verb = "has" if number == 1 else "have"
    return f"{count_text(number, 'paper')} near this one {verb} the tag."


def _reason_for_all(suggestion: SharedSuggestion, these: str) -> str:
    number = suggestion.fitting
    verb = "is" if number == 1 else "are"
    has = f", and {suggestion.present} {'has' if suggestion.present == 1 else 'have'} it" if suggestion.present else ""
    return f"{number} of {these} {verb} near papers that have it{has}."
