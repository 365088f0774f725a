"""The words of papers as a sparse matrix."""

import numpy as np
import pytest

from readinglist.similarity.terms import PLACES, Terms, count_words

TEXTS = [
    "Diffusion models for video. Diffusion models are slow.",
    "A survey of diffusion models",
    "Graph neural networks for molecules",
    "",
]


@pytest.fixture
def terms() -> Terms:
    return Terms.of_texts([11, 12, 13, 14], TEXTS)


def direction_to(terms: Terms, row: int) -> np.ndarray:
    return terms.direction(np.array([row]))


def test_a_text_is_most_like_itself_and_then_like_what_shares_words(terms: Terms) -> None:
    scores = terms.scores(direction_to(terms, 0))
    assert scores[0] == pytest.approx(1.0, abs=1e-5)
    assert scores[0] > scores[1] > 0
    assert scores[2] == pytest.approx(0.0, abs=1e-6)
    assert scores[3] == 0


def test_plurals_capitals_and_stop_words_make_no_difference() -> None:
    one = count_words(["the Models of a Policy"])
    other = count_words(["model policies"])
    assert set(one[1][:2]) & set(other[1])
    terms = Terms.of_texts([1, 2], ["the MODEL", "Models"])
    assert terms.scores(direction_to(terms, 0))[1] == pytest.approx(1.0, abs=1e-5)


def test_a_pair_of_words_tells_its_order() -> None:
    terms = Terms.of_texts([1, 2, 3], ["state space", "space state", "state and space"])
    scores = terms.scores(direction_to(terms, 0))
    assert scores[0] > scores[1]
    assert scores[2] > scores[1] > 0


def test_repeated_words_count_more_but_not_in_proportion() -> None:
    _, _, counts = count_words(["word word word word"])
    assert sorted(counts)[0] > 1
    assert max(counts) < 4


def test_words_of_one_text_do_not_pair_with_those_of_the_next() -> None:
    starts, places, _ = count_words(["alpha", "beta"])
    assert list(starts) == [0, 1, 2]
    assert len(places) == 2


def test_counting_in_parts_is_counting_at_once() -> None:
    whole = count_words(TEXTS)
    parts = [count_words([text]) for text in TEXTS]
    assert list(whole[1]) == [place for part in parts for place in part[1]]
    assert list(whole[2]) == [count for part in parts for count in part[2]]
    assert list(np.diff(whole[0])) == [len(part[1]) for part in parts]


def test_rows_are_found_by_paper(terms: Terms) -> None:
    assert list(terms.rows_of(np.array([13, 99, 11], dtype=np.int64))) == [2, -1, 0]
    assert list(Terms.of_texts([], []).rows_of(np.array([1], dtype=np.int64))) == [-1]


def test_a_rare_word_tells_more(terms: Terms) -> None:
    counted = np.bincount(terms.places, minlength=PLACES)
    assert terms.rarity[counted == 2].max() < terms.rarity[counted == 1].min()


def test_words_of_other_scripts_are_counted() -> None:
    terms = Terms.of_texts([1, 2], ["ω автоматы", "Автоматы"])
    assert terms.scores(direction_to(terms, 1))[0] > 0


def test_lengths_are_the_same_in_however_many_parts_they_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    ids, more = list(range(1, 10)), [*TEXTS, *TEXTS[::-1], TEXTS[0]]
    whole = Terms.of_texts(ids, more).lengths
    monkeypatch.setattr("readinglist.similarity.terms.AT_ONCE", 2)
    np.testing.assert_array_equal(Terms.of_texts(ids, more).lengths, whole)
