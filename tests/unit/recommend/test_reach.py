"""Near is what is nearer than nearly all papers are, and not far in any case."""

import numpy as np
import pytest

from readinglist.recommend.corpus import Corpus
from readinglist.recommend.reach import FARTHEST, NEAR_ANYWHERE, USUAL, Reach, near_bars
from readinglist.similarity.vectors import Vectors

EVERYBODY = 2 * USUAL


def corpus_of(count: int, likeness: float) -> Corpus:
    """Papers any two of which have about the same cosine."""
    rows = np.random.default_rng(3).standard_normal((count, 32)) / np.sqrt(32) * np.sqrt(1 - likeness)
    rows[:, 0] += np.sqrt(likeness)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Corpus.of(Vectors(ids=np.arange(1, count + 1, dtype=np.int64), matrix=rows.astype(np.float32)))


@pytest.mark.parametrize(
    ("count", "likeness", "bar"),
    [(EVERYBODY, 0.0, FARTHEST), (EVERYBODY, 0.9, NEAR_ANYWHERE), (USUAL // 2, 0.9, FARTHEST)],
)
def test_the_bar_stays_between_what_is_far_and_what_is_near_anywhere(count: int, likeness: float, bar: float) -> None:
    assert near_bars(corpus_of(count, likeness), np.arange(5)) == pytest.approx(bar)


def test_where_all_papers_are_rather_alike_near_takes_more() -> None:
    rows = np.arange(50)
    assert FARTHEST < np.median(near_bars(corpus_of(EVERYBODY, 0.25), rows)) < NEAR_ANYWHERE


def test_one_paper_that_is_near_is_enough() -> None:
    corpus = corpus_of(EVERYBODY, 0.0)
    corpus.matrix[7] = corpus.matrix[3]
    rows, both = np.array([7, 8]), np.array([0, 1])
    assert list(Reach(corpus, rows, np.array([2, 3])).mask(both)) == [True, False]
    assert list(Reach(corpus, rows, np.array([2])).mask(both)) == [False, False]


def test_those_that_are_near_come_in_the_order_they_were_asked_for_the_second_time_too() -> None:
    corpus = corpus_of(EVERYBODY, 0.0)
    corpus.matrix[100:200:10] = corpus.matrix[3]
    reach = Reach(corpus, np.arange(100, 200), np.array([3]))
    places = np.arange(100)[::-1]
    found = list(reach.near(places))
    assert found == sorted(found, reverse=True) == list(reach.near(places))
    assert set(range(0, 100, 10)) <= set(found) < set(places.tolist())


def test_where_nothing_is_liked_all_papers_are_in_reach() -> None:
    corpus = corpus_of(EVERYBODY, 0.0)
    assert Reach(corpus, np.arange(50), np.zeros(0, dtype=np.int64)).mask(np.arange(50)).all()
