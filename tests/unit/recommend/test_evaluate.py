"""Measures of rankings, against what can be reckoned by hand."""

import math

import numpy as np
import pytest

from readinglist.recommend.evaluate import Judgements, difference, estimate, judge, ndcg, quality, recall
from readinglist.recommend.judged import BM25, COSINE, OURS, TFIDF, Judged, compare_methods


def test_ndcg_by_hand() -> None:
    found = ndcg([3, 0, 1], [0, 1, 3], 3)
    assert found == pytest.approx((3 + 1 / 2) / (3 + 1 / math.log2(3)))
    assert ndcg([1], [1, 1, 1], 1) == 1
    assert ndcg([], [], 20) == 0
    assert ndcg([0, 0], [0, 0], 20) == 0


def test_recall_by_hand() -> None:
    assert recall([1, 2, 3], {2, 9}, 2) == 0.5
    assert recall([1], {9}, 5) == 0
    assert recall([], [], 5) == 0


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    chance = np.random.default_rng(0)
    few, many = estimate(chance.random(20).tolist()), estimate(chance.random(2000).tolist())
    for one in (few, many):
        assert one.low < one.mean < one.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert estimate([]).mean == 0
    assert str(estimate([1.0, 1.0])) == "1.000 [1.000, 1.000]"


def test_a_paired_difference_sees_what_two_intervals_hide() -> None:
    theirs = np.random.default_rng(0).random(100)
    found = difference((theirs + 0.01).tolist(), theirs.tolist())
    assert found.low > 0
    assert found.mean == pytest.approx(0.01)


def test_only_the_first_fifth_of_the_judged_papers_counts() -> None:
    question = Judgements(query=0, grades={paper: float(paper == 7) * 3 for paper in range(1, 11)})
    best = {paper: float(paper == 7) for paper in question.grades}
    third = best | {1: 3.0, 2: 2.0}
    assert judge(best, question) == (1.0, 1.0, 1.0)
    assert judge(third, question)[::2] == (0.0, 0.0)


def test_the_quality_is_the_mean_over_questions() -> None:
    found = quality([(1.0, 0.5, 0.0), (0.0, 0.5, 1.0)])
    assert (found.ndcg_share.mean, found.ndcg_20.mean, found.recall_share.mean) == (0.5, 0.5, 0.5)


def test_all_methods_find_what_is_the_same_and_ours_uses_both_ways() -> None:
    subject = " ".join(f"gait{word} walk{word}" for word in range(40))
    other = " ".join(f"star{word} dust{word}" for word in range(40))
    texts = [subject, subject + " more", *([other] * 8), subject[: len(subject) // 2], *([other] * 4)]
    near = [0, 1, 10]
    matrix = np.array([[1.0, 0.0] if row in near else [0.6, 0.8] for row in range(len(texts))], dtype=np.float32)
    grades = {row: 2.0 if row in near else 0.0 for row in range(1, len(texts))}
    found = compare_methods(Judged(texts=texts, matrix=matrix, questions=[Judgements(query=0, grades=grades)]))
    assert list(found) == [TFIDF, BM25, COSINE, OURS]
    assert all(one.ndcg_share.mean == 1 and one.recall_share.mean == 1 for one in found.values())
