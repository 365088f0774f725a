"""What all papers are like is read at the next start, and worked out anew when it would no longer be true."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from readinglist.recommend.corpus import Corpus
from readinglist.services import kept_background
from readinglist.services.kept_background import KeptBackground
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import NO_PAPER, Vectors

COUNT, DIMENSIONS = 200, 16


@pytest.fixture(autouse=True)
def kept_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_background, "FEWEST", 1)


def make_corpus(count: int = COUNT, *, seed: int = 1, has_words: bool = True) -> Corpus:
    rows = np.random.default_rng(seed).standard_normal((2 * COUNT, DIMENSIONS), dtype=np.float32)[:count]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = np.arange(1, count + 1, dtype=np.int64)
    texts = [f"word{key % 7} word{key % 11} any" for key in ids.tolist()]
    return Corpus.of(Vectors(ids=ids, matrix=rows), Terms.of_texts(ids.tolist(), texts) if has_words else None)


def are_equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if one is None or other is None:
        return one is other
    return all(are_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))  # type: ignore[arg-type]


@pytest.mark.parametrize("has_words", [True, False])
def test_the_next_start_reads_what_the_last_one_worked_out(
    tmp_path: Path, worked_out: list[Corpus], *, has_words: bool
) -> None:
    corpus = make_corpus(has_words=has_words)
    first = KeptBackground(tmp_path).of(corpus)
    again = KeptBackground(tmp_path).of(make_corpus(has_words=has_words))
    assert len(worked_out) == 1
    assert are_equal(first, again)


def test_a_few_new_papers_and_one_in_the_bin_change_only_what_is_known_of_each(
    tmp_path: Path, worked_out: list[Corpus]
) -> None:
    first = KeptBackground(tmp_path).of(make_corpus())
    grown = make_corpus(COUNT + 10)
    ids = grown.ids.copy()
    ids[3] = NO_PAPER
    moved = KeptBackground(tmp_path).of(replace(grown, ids=ids, is_live=ids != NO_PAPER))
    assert len(worked_out) == 1
    assert are_equal(moved.mean, first.mean)
    assert len(moved.levels) == COUNT + 10
    assert are_equal(moved.levels[:COUNT], first.levels)
    assert 3 not in moved.sample


def test_many_small_steps_are_as_far_as_a_large_one(tmp_path: Path, worked_out: list[Corpus]) -> None:
    for count in (COUNT, COUNT + 15, COUNT + 30):
        KeptBackground(tmp_path).of(make_corpus(count))
    assert [len(one.ids) for one in worked_out] == [COUNT, COUNT + 30]


@pytest.mark.parametrize("other", [make_corpus(seed=2), make_corpus(has_words=False), make_corpus(COUNT - 1)])
def test_other_vectors_words_that_came_and_rows_that_went_are_worked_out_anew(
    tmp_path: Path, worked_out: list[Corpus], other: Corpus
) -> None:
    KeptBackground(tmp_path).of(make_corpus())
    KeptBackground(tmp_path).of(other)
    assert len(worked_out) == 2
    KeptBackground(tmp_path).of(other)
    assert len(worked_out) == 2


def test_a_damaged_file_is_made_anew(tmp_path: Path, worked_out: list[Corpus]) -> None:
    expected = KeptBackground(tmp_path).of(make_corpus())
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    for damaged in (b"", content[:-100], content[:600] + bytes(100) + content[700:]):
        path.write_bytes(damaged)
        worked_out.clear()
        assert are_equal(KeptBackground(tmp_path).of(make_corpus()), expected)
        assert len(worked_out) == 1
        assert path.stat().st_size == len(content)


def test_where_nothing_can_be_written_it_is_worked_out_each_time(tmp_path: Path, worked_out: list[Corpus]) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    for _ in range(2):
        KeptBackground(blocked / "for_you").of(make_corpus())
    assert len(worked_out) == 2
