"""Runs the real program, drops a folder's PDFs on its window at once, and imports what they are; see `window_probe`.

Usage: hostile_probe.py FOLDER LIBRARY
"""

import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from readinglist.children.child import Reply
from readinglist.pdf.asking import Asker
from readinglist.pdf.waiting import Question
from readinglist.ui.dialogs.review import ReviewDialog
from tests.benchmarks.window_probe import SETTLED_S, Reader, run

LONGEST_S = 300


class Answers:
    """Notes what each file costs the processes that read it."""

    def __init__(self) -> None:
        self.took_s: dict[str, float] = defaultdict(float)
        self.peak_bytes: dict[str, int] = defaultdict(int)
        answer = Asker._answer

        def timed(asker: Asker, question: Question) -> Reply:
            began = time.monotonic()
            try:
                return answer(asker, question)
            finally:
                name = question.path.name
                self.took_s[name] = max(self.took_s[name], time.monotonic() - began)
                self.peak_bytes[name] = max(self.peak_bytes[name], _peak_bytes(asker))

        Asker._answer = timed  # type: ignore[method-assign, assignment]


def _peak_bytes(asker: Asker) -> int:
    """Return the most memory that the process has had; 0 if it is gone."""
    child = asker._child
    try:
        lines = Path(f"/proc/{child.process_id if child is not None else 0}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def drop(reader: Reader) -> dict[str, Any]:
    """Drop, look at the review sheet, import, and wait until the texts are read."""
    answers = Answers()
    paths = sorted(Path(sys.argv[1]).glob("*.pdf"))
    reader.rest(SETTLED_S)
    reader.ticker.begin()
    began = time.monotonic()
    _drop_on(reader, paths)
    reader.wait(lambda: _sheet(reader) is not None, "the review sheet", timeout_s=LONGEST_S)
    sheet = _sheet(reader)
    assert sheet is not None
    read_s = time.monotonic() - began
    reader.rest(1)
    preview = sheet._preview
    named = {Path(one.where).name for one in preview.problems}
    opened = {pdf.path.name for item in preview.items for pdf in item.pdfs if pdf.facts is not None}
    asked = {pdf.path.name for item in preview.items for pdf in item.pdfs if pdf.facts is None}
    sheet.import_button.click()
    _wait_for_texts(reader)
    return {
        "files": len(paths),
        "read_s": read_s,
        "opened": len(opened),
        "asked": len(asked),
        "named": len(named),
        "missing": sorted({path.name for path in paths} - named - opened - asked),
        "took_s": dict(answers.took_s),
        "peak_bytes": dict(answers.peak_bytes),
        "own_gaps_ms": reader.ticker.own_gaps_ms,
    }


def _wait_for_texts(reader: Reader) -> None:
    """Wait until the text of every file is read or set aside; asked rarely: it is the window that is to be measured."""
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        reader.rest(1)
        state = reader.workspace.page_texts.state()
        if 0 < state.total <= state.done + len(state.set_aside):
            return
    message = "waited in vain for the texts"
    raise TimeoutError(message)


def _sheet(reader: Reader) -> ReviewDialog | None:
    found = reader.window.findChild(ReviewDialog)
    return found if found is not None and found.isVisible() else None


def _drop_on(reader: Reader, paths: list[Path]) -> None:
    """Do what the system does when files are dropped on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window = reader.window
    middle, copy = window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(middle, copy, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), copy, mime, buttons, keys))


if __name__ == "__main__":
    sys.exit(run(drop))
