"""Which papers a reader would like: a number for every paper, and what it is made of.

For the services, which choose what is shown; knows no library. A `Corpus` is what can be ranked, a `Ranker` remembers
what does not depend on the reader's last decision, and a `Ranking` is the answer.

Three ways of telling what a reader likes are added up, each measured in how far a paper stands out among all:

- meaning: a linear discriminant between the vectors of the reader's papers and all others,
- near: the mean of the three papers of the reader's that are nearest,
- words: the words and pairs of words that their papers have more often than others do.

Vectors find what is about the same, words what is the same thing. Where there are abstracts the words lead, where
there are titles only the vectors do: so the weights depend on how many words the reader's papers have. What was skipped
counts against the papers near it and nowhere else. While little is known, upvotes and date stand in for the rest.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.background import Background, standardise
from readinglist.recommend.closest import Closest
from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.profile import Taste

NEAR, MEANING, WORDS, DISLIKED = "near", "meaning", "words", "disliked"
UPVOTES, RECENCY = "upvotes", "recency"
MEANINGS = {
    NEAR: "How near it is to the papers of yours that are most like it.",
    MEANING: "How much its subject is what sets your papers apart from all others.",
    WORDS: "How many of the telling words of your papers it has.",
    DISLIKED: "How near it is to papers that you skipped or did not like.",
    UPVOTES: "How many upvotes it has got.",
    RECENCY: "How new it is.",
}
EMPTY_NOTICE = "Ranked by upvotes and date, because nothing is known yet of what you like."
FEW_NOTICE = "Ranked partly by upvotes and date, because little is known yet of what you like."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part of the score.

    Attributes:
        name: One of those above.
        meaning: What it says, one sentence for the reader.
        values: float32, one for each row: what it adds to the score; above 0 better than an average paper.
    """

    name: str
    meaning: str
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """The answer.

    Attributes:
        scores: float32, one for each row, the sum of the parts; -inf for rows that are not ranked.
        fits: float32, the same from 0 to 1 for the reader: 0 an average paper, 1 as fitting as what they like.
        parts: What the score is made of.
        notice: One sentence where the reader has to know something about the ranking; else empty.
    """

    scores: Floats
    fits: Floats
    parts: tuple[Part, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each way of telling counts."""

    meaning: float
    near: float
    words: float


BY_TITLES = Weights(meaning=1.0, near=0.5, words=0.25)
BY_ABSTRACTS = Weights(meaning=0.3, near=0.2, words=1.0)
FEW_WORDS, ENOUGH_WORDS = 20, 80  # different words and pairs of a paper: a long title has 20, an abstract 100
AGAINST = 0.6  # how much it counts to be near to what is not liked
HALF_SURE = 3  # liked papers, with which the discriminant counts half: of one or two it knows the accidents only
SURE = 10  # liked papers, from which on upvotes and date count no more
POPULARITY = 0.5  # of upvotes and date beside the first paper that is liked
COMPARED = 256  # of the liked papers, and of those not liked, that others are compared with one by one
CONSIDERED = 8192  # best papers by meaning and words that are compared with them; the others are not near to any
CHEAP = 4_000_000  # comparisons that cost less than choosing what to compare
LEAST_FIT = 1.0  # a score that is fitting in any case


class Ranker:
    """Ranks; remembers between two questions; may be used from any thread, one question after the other.

    Args:
        corpus: What is ranked.
        background: Of the corpus; None computes it when it is needed.
    """

    def __init__(self, corpus: Corpus, background: Background | None = None) -> None:
        self.corpus = corpus
        self._lock = threading.Lock()
        self._background = background
        self._liked: Closest | None = None
        self._disliked: Closest | None = None

    def updated(self, corpus: Corpus) -> "Ranker":
        """Return the ranker of a corpus where some papers came, changed or went; keeps what still holds."""
        before, now = len(self.corpus.ids), len(corpus.ids)
        if self._background is None or abs(now - before) > before // 10:
            return Ranker(corpus)
        return Ranker(corpus, self._background.moved_to(corpus))

    def rank(self, taste: Taste) -> Ranking:
        """Rank all papers for a taste."""
        with self._lock:
            liked, weights = _rows_of(self.corpus, taste, sign=1)
            disliked, against = _rows_of(self.corpus, taste, sign=-1)
            if not len(liked) and not len(disliked):
                return self._answer(_popularity(self.corpus), EMPTY_NOTICE)
            parts = self._taste_parts(liked, weights, _heaviest(disliked, against))
            share = POPULARITY * max(0.0, 1.0 - len(liked) / SURE) if len(liked) else 1.0
            if not share:
                return self._answer(parts, "", liked)
            scaled = [_scaled(part, 1.0 - share if part.name != DISLIKED else 1.0) for part in parts]
            scaled += [_scaled(part, share) for part in _popularity(self.corpus)]
            return self._answer(scaled, FEW_NOTICE, liked)

    def _taste_parts(self, liked: Rows, weights: Floats, disliked: Rows) -> list[Part]:
        background = self._known_background()
        parts: list[Part] = []
        if len(liked):
            share = _trust(self.corpus, liked)
            sure = len(liked) / (len(liked) + HALF_SURE)
            factors = _between(BY_TITLES, BY_ABSTRACTS, share)
            parts.append(self._part(MEANING, self._by_meaning(background, liked, weights), factors.meaning * sure))
            words = self._by_words(background, liked, weights)
            if words is not None:
                parts.append(self._part(WORDS, words, factors.words))
            parts.append(
                self._near(NEAR, _heaviest(liked, weights), parts, factors.near + factors.meaning * (1.0 - sure))
            )
        if len(disliked):
            near = self._near(DISLIKED, disliked, parts, AGAINST)
            parts.append(Part(name=DISLIKED, meaning=near.meaning, values=-np.maximum(near.values, 0)))
        return parts

    def _known_background(self) -> Background:
        if self._background is None:
            self._background = Background.of(self.corpus)
        if self._liked is None or self._disliked is None:
            self._liked = Closest(self.corpus, self._background)
            self._disliked = Closest(self.corpus, self._background)
        return self._background

    def _part(self, name: str, values: Floats, weight: float) -> Part:
        sample = values[self._known_background().sample]
        standard = standardise(values, sample) * np.float32(weight)
        return Part(name=name, meaning=MEANINGS[name], values=standard)

    def _by_meaning(self, background: Background, liked: Rows, weights: Floats) -> Floats:
        centre = weights @ self.corpus.matrix[liked] / weights.sum()
        found: Floats = self.corpus.matrix @ (background.inverse @ (centre - background.mean))
        return found

    def _by_words(self, background: Background, liked: Rows, weights: Floats) -> Floats | None:
        """Return how much of the liked papers' words each paper has; the average where its words are not known."""
        terms, term_rows = self.corpus.terms, self.corpus.term_rows
        if terms is None or term_rows is None or background.word_mean is None:
            return None
        is_counted = term_rows[liked] >= 0
        if not is_counted.any():
            return None
        kept = weights[is_counted]
        direction = terms.direction(term_rows[liked][is_counted], kept / kept.sum())
        found = terms.scores(direction - background.word_mean)
        is_known = term_rows >= 0
        values = np.where(is_known, found[term_rows], np.float32(0))
        values[~is_known] = values[is_known].mean()
        return values

    def _near(self, name: str, chosen: Rows, parts: list[Part], weight: float) -> Part:
        """Compare with the chosen papers those that may come near to them at all."""
        closest = self._liked if name == NEAR else self._disliked
        assert closest is not None  # noqa: S101 - made with the background
        background = self._known_background()
        closest.choose(chosen)
        sample = closest.means(background.sample)
        considered = self._considered(parts, len(chosen))
        values = np.full(len(self.corpus.ids), sample.mean() if len(sample) else 0.0, dtype=np.float32)
        values[considered] = closest.means(considered)
        standard = standardise(values, sample) * np.float32(weight)
        return Part(name=name, meaning=MEANINGS[name], values=standard)

    def _considered(self, parts: list[Part], chosen: int) -> Rows:
        live = np.flatnonzero(self.corpus.is_live)
        if not parts or len(live) * chosen <= CHEAP:
            return live
        scores = np.sum([part.values[live] for part in parts], axis=0)
        return live[np.argpartition(-scores, min(CONSIDERED, len(live) - 1))[:CONSIDERED]]

    def _answer(self, parts: list[Part], notice: str, liked: Rows | None = None) -> Ranking:
        scores: Floats = np.zeros(len(self.corpus.ids), dtype=np.float32)
        for part in parts:
            scores += part.values
        usual = LEAST_FIT
        if liked is not None and len(liked):
            usual = max(LEAST_FIT, float(np.median(scores[liked])))
        fits = np.clip(scores / np.float32(usual), 0, 1)
        scores = np.where(self.corpus.is_live, scores, np.float32(-np.inf))
        return Ranking(scores=scores, fits=fits, parts=tuple(parts), notice=notice)


def _rows_of(corpus: Corpus, taste: Taste, *, sign: int) -> tuple[Rows, Floats]:
    """Return the rows of what is liked, or of what is not, and how much it is."""
    is_meant = taste.weights * sign > 0
    ids, weights = taste.ids[is_meant], np.abs(taste.weights[is_meant])
    rows = corpus.rows_of(ids)
    return rows, weights[np.searchsorted(ids, corpus.ids[rows])]


def _heaviest(rows: Rows, weights: Floats) -> Rows:
    """Return those rows that count most, as many as others are compared with one by one, in ascending order."""
    return np.sort(rows[np.argsort(-weights, kind="stable")[:COMPARED]])


def _trust(corpus: Corpus, rows: Rows) -> float:
    """Return how far the words of papers can be relied on, from 0 to 1, by how many they have."""
    if corpus.terms is None or corpus.term_rows is None:
        return 0.0
    term_rows = corpus.term_rows[rows]
    starts = corpus.terms.starts
    words = np.where(term_rows >= 0, starts[term_rows + 1] - starts[term_rows], 0)
    return float(np.clip((words - FEW_WORDS) / (ENOUGH_WORDS - FEW_WORDS), 0, 1).mean())


def _between(one: Weights, other: Weights, share: float) -> Weights:
    return Weights(
        meaning=one.meaning + share * (other.meaning - one.meaning),
        near=one.near + share * (other.near - one.near),
        words=one.words + share * (other.words - one.words),
    )


def _scaled(part: Part, factor: float) -> Part:
    return Part(name=part.name, meaning=part.meaning, values=part.values * np.float32(factor))


def _popularity(corpus: Corpus) -> list[Part]:
    unknown = np.full(len(corpus.ids), np.nan, dtype=np.float32)
    upvotes = unknown if corpus.upvotes is None else np.log1p(corpus.upvotes)
    published = unknown if corpus.published is None else corpus.published
    return [
        Part(name=UPVOTES, meaning=MEANINGS[UPVOTES], values=_standardised(upvotes, corpus.is_live)),
        Part(name=RECENCY, meaning=MEANINGS[RECENCY], values=_standardised(published, corpus.is_live)),
    ]


def _standardised(values: Floats, is_counted: NDArray[np.bool_]) -> Floats:
    """Shift and stretch numbers to mean 0 and deviation 1; what is not known is average."""
    known = values[is_counted & np.isfinite(values)]
    if not len(known) or not float(known.std()):
        return np.zeros(len(values), dtype=np.float32)
    standardised: Floats = np.nan_to_num(standardise(values, known)).astype(np.float32)
    return standardised
