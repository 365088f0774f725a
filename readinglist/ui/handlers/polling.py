"""What is done every second: looking for what other programs did to the library, giving back unused memory."""

from PySide6.QtCore import QObject, QTimer

from readinglist.app.workspace import Workspace
from readinglist.services.jobs import Lane
from readinglist.ui.bridge import Bridge

POLL_MS = 1000  # how soon the window shows what another process did


class Poll(QTimer):
    """Asks the workspace to publish foreign changes; one question at a time.

    Args:
        workspace: The core.
        bridge: The road to it.
        parent: Owner.
    """

    def __init__(self, workspace: Workspace, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._bridge = bridge
        self._is_asking = False
        self.setInterval(POLL_MS)
        self.timeout.connect(self._ask)

    def _ask(self) -> None:
        if self._is_asking:
            return
        self._is_asking = True
        self._bridge.run(
            lambda _: self._look(),
            lane=Lane.LIBRARY,
            on_done=self._end,
            on_error=self._end,
        )

    def _look(self) -> None:
        self._workspace.poll_foreign_changes()
        self._workspace.let_go()

    def _end(self, _: object) -> None:
        self._is_asking = False
