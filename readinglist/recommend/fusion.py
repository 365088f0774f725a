"""One list of what was found by words and what was found by meaning."""

from collections.abc import Sequence

from readinglist.domain.paper import PaperId

# How much a place in a list says: the first is worth as much as the places 10 and 11 together... see `fuse`.
SMOOTHING = 60
WORDS_WEIGHT = 1.0
MEANING_WEIGHT = 1.0
MOST = 1000  # papers with the words beyond this place stay where they are: no other list lifts them into sight


def fuse(by_words: Sequence[PaperId], by_meaning: Sequence[PaperId]) -> list[tuple[PaperId, float]]:
    """Order papers by the sum of what their places in two rankings are worth.

    Args:
        by_words: The best first.
        by_meaning: The best first.

    Returns:
        Each paper once, with a score from 0 to 1; 1 for one that leads both.

    Source:
        Cormack, Clarke, Buettcher: Reciprocal rank fusion outperforms Condorcet and individual rank learning methods,
        SIGIR 2009. The weights were measured, see tests/benchmarks/searching.py.
    """
    worth: dict[PaperId, float] = {}
    for ranking, weight in ((by_words[:MOST], WORDS_WEIGHT), (by_meaning, MEANING_WEIGHT)):
        for place, key in enumerate(ranking):
            worth[key] = worth.get(key, 0.0) + weight * (SMOOTHING + 1) / (SMOOTHING + 1 + place)
    whole = WORDS_WEIGHT + MEANING_WEIGHT
    ordered = sorted(worth, key=lambda key: -worth[key])  # stable: of equal ones that with the words first
    rest = [(key, 0.0) for key in by_words[MOST:] if key not in worth]
    return [(key, worth[key] / whole) for key in ordered] + rest
