"""Near by meaning and by words together."""

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.nearness import by_words_too, refine, shared_words
from readinglist.similarity.terms import Terms

ABSTRACT = " ".join(f"subject{number} alpha{number}" for number in range(60))
OTHER = " ".join(f"matter{number} beta{number}" for number in range(60))


def floats(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def test_without_words_the_cosines_stay_as_they_are() -> None:
    cosines = floats(0.9, 0.5, 0.2)
    assert list(refine(cosines, floats(0, 0, 0), np.zeros(3, dtype=np.int64))) == pytest.approx(list(cosines))


def test_titles_alone_change_nothing() -> None:
    cosines = floats(0.9, 0.5, 0.2)
    assert list(refine(cosines, floats(0, 0.9, 0.1), np.full(3, 15))) == pytest.approx(list(cosines))


def test_who_shares_more_words_than_usual_moves_up() -> None:
    cosines, shared = floats(0.6, 0.6, 0.6, 0.3), floats(0.1, 0.4, 0.25, 0.1)
    refined = refine(cosines, shared, np.full(4, 200))
    assert refined[1] > refined[2] > refined[0]
    assert refined[1] > 0.6 > refined[0]


def test_as_many_shared_words_as_usual_change_nothing() -> None:
    cosines = np.linspace(0.2, 0.9, 20, dtype=np.float32)
    assert list(refine(cosines, cosines * 0.5, np.full(20, 200))) == pytest.approx(list(cosines), abs=1e-5)


def test_a_paper_without_an_abstract_is_neither_better_nor_worse_for_it() -> None:
    cosines, shared = floats(0.7, 0.6, 0.5, 0.65), floats(0.35, 0.3, 0.25, 0.0)
    refined = refine(cosines, shared, np.array([200, 200, 200, 0]))
    assert refined[3] == pytest.approx(0.65)


def test_numbers_stay_between_0_and_1() -> None:
    refined = refine(floats(1.0, 0.05, 0.5), floats(1.0, 0.0, 0.0), np.full(3, 200))
    assert refined.min() >= 0
    assert refined.max() <= 1


def test_one_paper_alone_keeps_its_cosine() -> None:
    assert refine(floats(0.5), floats(0.9), np.full(1, 200))[0] == pytest.approx(0.5)


def test_the_order_follows_the_words_of_the_papers() -> None:
    terms = Terms.of_texts([1, 2, 3], [OTHER, ABSTRACT, ABSTRACT[: len(ABSTRACT) // 2] + OTHER])
    found = [(PaperId(1), 0.62), (PaperId(2), 0.6), (PaperId(3), 0.6), (PaperId(9), 0.61)]
    ordered = by_words_too(terms, ABSTRACT, found)
    assert (ordered[0][0], ordered[-1][0]) == (2, 1)
    assert dict(ordered)[PaperId(9)] == pytest.approx(0.61)


def test_of_equal_papers_the_older_comes_first() -> None:
    terms = Terms.of_texts([5, 4], [ABSTRACT, ABSTRACT])
    assert [key for key, _ in by_words_too(terms, OTHER, [(PaperId(5), 0.5), (PaperId(4), 0.5)])] == [4, 5]


def test_an_index_without_papers_is_no_trouble() -> None:
    terms = Terms.of_texts([], [])
    cosines, words = shared_words(terms, "alpha", np.array([-1, -1]))
    assert not cosines.any()
    assert not words.any()
    assert dict(by_words_too(terms, "alpha", [(PaperId(1), 0.5)])) == {1: pytest.approx(0.5)}
