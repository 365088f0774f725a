"""A themed application, a small real library, and guards against what Qt only mutters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from tests.helpers.ui_core import UiCore, open_core

MUTTERED = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
OF_THE_PLATFORM = "This plugin does not support"  # what offscreen says of windows and menus


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _no_qt_warnings(qtlog: Any) -> Iterator[None]:
    """Fail on a warning of Qt's: about sizes, layouts, lost connections."""
    yield
    said = [one.message for one in qtlog.records if one.type in MUTTERED]
    said = [one for one in said if not one.startswith(OF_THE_PLATFORM)]
    assert not said, f"Qt warned: {said}"


@pytest.fixture
def core(tmp_path: Path, qtbot: QtBot) -> Iterator[UiCore]:
    """Services on an empty library."""
    with open_core(tmp_path / "library") as core:
        yield core
