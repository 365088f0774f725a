"""What macOS hands over while the program runs: links and files; the application is one of its own, in a process."""

import json
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from readinglist.ui.widgets.application import Application

application = Application(["readinglist"])
came = []

def wait_for(number):
    while len(came) < number:
        application.processEvents()

early, late, file = QUrl("readinglist://paper/7?page=3"), QUrl("readinglist://paper/8"), sys.argv[1]
QCoreApplication.sendEvent(application, QFileOpenEvent(early))
assert came == []
application.hear(came.append)
assert len(came) == 1
QCoreApplication.sendEvent(application, QFileOpenEvent(late))
QCoreApplication.sendEvent(application, QFileOpenEvent(file))
wait_for(2)
print(json.dumps(came))
"""


def test_links_and_files_are_handed_on_together_also_those_that_came_before_the_window(tmp_path: Path) -> None:
    file = tmp_path / "with space.pdf"
    command = [sys.executable, "-c", PROGRAM, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY, timeout=60)
    assert json.loads(done.stdout) == [["readinglist://paper/7?page=3"], ["readinglist://paper/8", str(file)]]
