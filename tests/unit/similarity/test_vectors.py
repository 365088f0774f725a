"""Vectors on disk survive crashes, other programs and deletion, and each paper has one."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.similarity.vectors import NO_PAPER, PIECE, RECORD, VectorStore

DIMENSIONS = 8


def rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).standard_normal((count, DIMENSIONS), dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def papers(*numbers: int) -> list[PaperId]:
    return [PaperId(number) for number in numbers]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "vectors"


@pytest.fixture
def store(folder: Path) -> VectorStore:
    return VectorStore(folder, "org/model@1", DIMENSIONS)


@pytest.fixture
def filled(store: VectorStore) -> VectorStore:
    store.append(papers(1, 2, 3), ["a", "b", "c"], rows(3))
    return store


def one_file(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def reopened(folder: Path) -> VectorStore:
    return VectorStore(folder, "org/model@1", DIMENSIONS)


def test_what_was_appended_is_there_after_reopening(filled: VectorStore, folder: Path) -> None:
    again = reopened(folder)
    assert again.hashes() == {1: "a", 2: "b", 3: "c"}
    assert again.hashes(papers(2, 9)) == {2: "b"}
    np.testing.assert_array_equal(again.snapshot().matrix, rows(3))
    assert again.snapshot().ids.tolist() == [1, 2, 3]
    assert again.find(PaperId(9)) is None


def test_what_has_no_vector_is_known_and_needs_no_hash(filled: VectorStore, folder: Path) -> None:
    filled.append([7], [""], rows(1, seed=7))
    assert filled.missing([1, 7, 8, 9]) == [8, 9]
    assert reopened(folder).missing([8, 7]) == [8]


def test_a_new_vector_takes_the_place_of_the_old_one(filled: VectorStore, folder: Path) -> None:
    filled.append(papers(2), ["b2"], rows(1, seed=5))
    for store in (filled, reopened(folder)):
        assert store.snapshot().ids.tolist() == [1, NO_PAPER, 3, 2]
        assert store.hashes()[PaperId(2)] == "b2"
        found = store.find(PaperId(2))
        assert found is not None
        np.testing.assert_array_equal(found, rows(1, seed=5)[0])


def test_a_snapshot_stays_as_it_was_and_costs_nothing_when_nothing_changed(filled: VectorStore) -> None:
    before = filled.snapshot()
    assert filled.snapshot() is before
    filled.append(papers(4, 1), ["d", "a2"], rows(2, seed=1))
    assert before.ids.tolist() == [1, 2, 3]
    np.testing.assert_array_equal(before.matrix, rows(3))
    assert filled.snapshot().ids.tolist() == [NO_PAPER, 2, 3, 4, 1]
    assert not filled.snapshot().matrix.flags.writeable


def test_the_matrix_is_mapped_not_copied(filled: VectorStore) -> None:
    assert not filled.snapshot().matrix.flags.owndata
    assert filled.snapshot().matrix.flags.c_contiguous


def test_another_program_sees_what_was_appended_and_appends_itself(filled: VectorStore, folder: Path) -> None:
    code = (
        "import sys, numpy as np\n"
        "from pathlib import Path\n"
        "from readinglist.similarity.vectors import VectorStore\n"
        "store = VectorStore(Path(sys.argv[1]), 'org/model@1', 8)\n"
        "assert {1, 2, 3} <= set(store.hashes())\n"
        "for number in range(100, 140):\n"
        "    store.append([number], ['x'], np.full((1, 8), 8 ** -0.5, dtype=np.float32))\n"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command) as one, subprocess.Popen(command) as other:
        for number in range(200, 240):
            filled.append(papers(number), ["y"], rows(1, seed=number))
        assert (one.wait(60), other.wait(60)) == (0, 0)
    hashes = filled.hashes()
    assert {key for key, digest in hashes.items() if digest == "y"} == set(range(200, 240))
    assert {key for key, digest in hashes.items() if digest == "x"} == set(range(100, 140))
    for number in (200, 239):
        found = filled.find(PaperId(number))
        assert found is not None
        np.testing.assert_array_equal(found, rows(1, seed=number)[0])


@pytest.mark.parametrize("lost", [1, RECORD.itemsize - 1, RECORD.itemsize + 5])
def test_a_torn_record_is_cut_off_and_its_paper_is_missing(filled: VectorStore, folder: Path, lost: int) -> None:
    path = one_file(folder, "*.rows")
    os.truncate(path, path.stat().st_size - lost)
    again = reopened(folder)
    sound = 3 - -(-lost // RECORD.itemsize)
    assert len(again.hashes()) == sound
    again.append(papers(7), ["g"], rows(1, seed=7))
    assert reopened(folder).snapshot().ids.tolist() == [*range(1, sound + 1), 7]


def test_numbers_that_never_reached_the_disk_are_not_believed(filled: VectorStore, folder: Path) -> None:
    path = one_file(folder, "*.f32")
    content = bytearray(path.read_bytes())
    content[-4:] = b"\0\0\0\0"
    path.write_bytes(content)
    assert sorted(reopened(folder).hashes()) == [1, 2]
    os.truncate(path, DIMENSIONS * 4)
    assert sorted(reopened(folder).hashes()) == [1]


def test_a_record_in_the_middle_that_is_wrong_ends_what_is_believed(filled: VectorStore, folder: Path) -> None:
    path = one_file(folder, "*.rows")
    content = bytearray(path.read_bytes())
    content[-2 * RECORD.itemsize] ^= 1
    path.write_bytes(content)
    assert sorted(reopened(folder).hashes()) == [1]


@pytest.mark.parametrize("head", [b"", b"not json\n", b"[]\n", b'{"format": 99}\n'])
def test_a_file_of_another_shape_is_made_anew(filled: VectorStore, folder: Path, head: bytes) -> None:
    one_file(folder, "*.rows").write_bytes(head)
    again = reopened(folder)
    assert again.hashes() == {}
    again.append(papers(1), ["a"], rows(1))
    assert reopened(folder).hashes() == {1: "a"}
    assert len(list(folder.glob("*.f32"))) == 1


def test_deleted_files_are_made_again_while_the_store_is_open(filled: VectorStore, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert filled.hashes() == {}
    assert len(filled.snapshot().ids) == 0
    filled.append(papers(5), ["e"], rows(1))
    assert filled.hashes() == {5: "e"}


def test_models_and_dimensions_do_not_meet(filled: VectorStore, folder: Path) -> None:
    other = VectorStore(folder, "org/model@2", DIMENSIONS)
    wider = VectorStore(folder, "org/model@1", DIMENSIONS * 2)
    assert other.hashes() == wider.hashes() == {}
    assert wider.snapshot().matrix.shape == (0, DIMENSIONS * 2)
    assert len(filled.hashes()) == 3


def test_more_than_a_piece_is_stored_in_order(store: VectorStore, folder: Path) -> None:
    count = PIECE * 2 + 7
    store.append(papers(*range(1, count + 1)), [str(number) for number in range(count)], rows(count))
    again = reopened(folder).snapshot()
    assert again.ids.tolist() == list(range(1, count + 1))
    np.testing.assert_array_equal(again.matrix, rows(count))


def test_compacting_leaves_out_what_is_dead_and_everybody_goes_on(
    filled: VectorStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.similarity.vectors.FEWEST_DEAD", 2)
    other = reopened(folder)
    before = other.snapshot()
    filled.append(papers(1), ["a2"], rows(1, seed=9))
    filled.compact(np.array([1, 3]))
    for store in (filled, other, reopened(folder)):
        assert store.hashes() == {3: "c", 1: "a2"}
        assert store.snapshot().ids.tolist() == [3, 1]
        np.testing.assert_array_equal(store.snapshot().matrix, np.vstack([rows(3)[2], rows(1, seed=9)[0]]))
    np.testing.assert_array_equal(before.matrix, rows(3))
    assert len(list(folder.glob("*.f32"))) == 1


def test_a_few_dead_rows_are_not_worth_a_new_file(filled: VectorStore, folder: Path) -> None:
    path = one_file(folder, "*.f32")
    filled.append(papers(1), ["a2"], rows(1))
    filled.compact(np.array([1]))
    assert one_file(folder, "*.f32") == path
    assert filled.rows == 4
    filled.compact(np.array([1]), is_thorough=True)  # unless nothing is to stay of them
    assert (filled.rows, filled.snapshot().ids.tolist()) == (1, [1])
    path = one_file(folder, "*.f32")
    filled.compact(np.array([1]), is_thorough=True)
    assert one_file(folder, "*.f32") == path


def test_clearing_is_seen_by_everybody(filled: VectorStore, folder: Path) -> None:
    other = reopened(folder)
    filled.clear()
    assert filled.hashes() == other.hashes() == {}


def test_unwanted_papers_are_marked_without_copying(filled: VectorStore) -> None:
    all_of_them = filled.snapshot()
    some = all_of_them.only(np.array([3, 1]))
    assert some.ids.tolist() == [1, NO_PAPER, 3]
    assert some.matrix is all_of_them.matrix


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault, match="cannot be kept in"):
        VectorStore(tmp_path / "file", "org/model@1", DIMENSIONS)
