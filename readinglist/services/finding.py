"""Search by words and by meaning in one list, and why each paper is in it.

What is asked for by words, fields and phrases is answered by the library alone. The plain words of a query may also be
meant: papers close to them in meaning come into the same list, if they meet everything else that the query asks for.

A look at the library is enough for all of it: a command that only searches never loads the rest.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError, UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Among, Query, QueryProblem, Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.query_words import Asked, asked_words, free_text, liked, with_likes, without_free_text
from readinglist.domain.recommendation import Recommendation, WhyHere
from readinglist.domain.word_forms import forms_of
from readinglist.library.library import Library
from readinglist.recommend.found import CLOSE, FITS, Finder, found_reasons, likeliest, told_sentence
from readinglist.services.explaining import explain_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.library.first_look import Look
    from readinglist.services.indexing import Indexing
    from readinglist.services.passage_search import BestPassage, PassageSearch
    from readinglist.services.similar import Similar
    from readinglist.similarity.encoder import EncoderInfo

log = logging.getLogger(__name__)

LIKE_MOST = 100  # papers that `like:` narrows a list to
BEST_FIRST = Sort(SortKey.RELEVANCE)
MEANT_MOST = 50  # papers that meaning adds to a list: further ones are hardly about the same
MEANT_SHARE = 0.6  # of the closest paper's cosine; what is further away only fills the list
MEANT_LEAST = 0.25  # cosine; words that mean nothing are as close as this to some paper
CONSIDERED = 200  # nearest papers that are looked at first, for those that meet the rest of a query
GROWTH = 8
SENTENCES = 24  # read at once; more than a second's work for the encoder that is ready at once
NOT_YET = "Not compared by meaning yet: searched by words only."


class By(StrEnum):
    """How a query is answered."""

    BOTH = "both"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class BestAnswer:
    """The papers that fit a query best.

    Attributes:
        items: Best first. A score is relative to that of the best; 1 for all where the query has no words.
        problems: Parts of the query that were left out, and why.
        notice: A sentence for the reader if the answer is not the best possible; else empty.
    """

    items: tuple[Recommendation, ...]
    problems: tuple[QueryProblem, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Papers, the best first, with scores; those in `close` do not have the words."""

    scores: dict[PaperId, float]
    close: frozenset[PaperId] = frozenset()
    notice: str = ""


