"""Files that are written in one step."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.disk.whole_file import whole_file, write_whole


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("is_lasting", [True, False])
def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path, *, is_lasting: bool) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(b"before")
    with whole_file(path, is_lasting=is_lasting) as file:
        file.write(b"af")
        file.flush()
        assert path.read_bytes() == b"before"
        file.write(b"ter")
    assert (path.read_bytes(), names(tmp_path)) == (b"after", ["facts.json"])


@pytest.mark.parametrize("is_there", [True, False])
def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(tmp_path: Path, *, is_there: bool) -> None:
    path = tmp_path / "facts.json"
    if is_there:
        path.write_bytes(b"before")
    before = names(tmp_path)

    def fail() -> None:
        with whole_file(path, is_lasting=True) as file:
            file.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert names(tmp_path) == before
    assert not is_there or path.read_bytes() == b"before"


def _replace_by_folder(path: Path) -> None:
    path.mkdir()
    (path / "in the way").touch()


def _lose_folder(path: Path) -> None:
    path.parent.rmdir()


@pytest.mark.parametrize("spoil", [_replace_by_folder, _lose_folder])
def test_a_place_that_cannot_be_written_is_left_as_it_is(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    spoil(folder / "facts.json")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError, match="folder"), whole_file(folder / "facts.json", is_lasting=True) as file:
        file.write(b"after")
    assert sorted(tmp_path.rglob("*")) == before


def test_two_who_write_at_once_are_not_in_each_others_way(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    with whole_file(path, is_lasting=False) as first, whole_file(path, is_lasting=False) as second:
        first.write(b"the first")
        second.write(b"the second")
    assert (path.read_bytes(), names(tmp_path)) == (b"the first", ["facts.json"])


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are other things there")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere.toml"
    kept.write_bytes(b"before")
    kept.chmod(0o640)
    link = tmp_path / "settings.toml"
    link.symlink_to(kept)
    write_whole(link, b"after", is_lasting=True)
    assert (link.is_symlink(), kept.read_bytes()) == (True, b"after")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another thing there")
def test_a_new_file_may_be_read_by_whom_the_reader_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "new" / "export.bib", b"@book", is_lasting=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "export.bib").stat().st_mode) == 0o640


def test_a_name_as_long_as_a_disk_allows_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 251 + ".bib")
    write_whole(path, b"@book", is_lasting=True)
    assert path.read_bytes() == b"@book"
