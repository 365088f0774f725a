"""Only models that are whole, checked and without code of their own are loaded."""

import hashlib
import json
from pathlib import Path

import pytest

from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.similarity import weights
from readinglist.similarity.encoder import DEFAULT_MODEL, DEFAULT_REVISION, EncoderOptions
from readinglist.similarity.weights import find_model, is_intact


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"numbers")
    return folder


def found_in(folder: Path) -> weights.ModelFiles:
    return find_model(EncoderOptions(model=str(folder)))


def test_the_default_model_comes_from_its_package_and_is_checked() -> None:
    found = find_model(EncoderOptions())
    assert (found.model, found.revision) == (DEFAULT_MODEL, DEFAULT_REVISION)
    assert is_intact(found.folder)


def test_naming_the_default_model_is_the_same_as_naming_none() -> None:
    assert find_model(EncoderOptions(model=DEFAULT_MODEL)) == find_model(EncoderOptions())


def test_a_changed_file_is_noticed(folder: Path) -> None:
    expected = {"model.safetensors": hashlib.sha256(b"numbers").hexdigest()}
    assert is_intact(folder, expected)
    (folder / "model.safetensors").write_bytes(b"other")
    assert not is_intact(folder, expected)
    (folder / "model.safetensors").unlink()
    assert not is_intact(folder, expected)


@pytest.mark.expects_warnings
@pytest.mark.parametrize("is_there", [True, False])
def test_a_damaged_package_is_not_used_and_the_reader_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    monkeypatch.setattr(weights, "_packaged_folder", lambda: folder if is_there else None)
    with pytest.raises(EnvironmentFault, match="did not come with the program as it should"):
        find_model(EncoderOptions())


def test_another_content_of_a_folder_is_another_revision(folder: Path) -> None:
    first = found_in(folder)
    assert found_in(folder) == first
    (folder / "model.safetensors").write_bytes(b"other")
    second = found_in(folder)
    assert second.model == first.model
    assert second.revision != first.revision


def test_pickled_weights_are_refused(folder: Path) -> None:
    dense = folder / "2_Dense"
    dense.mkdir()
    (dense / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(UserError, match="For safety"):
        found_in(folder)
    (dense / "model.safetensors").write_bytes(b"")
    found_in(folder)


def test_code_of_its_own_is_refused(folder: Path) -> None:
    (folder / "modules.json").write_text(json.dumps([{"type": "custom.Encoder", "path": ""}]))
    with pytest.raises(UserError, match="For safety"):
        found_in(folder)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no model that can be used"):
        found_in(tmp_path)


@pytest.mark.parametrize("name", ["/nowhere/at/all", "one-word", "a/b/c", "~/nowhere"])
def test_what_is_neither_folder_nor_name_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        find_model(EncoderOptions(model=name))


def test_a_model_that_is_not_on_this_disk_needs_the_network() -> None:
    with pytest.raises(EnvironmentFault, match="could not be fetched from the hub") as caught:
        find_model(EncoderOptions(model="org/name", revision="0" * 40))
    assert caught.value.is_retryable
