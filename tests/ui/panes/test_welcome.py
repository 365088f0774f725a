"""The first thing a new reader sees says what to bring and offers two ways to begin."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.panes.welcome import Welcome
from tests.helpers.ui_input import click


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.resize(640, 700)
    welcome.show()
    return welcome


def button(welcome: Welcome, name: str) -> QPushButton:
    found = welcome.findChild(QPushButton, name)
    assert found is not None
    return found


def test_two_buttons_begin(welcome: Welcome, qtbot: QtBot) -> None:
    with qtbot.waitSignal(welcome.fetch_wanted):
        click(button(welcome, "welcome-fetch-today"))
    with qtbot.waitSignal(welcome.open_wanted):
        click(button(welcome, "welcome-import-files"))


def test_buttons_name_their_keys(welcome: Welcome) -> None:
    assert button(welcome, "welcome-fetch-today").toolTip().endswith("(Ctrl+D)")


def test_it_says_what_can_be_dropped(welcome: Welcome) -> None:
    texts = " ".join(label.text() for label in welcome.findChildren(QLabel))
    for word in ("Daily Papers", "arXiv", "DOIs", "Drop"):
        assert word in texts


@pytest.mark.parametrize("height", [320, 700])
@pytest.mark.parametrize("width", [300, 480, 1200])
def test_nothing_is_cut_off(width: int, height: int, welcome: Welcome) -> None:
    welcome.resize(width, height)
    for label in welcome.findChildren(QLabel):
        if label.text() and label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.mapTo(welcome, label.rect().topRight()).x() < width, label.text()
    for one in welcome.findChildren(QPushButton):
        assert one.width() >= one.sizeHint().width(), one.text()
        assert one.mapTo(welcome, one.rect().topRight()).x() < width, one.text()


def test_pictures_follow_the_theme(welcome: Welcome, qapp: QApplication) -> None:
    light = welcome._pictures[0][0].pixmap().toImage()
    theme.apply(qapp, "dark")
    dark = welcome._pictures[0][0].pixmap().toImage()
    theme.apply(qapp, "light")
    assert light != dark
