"""What was worked out for the papers of a library holds while few come and go, and for the best of them alone."""

from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.paper import PaperId
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.services.kept_background import KeptBackground
from readinglist.services.rankers import Rankers
from readinglist.similarity.vectors import Vectors

COUNT, DIMENSIONS = 300, 16
TASTE = Taste.of([PaperId(key) for key in range(1, 21)])
NOTHING = Taste.of(())


@pytest.fixture
def kept(tmp_path: Path) -> KeptBackground:
    return KeptBackground(tmp_path)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FROM": 1, "KNOWN": 1, "BEST": 40}.items():
        monkeypatch.setattr(f"readinglist.recommend.pool.{name}", value)
    monkeypatch.setattr("readinglist.recommend.background.SAMPLE", 10)


def make_corpus(count: int = COUNT) -> Corpus:
    rows = np.random.default_rng(1).standard_normal((2 * COUNT, DIMENSIONS), dtype=np.float32)[:count]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Corpus.of(Vectors(ids=np.arange(1, count + 1, dtype=np.int64), matrix=rows))


def test_nothing_is_looked_at_before_there_is_a_taste(kept: KeptBackground, worked_out: list[Corpus]) -> None:
    rankers = Rankers(make_corpus(), kept)
    rankers.whole(NOTHING).rank(NOTHING)
    assert not worked_out
    rankers.whole(TASTE).rank(TASTE)
    rankers.whole(TASTE).rank(TASTE)
    assert len(worked_out) == 1


def test_a_few_papers_that_come_are_ranked_without_looking_at_all_again(
    kept: KeptBackground, worked_out: list[Corpus]
) -> None:
    rankers = Rankers(make_corpus(), kept)
    rankers.whole(TASTE).rank(TASTE)
    for count in (COUNT + 5, COUNT + 10):
        rankers = rankers.updated(make_corpus(count))
        assert len(rankers.whole(TASTE).rank(TASTE).scores) == count
    assert len(worked_out) == 1
    rankers.updated(make_corpus(2 * COUNT)).whole(TASTE).rank(TASTE)
    assert len(worked_out) == 2


@pytest.mark.usefixtures("large")
def test_the_best_are_ranked_by_themselves_if_they_are_enough(kept: KeptBackground) -> None:
    rankers = Rankers(make_corpus(), kept)
    first = rankers.first(TASTE, lambda _: True)
    assert len(first.corpus.ids) < COUNT // 2
    assert rankers.first(TASTE, lambda _: True) is first
    assert rankers.first(TASTE, lambda some: len(some.ids) == COUNT) is rankers.whole(TASTE)
    assert rankers.first(NOTHING, lambda _: True).corpus is rankers.corpus


def test_in_a_small_library_all_are_ranked(kept: KeptBackground) -> None:
    rankers = Rankers(make_corpus(), kept)
    assert rankers.first(TASTE, lambda _: True) is rankers.whole(TASTE)
