"""What stands where there is nothing: its picture gives way to its words."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from readinglist.ui.widgets.empty_state import LOW, EmptyState


def test_a_low_place_shows_the_words_without_the_picture(qtbot: QtBot) -> None:
    state = EmptyState(name="none", icon="similar", title="Nothing", hint="Come back later.")
    qtbot.addWidget(state)
    state.resize(300, LOW)
    state.show()
    picture = state._icon
    assert picture.isVisible()
    state.resize(300, LOW - 1)
    assert not picture.isVisible()
    assert all(label.isVisible() for label in state.findChildren(QLabel) if label is not picture)
