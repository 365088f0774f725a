"""Papers are ranked by what a reader likes and does not like, and the answer says what it is made of."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import (
    DISLIKED,
    EMPTY_NOTICE,
    FEW_NOTICE,
    MEANING,
    NEAR,
    RECENCY,
    SURE,
    UPVOTES,
    WORDS,
    Ranker,
    Ranking,
)
from readinglist.recommend.ranker import SUBJECTS as BY_SOURCE
from readinglist.recommend.subjects import PaperSubjects, RowSubjects
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import NO_PAPER, Vectors

SUBJECTS, EACH, DIMENSIONS = 6, 40, 24
COUNT = SUBJECTS * EACH


def make_corpus(*, has_words: bool = True, seed: int = 1, scatter: float = 0.25) -> Corpus:
    """Make papers of some subjects, one after the other: neighbours in meaning share words too."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((SUBJECTS, DIMENSIONS))
    rows = np.repeat(centres, EACH, axis=0) + scatter * 4 * chance.standard_normal((COUNT, DIMENSIONS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    words = [
        " ".join(f"subject{row // EACH}word{word}" for word in chance.integers(0, 60, 60))
        + " "
        + " ".join(f"any{word}" for word in chance.integers(0, 300, 60))
        for row in range(COUNT)
    ]
    ids = np.arange(1, COUNT + 1, dtype=np.int64)
    terms = Terms.of_texts(ids.tolist(), words) if has_words else None
    return Corpus.of(
        Vectors(ids=ids, matrix=rows.astype(np.float32)),
        terms,
        upvotes=chance.integers(0, 100, COUNT).astype(np.float32),
        published=chance.integers(0, 1000, COUNT).astype(np.float32),
    )


def filed(corpus: Corpus, subjects: Callable[[int], list[str]]) -> Corpus:
    """Have a source say what papers are about, by row."""
    known = PaperSubjects.of((key, subjects(row)) for row, key in enumerate(corpus.ids.tolist()))
    return replace(corpus, subjects=RowSubjects.find(known, corpus.ids))


def part_of(ranking: Ranking, name: str) -> NDArray[np.float32]:
    return next(part.values for part in ranking.parts if part.name == name)


def papers(subject: int, count: int, start: int = 0) -> list[PaperId]:
    return [PaperId(subject * EACH + 1 + number) for number in range(start, start + count)]


def subjects(ranking: Ranking, taste: Taste, limit: int) -> list[int]:
    scores = ranking.scores.copy()
    scores[taste.ids - 1] = -np.inf
    return [int(row) // EACH for row in np.argsort(-scores)[:limit]]


def share(ranking: Ranking, taste: Taste, subject: int, limit: int = 20) -> float:
    return subjects(ranking, taste, limit).count(subject) / limit


@pytest.mark.parametrize("has_words", [True, False])
@pytest.mark.parametrize("read", [1, 3, 12])
def test_papers_of_the_readers_subject_come_first(has_words: bool, read: int) -> None:
    taste = Taste.of(papers(2, read))
    ranking = Ranker(make_corpus(has_words=has_words, scatter=0.1)).rank(taste)
    assert share(ranking, taste, 2, 10) >= 0.8


@pytest.mark.parametrize("is_told_by_words", [True, False])
def test_what_finds_the_readers_own_papers_better_leads(is_told_by_words: bool) -> None:
    corpus = make_corpus(scatter=0.1)
    chance = np.random.default_rng(3)
    assert corpus.terms is not None
    if is_told_by_words:
        rows = chance.standard_normal((COUNT, DIMENSIONS)).astype(np.float32)
        corpus = replace(corpus, matrix=rows / np.linalg.norm(rows, axis=1, keepdims=True))
    else:
        texts = [" ".join(f"any{word}" for word in chance.integers(0, 300, 120)) for _ in range(COUNT)]
        terms = Terms.of_texts(corpus.ids.tolist(), texts)
        corpus = replace(corpus, terms=terms, term_rows=terms.rows_of(corpus.ids))
    ranking = Ranker(corpus).rank(Taste.of(papers(2, 12)))
    spread = {part.name: float(part.values.std()) for part in ranking.parts}
    assert (spread[WORDS] > spread[MEANING]) is is_told_by_words
    assert share(ranking, Taste.of(papers(2, 12)), 2, 10) >= 0.8


def test_what_the_sources_file_with_the_readers_papers_comes_before_what_is_only_like_them() -> None:
    corpus, taste = make_corpus(scatter=0.1), Taste.of(papers(2, 12))
    mixed = filed(corpus, lambda row: ["cs.LG" if row % 2 else "math.NT"])
    odd = Taste.of([one for one in papers(2, 24) if one % 2 == 0])  # of the rows, counted from 0, the odd ones
    before, after = Ranker(corpus).rank(odd), Ranker(mixed).rank(odd)
    rest = np.array(papers(2, 16, 24)) - 1
    gain = after.scores[rest] - before.scores[rest]
    assert gain[rest % 2 == 1].min() > 0 > gain[rest % 2 == 0].max()
    assert not part_of(Ranker(mixed).rank(taste), BY_SOURCE).any(), "who reads both alike is told nothing by that"


@pytest.mark.parametrize("subjects", [[], ["cs.LG", "cs.AI"]])
def test_subjects_that_set_nothing_apart_change_nothing(subjects: list[str]) -> None:
    corpus, taste = make_corpus(), Taste.of(papers(2, 12), papers(4, 3))
    plain, with_subjects = Ranker(corpus).rank(taste), Ranker(filed(corpus, lambda _: subjects)).rank(taste)
    np.testing.assert_array_equal(with_subjects.scores, plain.scores)
    assert any(part.name == BY_SOURCE for part in with_subjects.parts) is bool(subjects)


def test_a_paper_whose_subjects_are_unknown_is_average_by_them() -> None:
    corpus = filed(make_corpus(), lambda row: [] if row % 3 == 0 else [f"s{row // EACH}"])
    values = part_of(Ranker(corpus).rank(Taste.of(papers(2, 12))), BY_SOURCE)
    assert not values[::3].any()
    assert abs(float(values[np.arange(COUNT) % 3 > 0].mean())) < 1e-4
    none_known = Ranker(corpus).rank(Taste.of([one for one in papers(2, EACH) if one % 3 == 1]))
    assert BY_SOURCE not in {part.name for part in none_known.parts}, "nothing is known of the reader's own"


def test_ten_words_of_a_source_that_mean_the_same_outweigh_nothing_else() -> None:
    corpus = filed(
        make_corpus(scatter=0.1), lambda row: [f"word{one}" for one in range(40)] if row % EACH < 2 else ["x"]
    )
    taste = Taste.of([PaperId(1), *papers(2, 3, 10), PaperId(EACH + 1)])
    assert np.abs(part_of(Ranker(corpus).rank(taste), BY_SOURCE)).max() < 3.1


def test_readers_of_two_subjects_get_both() -> None:
    taste = Taste.of([*papers(0, 6), *papers(4, 6)])
    found = subjects(Ranker(make_corpus()).rank(taste), taste, 30)
    assert found.count(0) >= 8
    assert found.count(4) >= 8


def test_what_was_skipped_brings_its_subject_down_and_keeps_the_readers_own() -> None:
    ranker = Ranker(make_corpus())
    liked = [*papers(1, 12), *papers(3, 2)]
    before_taste, after_taste = Taste.of(liked), Taste.of(liked, papers(3, 10, 2))
    before, after = ranker.rank(before_taste), ranker.rank(after_taste)
    assert share(after, after_taste, 3, 50) <= share(before, before_taste, 3, 50) / 2
    assert share(after, after_taste, 1, 20) >= share(before, before_taste, 1, 20) - 0.05


def test_skipped_papers_alone_put_their_subject_last() -> None:
    taste = Taste.of([], papers(5, 10))
    ranking = Ranker(make_corpus()).rank(taste)
    assert share(ranking, taste, 5, 60) < 1 / SUBJECTS / 2
    assert ranking.notice == FEW_NOTICE


@pytest.mark.parametrize("count", [1, 10])
def test_what_is_not_liked_is_compared_with_the_others_of_it_and_not_with_itself(count: int) -> None:
    """Beside itself no word of it would be rare, and it would stand out by far more than any other paper can."""
    disliked = papers(5, count)
    against = part_of(Ranker(make_corpus()).rank(Taste.of(papers(1, 5), disliked)), DISLIKED)
    own, beside = against[np.array(disliked) - 1], against[np.array(papers(5, EACH - count, count)) - 1]
    if count == 1:
        assert own.tolist() == [0.0]
    else:
        assert beside.min() * 1.2 < np.median(own) < np.median(beside) * 0.8
    assert np.median(beside) < 0


def test_nothing_known_goes_by_upvotes_and_date_and_says_so() -> None:
    corpus = make_corpus()
    ranking = Ranker(corpus).rank(Taste.of([]))
    assert ranking.notice == EMPTY_NOTICE
    assert {part.name for part in ranking.parts} == {UPVOTES, RECENCY}
    assert corpus.upvotes is not None
    assert corpus.published is not None
    best, worst = int(ranking.scores.argmax()), int(ranking.scores.argmin())
    assert corpus.upvotes[best] > corpus.upvotes[worst]
    assert corpus.published[best] > corpus.published[worst]


def test_ten_decisions_change_it_visibly_and_then_popularity_counts_no_more() -> None:
    ranker = Ranker(make_corpus())
    few, enough = Taste.of(papers(2, 2)), Taste.of(papers(2, SURE))
    assert ranker.rank(few).notice == FEW_NOTICE
    ranking = ranker.rank(enough)
    assert not ranking.notice
    assert not {part.name for part in ranking.parts} & {UPVOTES, RECENCY}
    assert share(ranking, enough, 2) > 2 * share(ranker.rank(Taste.of([])), enough, 2) + 0.2


def test_unknown_upvotes_and_dates_are_average() -> None:
    corpus = make_corpus()
    bare = Corpus.of(Vectors(ids=corpus.ids, matrix=corpus.matrix))
    ranking = Ranker(bare).rank(Taste.of([]))
    assert not ranking.scores.any()
    assert np.isfinite(ranking.fits).all()


def test_the_parts_add_up_to_the_score_and_each_says_what_it_means() -> None:
    ranking = Ranker(make_corpus()).rank(Taste.of(papers(0, 5), papers(1, 5)))
    total = np.sum([part.values for part in ranking.parts], axis=0)
    np.testing.assert_allclose(ranking.scores, total, atol=1e-4)
    assert {NEAR, WORDS, DISLIKED} <= {part.name for part in ranking.parts}
    assert all(part.meaning.endswith(".") for part in ranking.parts)
    assert len({part.meaning for part in ranking.parts}) == len(ranking.parts)


@pytest.mark.parametrize("count", [1, 3, 15])
def test_where_nothing_is_compared_nothing_is_said_of_meaning_and_words_decide(count: int) -> None:
    corpus = make_corpus()
    corpus = replace(corpus, matrix=np.zeros((COUNT, 1), dtype=np.float32))
    taste = Taste.of(papers(0, count), papers(1, 3))
    ranking = Ranker(corpus).rank(taste)
    assert not {part.name for part in ranking.parts} & {MEANING, NEAR}
    assert np.sum([part.values for part in ranking.parts], axis=0) == pytest.approx(ranking.scores, abs=1e-4)
    assert share(ranking, taste, 0, 10) >= 0.8


def test_what_the_reader_likes_is_told_with_the_answer() -> None:
    ranking = Ranker(make_corpus()).rank(Taste.of([PaperId(9), PaperId(3)], [PaperId(5)]))
    assert ranking.liked.tolist() == [2, 8]
    assert not len(Ranker(make_corpus()).rank(Taste.of([])).liked)


def test_fits_go_from_an_average_paper_to_what_the_reader_likes() -> None:
    taste = Taste.of(papers(0, 12))
    ranking = Ranker(make_corpus()).rank(taste)
    assert ranking.fits.min() >= 0
    assert ranking.fits.max() <= 1
    assert np.median(ranking.fits) < 0.3
    assert ranking.fits[papers(0, 20, 12)].mean() > 0.3


def test_rows_without_a_paper_are_never_ranked() -> None:
    corpus = make_corpus()
    ids = corpus.ids.copy()
    ids[:EACH] = NO_PAPER
    marked = Corpus.of(Vectors(ids=ids, matrix=corpus.matrix), corpus.terms)
    for taste in (Taste.of(papers(1, 5)), Taste.of([]), Taste.of(papers(0, 5))):
        assert np.isneginf(Ranker(marked).rank(taste).scores[:EACH]).all()


@pytest.mark.parametrize("seed", range(3))
def test_one_decision_after_the_other_is_the_same_as_all_at_once(seed: int) -> None:
    corpus = make_corpus(seed=seed)
    chance = np.random.default_rng(seed)
    ranker = Ranker(corpus)
    weights: dict[PaperId, float] = {}
    for _ in range(40):
        paper = PaperId(int(chance.integers(1, COUNT + 1)))
        weights[paper] = float(chance.choice([0.0, 0.4, 1.0, -0.6]))
        ranker.rank(Taste.from_weights(weights))
    step = ranker.rank(Taste.from_weights(weights))
    whole = Ranker(corpus).rank(Taste.from_weights(weights))
    np.testing.assert_allclose(step.scores, whole.scores, atol=1e-3)


def test_many_papers_are_compared_one_by_one_only_where_they_may_be_near(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = make_corpus()
    taste = Taste.of(papers(2, 12), papers(4, 6))
    whole = Ranker(corpus).rank(taste)
    monkeypatch.setattr("readinglist.recommend.ranker.CHEAP", 0)
    monkeypatch.setattr("readinglist.recommend.ranker.CONSIDERED", COUNT // 4)
    quick = Ranker(corpus).rank(taste)
    first = np.argsort(-whole.scores)[:20]
    np.testing.assert_allclose(quick.scores[first], whole.scores[first], atol=1e-3)


def test_papers_without_words_are_ranked_beside_those_with() -> None:
    corpus = make_corpus()
    assert corpus.terms is not None
    some = Terms.of_texts(corpus.ids[::2].tolist(), ["alpha beta"] * (COUNT // 2))
    mixed = Corpus.of(Vectors(ids=corpus.ids, matrix=corpus.matrix), some)
    taste = Taste.of(papers(2, 12))
    assert share(Ranker(mixed).rank(taste), taste, 2) >= 0.5


def test_papers_that_come_are_ranked_before_the_background_of_the_others() -> None:
    corpus = make_corpus()
    part = 5 * EACH + EACH // 2
    small = Corpus.of(Vectors(ids=corpus.ids[:part], matrix=corpus.matrix[:part]), corpus.terms)
    taste = Taste.of(papers(5, 12))
    grown = Ranker(corpus, Background.of(small).moved_to(corpus)).rank(taste)
    assert len(grown.scores) == COUNT
    assert share(grown, taste, 5) >= 0.6


def test_a_taste_for_papers_that_are_gone_is_no_taste() -> None:
    ranking = Ranker(make_corpus()).rank(Taste.of([PaperId(9999)]))
    assert ranking.notice == EMPTY_NOTICE


def test_a_library_of_one_paper_is_ranked(floats: NDArray[np.float32]) -> None:
    corpus = Corpus.of(Vectors(ids=np.array([7], dtype=np.int64), matrix=floats))
    ranking = Ranker(corpus).rank(Taste.of([PaperId(7)]))
    assert np.isfinite(ranking.scores).all()


@pytest.fixture
def floats() -> NDArray[np.float32]:
    return np.array([[0.6, 0.8]], dtype=np.float32)
