"""Each chosen paper is looked for with the help of the others, to see which way of comparing finds it."""

from dataclasses import replace

import numpy as np
import pytest

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.likeness import Likeness
from readinglist.recommend.telling import Telling
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import Vectors

COUNT, SUBJECTS, AXES = 300, 6, 12


@pytest.fixture
def corpus() -> Corpus:
    """Papers whose vectors tell their subjects, with words that tell nothing."""
    chance = np.random.default_rng(2)
    rows = chance.standard_normal((SUBJECTS, AXES))[np.arange(COUNT) % SUBJECTS]
    rows = rows + 0.2 * chance.standard_normal((COUNT, AXES))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = np.arange(1, COUNT + 1, dtype=np.int64)
    texts = [" ".join(f"any{word}" for word in chance.integers(0, 200, 40)) for _ in range(COUNT)]
    return Corpus.of(Vectors(ids=ids, matrix=rows.astype(np.float32)), Terms.of_texts(ids.tolist(), texts))


def likeness_to(corpus: Corpus, rows: list[int], weights: list[float] | None = None) -> Likeness:
    telling = None if corpus.terms is None else Telling(corpus.terms)
    likeness = Likeness(corpus, Background.of(corpus), telling)
    chosen = np.array(rows, dtype=np.int64)
    likeness.choose(chosen, np.array(weights or [1.0] * len(rows), dtype=np.float32))
    return likeness


def test_what_tells_the_subject_finds_the_papers_and_what_does_not_finds_none(corpus: Corpus) -> None:
    trial = likeness_to(corpus, list(range(0, 60, SUBJECTS))).trial()
    assert trial is not None
    by_meaning, by_words = trial
    assert by_meaning < np.log(COUNT / SUBJECTS + 1)
    assert by_words > by_meaning + 1


def test_a_paper_does_not_help_to_find_itself(corpus: Corpus) -> None:
    strangers = likeness_to(corpus, [0, 1, 2]).trial()
    assert strangers is not None
    assert min(strangers) > np.log(10)


def test_a_trial_is_worth_the_same_however_the_weights_are_scaled(corpus: Corpus) -> None:
    rows, weights = [0, 6, 12, 19], [0.2, 0.4, 0.1, 0.3]
    one = likeness_to(corpus, rows, weights).trial()
    other = likeness_to(corpus, rows, [3 * weight for weight in weights]).trial()
    assert one == pytest.approx(other, rel=1e-3)


def test_where_all_vectors_are_the_same_meaning_finds_nothing(corpus: Corpus) -> None:
    same = replace(corpus, matrix=np.zeros((COUNT, 1), dtype=np.float32))
    trial = likeness_to(same, list(range(0, 60, SUBJECTS))).trial()
    assert trial is not None
    assert trial[0] >= trial[1]


def test_nothing_can_be_tried_with_one_paper_or_without_words(corpus: Corpus) -> None:
    assert likeness_to(corpus, [4]).trial() is None
    assert likeness_to(replace(corpus, terms=None, term_rows=None), [0, 6, 12]).trial() is None
    assert likeness_to(corpus, []).trial() is None
