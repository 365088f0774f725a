"""A themed application, a window to open dialogs over, and guards: no muttering of Qt, no dialog left over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from tests.helpers.ui_core import UiCore, destroy, open_core

MUTTERED = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
OF_THE_PLATFORM = "This plugin does not support"  # what offscreen says of windows and popups
D = TypeVar("D", bound=QDialog)


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _no_qt_warnings(qtlog: Any) -> Iterator[None]:
    """Fail on a warning of Qt's: about sizes, layouts, lost connections."""
    yield
    said = [one.message for one in qtlog.records if one.type in MUTTERED and OF_THE_PLATFORM not in one.message]
    assert not said, f"Qt warned: {said}"


@pytest.fixture
def core(tmp_path: Path, qtbot: QtBot) -> Iterator[UiCore]:
    """Services on an empty library."""
    with open_core(tmp_path / "library") as core:
        yield core


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    """A shown window; closing it must leave no dialog behind."""
    window = QMainWindow()
    window.resize(1100, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.findChildren(QDialog) == []
    destroy(window)


@pytest.fixture
def opened(qtbot: QtBot) -> Any:
    """Return a function that opens a dialog and waits until keys go to it."""

    def show(dialog: D) -> D:
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return show
