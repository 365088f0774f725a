"""Runs the real program with 100,000 papers compared by meaning, and prints what its window took as one line of JSON.

Usage: meaning_probe.py TEXT LIBRARY

The window is used as a reader would: TEXT is typed into the search field of a program that has just been started, then
a paper of the list is looked at, then For you is opened and a paper of it marked as read. The memory of the window's
process is taken at each step, as soon as the answer is painted.
"""

import sys
import time
from typing import Any

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from readinglist.ui.models.scope import FOR_YOU
from readinglist.ui.panes.similar import SimilarPanel
from tests.benchmarks.window_probe import SETTLED_S, Reader, run

FURTHER = 5  # papers looked at one after the other, and decisions
LATER_S = 5.0


def memory_mb() -> float:
    """Return what the window's process has in memory, what is mapped from files included."""
    return float(psutil.Process().memory_info().rss / 1e6)


def search(reader: Reader, text: str) -> float:
    """Type a search in one go; return the seconds from its first key to the painted list with what is close to it."""
    papers = reader.papers
    painted: list[int] = []

    def note(answer: Any) -> None:
        if answer.close:
            painted.append(reader.paintings.count)

    connection = papers.query.answered.connect(note)
    papers.search.line.setFocus()
    began = time.perf_counter()
    QTest.keyClicks(papers.search.line, text)
    reader.wait(lambda: bool(painted) and reader.paintings.count > painted[-1], "papers close in meaning")
    took = time.perf_counter() - began
    papers.query.answered.disconnect(connection)
    return took


def look_at_papers(reader: Reader) -> list[float]:
    """Go down the list and wait for what is similar each time; returns the milliseconds of each."""
    panel = reader.window.findChild(SimilarPanel)
    assert panel is not None
    answers: list[object] = []
    panel.answered.connect(lambda: answers.append(None))
    reader.papers.view.setFocus()
    times = []
    for _ in range(FURTHER):
        before, began = len(answers), time.perf_counter()
        QTest.keyClick(reader.papers.view, Qt.Key.Key_Down)
        reader.wait(lambda before=before: len(answers) > before, "similar papers")  # type: ignore[misc]
        times.append((time.perf_counter() - began) * 1000)
    return times


def open_for_you(reader: Reader) -> float:
    """Open For you; return the milliseconds until its papers are there."""
    return answered_after(reader, lambda: reader.papers.show_scope(FOR_YOU))


def decide(reader: Reader) -> list[float]:
    """Mark one paper after the other as read; return the milliseconds until the list has followed, of each."""
    view = reader.papers.view
    view.setFocus()
    return [answered_after(reader, lambda: QTest.keyClick(view, Qt.Key.Key_4)) for _ in range(FURTHER)]


def answered_after(reader: Reader, act: Any) -> float:
    """Do something and return the milliseconds until the list has an answer from the library."""
    answers: list[object] = []
    connection = reader.papers.query.renewed.connect(lambda: answers.append(None))
    began = time.perf_counter()
    act()
    reader.wait(lambda: bool(answers), "the list to be answered")
    took = (time.perf_counter() - began) * 1000
    reader.papers.query.renewed.disconnect(connection)
    return took


def watch(reader: Reader) -> dict[str, Any]:
    """Do everything."""
    reader.rest(SETTLED_S)
    found: dict[str, Any] = {"rest_mb": memory_mb()}
    reader.ticker.begin()
    found["search_s"] = search(reader, sys.argv[1])
    found["search_mb"] = memory_mb()
    reader.papers.search.clear()
    reader.rest(SETTLED_S)
    found["similar_ms"] = look_at_papers(reader)
    found["similar_mb"] = memory_mb()
    found["for_you_ms"] = open_for_you(reader)
    found["for_you_mb"] = memory_mb()
    reader.rest(SETTLED_S)  # reasons of further papers
    found["decided_ms"] = decide(reader)
    found["decided_mb"] = memory_mb()
    reader.rest(LATER_S)
    found["later_mb"] = memory_mb()
    return found


if __name__ == "__main__":
    sys.exit(run(watch))
