"""The nearest of some chosen papers are the same, however they were chosen."""

import numpy as np
import pytest

from readinglist.recommend.background import Background
from readinglist.recommend.closest import NEAREST, Closest
from readinglist.recommend.corpus import Corpus, Floats, Rows
from readinglist.similarity.vectors import Vectors

COUNT = 60


@pytest.fixture
def corpus() -> Corpus:
    matrix = np.random.default_rng(3).standard_normal((COUNT, 8))
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return Corpus.of(Vectors(ids=np.arange(1, COUNT + 1), matrix=matrix.astype(np.float32)))


def by_hand(corpus: Corpus, chosen: Rows) -> Floats:
    centred = corpus.matrix - corpus.matrix.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    nearest = min(NEAREST, (len(chosen) + 1) // 2)
    means = []
    for row in range(COUNT):
        others = [one for one in chosen if one != row]
        best = sorted((float(centred[row] @ centred[one]) for one in others), reverse=True)[:nearest]
        means.append(sum(best) / len(best) if best else -1.0)
    return np.array(means, dtype=np.float32)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
def test_the_mean_of_the_nearest_seen_from_the_mean_of_all(corpus: Corpus, count: int) -> None:
    closest = Closest(corpus, Background.of(corpus))
    chosen = np.arange(count, dtype=np.int64) * 2
    closest.choose(chosen)
    np.testing.assert_allclose(closest.means(np.arange(COUNT)), by_hand(corpus, chosen), atol=1e-4)


def test_choosing_step_by_step_is_choosing_at_once(corpus: Corpus) -> None:
    closest = Closest(corpus, Background.of(corpus))
    chance = np.random.default_rng(1)
    chosen: set[int] = set(range(10))
    for _ in range(30):
        chosen ^= {int(chance.integers(COUNT))}
        rows = np.array(sorted(chosen), dtype=np.int64)
        closest.choose(rows)
        asked = np.sort(chance.choice(COUNT, 25, replace=False))
        np.testing.assert_allclose(closest.means(asked), by_hand(corpus, rows)[asked], atol=1e-4)


def test_nobody_chosen_is_near_to_nobody(corpus: Corpus) -> None:
    closest = Closest(corpus, Background.of(corpus))
    closest.choose(np.zeros(0, dtype=np.int64))
    assert (closest.means(np.arange(COUNT)) == -1).all()
