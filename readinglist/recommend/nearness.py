"""How near two papers are, by meaning and by words together.

The cosine of two vectors says what papers are about; the words they share say whether it is the same thing. A paper
moves up if it shares more words than papers that near usually do, and down if it shares fewer. Titles alone share words
by chance, so that the words count only where there are enough of them: with titles only, the cosine decides.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.terms import Terms, count_words

SHORTLIST = 300  # papers nearest by meaning that are looked at
STRENGTH = 0.8  # of a cosine of words against one of vectors
FEW_WORDS, ENOUGH_WORDS = 20, 80  # different words and pairs of the shorter text: a long title has 20, an abstract 100
LEAST_SPREAD = 1e-6
Neighbour = tuple[PaperId, float]
Floats = NDArray[np.float32]


def by_words_too(terms: Terms, text: str, found: Sequence[Neighbour]) -> list[Neighbour]:
    """Put the papers nearest by meaning into the order of meaning and words.

    Args:
        terms: The words of papers.
        text: Of the paper asked about.
        found: Papers and cosines, `SHORTLIST` of them or more.

    Returns:
        The same papers, with numbers from 0 to 1, the largest first; of equal ones the older paper first.
    """
    ids = np.array([key for key, _ in found], dtype=np.int64)
    cosines = np.array([cosine for _, cosine in found], dtype=np.float32)
    scores = refine(cosines, *shared_words(terms, text, terms.rows_of(ids)))
    order = np.lexsort((ids, -scores))
    return [(PaperId(int(ids[one])), float(scores[one])) for one in order]


def refine(cosines: Floats, shared: Floats, words: NDArray[np.int64]) -> Floats:
    """Correct the cosines of a paper and its nearest by the words they share.

    Args:
        cosines: Of the vectors, of the papers nearest to the paper.
        shared: Cosines of the words of the same papers.
        words: How many different words the shorter of the two texts has; 0 where they are not known.

    Returns:
        float32, 0 to 1.
    """
    trust = np.clip((words - FEW_WORDS) / (ENOUGH_WORDS - FEW_WORDS), 0.0, 1.0).astype(np.float32)
    refined = cosines + STRENGTH * trust * (shared - _usual(cosines, shared, trust))
    return np.clip(refined, 0.0, 1.0).astype(np.float32)


def shared_words(terms: Terms, text: str, rows: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Compare a text with papers by words.

    Args:
        terms: The words of papers.
        text: Of the paper asked about.
        rows: Of `terms`; -1 for a paper without.

    Returns:
        What `refine` takes: cosines of the words, and how many the shorter text has.
    """
    _, places, counts = count_words([text])
    cosines, sizes = terms.compare(places, counts, np.maximum(rows, 0))
    is_known = rows >= 0
    return np.where(is_known, cosines, np.float32(0)), np.where(is_known, np.minimum(sizes, len(places)), 0)


def _usual(cosines: Floats, shared: Floats, trust: Floats) -> Floats:
    """Return how many words papers of these cosines usually share: a straight line through those with enough words."""
    total = float(trust.sum())
    if total < LEAST_SPREAD:
        return shared
    middle, level = float(trust @ cosines) / total, float(trust @ shared) / total
    apart = cosines - middle
    spread = float(trust @ np.square(apart))
    slope = float((trust * apart) @ (shared - level)) / spread if spread > LEAST_SPREAD else 0.0
    slope = min(1.0, max(0.0, slope))  # of a few papers it may be anything; nearer papers never share fewer words
    return (level + slope * apart).astype(np.float32)
