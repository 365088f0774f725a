"""A themed application, a made-up map, and guards against what Qt only mutters."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication

from readinglist.ui import theme

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
