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
from readinglist.recommend.variety import EVERY, FIRST, TWINS, Manner, choose
from readinglist.similarity.vectors import Vectors

EACH, SUBJECTS = 60, 5
COUNT = EACH * SUBJECTS
LIKED = [PaperId(number) for number in range(1, 13)]


@pytest.fixture
def corpus() -> Corpus:
    chance = np.random.default_rng(5)
    rows = np.repeat(chance.standard_normal((SUBJECTS, 16)), EACH, axis=0) + 0.5 * chance.standard_normal((COUNT, 16))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Corpus.of(Vectors(ids=np.arange(1, COUNT + 1, dtype=np.int64), matrix=rows.astype(np.float32)))


@pytest.fixture
def ranking(corpus: Corpus) -> Ranking:
    return Ranker(corpus).rank(Taste.of(LIKED))


def everything(corpus: Corpus) -> NDArray[np.bool_]:
    return ~corpus.marked(np.array(LIKED))


def test_without_variety_the_best_come_in_order(corpus: Corpus, ranking: Ranking) -> None:
    rows = choose(ranking, corpus, everything(corpus), 30, Manner(is_diverse=False))
    scores = np.where(everything(corpus), ranking.scores, -np.inf)
    assert list(rows) == list(np.argsort(-scores, kind="stable")[:30])


def test_the_first_places_show_more_topics_and_nearly_all_that_fits_is_still_there(
    corpus: Corpus, ranking: Ranking
) -> None:
    plain = choose(ranking, corpus, everything(corpus), 60, Manner(is_diverse=False))
    mixed = choose(ranking, corpus, everything(corpus), 60)
    assert ranking.topics is not None
    topics = [set(ranking.topics.find(corpus.matrix[rows[:FIRST]]).tolist()) for rows in (plain, mixed)]
    assert len(topics[1]) > len(topics[0])
    assert len(set(plain) & set(mixed)) >= 60 - FIRST // EVERY
    assert mixed[0] == plain[0]


def test_a_place_for_another_topic_shows_what_is_well_away_and_fits(corpus: Corpus, ranking: Ranking) -> None:
    rows = choose(ranking, corpus, everything(corpus), FIRST)
    assert ranking.topics is not None
    nearness = ranking.topics.nearness(corpus.matrix[rows])
    labels = nearness.argmax(axis=1)
    place = EVERY - 1
    assert labels[place] not in labels[:place]
    assert nearness[place, labels[place]] > nearness[place, labels[:place]].max() + 0.1
    assert ranking.scores[rows[place]] > 0


def test_where_nothing_else_fits_no_place_is_given_away(corpus: Corpus, ranking: Ranking) -> None:
    fitting = np.flatnonzero(everything(corpus) & (ranking.scores > 0.5 * np.sort(ranking.scores)[-FIRST]))
    lowest = replace(ranking, scores=np.where(np.isin(np.arange(COUNT), fitting), ranking.scores, np.float32(-5)))
    rows = choose(lowest, corpus, everything(corpus), FIRST)
    assert set(rows) <= set(fitting)


def test_categories_of_the_source_say_what_a_topic_is(corpus: Corpus, ranking: Ranking) -> None:
    asked: list[int] = []

    def subjects(ids: NDArray[np.int64]) -> Mapping[int, str]:
        asked.extend(ids.tolist())
        return {key: "cs.CV" if key % 10 else f"rare {key}" for key in ids.tolist()}

    rows = choose(ranking, corpus, everything(corpus), 12, Manner(subjects=subjects))
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
