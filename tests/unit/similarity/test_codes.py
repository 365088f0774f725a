"""Codes are near the numbers they stand for, are searched where they lie, and are made anew when they do not fit."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId
from readinglist.similarity import codes as codes_module
from readinglist.similarity.codes import CodesFile
from readinglist.similarity.vectors import VectorStore

DIMENSIONS = 48


def rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).standard_normal((count, DIMENSIONS), dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def file(tmp_path: Path) -> CodesFile:
    return CodesFile(tmp_path / "some.i8", DIMENSIONS)


def test_the_rows_that_seem_nearest_are_so_within_what_they_may_be_off(file: CodesFile) -> None:
    matrix = rows(2000)
    file.make(matrix)
    codes = file.load(2000)
    assert codes is not None
    for query in rows(20, seed=1):
        places, scores, off_by = codes.first(query, 50)
        assert np.abs(matrix[places] @ query - scores).max() < off_by < 0.05
        assert (np.diff(scores) <= 0).all()
        left_out = np.delete(matrix @ query, places)
        assert left_out.max() < scores[-1] + off_by


def test_rows_that_are_written_later_are_found_too(file: CodesFile) -> None:
    matrix = rows(30)
    file.write(0, matrix[:10])
    file.write(10, matrix[10:])
    codes = file.load(30)
    assert codes is not None
    assert [codes.first(row, 1)[0][0] for row in matrix] == list(range(30))


def test_a_dimension_of_its_own_size_has_a_step_of_its_own(file: CodesFile) -> None:
    matrix = rows(500)
    matrix[:, 3] += 3.0
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    file.make(matrix)
    codes = file.load(500)
    assert codes is not None
    places, _, _ = codes.first(matrix[7], 5)
    assert places[0] == 7


def test_searching_leaves_the_file_as_it_is(file: CodesFile, tmp_path: Path) -> None:
    file.make(rows(100))
    before = (tmp_path / "some.i8").read_bytes()
    codes = file.load(100)
    assert codes is not None
    codes.first(rows(1)[0], 5)
    assert (tmp_path / "some.i8").read_bytes() == before


def test_codes_stay_as_they_were_while_others_are_written(file: CodesFile) -> None:
    matrix = rows(20)
    file.write(0, matrix[:10])
    codes = file.load(10)
    assert codes is not None
    file.write(10, matrix[10:])
    assert len(codes) == 10
    assert sorted(codes.first(matrix[15], 10)[0].tolist()) == list(range(10))


@pytest.mark.parametrize("content", [b"", b"no json", b'{"format": 99}' + b" " * 1000, b"[]" + b" " * 10_000])
def test_what_is_no_such_file_counts_as_none(file: CodesFile, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "some.i8").write_bytes(content)
    assert file.load(1) is None
    assert file.is_outdated(1)
    file.make(rows(1))
    assert file.load(1) is not None


def test_a_file_that_ends_too_early_is_not_searched_and_not_written_to(file: CodesFile, tmp_path: Path) -> None:
    file.make(rows(10))
    assert file.load(11) is None
    before = (tmp_path / "some.i8").read_bytes()
    file.write(11, rows(1))
    assert (tmp_path / "some.i8").read_bytes() == before


def test_steps_that_few_rows_gave_are_chosen_anew(file: CodesFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes_module, "ENOUGH_ROWS", 100)
    file.make(rows(10))
    assert not file.is_outdated(10)
    file.write(10, rows(90, seed=1))
    assert file.is_outdated(100)
    file.make(rows(100))
    assert not file.is_outdated(100)


def test_a_store_keeps_codes_of_all_its_rows(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "m@1", DIMENSIONS)
    assert store.snapshot().codes is None
    for number in range(1, 40):
        store.append([PaperId(number)], ["a"], rows(1, seed=number))
    vectors = store.snapshot()
    assert vectors.codes is not None
    assert len(vectors.codes) == len(vectors.ids) == 39
    assert vectors.codes.first(vectors.matrix[20], 1)[0][0] == 20


@pytest.mark.parametrize("length", [0, 700])
def test_a_store_without_codes_gets_them_when_it_is_opened(tmp_path: Path, length: int) -> None:
    store = VectorStore(tmp_path, "m@1", DIMENSIONS)
    store.append([PaperId(number) for number in range(1, 101)], ["a"] * 100, rows(100))
    (path,) = tmp_path.glob("*.i8")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:length])
    codes = VectorStore(tmp_path, "m@1", DIMENSIONS).snapshot().codes
    assert codes is not None
    assert len(codes) == 100
    assert path.read_bytes() == content


def test_compacting_and_clearing_leave_one_file_of_codes(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "m@1", DIMENSIONS)
    ids = [PaperId(number) for number in range(1, 2001)]
    store.append(ids, ["a"] * 2000, rows(2000))
    store.compact(np.arange(1, 501, dtype=np.int64))
    vectors = store.snapshot()
    assert vectors.codes is not None
    assert len(vectors.codes) == 500
    assert vectors.codes.first(vectors.matrix[99], 1)[0][0] == 99
    store.clear()
    assert store.snapshot().codes is None
    store.append(ids[:1], ["b"], rows(1))
    assert len(list(tmp_path.glob("*.i8"))) == 1
