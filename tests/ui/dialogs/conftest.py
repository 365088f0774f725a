"""A themed application, a window to open dialogs over, and guards: no muttering of Qt, no dialog left over."""

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from tests.helpers.ui_core import destroy

D = TypeVar("D", bound=QDialog)


@pytest.fixture(autouse=True)
def _guarded(themed: None, no_qt_warnings: None) -> None:
    """Have every test in this folder look right, and fail on what Qt only mutters."""


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
