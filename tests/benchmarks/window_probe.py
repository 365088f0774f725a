"""Runs the real program, uses its window as a reader would, and prints what that took as one line of JSON.

Usage: window_probe.py use|embed LIBRARY
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from readinglist.__main__ import main as start
from readinglist.domain.changes import ChangeKind
from readinglist.domain.paper import PaperId
from readinglist.ui.main_window import MainWindow

TICK_MS = 5
SCHEDULE = Path("/proc/thread-self/schedstat")
TYPED = ("learning", "model", "graph", "diffusion", "robust", "attention", "privacy", "causal", "title:video")
PAGES = 60
MANY = 1000
SETTLED_S = 1.5
LONGEST_S = 400


class Ticker(QObject):
    """Measures how long the event loop was away between two ticks of a timer.

    Attributes:
        gaps_ms: By the clock.
        own_gaps_ms: Less the time in which the thread could have run and the system let somebody else run.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self.own_gaps_ms: list[float] = []
        self._last = time.perf_counter()
        self._kept_waiting_ms = kept_waiting_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Measure from now on."""
        self.gaps_ms, self.own_gaps_ms = [], []
        self._last, self._kept_waiting_ms = time.perf_counter(), kept_waiting_ms()
        self._timer.start()

    def _tick(self) -> None:
        now, waited = time.perf_counter(), kept_waiting_ms()
        gap = (now - self._last) * 1000
        self.gaps_ms.append(gap)
        self.own_gaps_ms.append(max(0.0, gap - (waited - self._kept_waiting_ms)))
        self._last, self._kept_waiting_ms = now, waited


def kept_waiting_ms() -> float:
    """Return how long this thread could have run so far and did not; 0 where the system does not say."""
    try:
        return int(SCHEDULE.read_text("ascii").split()[1]) / 1e6
    except (OSError, IndexError):
        return 0.0


class Paintings(QObject):
    """Counts how often the list of papers was painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.count = 0
        window.papers.cards.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._add)  # when it is done
        return False

    def _add(self) -> None:
        self.count += 1


