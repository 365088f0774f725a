"""What is said to those who hear the window instead of seeing it."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.map.over import ChoiceBar
from readinglist.ui.models.scope import INBOX, parse
from readinglist.ui.panes.list_bar import ListBar
from readinglist.ui.panes.search_field import SearchField
from readinglist.ui.widgets.labels import make_label, set_plain_tooltip


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[list[str]]:
    """What a screen reader was told to say."""
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    yield heard
    QAccessible.setActive(was_active)


def test_what_a_search_found_is_said_once_and_the_size_of_a_list_is_not(said: list[str], qtbot: QtBot) -> None:
    bar = ListBar()
    qtbot.addWidget(bar)
    bar.show_count(INBOX, 40, has_search=False)
    for _ in range(2):
        bar.show_count(INBOX, 3, has_search=True)
    bar.show_count(INBOX, 3, has_search=True, close=20)
    assert said == ["3 found", "3 have the words, 20 more are close in meaning."]
    bar.show_count(INBOX, 40, has_search=False)
    bar.show_count(INBOX, 3, has_search=True)
    assert said[2:] == ["3 found"]


def test_what_is_wrong_with_a_search_is_said_when_it_appears(said: list[str], qtbot: QtBot) -> None:
    field = SearchField()
    qtbot.addWidget(field)
    problems = parse("has:wings and feathers").problems
    for shown in (problems, problems, ()):
        field.show_problems(shown)
    assert said == [problems[0].message]


def test_how_many_papers_are_chosen_on_the_map_is_said(said: list[str], qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    strip = ChoiceBar(over)
    for count in (1, 22, 22, 1):
        strip.show_count(count)
    assert said == ["22 papers chosen"]


def test_nothing_is_said_where_nobody_listens(said: list[str], qtbot: QtBot) -> None:
    bar = ListBar()
    qtbot.addWidget(bar)
    QAccessible.setActive(False)
    bar.show_count(INBOX, 3, has_search=True)
    assert said == []


def test_a_tooltip_is_read_without_its_markup_and_a_description_of_its_own_stays(qtbot: QtBot) -> None:
    label = make_label("", "label")
    qtbot.addWidget(label)
    for text in ("a < b", "c & d", ""):
        set_plain_tooltip(label, text)
        assert label.accessibleDescription() == text
    label.setAccessibleDescription("Of its own.")
    set_plain_tooltip(label, "e")
    assert label.accessibleDescription() == "Of its own."
