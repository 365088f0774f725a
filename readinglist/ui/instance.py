"""One window for each library and user: whoever starts the program again is shown the one that is open."""

import getpass
import hashlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QDir, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

HAND_OVER_MS = 5000  # a running window answers at once, one that is being built a little later
RETRY_MS = 50


class SingleInstance(QObject):
    """One window for each library and user: a second start hands its files to the first and ends.

    Args:
        folder: The library's.
        parent: Owner.
    """

    # Absolute paths and links to papers; may be empty: then somebody only wants to see the window.
    files_came = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = _server_name(folder)
        self._lock = QLockFile(QDir.temp().filePath(f"{self.name}.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes it stale
        self._server: QLocalServer | None = None

    def claim(self, files: Sequence[str]) -> bool:
        """Become the window of the library, or hand over to the one that is.

        Returns:
            False if another process has taken the files; this one has nothing left to do.
        """
        # The name of a socket is no lock: whoever listens later may take it over, on Unix as on Windows.
        is_taken = not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError
        return not (is_taken and _hand_over(self.name, files))

    def listen(self) -> None:
        """Hear of second starts from now on; those that came earlier are still knocking."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(self.name)  # left behind by a process that was killed
        if not self._server.listen(self.name):
            log.warning("a second start will not find this window: %s", self._server.errorString())

    def close(self) -> None:
        """Give the name free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _greet(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: "QLocalSocket") -> None:
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
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # nobody of a name: a container may run for any number
        user = str(os.getuid()) if sys.platform != "win32" else ""
    key = f"{user}\0{folder.resolve()}"
    return f"readinglist-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def _hand_over(name: str, files: Sequence[str]) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    deadline = QDeadlineTimer(HAND_OVER_MS)
    socket.connectToServer(name)
    while not socket.waitForConnected(HAND_OVER_MS):
        if deadline.hasExpired():
            return False
        QThread.msleep(RETRY_MS)  # a window that has just begun may not listen yet
        socket.connectToServer(name)
    socket.write(json.dumps(list(files)).encode() + b"\n")
    return socket.waitForBytesWritten(HAND_OVER_MS) and socket.waitForReadyRead(HAND_OVER_MS)
