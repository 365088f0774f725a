"""The categories that sources give papers tell what a reader's papers have in common, and nothing where they cannot."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from readinglist.recommend.subjects import USUAL, PaperSubjects, RowSubjects

PAPERS = [(3, ["cs.LG", "cs.AI"]), (5, ["math.NT"]), (9, ["cs.LG"])]


def filed(*papers: tuple[int, Sequence[str]]) -> PaperSubjects:
    return PaperSubjects.of(papers)


def rows(known: PaperSubjects, ids: Sequence[int]) -> RowSubjects:
    found = RowSubjects.find(known, np.array(ids, dtype=np.int64))
    assert found is not None
    return found


def told(known: RowSubjects, chosen: Sequence[int], weights: Sequence[float] = ()) -> list[float]:
    values = known.told(np.array(chosen, dtype=np.int64), np.array(weights or [1.0] * len(chosen), dtype=np.float32))
    assert values is not None
    return [float(one) for one in values]


def is_same(one: PaperSubjects, other: PaperSubjects) -> bool:
    pairs = ((one.ids, other.ids), (one.starts, other.starts), (one.places, other.places))
    return all(np.array_equal(mine, others) for mine, others in pairs)


def test_rows_stand_in_the_order_asked_for_and_unknown_papers_have_no_subjects() -> None:
    found = rows(filed(*PAPERS), [9, 7, 3, 0])
    assert np.diff(found.starts).tolist() == [1, 0, 2, 0]
    assert found.is_known.tolist() == [True, False, True, False]
    assert sorted(found.shares.tolist()) == [0.5, 1.0], "of the two papers that have any, both are about cs.LG"


def test_where_no_source_says_anything_there_are_no_subjects() -> None:
    assert RowSubjects.find(filed(), np.array([1, 2])) is None
    assert RowSubjects.find(filed(*PAPERS), np.array([1, 2])) is None
    assert RowSubjects.find(filed((4, [])), np.array([4])) is None


def test_spelling_repetition_and_order_of_subjects_do_not_matter() -> None:
    assert is_same(filed((1, ["Graph  Theory", "cs.DM", "cs.DM"])), filed((1, ["CS.dm", "graph theory"])))


def test_a_subject_tells_the_more_the_commoner_it_is_among_the_chosen_and_the_rarer_among_all() -> None:
    papers = [*((key, ["wide"]) for key in range(10)), *((key, ["narrow"]) for key in range(10, 14))]
    known = rows(filed(*papers), range(14))
    both = told(known, [0, 1, 10, 11])
    assert both[10] > 0 > both[0], "half of the chosen are of the small subject, and of all less than a third"
    assert told(known, [10, 11, 12])[13] > both[13]


def test_it_is_the_logarithm_of_the_odds_held_back_by_papers_filed_as_all_are() -> None:
    known = rows(filed(*((key, ["one"] if key < 3 else ["other"]) for key in range(10))), range(10))
    among, usual = (2 + USUAL * 0.3) / (2 + USUAL), 0.3
    one = math.log(among / (1 - among)) - math.log(usual / (1 - usual))
    values = told(known, [0, 1])
    assert values[0] == pytest.approx(one, abs=1e-5)
    assert values[9] == pytest.approx(-one, abs=1e-5), "of two that exclude each other"


def test_what_is_chosen_with_more_weight_counts_for_more() -> None:
    known = rows(filed(*((key, ["one"] if key % 2 else ["other"]) for key in range(10))), range(10))
    even = told(known, [0, 1])
    assert even[0] == pytest.approx(even[1], abs=1e-5)
    uneven = told(known, [0, 1], [0.2, 1.0])
    assert uneven[1] > uneven[0]


def test_subjects_that_all_papers_have_tell_nothing() -> None:
    known = rows(filed(*((key, ["cs.LG", "cs.AI"]) for key in range(20))), range(20))
    assert told(known, [3, 4, 5]) == [0.0] * 20


def test_chosen_papers_without_subjects_tell_nothing_either() -> None:
    known = rows(filed(*PAPERS), [3, 5, 9, 1])
    assert known.told(np.array([3]), np.ones(1, dtype=np.float32)) is None
    assert told(known, [0, 3]) == told(known, [0])


def test_some_rows_are_told_as_among_all() -> None:
    known = rows(filed(*((key, [f"s{key % 3}"]) for key in range(30))), range(30))
    some = known.only(np.array([0, 7, 9, 20]))
    every = told(known, [0, 9])
    assert told(some, [0, 2]) == pytest.approx([every[row] for row in (0, 7, 9, 20)])


def test_papers_that_changed_have_what_they_have_now_and_the_others_what_they_had() -> None:
    known = filed(*PAPERS)
    fresh = filed((4, ["new"]), (9, ["cs.CV", "cs.LG"]))
    assert is_same(known.renewed(np.array([4, 5, 9]), fresh), filed(PAPERS[0], (4, ["new"]), (9, ["cs.LG", "cs.CV"])))


def test_what_did_not_change_is_the_same_object() -> None:
    known = filed(*PAPERS)
    assert known.renewed(np.array([2, 5]), filed(PAPERS[1])) is known
    assert known.renewed(np.array([], dtype=np.int64), filed()) is known
