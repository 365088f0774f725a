"""Named parts of the map: on levels, each name once, in the middle of its papers."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.regions import find_regions


def crowds(count: int, each: int) -> NDArray[np.float32]:
    """Return points in crowds along a line."""
    chance = np.random.default_rng(3)
    points = chance.normal(0, 1, (count * each, 2)) + np.repeat(np.arange(count) * 50, each)[:, np.newaxis] * [1, 0]
    made: NDArray[np.float32] = points.astype(np.float32)
    return made


def test_each_crowd_gets_its_own_name_at_its_middle() -> None:
    found = find_regions(crowds(4, 25), lambda rows, _: f"crowd {min(rows) // 25}")
    assert sorted(one.name for one in found) == [f"crowd {number}" for number in range(4)]
    assert all(abs(one.x - 50 * int(one.name[-1])) < 2 and abs(one.y) < 2 for one in found)
    assert {one.papers for one in found} == {25}
    assert {one.level for one in found} == {0}


def test_names_that_are_taken_are_told() -> None:
    told: list[list[str]] = []

    def name(rows: Sequence[int], taken: Collection[str]) -> str:
        told.append(list(taken))
        return f"{len(told)}"

    find_regions(crowds(4, 25), name)
    assert told == [[], ["1"], ["1", "2"], ["1", "2", "3"]]


def test_many_papers_have_finer_levels_with_smaller_parts() -> None:
    found = find_regions(crowds(50, 40), lambda rows, taken: f"{len(taken)} {len(rows)}")
    sizes = {level: [one.papers for one in found if one.level == level] for level in (0, 1, 2)}
    assert len(sizes[0]) == 10
    assert len(sizes[1]) == 40
    assert max(sizes[1]) < max(sizes[0])
    assert [one.level for one in found] == sorted(one.level for one in found)


def test_parts_without_a_name_are_left_out_and_levels_stay_without_gaps() -> None:
    found = find_regions(crowds(50, 40), lambda rows, _: "" if len(rows) > 100 else "small")
    assert found
    assert {one.level for one in found} <= set(range(len({one.level for one in found})))


def test_parts_of_before_keep_their_names_where_papers_came() -> None:
    crowd_of = crowds(40, 40)
    before = find_regions(crowd_of[:1560], lambda _, taken: f"{len(taken)}")
    after = find_regions(crowd_of, lambda *_: "new", before=before, fits=lambda *_: True)
    kept = [one for one in after if one.name != "new"]
    assert len(kept) >= 0.95 * len(before)
    places = {(one.level, one.name): one.x for one in before}
    assert all(abs(one.x - places[one.level, one.name]) < 100 for one in kept)


def test_a_name_of_before_that_fits_no_more_makes_way() -> None:
    points = crowds(4, 25)
    before = find_regions(points, lambda rows, _: f"crowd {min(rows) // 25}")
    after = find_regions(points, lambda *_: "new", before=before, fits=lambda name, *_: name != "crowd 2")
    assert sorted(one.name for one in after) == ["crowd 0", "crowd 1", "crowd 3", "new"]


def test_names_that_stay_are_told_before_others_are_found() -> None:
    points = crowds(4, 25)
    before = find_regions(points, lambda rows, _: f"crowd {min(rows) // 25}")
    told: list[list[str]] = []

    def name(_: Sequence[int], taken: Collection[str]) -> str:
        told.append(sorted(taken))
        return "new"

    find_regions(points, name, before=before, fits=lambda name, *_: name != "crowd 0")
    assert told == [["crowd 1", "crowd 2", "crowd 3"]]


def test_where_papers_lie_otherwise_parts_are_cut_anew() -> None:
    before = find_regions(crowds(4, 25), lambda rows, _: f"crowd {min(rows) // 25}")
    elsewhere = crowds(4, 25)[:, ::-1].copy() * 7
    after = find_regions(elsewhere, lambda *_: "new", before=before, fits=lambda *_: True)
    assert len(after) == 4
    assert {one.papers for one in after} == {25}


def test_few_papers_have_no_regions() -> None:
    assert find_regions(crowds(1, 20), lambda *_: "name") == ()


def test_papers_at_one_place_do_no_harm() -> None:
    found = find_regions(np.zeros((200, 2), dtype=np.float32), lambda *_: "one")
    assert all((one.x, one.y) == (0, 0) for one in found)
