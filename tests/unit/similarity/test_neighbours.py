"""The nearest vectors are exactly those with the largest cosines."""

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity.neighbours import nearest, nearest_many
from readinglist.similarity.vectors import NO_PAPER, Vectors, VectorStore


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


@pytest.fixture
def vectors() -> Vectors:
    matrix = unit(np.random.default_rng(3).standard_normal((500, 16), dtype=np.float32))
    return Vectors(ids=np.arange(1, 501), matrix=matrix)


def test_they_are_those_that_sorting_everything_gives(vectors: Vectors) -> None:
    query = unit(np.random.default_rng(4).standard_normal(16, dtype=np.float32))
    cosines = vectors.matrix @ query
    expected = [int(place) + 1 for place in np.argsort(-cosines)[:12]]
    found = nearest(vectors, query, 12)
    assert [key for key, _ in found] == expected
    np.testing.assert_allclose([cosine for _, cosine in found], np.sort(cosines)[::-1][:12], atol=1e-6)


def test_a_vector_is_nearest_to_itself_and_no_cosine_is_above_one(vectors: Vectors) -> None:
    for row in (0, 250, 499):
        key, cosine = nearest(vectors, vectors.matrix[row], 1)[0]
        assert key == row + 1
        assert 0.9999 < cosine <= 1.0


def test_excluded_and_replaced_rows_are_not_found(vectors: Vectors) -> None:
    ids = vectors.ids.copy()
    ids[7] = NO_PAPER
    some = Vectors(ids=ids, matrix=vectors.matrix)
    found = nearest(some, vectors.matrix[7], 1000, exclude={PaperId(3), PaperId(4)})
    assert len(found) == 497
    assert not {NO_PAPER, 3, 4, 8} & {key for key, _ in found}


def test_of_equal_ones_the_older_paper_comes_first() -> None:
    same = Vectors(ids=np.array([9, 4, 6]), matrix=unit(np.ones((3, 4), dtype=np.float32)))
    assert [key for key, _ in nearest(same, same.matrix[0], 3)] == [4, 6, 9]


def test_several_questions_have_the_answers_of_each(vectors: Vectors) -> None:
    together = nearest_many(vectors, vectors.matrix[:3], 5, exclude=[PaperId(2)])
    apart = [nearest(vectors, row, 5, exclude=[PaperId(2)]) for row in vectors.matrix[:3]]
    assert [[key for key, _ in one] for one in together] == [[key for key, _ in one] for one in apart]


@pytest.mark.parametrize("limit", [0, -1])
def test_nothing_is_found_when_nothing_is_wanted(vectors: Vectors, limit: int) -> None:
    assert nearest(vectors, vectors.matrix[0], limit) == []


def test_nothing_is_found_where_there_is_nothing() -> None:
    empty = Vectors(ids=np.zeros(0, dtype=np.int64), matrix=np.zeros((0, 4), dtype=np.float32))
    assert nearest(empty, np.ones(4, dtype=np.float32), 5) == []


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    """Vectors with codes: crowds of papers, some of them the same text twice."""
    chance = np.random.default_rng(5)
    centres = chance.standard_normal((60, 32), dtype=np.float32)
    noise = chance.standard_normal((8000, 32), dtype=np.float32) * np.float32(0.5)
    matrix = unit(centres[chance.integers(60, size=8000)] + noise)
    matrix[7000:7300] = matrix[0]
    store = VectorStore(tmp_path_factory.mktemp("vectors"), "model@1", 32)
    store.append([PaperId(number) for number in range(1, 8001)], ["a"] * 8000, matrix)
    return store.snapshot()


def exactly(vectors: Vectors, query: NDArray[np.float32], limit: int, unwanted: set[int]) -> list[int]:
    cosines = (vectors.matrix.astype(np.float64) * query).sum(axis=1)
    order = np.lexsort((vectors.ids, -cosines))
    return [int(key) for key in vectors.ids[order] if key not in unwanted | {NO_PAPER}][:limit]


@pytest.mark.parametrize("limit", [1, 20, 500, 7999, 9000])
def test_with_codes_the_answers_are_the_same(coded: Vectors, limit: int) -> None:
    assert coded.codes is not None
    for query in coded.matrix[50:6000:600]:
        found = nearest(coded, query, limit, exclude=[PaperId(9)])
        assert [key for key, _ in found] == exactly(coded, query, limit, {9})
        expected = [coded.matrix[key - 1] @ query for key, _ in found]
        np.testing.assert_allclose([cosine for _, cosine in found], expected, atol=1e-6)


def test_with_codes_equal_ones_beyond_all_candidates_are_still_told_apart_by_age(coded: Vectors) -> None:
    found = nearest(coded, coded.matrix[0], 5)
    assert [key for key, _ in found] == [1, 7001, 7002, 7003, 7004]


def test_with_codes_rows_that_do_not_count_leave_room_for_others(coded: Vectors) -> None:
    some = coded.only(np.arange(1, 8001, 3))
    few = coded.only(np.array([5, 77, 4000]))
    query = coded.matrix[3]
    assert [key for key, _ in nearest(some, query, 20)] == exactly(some, query, 20, set())
    assert [key for key, _ in nearest(few, query, 20)] == exactly(few, query, 20, set())


def test_with_codes_many_questions_have_the_answers_of_each(coded: Vectors) -> None:
    queries = coded.matrix[100:110]
    together = nearest_many(coded, queries, 7)
    assert [[key for key, _ in one] for one in together] == [[key for key, _ in nearest(coded, q, 7)] for q in queries]
