"""Settings that another program writes reach the open window, however they are written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.settings import THEME
from readinglist.app.settings_store import SettingsStore
from readinglist.ui.handlers.settings_file import SettingsFile
from tests.helpers.ui_core import destroy


class Watched:
    """A store whose file is followed, and what was told of it."""

    def __init__(self, path: Path) -> None:
        self.store = SettingsStore(path)
        self.told: list[str] = []
        self.owner = QWidget()
        SettingsFile(self.store, self.told.append, self.owner)

    def has(self, theme: str) -> bool:
        return self.store.get(THEME) == theme


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "app" / "settings.toml"


@pytest.fixture
def watched(path: Path, qtbot: QtBot) -> Iterator[Watched]:
    made = Watched(path)
    yield made
    destroy(made.owner)


def test_a_file_that_comes_later_is_taken_over_with_its_folders(watched: Watched, path: Path, qtbot: QtBot) -> None:
    SettingsStore(path).set(THEME, "dark")
    qtbot.waitUntil(lambda: watched.has("dark"))


def test_a_file_that_is_replaced_again_and_again_is_followed(watched: Watched, path: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        SettingsStore(path).set(THEME, "dark")
        qtbot.waitUntil(lambda: watched.has("dark"))
        SettingsStore(path).set(THEME, "light")
        qtbot.waitUntil(lambda: watched.has("light"))


def test_a_file_that_is_written_in_place_is_followed(watched: Watched, path: Path, qtbot: QtBot) -> None:
    watched.store.set(THEME, "light")
    path.write_text('[look]\ntheme = "dark"\n', encoding="utf-8")
    qtbot.waitUntil(lambda: watched.has("dark"))


def test_a_file_that_is_deleted_and_comes_again_is_followed(watched: Watched, path: Path, qtbot: QtBot) -> None:
    watched.store.set(THEME, "dark")
    path.unlink()
    qtbot.waitUntil(lambda: watched.has("system"))
    path.write_text('[look]\ntheme = "light"\n', encoding="utf-8")
    qtbot.waitUntil(lambda: watched.has("light"))


@pytest.mark.expects_warnings
def test_a_mistake_in_the_file_is_told_and_changes_nothing(watched: Watched, path: Path, qtbot: QtBot) -> None:
    watched.store.set(THEME, "dark")
    path.write_text('[look]\ntheme = "li', encoding="utf-8")
    qtbot.waitUntil(lambda: bool(watched.told))
    assert len(watched.told) == 1
    assert "has a mistake" in watched.told[0]
    assert watched.has("dark")
