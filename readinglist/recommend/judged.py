"""Papers judged by people, ranked by each method: by words in two ways, by meaning, and as the program does.

For the developer's command, which shows them side by side; knows neither files nor models.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.stop_words import STOP_WORDS
from readinglist.recommend.evaluate import Judgements, Quality, judge, quality
from readinglist.recommend.nearness import SHORTLIST, refine, shared_words
from readinglist.recommend.words import WORD, key_of
from readinglist.similarity.terms import Terms

SATURATION, LENGTH_SHARE = 1.2, 0.75  # of BM25, as usual
BM25, TFIDF, COSINE, OURS = "BM25", "TF-IDF", "cosine", "ours"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """Papers and what people said of them.

    Attributes:
        texts: Of the papers, in the order of their numbers.
        matrix: Their vectors, rows of length 1.
        questions: By the numbers of papers.
    """

    texts: Sequence[str]
    matrix: Floats
    questions: Sequence[Judgements]


def compare_methods(judged: Judged) -> dict[str, Quality]:
    """Judge every method's rankings."""
    terms = Terms.of_texts(range(1, len(judged.texts) + 1), judged.texts)
    by_words = _Bm25(judged.texts)
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in (TFIDF, BM25, COSINE, OURS)}
    for question in judged.questions:
        papers = np.array(sorted(question.grades), dtype=np.int64)
        cosines = judged.matrix @ judged.matrix[question.query]
        shared, _ = shared_words(terms, judged.texts[question.query], papers)
        scores = {
            TFIDF: shared,
            BM25: by_words.scores(judged.texts[question.query], papers),
            COSINE: cosines[papers],
            OURS: _ours(judged, terms, question.query, papers, cosines),
        }
        for name, values in scores.items():
            figures[name].append(judge(dict(zip(papers.tolist(), values.tolist(), strict=True)), question))
    return {name: quality(values) for name, values in figures.items()}


def _ours(judged: Judged, terms: Terms, query: int, papers: NDArray[np.int64], cosines: Floats) -> Floats:
    """Rank as similar papers are ranked: the nearest by meaning are put in order by words too."""
    size = min(SHORTLIST, len(cosines) - 1)
    looked_at = np.union1d(np.argpartition(-cosines, size)[:size], papers)
    refined = np.zeros(len(cosines), dtype=np.float32)
    refined[looked_at] = refine(cosines[looked_at], *shared_words(terms, judged.texts[query], looked_at))
    return refined[papers]


class _Bm25:
    """Ranks by the words of a text, as text indexes do."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [_count(text) for text in texts]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._usual = sum(self._lengths) / max(1, len(texts)) or 1.0
        self._papers: Counter[str] = Counter(word for counts in self._counts for word in counts)

    def scores(self, text: str, papers: NDArray[np.int64]) -> Floats:
        """Return the score of some papers."""
        words = {word: self._rarity(word) for word in _count(text)}
        return np.array([self._score(words, paper) for paper in papers.tolist()], dtype=np.float32)

    def _score(self, words: Mapping[str, float], paper: int) -> float:
        counts = self._counts[paper]
        damping = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * self._lengths[paper] / self._usual)
        found = words.keys() & counts.keys()
        return sum(words[one] * counts[one] * (SATURATION + 1.0) / (counts[one] + damping) for one in found)

    def _rarity(self, word: str) -> float:
        papers = self._papers[word]
        return math.log(1.0 + (len(self._counts) - papers + 0.5) / (papers + 0.5))


def _count(text: str) -> Counter[str]:
    return Counter(key_of(word) for word in WORD.findall(text) if word.lower() not in STOP_WORDS)
