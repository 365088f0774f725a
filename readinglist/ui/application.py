"""The window's half of the start: the application object, one window for each library, the end in its right order."""

import getpass
import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from readinglist import __version__
from readinglist.app import bootstrap
from readinglist.app.arguments import Options
from readinglist.app.settings import THEME
from readinglist.domain.errors import ReadingListError
from readinglist.domain.raw import Drop
from readinglist.services.workspace import Workspace
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.main_window import MainWindow

log = logging.getLogger(__name__)

HAND_OVER_MS = 2000  # a running window answers at once, unless it is stopped in a debugger


def run(options: Options) -> int:
    """Open the window and stay until it is closed.

    Args:
        options: `files` are offered for import.

    Returns:
        The exit code of the process.
    """
    application = _application()
    try:
        return _run(application, options)
    except ReadingListError as error:
        log.warning("the window could not be opened: %s %s", error.message, error.detail)
        _show_failure(error.message)
        return error.exit_code


def _run(application: QApplication, options: Options) -> int:
    places = bootstrap.find_places(options.library)
    theme.apply(application, places.settings.get(THEME))
    instance = SingleInstance(places.library, application)
    files = [str(Path(name).absolute()) for name in options.files]
    if not instance.claim(files):
        return 0
    workspace = bootstrap.open_workspace(places)
    bridge = Bridge(workspace.jobs, workspace.events, application)
    window = MainWindow(workspace, bridge)
    instance.files_came.connect(lambda names: _welcome_again(window, names))
    window.show_library()
    if files:
        window.offer([Drop.of_path(Path(name)) for name in files])
    exit_code = application.exec()
    _shut_down(window, bridge, workspace, instance)
    return exit_code


def _shut_down(window: MainWindow, bridge: Bridge, workspace: Workspace, instance: "SingleInstance") -> None:
    """The one right order: timers, jobs and lanes, what they still had to say, windows, the engine, the name."""
    window.stop()
    workspace.jobs.close()
    bridge.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    workspace.close()
    instance.close()


def _application() -> QApplication:
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("readinglist")
    application.setApplicationDisplayName("Reading List")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("readinglist")
    return application


def _show_failure(message: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Critical, "Reading List", message)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setObjectName("start-failure")
    box.exec()


def _welcome_again(window: MainWindow, names: Sequence[str]) -> None:
    window.come_to_front()
    window.offer([Drop.of_path(Path(name)) for name in names])


class SingleInstance(QObject):
    """One window for each library and user: a second start hands its files to the first and ends.

    Args:
        folder: The library's.
        parent: Owner.
    """

    files_came = Signal(list)  # absolute paths, may be empty: then somebody only wants to see the window

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = _server_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self, files: Sequence[str]) -> bool:
        """Become the window of the library, or hand over to the one that is.

        Returns:
            False if another process has taken the files; this one has nothing left to do.
        """
        # Listening first: of two that start together exactly one succeeds.
        if self._server.listen(self.name):
            return True
        if _hand_over(self.name, files):
            return False
        QLocalServer.removeServer(self.name)  # left behind by a process that was killed
        if not self._server.listen(self.name):
            log.warning("a second start will not find this window: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Give the name free."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            files = json.loads(socket.readLine().toStdString())
        except ValueError:
            files = []
        socket.write(b"ok\n")
        socket.flush()
        self.files_came.emit([str(file) for file in files] if isinstance(files, list) else [])


def _server_name(folder: Path) -> str:
    """A name that other users and other libraries do not share, short enough for a socket's path."""
    key = f"{getpass.getuser()}\0{folder.resolve()}"
    return f"readinglist-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def _hand_over(name: str, files: Sequence[str]) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(HAND_OVER_MS):
        return False
    socket.write(json.dumps(list(files)).encode() + b"\n")
    return socket.waitForBytesWritten(HAND_OVER_MS) and socket.waitForReadyRead(HAND_OVER_MS)
