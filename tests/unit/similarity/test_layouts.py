"""The map on disk: comes back as it was, and whatever is wrong with it means that there is none."""

from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.region import Region
from readinglist.similarity.layouts import Layout, digests_of, layout_file, load_layout, save_layout

LAYOUT = Layout(
    ids=np.array([3, 1, 7]),
    digests=digests_of(["a", "b", "c"]),
    points=np.array([[0, 1], [2, 3], [4, 5]], dtype=np.float32),
    regions=(Region(name="Ω and 文", x=1.0, y=2.0, papers=3, level=0),),
    arranged=2,
    named=3,
    unnamed=1,
    rules=7,
)


def test_a_layout_comes_back_as_it_was(tmp_path: Path) -> None:
    path = layout_file(tmp_path / "map", "a model@1")
    save_layout(path, LAYOUT)
    found = load_layout(path)
    assert found is not None
    assert (found.regions, found.arranged) == (LAYOUT.regions, 2)
    assert (found.named, found.unnamed, found.rules) == (3, 1, 7)
    for name in ("ids", "digests", "points"):
        assert np.array_equal(getattr(found, name), getattr(LAYOUT, name))
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_layout_of_a_program_that_counted_less_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.map"
    with monkeypatch.context() as older:
        older.setattr("readinglist.similarity.layouts.LATER", ())
        save_layout(path, LAYOUT)
    found = load_layout(path)
    assert found is not None
    assert (found.regions, found.named, found.rules) == (LAYOUT.regions, 0, 0)


def test_models_have_layouts_of_their_own(tmp_path: Path) -> None:
    save_layout(layout_file(tmp_path, "one@1"), LAYOUT)
    assert load_layout(layout_file(tmp_path, "one@2")) is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 but torn"])
def test_a_damaged_layout_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.map"
    path.write_bytes(content)
    assert load_layout(path) is None


def test_a_torn_layout_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.map"
    save_layout(path, LAYOUT)
    path.write_bytes(path.read_bytes()[:-40])
    assert load_layout(path) is None


def test_a_layout_of_another_format_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.map"
    monkeypatch.setattr("readinglist.similarity.layouts.FORMAT", 99)
    save_layout(path, LAYOUT)
    monkeypatch.undo()
    assert load_layout(path) is None


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentFault, match=r"cannot be kept in .* Check that the disk has room\."):
        save_layout(tmp_path / "file" / "x.map", LAYOUT)


def test_digests_tell_hashes_apart() -> None:
    assert len({*digests_of(["a", "b", "a"]).tolist()}) == 2
