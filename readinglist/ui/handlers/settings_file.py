"""Settings that another program changed, the command line say, hold in the open window at once."""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from readinglist.app.settings_store import SettingsStore

QUIET_MS = 150  # after a change: who writes a file in several steps is done by then


class SettingsFile(QObject):
    """Takes over what the file says whenever it was written.

    Args:
        settings: Keeps what it said.
        tell: Shows a sentence on what is wrong with the file.
        parent: Owner.
    """

    def __init__(self, settings: SettingsStore, tell: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._tell = tell
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(QUIET_MS)
        self._soon.timeout.connect(self._take_over)
        self._watcher.fileChanged.connect(self._soon.start)
        self._watcher.directoryChanged.connect(self._soon.start)
        self._take_over()  # it may have been written since the start

    def _take_over(self) -> None:
        self._aim()  # before it is read, so that nothing written meanwhile is missed
        for problem in self._settings.take_over():
            self._tell(problem)

    def _aim(self) -> None:
        """Watch the file, and its folder for one that comes in its place; neither need exist yet."""
        path = self._settings.path
        folder = next((one for one in path.parents if one.is_dir()), None)
        wanted = {str(one) for one in (path, folder) if one is not None and one.exists()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := watched - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - watched:
            self._watcher.addPaths(sorted(new))
