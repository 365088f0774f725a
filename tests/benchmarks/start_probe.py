"""Shows a window and prints a line of JSON as soon as its first list is painted, then ends.

Usage: start_probe.py bare | start_probe.py library FOLDER
"""

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QTableView
from typing_extensions import override

HEAVY = ("torch", "sentence_transformers", "transformers", "alembic", "requests", "numpy", "lxml")


class FirstPaint(QObject):
    """Waits until the list with this name is painted for the first time."""

    def __init__(self, application: QApplication, name: str) -> None:
        super().__init__(application)
        self._name = name
        application.installEventFilter(self)

    def _announce(self) -> None:
        loaded = sorted({one.partition(".")[0] for one in sys.modules} & set(HEAVY))
        print(json.dumps({"cpu_s": time.process_time(), "heavy": loaded}), flush=True)
        QApplication.closeAllWindows()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            area = watched.parent()
            if isinstance(area, QAbstractScrollArea) and area.objectName() == self._name:
                QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
                QTimer.singleShot(0, self._announce)  # after this painting
        return False


def main() -> int:
    """Show one of the two windows."""
    application = QApplication(sys.argv[:1])
    if sys.argv[1] == "bare":
        FirstPaint(application, "table")
        window = QMainWindow()
        table = QTableView(window)
        table.setObjectName("table")
        window.setCentralWidget(table)
        window.resize(1280, 820)
        window.show()
        return application.exec()
    FirstPaint(application, "papers-cards")
    from readinglist.__main__ import main as start  # what is measured begins here

    return start(["--library", sys.argv[2], "gui"])


if __name__ == "__main__":
    sys.exit(main())
