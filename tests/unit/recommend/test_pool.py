"""Ranking the papers that could come first gives what ranking all of them gives, and is not relied on for longer."""

import numpy as np
import pytest

from readinglist.recommend import pool, ranker
from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.pool import Pool
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import SUBJECTS as BY_SOURCE
from readinglist.recommend.ranker import Ranker
from readinglist.recommend.subjects import PaperSubjects
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import NO_PAPER, Vectors

SUBJECTS, EACH, DIMENSIONS, BEST = 8, 60, 24, 120
COUNT = SUBJECTS * EACH


@pytest.fixture(autouse=True)
def scaled_down(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FROM": 100, "KNOWN": 10, "BEST": BEST, "MOVED": 0.1}.items():
        monkeypatch.setattr(pool, name, value)
    monkeypatch.setattr("readinglist.recommend.background.SAMPLE", 60)
    monkeypatch.setattr(ranker, "CONSIDERED", 80)
    monkeypatch.setattr(ranker, "CHEAP", 1)


@pytest.fixture
def corpus() -> Corpus:
    chance = np.random.default_rng(4)
    subjects = np.arange(COUNT) % SUBJECTS
    rows = chance.standard_normal((SUBJECTS, DIMENSIONS))[subjects] + chance.standard_normal((COUNT, DIMENSIONS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    texts = [
        " ".join([f"subject{subject}word{word}" for word in chance.integers(0, 60, 40)] + [f"any{subject + word % 5}"])
        for word, subject in enumerate(subjects)
    ]
    ids = np.arange(1, COUNT + 1, dtype=np.int64)
    ids[7] = NO_PAPER
    counted = [key for key in ids.tolist() if key not in {NO_PAPER, 20, 21}]  # some were not counted yet
    terms = Terms.of_texts(counted, [texts[key - 1] for key in counted])
    filed = PaperSubjects.of((key, [f"s{key % 5}", f"t{key % 3}"]) for key in ids.tolist() if key % 4)
    return Corpus.of(Vectors(ids=ids, matrix=rows.astype(np.float32)), terms, subjects=filed)


def liked(count: int, *, others: tuple[int, ...] = (), disliked: int = 6) -> Taste:
    """Like the first papers of the first subject, and others, and dislike some of the second."""
    ids = [1 + number * SUBJECTS for number in range(count)]
    weights = dict.fromkeys([*ids, *others], 1.0) | dict.fromkeys(range(2, 2 + disliked * SUBJECTS, SUBJECTS), -0.6)
    return Taste.from_weights(weights)  # type: ignore[arg-type]  # plain numbers


def make(corpus: Corpus, taste: Taste) -> Pool:
    found = Pool.of(corpus, Background.of(corpus), taste)
    assert found is not None
    return found


def test_papers_of_the_pool_are_ranked_as_among_all_and_the_first_of_all_are_in_it(corpus: Corpus) -> None:
    taste = liked(30)
    chosen = make(corpus, taste)
    assert len(chosen.corpus.ids) < COUNT * 0.6
    every = Ranker(corpus, Background.of(corpus)).rank(taste)
    some = Ranker(chosen.corpus, chosen.background).rank(taste)
    places = np.searchsorted(corpus.ids[8:], chosen.corpus.ids) + 8
    is_alike = chosen.corpus.ids > 8
    assert np.allclose(some.scores[is_alike], every.scores[places[is_alike]], atol=1e-3)
    best = corpus.ids[np.argsort(-every.scores, kind="stable")[:40]]
    assert chosen.corpus.ids[np.argsort(-some.scores, kind="stable")[:40]].tolist() == best.tolist()
    assert [part.name for part in some.parts] == [part.name for part in every.parts]
    assert BY_SOURCE in {part.name for part in some.parts}


def test_all_that_was_decided_is_in_the_pool(corpus: Corpus) -> None:
    chosen = make(corpus, liked(30, others=(5, 6)))
    assert np.isin(liked(30, others=(5, 6)).ids, chosen.corpus.ids).all()


def test_one_more_decision_does_not_change_what_could_come_first_many_do(corpus: Corpus) -> None:
    chosen = make(corpus, liked(30))
    assert chosen.is_enough_for(liked(30))
    assert chosen.is_enough_for(liked(31))
    assert chosen.is_enough_for(liked(29))
    assert not chosen.is_enough_for(liked(45))
    assert not chosen.is_enough_for(liked(15))


def test_a_decision_about_a_paper_outside_counts_at_once(corpus: Corpus) -> None:
    chosen = make(corpus, liked(30))
    outside = next(key for key in corpus.ids.tolist() if key and key not in set(chosen.corpus.ids.tolist()))
    assert not chosen.is_enough_for(liked(30, others=(outside,)))


@pytest.mark.parametrize(("name", "value"), [("FROM", COUNT + 1), ("KNOWN", 31)])
def test_few_papers_and_short_histories_have_all_ranked(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setattr(pool, name, value)
    assert Pool.of(corpus, Background.of(corpus), liked(30)) is None
