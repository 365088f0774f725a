import argparse
import io
import json
from pathlib import Path
from typing import Any, cast

import pytest

from readinglist.app.arguments import parse_arguments
from readinglist.app.settings import ALL, THEME
from readinglist.app.settings_store import SettingsStore
from readinglist.cli.configuring import configure
from readinglist.cli.session import Session
from readinglist.cli.terminal import Terminal
from readinglist.domain.errors import UserError


class Run:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "settings.toml"

    def __call__(self, *words: str) -> tuple[str, str]:
        options = parse_arguments(["config", *words])
        terminal = Terminal(out=io.StringIO(), err=io.StringIO(), source=io.BytesIO(), is_json=options.json)
        session = Session(options, terminal, _no_library, {"READINGLIST_CONFIG": str(self.file)})
        assert configure(session) == 0
        return cast("io.StringIO", terminal.out).getvalue(), cast("io.StringIO", terminal.err).getvalue()


def _no_library(_: argparse.Namespace) -> Any:
    pytest.fail("settings need no library")


@pytest.fixture
def config(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_all_settings_are_listed_with_what_they_mean(config: Run) -> None:
    config("look.theme", "dark")
    out, err = config()
    assert all(setting.key in out for setting in ALL)
    (line,) = [line for line in out.splitlines() if line.startswith("look.theme")]
    assert line.split() == ["look.theme", "dark", "system", "Theme"]
    assert str(config.file) in err


def test_one_setting_is_just_its_value(config: Run) -> None:
    assert config("look.theme")[0] == "system\n"
    assert config("similar.index_automatically", "off")[0] == "off\n"
    assert config("library.folder")[0] == "\n"


def test_a_value_is_kept(config: Run) -> None:
    config("look.theme", "Dark")
    assert SettingsStore(config.file).get(THEME) == "dark"
    assert config("look.theme", "--reset")[0] == "system\n"
    assert SettingsStore(config.file).is_set(THEME) is False


def test_a_setting_for_the_next_start_says_so(config: Run) -> None:
    assert "next start" in config("network.timeout_s", "5")[1]
    assert config("look.theme", "dark")[1] == ""


def test_json_tells_everything_about_settings(config: Run) -> None:
    (first, *_) = json.loads(config("--json")[0])
    assert set(first) == {"key", "value", "default", "is_set", "label", "help", "range", "needs_restart"}
    one = json.loads(config("similar.count", "12", "--json")[0])
    assert (one["value"], one["is_set"], one["default"]) == (12, True, 10)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["look.them"], "no setting"),
        (["look.theme", "pink"], "system, light or dark"),
        (["look.theme", "dark", "--reset"], "either given a value or reset"),
        (["--reset"], "which setting"),
    ],
)
def test_mistakes_are_named(config: Run, words: list[str], message: str) -> None:
    with pytest.raises(UserError, match=message):
        config(*words)