class Reader:
    """Somebody who uses the window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.papers = window.papers
        self.workspace: Any = window.rest.parts.workspace
        self.paintings = Paintings(window)
        self.ticker = Ticker()

    def wait(self, condition: Callable[[], bool], what: str, timeout_s: float = 60) -> None:
        """Let the window live until something is so."""
        loop = QEventLoop()
        timer = QTimer(loop)
        timer.setInterval(1)
        timer.timeout.connect(lambda: loop.quit() if condition() else None)
        timer.start()
        QTimer.singleShot(round(timeout_s * 1000), loop, lambda: loop.exit(1))
        is_late = not condition() and loop.exec()
        timer.stop()  # the two refer to each other: it would look on until the garbage is collected
        if is_late:
            message = f"waited in vain for {what}"
            raise TimeoutError(message)

    def rest(self, seconds: float) -> None:
        """Let the window live for a while, so that one measurement does not disturb the next."""
        until = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > until, "time to pass")

    def painted_after(self, act: Callable[[], object]) -> float:
        """Do something and return the milliseconds until the list is painted."""
        before, began = self.paintings.count, time.perf_counter()
        act()
        self.wait(lambda: self.paintings.count > before, "the list to be painted")
        return (time.perf_counter() - began) * 1000

    def search(self, text: str) -> float:
        """Type a search and return the milliseconds from its last key to the painted answer."""
        painted: list[int] = []  # how often the list had been painted when the answer came
        line = self.papers.search.line
        line.setFocus()
        line.clear()
        self.wait(lambda: not self.papers.query.is_waiting, "the whole list")
        # In one go: an answer in between that is the same as the last one would leave nothing to be painted.
        QTest.keyClicks(line, text[:-1])
        connection = self.papers.query.answered.connect(lambda _: painted.append(self.paintings.count))
        began = time.perf_counter()
        QTest.keyClicks(line, text[-1])
        self.wait(lambda: bool(painted) and self.paintings.count > painted[-1], "a painted answer")
        took = (time.perf_counter() - began) * 1000
        self.papers.query.answered.disconnect(connection)
        return took

    def mark_many(self) -> tuple[float, float]:
        """Mark a thousand papers as read; return the milliseconds until the list shows it, and until it is stored."""
        stored: list[object] = []
        self.window.rest.parts.bridge.subscribe([ChangeKind.STATUS], stored.append)
        self.papers.view.setFocus()
        self.papers.cards.choose([(0, MANY - 1)], 0)
        self.rest(SETTLED_S)
        gone: set[PaperId] = set(self.papers.model.ids[:MANY])
        began = time.perf_counter()
        QTest.keyClick(self.papers.view, Qt.Key.Key_4)
        before = self.paintings.count
        self.wait(lambda: self.papers.model.ids[0] not in gone and self.paintings.count > before, "them to leave")
        shown = (time.perf_counter() - began) * 1000
        self.wait(lambda: bool(stored), "the change to be stored")
        return shown, (time.perf_counter() - began) * 1000

    def page_through(self) -> list[float]:
        """Go to the end and page back; return the milliseconds of each painting, the jump first."""
        view = self.papers.view
        view.setFocus()
        times = [self.painted_after(lambda: QTest.keyClick(view, Qt.Key.Key_End))]
        return times + [self.painted_after(lambda: QTest.keyClick(view, Qt.Key.Key_PageUp)) for _ in range(PAGES)]


def use(reader: Reader) -> dict[str, Any]:
    """Search, scroll and mark."""
    reader.ticker.begin()
    pages = reader.page_through()
    typing = {text: reader.search(text) for text in TYPED}
    reader.papers.search.clear()
    reader.rest(SETTLED_S)
    shown, stored = reader.mark_many()
    reader.rest(SETTLED_S)
    return {"jump_ms": pages[0], "pages_ms": pages[1:], "typing_ms": typing, "shown_ms": shown, "stored_ms": stored}


def embed(reader: Reader) -> dict[str, Any]:
    """Scroll up and down while papers are compared by meaning in the background."""
    state = reader.workspace.indexing.state
    bar = reader.papers.view.verticalScrollBar()
    rows = reader.papers.model.rowCount()
    scrolling = QTimer(reader.window)
    scrolling.setInterval(50)
    scrolling.timeout.connect(lambda: bar.setValue((bar.value() + 40) % max(1, bar.maximum())))
    reader.ticker.begin()
    scrolling.start()
    began = time.monotonic()
    total = reader.workspace.catalog.counts().total
    while state().done < total:  # asked for rarely: it is the window that is to be measured
        reader.rest(1)
        if time.monotonic() - began > LONGEST_S:
            break
    return {"took_s": time.monotonic() - began, "rows": rows, "done": state().done}


def watch(reader: Reader) -> dict[str, Any]:
    """Do what the command line says."""
    if sys.argv[1] == "use":
        reader.rest(SETTLED_S)
        return use(reader)
    return embed(reader)


def run(watch: Callable[[Reader], dict[str, Any]]) -> int:
    """Run the program, use it as soon as its window is painted, and print what was found as one line of JSON.

    Args:
        watch: Uses the window; what it did to the event loop and to the memory is added to what it returns.
    """
    application = QApplication(sys.argv[:1])
    found: dict[str, Any] = {}

    def look() -> None:
        windows = [one for one in application.topLevelWidgets() if isinstance(one, MainWindow)]
        if not windows or not windows[0].isVisible():
            return
        timer.stop()
        reader = Reader(windows[0])
        try:
            found.update(watch(reader))
            found["gaps_ms"] = reader.ticker.gaps_ms
            found["rss_mb"] = psutil.Process().memory_info().rss / 1e6
        finally:
            windows[0].close()

    timer = QTimer(application)
    timer.setInterval(20)
    timer.timeout.connect(look)
    timer.start()
    code = start(["--library", sys.argv[-1], "gui"])
    print(json.dumps(found), flush=True)
    return code if found else 1


if __name__ == "__main__":
    sys.exit(run(watch))
