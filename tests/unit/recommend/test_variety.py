"""What is shown of a ranking: the best, several topics, and surprises if the reader wants them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import NEAR, Ranker, Ranking
from readinglist.recommend.variety import EVERY, FIRST, FITTING, TWINS, Manner, Subjects, choose
from readinglist.similarity.vectors import Vectors

EACH, SUBJECTS = 60, 5
COUNT = EACH * SUBJECTS
LIKED = [PaperId(number) for number in range(1, 13)]
ALSO = [PaperId(EACH + number) for number in range(1, 9)]  # of the second subject


@pytest.fixture
def corpus() -> Corpus:
    chance = np.random.default_rng(5)
    centres = 4 * np.linalg.qr(chance.standard_normal((16, SUBJECTS)))[0].T  # at right angles to each other
    rows = np.repeat(centres, EACH, axis=0) + 0.7 * chance.standard_normal((COUNT, 16))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Corpus.of(Vectors(ids=np.arange(1, COUNT + 1, dtype=np.int64), matrix=rows.astype(np.float32)))


@pytest.fixture
def ranking(corpus: Corpus) -> Ranking:
    return Ranker(corpus).rank(Taste.of(LIKED))


@pytest.fixture
def of_two(corpus: Corpus) -> Ranking:
    """The same of somebody who reads about a second subject, too."""
    return Ranker(corpus).rank(Taste.of([*LIKED, *ALSO]))


def everything(corpus: Corpus) -> NDArray[np.bool_]:
    return ~corpus.marked(np.array([*LIKED, *ALSO]))


def subjects_of(rows: NDArray[np.int64]) -> list[int]:
    return [int(row) // EACH for row in rows]


def by_source(ids: NDArray[np.int64]) -> Mapping[int, str]:
    return {key: f"subject {(key - 1) // EACH}" for key in ids.tolist()}


def test_without_variety_the_best_come_in_order(corpus: Corpus, ranking: Ranking) -> None:
    rows = choose(ranking, corpus, everything(corpus), 30, Manner(is_diverse=False))
    scores = np.where(everything(corpus), ranking.scores, -np.inf)
    assert list(rows) == list(np.argsort(-scores, kind="stable")[:30])


@pytest.mark.parametrize("manner", [Manner(), Manner(subjects=by_source)])
def test_the_first_places_show_more_topics_and_nearly_all_that_fits_is_still_there(
    corpus: Corpus, of_two: Ranking, manner: Manner
) -> None:
    plain = choose(of_two, corpus, everything(corpus), 60, Manner(is_diverse=False))
    mixed = choose(of_two, corpus, everything(corpus), 60, manner)
    assert len(set(plain) & set(mixed)) >= 60 - FIRST // EVERY
    assert mixed[0] == plain[0]
    assert {0, 1} <= set(subjects_of(mixed[: 2 * EVERY]))


@pytest.mark.parametrize("surprise", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("subjects", [None, by_source])
def test_a_paper_that_is_far_from_all_that_is_read_never_comes_before_what_fits(
    corpus: Corpus, of_two: Ranking, surprise: float, subjects: Subjects | None
) -> None:
    rows = choose(of_two, corpus, everything(corpus), 2 * FIRST, Manner(surprise=surprise, subjects=subjects))
    assert set(subjects_of(rows)) == {0, 1}


def test_nothing_is_shown_for_variety_to_a_reader_of_one_subject_alone(corpus: Corpus, ranking: Ranking) -> None:
    rows = choose(ranking, corpus, everything(corpus), FIRST, Manner(subjects=by_source))
    assert set(subjects_of(rows)) == {0}


def test_a_paper_near_to_one_of_many_that_fits_far_less_is_not_shown_for_variety(
    corpus: Corpus, of_two: Ranking
) -> None:
    is_second = np.arange(COUNT) // EACH == 1
    scores = np.where(is_second, 0.4 * np.sort(of_two.scores)[-FIRST], of_two.scores).astype(np.float32)
    rows = choose(replace(of_two, scores=scores), corpus, everything(corpus), FIRST, Manner(subjects=by_source))
    assert set(subjects_of(rows)) == {0}


@pytest.mark.parametrize("surprise", [0.0, 1.0])
def test_a_paper_near_to_nothing_read_is_not_shown_for_variety_however_well_its_words_fit(
    corpus: Corpus, of_two: Ranking, surprise: float
) -> None:
    scores = of_two.scores.copy()
    scores[-1] = 1.05 * FITTING * np.sort(scores[everything(corpus)])[-FIRST:].mean()
    manner = Manner(surprise=surprise, subjects=by_source)
    rows = choose(replace(of_two, scores=scores), corpus, everything(corpus), FIRST, manner)
    assert set(subjects_of(rows)) == {0, 1}


def test_where_nothing_else_fits_no_place_is_given_away(corpus: Corpus, ranking: Ranking) -> None:
    fitting = np.flatnonzero(everything(corpus) & (ranking.scores > 0.5 * np.sort(ranking.scores)[-FIRST]))
    lowest = replace(ranking, scores=np.where(np.isin(np.arange(COUNT), fitting), ranking.scores, np.float32(-5)))
    rows = choose(lowest, corpus, everything(corpus), FIRST)
    assert set(rows) <= set(fitting)


def test_categories_of_the_source_say_what_a_topic_is(corpus: Corpus, of_two: Ranking) -> None:
    asked: list[int] = []

    def subjects(ids: NDArray[np.int64]) -> Mapping[int, str]:
        asked.extend(ids.tolist())
        return {key: "cs.CV" if key % 10 else f"rare {key}" for key in ids.tolist()}

    rows = choose(of_two, corpus, everything(corpus), 12, Manner(subjects=subjects))
    rare = [int(row) for place, row in enumerate(rows) if place % EVERY == EVERY - 1]
    assert all(corpus.ids[row] % 10 == 0 for row in rare)
    assert set(corpus.ids[rows].tolist()) <= set(asked)


def test_the_same_text_twice_is_not_shown_twice_in_a_row(corpus: Corpus, ranking: Ranking) -> None:
    best = choose(ranking, corpus, everything(corpus), 1)[0]
    doubled = Corpus.of(
        Vectors(
            ids=np.arange(1, COUNT + 2, dtype=np.int64),
            matrix=np.vstack([corpus.matrix, corpus.matrix[best : best + 1]]),
        )
    )
    rows = choose(Ranker(doubled).rank(Taste.of(LIKED)), doubled, everything(doubled), 20)
    likeness = doubled.matrix[rows] @ doubled.matrix[rows].T
    assert np.triu(likeness, 1).max() <= TWINS


def test_surprise_takes_what_is_less_near(corpus: Corpus, ranking: Ranking) -> None:
    near = next(part.values for part in ranking.parts if part.name == NEAR)
    means = [
        float(near[choose(ranking, corpus, everything(corpus), 5, Manner(surprise=surprise))].mean())
        for surprise in (0.0, 0.5, 1.0)
    ]
    assert means[0] > means[1] > means[2]


@pytest.mark.parametrize("surprise", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("is_diverse", [True, False])
def test_each_paper_once_only_candidates_and_never_more_than_wanted(
    corpus: Corpus, ranking: Ranking, surprise: float, is_diverse: bool
) -> None:
    candidates = np.zeros(COUNT, dtype=np.bool_)
    candidates[100:117] = True
    manner = Manner(surprise=surprise, is_diverse=is_diverse)
    for limit in (0, 1, 10, 100):
        rows = choose(ranking, corpus, candidates, limit, manner).tolist()
        assert len(rows) == len(set(rows)) == min(limit, 17)
        assert set(rows) <= set(range(100, 117))


def test_a_ranking_by_upvotes_is_shown_as_it_is(corpus: Corpus) -> None:
    ranking = Ranker(corpus).rank(Taste.of([]))
    rows = choose(ranking, corpus, np.ones(COUNT, dtype=np.bool_), 5)
    assert list(rows) == [0, 1, 2, 3, 4]
