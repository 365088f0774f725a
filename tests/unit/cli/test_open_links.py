"""`links`: what opens links to papers."""

import argparse
import io
import json
from pathlib import Path
from typing import Any, cast

import pytest

from readinglist.app.arguments import parse_arguments
from readinglist.app.links import Links
from readinglist.app.settings import OPENS_LINKS
from readinglist.app.settings_store import SettingsStore
from readinglist.cli.configuring import open_links
from readinglist.cli.session import Session
from readinglist.cli.terminal import Terminal
from tests.helpers.registrar import MadeRegistrar, make_program


class Run:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "settings.toml"
        self.memory = MadeRegistrar()
        self.program = make_program(folder / "readinglist")

    def __call__(self, *words: str) -> str:
        options = parse_arguments([*words])
        terminal = Terminal(out=io.StringIO(), err=io.StringIO(), source=io.BytesIO(), is_json=options.json)
        session = Session(options, terminal, _no_library, {"READINGLIST_CONFIG": str(self.file)})
        assert open_links(session, Links(registrar=self.memory, program=(self.program,))) == 0
        return cast("io.StringIO", terminal.out).getvalue()


def _no_library(_: argparse.Namespace) -> Any:
    pytest.fail("links need no library")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_links_are_turned_on_and_off_and_the_setting_with_them(run: Run) -> None:
    assert run("links").startswith("Nothing opens links")
    assert run("links", "off").startswith("Nothing opens links")
    assert SettingsStore(run.file).get(OPENS_LINKS) is False
    assert run("links", "on") == "Links to papers open this program.\n"
    assert SettingsStore(run.file).get(OPENS_LINKS) is True
    assert json.loads(run("links", "--json")) == {"opener": "us"}
    run("links", "off")
    assert run.memory.command is None


def test_only_saying_it_changes_nothing(run: Run) -> None:
    run("links")
    assert run.memory.command is None
    assert not run.file.exists()


def test_links_open_the_library_that_was_named(run: Run, tmp_path: Path) -> None:
    run("--library", str(tmp_path), "links", "on")
    assert run.memory.command == (run.program, "--library", str(tmp_path), "gui", "--")