class Finding:
    """Finds papers; every method may be called from any thread, and those that ask the model take their time.

    Args:
        library: The papers.
        indexing: Has their vectors, and makes one of a text.
        similar: Compares papers, for `like:`.
        passages: Finds papers by what their PDFs say; None for those that nobody reads.
    """

    def __init__(
        self, library: Library, indexing: "Indexing", similar: "Similar", passages: "PassageSearch | None" = None
    ) -> None:
        self._library = library
        self._indexing = indexing
        self._similar = similar
        self._passages = passages
        self._last: tuple[EncoderInfo | None, str, NDArray[np.float32]] | None = None

    def close(self, text: str, sort: Sort = BEST_FIRST) -> list[PaperId]:
        """Return the papers that are close to what a query means, in an order; by relevance the closest come first.

        Among them may be papers that have the words as well. None are close where the query is exact throughout, or
        where nothing was compared yet.
        """
        query = self._understood(text)
        near, _ = self._near(query, free_text(query))
        if not near or sort.key is SortKey.RELEVANCE:
            return list(near or ())
        with self._library.look() as look:
            return look.search.ids(Query(Among("", tuple(near)), (), ""), sort)

    def best(self, text: str, limit: int, by: By = By.BOTH) -> BestAnswer:
        """Answer a query with the papers that fit it best, and say why they do.

        Args:
            text: In the query language.
            limit: At most so many papers.
            by: What counts. By meaning, all words and phrases are what is meant, and only fields must hold.
        """
        query = self._understood(text)
        ranking = self._by_words(query) if by is By.WORDS else None
        if by is By.MEANING:
            ranking = self._by_meaning(query)
        ranking = ranking or self._by_both(query)
        scores = dict(list(ranking.scores.items())[:limit])
        return BestAnswer(
            items=self._explained(query, scores, ranking.close), problems=query.problems, notice=ranking.notice
        )

    def like(self, value: str) -> Among:
        """Return the papers that are like a text, or like the paper that it names."""
        with self._library.look() as look:
            paper_id = _find_named(look, value)
        try:
            answer = (
                self._similar.to_text(value, LIKE_MOST)
                if paper_id is None
                else self._similar.to_paper(paper_id, LIKE_MOST)
            )
        except UserError:  # a text without words, a paper that has just gone
            return Among(f'like:"{value}"', ())
        least = _least([item.score for item in answer.items])
        return Among(f'like:"{value}"', tuple(item.paper_id for item in answer.items if item.score >= least))

    def sentences(self, text: str, ids: Sequence[PaperId]) -> dict[PaperId, WhyHere]:
        """Return the sentence of each paper that is closest to what a query means: of its abstract, or of its PDF.

        The model reads at most `SENTENCES` of them, those first that have words of the query: for a few papers that is
        the whole abstract or passage, for a screen full of them their likeliest sentence is taken unread.
        """
        query = parse_query(text)
        with self._library.look() as look:
            meant = free_text(query) or _all_words(query) or _liked_text(look, query)
            texts = look.search.texts(ids)
        passages = self._best_passages(meant, ids)
        finders = [Finder.of(Asked(word, forms_of(word))) for word in meant.split()]
        most = max(1, SENTENCES // max(1, len(texts)))
        read = {key: passages[key].text if key in passages else known.abstract for key, known in texts.items()}
        parts = [(key, one) for key, whole in read.items() for one in likeliest(finders, whole, most)]
        found = {key: WhyHere(text=CLOSE) for key in texts}
        if most > 1 and parts and meant:
            wanted, _ = self._meaning(meant)
            vectors = None if wanted is None else self._encode([one for _, one in parts])[0]
            if wanted is not None and vectors is not None:
                parts = [parts[place] for place in (vectors @ wanted).argsort()[::-1]]
        for key, sentence in reversed(parts):  # the best comes last, over the others
            found[key] = told_sentence(" ".join(sentence.split()), passages[key].place if key in passages else None)
        return found

    def warm(self) -> None:
        """Let the model be loaded, because somebody is about to search; returns at once."""
        self._indexing.warm()

    def begin(self) -> None:
        """As `warm`, for a command: the model is loaded beside everything else that the first answer needs."""
        self._indexing.begin()

    def _understood(self, text: str) -> Query:
        return with_likes(parse_query(text), self.like)

    def _by_words(self, query: Query) -> _Ranking:
        with self._library.look() as look:
            ranked = look.search.ranked(query)
        best = max((ranked.scores.get(key, 0.0) for key in ranked.ids[:1]), default=0.0)
        if best > 0:
            return _Ranking({key: max(0.0, ranked.scores.get(key, 0.0)) / best for key in ranked.ids})
        return _Ranking(dict.fromkeys(ranked.ids, 1.0))

    def _by_meaning(self, query: Query) -> _Ranking:
        near, notice = self._near(query, _all_words(query))
        if near is None:
            return _Ranking(self._by_words(query).scores, notice=notice)
        return _Ranking(near, frozenset(near))

    def _by_both(self, query: Query) -> _Ranking:
        """Put those that have the words first: half of the score is for having them."""
        words = self._by_words(query)
        meant = free_text(query) if self._indexing.vectors() is not None else ""
        near, notice = self._near(query, meant) if meant else (None, "")
        if not near:
            return _Ranking(words.scores, notice=notice)
        close = {key: cosine / 2 for key, cosine in near.items() if key not in words.scores}
        return _Ranking({key: (1 + score) / 2 for key, score in words.scores.items()} | close, frozenset(close))

    def _near(self, query: Query, meant: str) -> tuple[dict[PaperId, float] | None, str]:
        """Return the papers closest to a text that meet the rest of the query, with cosines; None and why if not."""
        from readinglist.recommend.by_passages import merged  # noqa: PLC0415 - the window starts without numpy
        from readinglist.similarity.neighbours import nearest  # noqa: PLC0415 - the window starts without numpy

        vectors = self._indexing.vectors()
        if vectors is None or not meant:
            return None, NOT_YET if vectors is None else ""
        vector, problem = self._meaning(meant)
        if vector is None:
            return None, f"Searched by words only. {problem}"
        number, rest = CONSIDERED, without_free_text(query)
        while True:
            found = dict(nearest(vectors, vector, number))
            with self._library.look() as look:
                kept = look.search.meeting(list(found), rest)
            if len(kept) >= MEANT_MOST or number >= len(vectors.ids):
                break
            number = min(number * GROWTH, len(vectors.ids))
        self._indexing.let_go(unused_s=0.0)  # the next search may be minutes away, and needs other rows
        scores = merged({key: found[key] for key in kept[:MEANT_MOST]}, self._near_passages(vector, rest))
        least = _least(scores.values())
        return {key: score for key, score in list(scores.items())[:MEANT_MOST] if score >= least}, ""

    def _near_passages(self, query: "NDArray[np.float32]", rest: Query) -> dict[PaperId, float]:
        """Return papers that are close by their PDFs; what goes wrong with these must not end a search."""
        if self._passages is None:
            return {}
        try:
            return self._passages.near(query, rest, MEANT_MOST)
        except EnvironmentFault as fault:
            log.warning("a search is answered without passages: %s %s", fault.message, fault.detail)
            return {}

    def _best_passages(self, meant: str, ids: Sequence[PaperId]) -> "dict[PaperId, BestPassage]":
        """Return for papers whose PDF says something closer than their abstract what it says."""
        if self._passages is None or not meant or not self._passages.is_ready:
            return {}
        query, _ = self._meaning(meant)
        store = self._indexing.store()
        if query is None or store is None:
            return {}
        try:
            found = self._passages.best(query, ids)
        except EnvironmentFault as fault:
            log.warning("passages are not shown: %s %s", fault.message, fault.detail)
            return {}
        own = {key: store.find(key) for key in found}
        return {
            key: best for key, best in found.items() if (row := own[key]) is None or best.score > float(row @ query)
        }

    def _meaning(self, text: str) -> "tuple[NDArray[np.float32] | None, str]":
        """Return the vector of what is searched for; that of the last search is not made again for its sentences."""
        model, last = self._indexing.info, self._last
        if last is not None and last[:2] == (model, text):
            return last[2], ""
        matrix, problem = self._encode([text])
        if matrix is None:
            return None, problem
        self._last = self._indexing.info, text, matrix[0]
        return matrix[0], ""

    def _encode(self, texts: Sequence[str]) -> "tuple[NDArray[np.float32] | None, str]":
        try:
            return self._indexing.encode(texts), ""
        except Cancelled:
            raise
        except ReadingListError as error:
            log.warning("a search is answered by words only: %s %s", error.message, error.detail)
            return None, error.message

    def _explained(
        self, query: Query, scores: dict[PaperId, float], close: frozenset[PaperId]
    ) -> tuple[Recommendation, ...]:
        with self._library.look() as look:
            reasons = _word_reasons(look, query, [key for key in scores if key not in close])
        if liked(parse_query(query.text)):
            close |= {key for key, found in reasons.items() if found == (FITS,)}
        sentences = self.sentences(query.text, [key for key in scores if key in close])
        reasons |= {key: (_close_reason(why),) for key, why in sentences.items()}
        return tuple(
            Recommendation(paper_id=key, score=score, reasons=reasons[key])
            for key, score in scores.items()
            if key in reasons
        )


def _word_reasons(look: "Look", query: Query, ids: Sequence[PaperId]) -> dict[PaperId, tuple[str, ...]]:
    """Say in which places papers have the words; for one that has them in its PDF only, what stands there."""
    words = asked_words(query)
    found = {key: found_reasons(words, paper) for key, paper in look.papers.get_many(ids).items()}
    elsewhere = [key for key, reasons in found.items() if not reasons]
    in_pdfs = explain_words(look, query, elsewhere)
    return found | {key: (in_pdfs[key].text if key in in_pdfs else FITS,) for key in elsewhere}


def _least(nearness: Iterable[float]) -> float:
    """Return how near papers must be to count, given how near the nearest is."""
    return max(MEANT_LEAST, MEANT_SHARE * max(nearness, default=0.0))


def _close_reason(why: WhyHere) -> str:
    """Say a closest sentence by itself, where nothing above it says that it is one.

    >>> _close_reason(WhyHere(text="Page 7: It is sparse.")), _close_reason(WhyHere(text=CLOSE))
    ('Close in meaning: Page 7: It is sparse.', 'Close in meaning')
    """
    return why.text if why.text == CLOSE else f"{CLOSE}: {why.text}"


def _liked_text(look: "Look", query: Query) -> str:
    """Return what papers are to be like; of a paper that is named, its title."""
    for value in liked(query):
        paper_id = _find_named(look, value)
        return value if paper_id is None else look.papers.get(paper_id).title
    return ""


def _find_named(look: "Look", value: str) -> PaperId | None:
    """Return the paper that a value names by its number, an identifier or its whole title."""
    if value.isdecimal() and look.papers.rows([PaperId(int(value))]):
        return PaperId(int(value))
    identifier = parse_identifier(value)
    if identifier is not None:
        return look.papers.find_identifier(identifier)
    return next(iter(look.papers.find_titles(value)), None)


def _all_words(query: Query) -> str:
    return " ".join(one.text for one in asked_words(query))
