"""The whole window on a real library, in this process."""

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.app.workspace import Workspace
from readinglist.ui.bridge import Bridge
from readinglist.ui.main_window import MainWindow
from tests.helpers.ui_core import destroy

PAPERS = 6  # in the Inbox, where a test asks for `ids`


def open_window(workspace: Workspace, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window that has the keyboard; going on with the iterator ends it as the application does."""
    bridge = Bridge(workspace.jobs, workspace.events)
    window = MainWindow(workspace, bridge)
    window.show_library()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and window._poll.isActive())
    yield window
    window.stop()
    workspace.jobs.close()
    bridge.close()
    destroy(window)


def focused() -> QWidget:
    """Return what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
