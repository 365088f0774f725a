"""The words of a taste: which there are counts, how often does not, and rare ones count most."""

from dataclasses import replace

import numpy as np
import pytest

from readinglist.recommend.telling import AT_ONCE, Telling
from readinglist.similarity.terms import Terms

TEXTS = [
    "Diffusion models for video",
    "Diffusion models for video. Diffusion models for video. Video",
    "Diffusion of gases",
    "Zeolites hold gases",
    "",
    *(f"Diffusion subject{number}" for number in range(20)),
]


def make_terms(texts: list[str]) -> Terms:
    return Terms.of_texts(range(1, len(texts) + 1), texts)


@pytest.fixture
def telling() -> Telling:
    return Telling(make_terms(TEXTS))


def towards(telling: Telling, *rows: int) -> np.ndarray:
    return telling.direction(np.array(rows, dtype=np.int64))


def test_a_text_is_most_like_itself_and_one_without_words_like_none(telling: Telling) -> None:
    scores = telling.scores(towards(telling, 0))
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert scores[0] > scores[2] > scores[3] == 0
    assert scores[4] == 0


def test_a_repeated_word_says_no_more() -> None:
    terms = make_terms(TEXTS)
    often = replace(terms, counts=terms.counts * np.linspace(1, 3, len(terms.counts), dtype=np.float32))
    once, repeated = Telling(terms), Telling(often)
    np.testing.assert_array_equal(repeated.scores(towards(repeated, 0)), once.scores(towards(once, 0)))


def test_a_rare_word_in_common_outweighs_a_common_one(telling: Telling) -> None:
    scores = telling.scores(towards(telling, 2))
    assert scores[3] > scores[5]


def test_some_rows_score_as_they_do_among_all(telling: Telling) -> None:
    direction = towards(telling, 0, 3)
    rows = np.array([7, 3, 0])
    np.testing.assert_allclose(telling.scores(direction, rows), telling.scores(direction)[rows], rtol=1e-5)


def test_weights_say_how_much_each_row_counts(telling: Telling) -> None:
    direction = telling.direction(np.array([0, 3]), np.array([2.0, 1.0], dtype=np.float32))
    np.testing.assert_allclose(direction, 2 * towards(telling, 0) + towards(telling, 3), rtol=1e-5)


def test_many_rows_are_gone_through_in_parts() -> None:
    texts = [f"word{number % 50} thing{number % 7}" for number in range(AT_ONCE + 10)]
    telling = Telling(make_terms(texts))
    whole = telling.direction(np.arange(len(texts)))
    parts = telling.direction(np.arange(100)) + telling.direction(np.arange(100, len(texts)))
    np.testing.assert_allclose(whole, parts, rtol=1e-3, atol=1e-3)
    scores = telling.scores(telling.direction(np.array([AT_ONCE + 5])))
    assert scores[AT_ONCE + 5] == pytest.approx(1.0, abs=1e-5)
