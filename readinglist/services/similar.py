"""The papers nearest to a paper or a text: by meaning where there are vectors, else by shared words, and saying so."""

import logging
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.errors import Cancelled, ReadingListError, UserError
from readinglist.domain.matching import are_twins
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.recommendation import Recommendation, SimilarAnswer
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.recommend.described import Described, Rarity, shared_share, words_of, words_to_count
from readinglist.recommend.reasons import reasons_for
from readinglist.recommend.sharing import Company
from readinglist.services.events import EventHub
from readinglist.services.living import Frequencies, LivingPapers
from readinglist.similarity.encoder import encoder_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.library.unit import Reader
    from readinglist.services.indexing import Indexing
    from readinglist.services.term_index import TermIndex
    from readinglist.similarity.vectors import Vectors

log = logging.getLogger(__name__)

MEANING, WORDS = "meaning", "words"
NOTHING_KNOWN = "Neither its title nor its abstract is known yet, so there is nothing to compare."
CONSIDERED = 15  # papers with shared words that are looked at more closely, besides those asked for
Found = list[tuple[PaperId, float]]


class Similar:
    """Compares papers; every method may be called from any thread.

    Args:
        library: The papers.
        events: Tells what came into the library and what went.
        indexing: Has the vectors, and makes one of a text.
        words: Has the words of papers, which tell which of the nearest come first; None goes by the vectors alone.
    """

    def __init__(
        self, library: Library, events: EventHub, indexing: "Indexing", words: "TermIndex | None" = None
    ) -> None:
        self._library = library
        self._indexing = indexing
        self._words = words
        self._living = LivingPapers(library, events)
        self._frequencies = Frequencies(events)

    def to_paper(self, paper_id: PaperId, limit: int = 10) -> SimilarAnswer:
        """Return the papers most like a paper; neither itself, nor another record of the same work, nor the bin's.

        Raises:
            UserError: There is no paper of this number.
        """
        vectors = self._indexing.vectors()
        with self._library.read() as reader:
            paper = reader.papers.get(paper_id)
            if is_provisional_title(paper.title) and not paper.abstract:
                return SimilarAnswer(items=(), method=WORDS, notice=NOTHING_KNOWN)
            subject, left_out = Described.of_paper(paper), _same_work(reader, paper)
            query = None if vectors is None else _row_of(vectors, paper_id)
            if vectors is None or query is None:
                return self._by_words(reader, subject, limit, left_out)
            text = encoder_text(paper.title, paper.abstract)
            return self._by_meaning(reader, subject, self._near(vectors, query, text, limit, left_out))

    def to_text(self, text: str, limit: int = 10) -> SimilarAnswer:
        """Return the papers most like a text.

        Raises:
            UserError: The text is empty.
        """
        if not text.strip():
            message = "There are no words to compare with."
            raise UserError(message)
        vectors, subject, problem = self._indexing.vectors(), Described.of_text(text), ""
        query = None
        if vectors is not None and len(vectors.ids):
            query, problem = self._encode(text)
        with self._library.read() as reader:
            if vectors is None or query is None:
                return self._by_words(reader, subject, limit, (), problem)
            return self._by_meaning(reader, subject, self._near(vectors, query, text, limit, ()))

    def _encode(self, text: str) -> "tuple[NDArray[np.float32] | None, str]":
        """Return the vector of a text, or None and why there is none."""
        try:
            return self._indexing.encode([text])[0], ""
        except Cancelled:
            raise
        except ReadingListError as error:
            log.warning("a text is compared by words: %s %s", error.message, error.detail)
            return None, error.message

    def _near(
        self,
        vectors: "Vectors",
        query: "NDArray[np.float32]",
        text: str,
        limit: int,
        left_out: Collection[PaperId],
    ) -> Found:
        # The window starts without numpy.
        from readinglist.recommend.nearness import SHORTLIST, by_words_too  # noqa: PLC0415
        from readinglist.similarity.neighbours import nearest  # noqa: PLC0415

        terms = None if self._words is None else self._words.terms()
        considered = limit if terms is None else max(limit, SHORTLIST)
        found = nearest(self._living.only(vectors), query, considered, exclude=left_out)
        if terms is not None:
            found = by_words_too(terms, text, found)
        self._indexing.let_go(unused_s=0.0)  # the next paper has other neighbours
        if self._words is not None:
            self._words.let_go(unused_s=0.0)
        return [(key, max(0.0, score)) for key, score in found[:limit]]

    def _by_meaning(self, reader: "Reader", subject: Described, found: Found) -> SimilarAnswer:
        papers = _load(reader, found)
        rarity = self._rarity(reader, words_to_count(subject, papers.values()))
        company = Company.of(subject, papers.values())
        items = tuple(
            Recommendation(
                paper_id=key,
                score=score,
                reasons=reasons_for(subject, papers[key], rarity, company=company, score=score),
            )
            for key, score in found
            if key in papers
        )
        state = self._indexing.state()
        notice = f"Not complete yet: {self._progress()}" if state.done < state.total else ""
        return SimilarAnswer(items=items, method=MEANING, notice=notice)

    def _by_words(
        self, reader: "Reader", subject: Described, limit: int, left_out: Collection[PaperId], problem: str = ""
    ) -> SimilarAnswer:
        """Let the text index find candidates, and put those first that share the largest part of the words."""
        words = words_of(subject)
        rarity = self._rarity(reader, words)
        known = self._frequencies.known(rarity.total)
        text = " ".join(words) or f"{subject.title} {subject.abstract}"
        candidates = reader.search.similar_by_words(text, limit=limit + CONSIDERED, exclude=left_out, known=known)
        papers = _load(reader, candidates)
        scores = {key: shared_share(subject, other, rarity) for key, other in papers.items()}
        best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
        company = Company.of(subject, [papers[key] for key in best])
        items = tuple(
            Recommendation(
                paper_id=key,
                score=scores[key],
                reasons=reasons_for(subject, papers[key], rarity, company=company, is_by_words=True),
            )
            for key in best
        )
        return SimilarAnswer(items=items, method=WORDS, notice=self._words_notice(problem))

    def _rarity(self, reader: "Reader", words: Sequence[str]) -> Rarity:
        total = reader.search.count_papers()
        return Rarity(reader.search.document_frequencies(words, self._frequencies.known(total)), total)

    def _words_notice(self, problem: str) -> str:
        state = self._indexing.state()
        reason = problem or state.problem
        if reason:
            return f"Found by shared words. {reason}"
        if state.done < state.total:
            return f"Found by shared words: {self._progress()}"
        return "Found by shared words: not compared by meaning yet."

    def _progress(self) -> str:
        state = self._indexing.state()
        verb = "is" if state.total == 1 else "are"
        return f"{state.done:,} of {count_text(state.total, 'paper')} {verb} compared by meaning so far."


def _same_work(reader: "Reader", paper: Paper) -> set[PaperId]:
    """Return a paper and its twins; they have the same title, for no two papers share an identifier."""
    namesakes = [one for one in reader.papers.find_titles(paper.title) if one != paper.id]
    if not namesakes:
        return {paper.id}
    alike = reader.candidates.of([paper.id, *namesakes])
    mine = next(one for one in alike if one.paper_id == paper.id)
    return {paper.id, *(one.paper_id for one in alike if are_twins(mine, one))}


def _load(reader: "Reader", found: Found) -> dict[PaperId, Described]:
    """Load papers for their reasons; what has gone to the bin since the index was asked is left out."""
    papers = reader.papers.get_many([key for key, _ in found])
    return {key: Described.of_paper(papers[key]) for key, _ in found if key in papers and not papers[key].is_binned}


def _row_of(vectors: "Vectors", paper_id: PaperId) -> "NDArray[np.float32] | None":
    rows = (vectors.ids == paper_id).nonzero()[0]
    return vectors.matrix[rows[0]] if len(rows) else None
