"""The words of papers on disk: appended, replaced, compacted, safe against torn writes."""

import stat
from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.similarity import term_store
from readinglist.similarity.term_store import FEWEST_DEAD, TermStore
from readinglist.similarity.vectors import NO_PAPER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "words"


def put(store: TermStore, texts: dict[int, str], mark: str = "a") -> None:
    ids = [PaperId(key) for key in texts]
    store.append(ids, [f"{mark}{key}" for key in ids], list(texts.values()))


def holds(store: TermStore, expected: dict[int, str]) -> bool:
    """Tell whether these texts are there, by their hashes, and no others."""
    ids = {int(one) for one in store.snapshot().ids} - {NO_PAPER}
    return ids == set(expected) and not store.stale({PaperId(key): mark for key, mark in expected.items()})


def nearest(store: TermStore, paper: int) -> list[int]:
    terms = store.snapshot()
    scores = terms.scores(terms.direction(terms.rows_of(np.array([paper], dtype=np.int64))))
    order = np.argsort(-scores, kind="stable")
    return [int(terms.ids[row]) for row in order if scores[row] > 0.01 and terms.ids[row] != NO_PAPER]


def test_what_is_stored_is_there_after_opening_again(folder: Path) -> None:
    put(TermStore(folder), {1: "diffusion models", 2: "graph networks"})
    store = TermStore(folder)
    assert holds(store, {1: "a1", 2: "a2"})
    assert nearest(store, 2) == [2]


def test_a_changed_text_takes_the_place_of_the_older_one(folder: Path) -> None:
    store = TermStore(folder)
    put(store, {1: "diffusion models", 2: "graph networks"})
    put(store, {1: "graph networks of molecules"}, mark="b")
    for opened in (store, TermStore(folder)):
        assert holds(opened, {1: "b1", 2: "a2"})
        assert set(nearest(opened, 2)) == {1, 2}
        assert sorted(opened.snapshot().ids) == [NO_PAPER, 1, 2]


def test_another_programs_words_are_seen(folder: Path) -> None:
    one, other = TermStore(folder), TermStore(folder)
    put(one, {1: "alpha beta"})
    put(other, {2: "alpha beta"})
    assert nearest(one, 1) == [1, 2]
    assert holds(one, {1: "a1", 2: "a2"})
    assert holds(other, {1: "a1", 2: "a2"})


def test_texts_that_are_missing_or_changed_are_stale(folder: Path) -> None:
    store = TermStore(folder)
    put(store, {1: "alpha", 2: "beta"})
    assert store.stale({PaperId(2): "b2", PaperId(1): "a1", PaperId(7): "a7"}) == {2, 7}
    assert store.stale({}) == set()


def test_a_snapshot_stays_as_it_is(folder: Path) -> None:
    store = TermStore(folder)
    put(store, {1: "alpha"})
    before = store.snapshot()
    put(store, {2: "beta"})
    assert list(before.ids) == [1]
    assert store.snapshot() is store.snapshot()


@pytest.mark.parametrize("suffix", [".rows", ".places", ".counts"])
def test_a_torn_write_loses_only_what_was_torn(folder: Path, suffix: str) -> None:
    store = TermStore(folder)
    put(store, {1: "alpha beta gamma"})
    put(store, {2: "delta epsilon"})
    (path,) = folder.glob(f"*{suffix}")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 3)
    store = TermStore(folder)
    assert holds(store, {1: "a1"})
    put(store, {2: "delta epsilon", 3: "zeta"})
    assert holds(TermStore(folder), {1: "a1", 2: "a2", 3: "a3"})
    assert nearest(TermStore(folder), 2) == [2]


def test_numbers_that_do_not_fit_their_record_are_not_believed(folder: Path) -> None:
    put(TermStore(folder), {1: "alpha beta gamma"})
    (path,) = folder.glob("*.counts")
    path.write_bytes(b"\x00" * path.stat().st_size)
    assert holds(TermStore(folder), {})


def test_an_older_format_is_made_anew(folder: Path) -> None:
    put(TermStore(folder), {1: "alpha"})
    rows = folder / "words.rows"
    rows.write_bytes(rows.read_bytes().replace(b'"format": 1', b'"format": 0'))
    store = TermStore(folder)
    assert holds(store, {})
    assert len(list(folder.glob("words-*"))) == 2


def test_deleted_files_are_no_trouble(folder: Path) -> None:
    store = TermStore(folder)
    put(store, {1: "alpha"})
    for path in folder.iterdir():
        path.unlink()
    assert holds(store, {})
    put(store, {1: "alpha"})
    assert holds(store, {1: "a1"})


def test_what_is_gone_is_left_out_when_it_is_much(folder: Path) -> None:
    store = TermStore(folder)
    many = FEWEST_DEAD + 10
    put(store, {key: f"word{key} alpha" for key in range(1, many + 1)})
    store.compact(np.arange(1, many, dtype=np.int64))
    assert len(store.snapshot().ids) == many
    store.compact(np.array([5, 6], dtype=np.int64))
    for opened in (store, TermStore(folder)):
        assert holds(opened, {5: "a5", 6: "a6"})
        assert nearest(opened, 5) == [5, 6]
    assert len(list(folder.glob("words-*"))) == 2


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with pytest.raises(EnvironmentFault, match="words of papers cannot be kept"):
        TermStore(blocked / "words")
    assert stat.S_ISREG(blocked.stat().st_mode)


@pytest.fixture
def kept_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term_store, "FEWEST_KEPT", 1)


@pytest.mark.usefixtures("kept_always")
def test_what_words_tell_is_read_at_the_next_start_and_counted_for_rows_that_came_since(folder: Path) -> None:
    store = TermStore(folder)
    put(store, {key: f"word{key} alpha" for key in range(1, 31)})
    counted = store.snapshot().weights
    put(store, {31: "alpha beta gamma"})
    kept = TermStore(folder).snapshot().weights
    assert kept.counted_at == counted.counted_at == 30
    assert kept.rarity.tolist() == counted.rarity.tolist()
    assert kept.lengths[:30].tolist() == counted.lengths.tolist()
    assert kept.lengths[30] > kept.lengths[29]
    put(store, dict.fromkeys(range(40, 50), "alpha beta"))
    assert TermStore(folder).snapshot().weights.counted_at == 41, "too many came for what was counted to hold"


@pytest.mark.usefixtures("kept_always")
def test_what_words_tell_is_counted_again_where_what_was_kept_is_damaged_or_of_other_rows(folder: Path) -> None:
    put(TermStore(folder), {1: "alpha beta", 2: "alpha gamma"})
    expected = TermStore(folder).snapshot().weights
    (path,) = folder.glob("*.weights")
    content = path.read_bytes()
    for damaged in (content[:-1], content[:-4] + b"\x00\x00\x80\x3f", content.replace(b'"mark": ', b'"mark": 1'), b""):
        path.write_bytes(damaged)
        found = TermStore(folder).snapshot().weights
        assert found.lengths.tolist() == expected.lengths.tolist()
        assert path.read_bytes() == content, "and kept again"
