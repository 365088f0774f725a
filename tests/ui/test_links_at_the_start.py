"""The window sees to it that links to papers open this program, as the setting says."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.app import bootstrap
from readinglist.app.arguments import Options, parse_arguments
from readinglist.app.links import Links, Opener
from readinglist.app.settings import OPENS_LINKS
from readinglist.app.workspace import Workspace
from readinglist.services.jobs import Lane
from readinglist.ui.application import _keep_links
from readinglist.ui.bridge import Bridge

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tells the real system, kept apart by its variables")


@pytest.fixture
def options() -> Options:
    return parse_arguments(["gui"])


@pytest.fixture
def workspace(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    workspace = bootstrap.open_workspace(bootstrap.find_places(None))
    yield workspace
    workspace.close()


@pytest.fixture
def bridge(workspace: Workspace) -> Iterator[Bridge]:
    bridge = Bridge(workspace.jobs, workspace.events)
    yield bridge
    workspace.jobs.close()
    bridge.close()


def test_the_first_start_lets_links_open_the_program_and_the_setting_takes_it_back(
    workspace: Workspace, bridge: Bridge, options: Options, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("READINGLIST_CONFIG", "READINGLIST_LIBRARY"):
        monkeypatch.delenv(name)
    _keep_links(workspace, bridge, options)
    qtbot.waitUntil(lambda: Links.of_system().opener() is Opener.US)
    workspace.settings.set(OPENS_LINKS, value=False)
    qtbot.waitUntil(lambda: Links.of_system().opener() is Opener.NOBODY)


def test_a_trial_changes_nothing_until_it_is_told_to(
    workspace: Workspace, bridge: Bridge, options: Options, qtbot: QtBot
) -> None:
    _keep_links(workspace, bridge, options)
    workspace.jobs.submit(lambda _: None, lane=Lane.COMPUTE, label="").future.result(30)  # whatever was begun is over
    assert Links.of_system().opener() is Opener.NOBODY
    workspace.settings.set(OPENS_LINKS, value=False)
    workspace.settings.set(OPENS_LINKS, value=True)
    qtbot.waitUntil(lambda: Links.of_system().opener() is Opener.US)
