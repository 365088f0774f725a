"""What tests of windows share: a patient hand, guards, and libraries of which the language model reads nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QtMsgType
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from readinglist.app import bootstrap
from readinglist.app.bootstrap import Places
from readinglist.app.settings import INDEX_AUTOMATICALLY
from readinglist.app.workspace import Workspace
from readinglist.domain.paper import PaperId, Status
from readinglist.ui import theme
from readinglist.ui.models.scope import INBOX
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore, open_core
from tests.helpers.ui_window import PAPERS

PATIENCE_MS = 40_000  # what comes at all comes at once; only a test that fails waits for so long
MUTTERED = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
OF_THE_PLATFORM = "This plugin does not support"  # what offscreen says of windows, menus and popups


class PatientBot(QtBot):
    """Waits for long before it gives up: the computer may have other things to do at the same time."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **rules: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **rules)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the patient one."""
    return PatientBot(request)


@pytest.fixture
def themed(qapp: QApplication) -> None:
    """Give the application its look."""
    theme.apply(qapp, "light")


@pytest.fixture
def no_qt_warnings(qtlog: Any) -> Iterator[None]:
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
def places(themed: None) -> Places:
    """Where a new library lies, whose papers are not compared by themselves."""
    places = bootstrap.find_places(None)
    places.settings.set(INDEX_AUTOMATICALLY, value=False)
    return places


@pytest.fixture
def workspace(places: Places) -> Iterator[Workspace]:
    """That library, open and empty."""
    workspace = bootstrap.open_workspace(places)
    yield workspace
    workspace.close()


@pytest.fixture
def ids(workspace: Workspace) -> list[PaperId]:
    """Six papers of its Inbox, in the order of the list."""
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(1, PAPERS + 1)], status=Status.INBOX)
    return list(workspace.catalog.ids("status:inbox", INBOX.sort).ids)


@pytest.fixture(autouse=True)
def _no_key_held(qapp: QApplication) -> Iterator[None]:
    """Let go of Shift and Ctrl: after a chord Qt believes them held until the next key, also in the next test."""
    yield
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWindow(), Qt.Key.Key_Shift)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
