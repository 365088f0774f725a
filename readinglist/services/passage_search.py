"""Papers found by the passages of their PDFs, and the passage that found each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readinglist.domain.paper import PaperId
from readinglist.domain.query import Query
from readinglist.domain.recommendation import PageOfPdf
from readinglist.library.library import Library
from readinglist.library.passage_places import PassageId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.recommend.by_passages import ByPassages
    from readinglist.services.indexing import Indexing
    from readinglist.services.passages import Passages
    from readinglist.similarity.vectors import Vectors

    Vector = NDArray[np.float32]

CONSIDERED = 400  # nearest passages that are looked at first
GROWTH = 4
MOST = 6400  # passages; further ones are hardly about the same


@dataclass(frozen=True, slots=True, kw_only=True)
class BestPassage:
    """What a PDF says that is closest to a query.

    Attributes:
        score: How close it makes the paper, to be compared with the cosine of the paper's own vector.
        place: File and page.
        text: The passage.
    """

    score: float
    place: PageOfPdf
    text: str


class PassageSearch:
    """Compares passages with a query; every method may be called from any thread.

    Args:
        library: Which papers have which PDFs.
        indexing: Knows the model in use.
        passages: Have the vectors.
    """

    def __init__(self, library: Library, indexing: "Indexing", passages: "Passages") -> None:
        self._library = library
        self._indexing = indexing
        self._passages = passages

    @property
    def is_ready(self) -> bool:
        """There is anything to compare with."""
        return self._vectors() is not None

    def near(self, query: "Vector", rest: Query, limit: int) -> dict[PaperId, float]:
        """Return papers whose PDFs have the passages closest to a query, with scores.

        Args:
            query: Shape (dimensions,), of length 1.
            rest: What the papers must meet.
            limit: So many papers are enough.
        """
        vectors = self._vectors()
        if vectors is None:
            return {}
        from readinglist.recommend.by_passages import ByPassages  # noqa: PLC0415 - loads numpy
        from readinglist.similarity.neighbours import nearest  # noqa: PLC0415 - loads numpy

        worth, number = ByPassages(vectors, query), CONSIDERED
        while True:
            close = {PassageId(key): cosine for key, cosine in nearest(vectors, query, number)}
            scores = self._scores(close, worth)
            with self._library.look() as look:
                kept = look.search.meeting(list(scores), rest)
            if len(kept) >= limit or number >= min(MOST, len(vectors.ids)):
                return {key: scores[key] for key in kept}
            number *= GROWTH

    def best(self, query: "Vector", ids: Iterable[PaperId]) -> dict[PaperId, BestPassage]:
        """Return the closest passage of each paper that has any; meant for papers on the screen."""
        vectors = self._vectors()
        if vectors is None:
            return {}
        from readinglist.recommend.by_passages import ByPassages  # noqa: PLC0415 - loads numpy

        with self._library.look() as look:
            contents = look.papers.contents(list(ids))
        known = self._passages.of_contents(
            self._indexing.info, {sha256 for some in contents.values() for sha256 in some}
        )
        worth, found = ByPassages(vectors, query), dict[PaperId, tuple[float, PassageId]]()
        for key, some in contents.items():
            scored = [
                (worth.score(float(row @ query), len(rows)), passage)
                for rows in (known.get(sha256, []) for sha256 in some)
                for passage, row in rows
            ]
            if scored:
                found[key] = max(scored)
        return self._told(found)

    def _scores(self, close: dict[PassageId, float], worth: "ByPassages") -> dict[PaperId, float]:
        """Return for each paper what the best of some passages is worth, the best first."""
        places = self._passages.find(list(close))
        with self._library.look() as look:
            owners = look.papers.with_contents({place.sha256 for place in places.values()})
        scores: dict[PaperId, float] = {}
        for passage, place in places.items():
            score = worth.score(close[passage], place.siblings)
            for paper_id in owners.get(place.sha256, ()):
                scores[paper_id] = max(scores.get(paper_id, -1.0), score)
        return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))

    def _told(self, found: dict[PaperId, tuple[float, PassageId]]) -> dict[PaperId, BestPassage]:
        wanted: Sequence[PassageId] = [passage for _, passage in found.values()]
        places, texts = self._passages.find(wanted), self._passages.places.texts(wanted)
        return {
            key: BestPassage(
                score=score,
                place=PageOfPdf(sha256=places[passage].sha256, page=places[passage].passage.page),
                text=texts[passage],
            )
            for key, (score, passage) in found.items()
            if passage in places and passage in texts
        }

    def _vectors(self) -> "Vectors | None":
        return self._passages.vectors(self._indexing.info)
