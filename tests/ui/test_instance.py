"""One window for each library and user."""

from pathlib import Path

import pytest

from readinglist.ui.instance import SingleInstance


@pytest.mark.usefixtures("qtbot")
def test_a_user_without_a_name_has_windows_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        message = "getpwuid(): uid not found: 4711"
        raise KeyError(message)

    monkeypatch.setattr("getpass.getuser", nobody)
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim([])
    assert second.claim([])
    assert first.name != second.name
    first.close()
    second.close()
