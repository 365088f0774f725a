"""A small window of another process to drag files from; prints `ready X Y`, then the action that the drop ended in.

Usage: drag_source.py LIFETIME_MS FILE...
"""

import sys

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel
from typing_extensions import override


class Source(QLabel):
    """Starts a drag of the files as soon as the pressed pointer moves."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("Drag me")
        self._files = files
        self._pressed_at = QPointF()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        distance = (event.position() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or distance < QApplication.startDragDistance():
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name) for name in self._files])
        drag = QDrag(self)
        drag.setMimeData(mime)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction, Qt.DropAction.CopyAction)
        self.hide()  # the process lives on: the target asks for the data after the drop
        print("dropped", action.name, flush=True)


def main() -> int:
    """Show the window until its time is over."""
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    window = Source(sys.argv[2:])
    window.setAlignment(Qt.AlignmentFlag.AlignCenter)
    window.setWindowTitle("Drag source")
    window.setGeometry(20, 20, 160, 90)
    window.show()
    window.raise_()

    def announce() -> None:
        centre = window.mapToGlobal(window.rect().center())
        print("ready", centre.x(), centre.y(), flush=True)

    QTimer.singleShot(500, announce)
    QTimer.singleShot(int(sys.argv[1]), application.quit)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
