"""Which papers a reader would like: a number for every paper, and what it is made of.

For the services, which choose what is shown; knows no library. A `Corpus` is what can be ranked, a `Ranker` remembers
what does not depend on the reader's last decision, and a `Ranking` is the answer.

Three ways of telling what a reader likes are added up, each measured in how far a paper stands out among all:

- meaning: a linear discriminant between the vectors of the reader's papers and all others,
- near: the mean of the three papers of the reader's that are nearest,
- words: the words and pairs of words that their papers have more often than others do.

Beside them stand the subjects that sources file papers under: how much likelier those of a paper are among the reader's
papers than among all. They know one field from another where much is said in the same words.

Vectors find what is about the same, words what is the same thing. Which of the two leads depends on the reader and on
what is known of their papers, so both are tried: each paper of the reader's is looked for with the help of the others.
Before that can be said, words lead where there are abstracts, and vectors where there are titles only. What was skipped
counts against the papers near it and nowhere else. While little is known, upvotes and date stand in for the rest.
"""

import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.background import Background, standardise
from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.recommend.likeness import COMPARED, Likeness
from readinglist.recommend.profile import Taste
from readinglist.recommend.telling import Telling
from readinglist.recommend.topics import Topics

NEAR, MEANING, WORDS, SUBJECTS, DISLIKED = "near", "meaning", "words", "subjects", "disliked"
UPVOTES, RECENCY = "upvotes", "recency"
MEANINGS = {  # of a number above 0 as of one below
    NEAR: "Nearness to the papers of yours that are most like it.",
    MEANING: "What your papers are about and most others are not.",
    WORDS: "Words that your papers use and others rarely do.",
    SUBJECTS: "Subjects of your papers that its source files it under, too.",
    DISLIKED: "Nearness to papers that you skipped or did not like.",
    UPVOTES: "Upvotes.",
    RECENCY: "Newness.",
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
        topics: Tells what papers are about, roughly; None where the vectors were not looked at.
        liked: Rows of what the reader likes, of very much the most.
    """

    scores: Floats
    fits: Floats
    parts: tuple[Part, ...]
    notice: str = ""
    topics: Topics | None = None
    liked: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each way of telling counts."""

    meaning: float
    near: float
    words: float


BY_MEANING = Weights(meaning=1.0, near=0.25, words=0.25)
BY_WORDS = Weights(meaning=0.3, near=0.2, words=1.0)
BY_SUBJECTS = 0.3  # of the logarithm that subjects are: how far a paper stands out by them is no measure of it
EXPECTED = 0.3  # by how much words are ahead of meaning with abstracts, or behind with titles, before anybody tried
TRIED = 5  # papers that say as much as that expectation; of titles twice as many, whose few words meet by accident
CLEAR = 0.25  # by how much one of the two has to be ahead to lead alone
AGAINST_WORDS = 1.5  # of a paper that has more of the words of what is not liked than of what is
AGAINST_NEAR = 4.0  # of a paper that is nearer to what is not liked; twice as much where there are titles only
HALF_SURE = 3  # liked papers, with which the discriminant counts half: of one or two it knows the accidents only
SURE = 10  # liked papers, from which on upvotes and date count no more
POPULARITY = 0.5  # of upvotes and date beside the first paper that is liked
CONSIDERED = 8192  # best papers by meaning and words that are compared one by one; the others are not near to any
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
        self._both: tuple[Likeness, Likeness] | None = None

    def rank(self, taste: Taste) -> Ranking:
        """Rank all papers for a taste."""
        with self._lock:
            liked, weights = _rows_of(self.corpus, taste, sign=1)
            disliked, against = _rows_of(self.corpus, taste, sign=-1)
            if not len(liked) and not len(disliked):
                return self._answer(_popularity(self.corpus), EMPTY_NOTICE)
            for_it, against_it = self._likenesses()
            for_it.choose(liked, weights)
            against_it.choose(disliked, against)
            parts = self._taste_parts(for_it, against_it)
            share = POPULARITY * max(0.0, 1.0 - len(liked) / SURE) if len(liked) else 1.0
            if not share:
                return self._answer(parts, "", for_it)
            scaled = [_scaled(part, 1.0 - share if part.name != DISLIKED else 1.0) for part in parts]
            scaled += [_scaled(part, share) for part in _popularity(self.corpus)]
            return self._answer(scaled, FEW_NOTICE, for_it)

    def outline(self, taste: Taste) -> Floats:
        """Return roughly how well papers fit a taste, one number for each row: by all that costs little."""
        with self._lock:
            liked, _ = self._likenesses()
            liked.choose(*_rows_of(self.corpus, taste, sign=1))
            factors = _between(BY_MEANING, BY_WORDS, _lead_of_words(liked, liked.trust()))
            parts = _broad_parts(liked, factors, _sureness(len(liked)), is_compared=self.corpus.is_compared)
            scores: Floats = np.sum([part.values for part in parts], axis=0, dtype=np.float32)
            return scores

    def _likenesses(self) -> tuple[Likeness, Likeness]:
        if self._both is None:
            if self._background is None:
                self._background = Background.of(self.corpus)
            telling = None if self.corpus.terms is None else Telling(self.corpus.terms)
            self._both = (
                Likeness(self.corpus, self._background, telling),
                Likeness(self.corpus, self._background, telling),
            )
        return self._both

    def _taste_parts(self, liked: Likeness, disliked: Likeness) -> list[Part]:
        trust = liked.trust() if len(liked) else disliked.trust()
        factors = _between(BY_MEANING, BY_WORDS, _lead_of_words(liked, trust))
        sure = _sureness(len(liked))
        parts = _broad_parts(liked, factors, sure, is_compared=self.corpus.is_compared)
        considered = self._considered(parts, max(len(liked), len(disliked)))
        near, near_sample = liked.near(considered)
        if len(liked) and self.corpus.is_compared:
            weight = factors.near + factors.meaning * (1.0 - sure)
            parts.append(_part(NEAR, standardise(near, near_sample), weight))
        if len(disliked):
            parts.append(_part(DISLIKED, self._against(liked, disliked, considered, near, trust), 1.0))
        return parts

    def _against(self, liked: Likeness, disliked: Likeness, considered: Rows, near: Floats, trust: float) -> Floats:
        """Return what speaks against papers that are more like what is not liked than like what is; 0 or less.

        What is near to both stays: who skips ten papers of a subject still wants what is next to their own.
        """
        unwanted, sample = disliked.near(considered)
        usual = near if len(liked) else np.full(len(near), sample.mean(), dtype=np.float32)
        against = np.float32(AGAINST_NEAR * (2.0 - trust)) * np.maximum(unwanted - usual, 0)
        words = disliked.words_of_others()
        if words is not None:
            wanted = liked.words() if len(liked) else None
            excess = words if wanted is None else words - wanted
            against += np.float32(AGAINST_WORDS * trust) * np.maximum(excess, 0)
        found: Floats = -against
        return found

    def _considered(self, parts: list[Part], chosen: int) -> Rows:
        live = np.flatnonzero(self.corpus.is_live)
        if not parts or len(live) * min(chosen, COMPARED) <= CHEAP:
            return live
        scores = np.sum([part.values[live] for part in parts], axis=0)
        return live[np.argpartition(-scores, min(CONSIDERED, len(live) - 1))[:CONSIDERED]]

    def _answer(self, parts: list[Part], notice: str, liked: Likeness | None = None) -> Ranking:
        scores: Floats = np.zeros(len(self.corpus.ids), dtype=np.float32)
        for part in parts:
            scores += part.values
        most = np.zeros(0, dtype=np.int64) if liked is None else liked.heaviest
        usual = LEAST_FIT if liked is None or not len(liked) else max(LEAST_FIT, float(np.median(scores[liked.rows])))
        fits = np.clip(scores / np.float32(usual), 0, 1)
        scores = np.where(self.corpus.is_live, scores, np.float32(-np.inf))
        topics = None if self._background is None else self._background.topics
        return Ranking(scores=scores, fits=fits, parts=tuple(parts), notice=notice, topics=topics, liked=most)


def _broad_parts(liked: Likeness, factors: Weights, sure: float, *, is_compared: bool) -> list[Part]:
    """Return what is told of each paper without comparing it with others one by one."""
    if not len(liked):
        return []
    parts = [_part(MEANING, liked.meaning(), factors.meaning * sure)] if is_compared else []
    words, subjects = liked.words(), liked.subjects()
    if words is not None:
        parts.append(_part(WORDS, words, factors.words))
    if subjects is not None:
        parts.append(_part(SUBJECTS, subjects, BY_SUBJECTS))
    return parts


def _rows_of(corpus: Corpus, taste: Taste, *, sign: int) -> tuple[Rows, Floats]:
    """Return the rows of what is liked, or of what is not, and how much it is."""
    is_meant = taste.weights * sign > 0
    ids, weights = taste.ids[is_meant], np.abs(taste.weights[is_meant])
    rows = corpus.rows_of(ids)
    return rows, weights[np.searchsorted(ids, corpus.ids[rows])]


def _part(name: str, values: Floats, weight: float) -> Part:
    return Part(name=name, meaning=MEANINGS[name], values=values * np.float32(weight))


def _sureness(liked: int) -> float:
    """Return how far the discriminant counts, from 0 to 1, by how many papers are liked."""
    return liked**2 / (liked**2 + HALF_SURE**2)


def _lead_of_words(liked: Likeness, trust: float) -> float:
    """Return how far words lead before meaning, from 0 to 1.

    Args:
        liked: What the reader likes.
        trust: How far words can be relied on, from 0 to 1, by how many there are.
    """
    lead, tried = EXPECTED * (2.0 * trust - 1.0), len(liked)
    trial = liked.trial()
    if trial is not None:
        by_meaning, by_words = trial
        expected = TRIED * (2.0 - trust)
        lead = (expected * lead + tried * (by_meaning - by_words)) / (expected + tried)
    return min(1.0, max(0.0, 0.5 + lead / (2.0 * CLEAR)))


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
    upvotes, published = corpus.find_popularity()
    upvotes = unknown if upvotes is None else np.log1p(upvotes)
    published = unknown if published is None else published
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
