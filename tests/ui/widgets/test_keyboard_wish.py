"""The keyboard, for pages that come to the front later, as Qt really hands it out."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.widgets.keyboard_wish import KeyboardWish
from tests.helpers.ui_core import destroy


class Pages(QWidget):
    """A line in front, another one on a page behind it, and a line beside both."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = QStackedWidget(self)
        self.beside, self.first, self.second = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        layout = QVBoxLayout(self)
        for widget in (self.beside, self.stack):
            layout.addWidget(widget)
        for page in (self.first, self.second):
            self.stack.addWidget(page)
        self.wish = KeyboardWish(self)


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[Pages]:
    pages = Pages()
    pages.show()
    pages.activateWindow()
    pages.beside.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is pages.beside)
    yield pages
    destroy(pages)


def test_what_is_seen_has_it_at_once(pages: Pages) -> None:
    pages.wish.make(pages.first)
    assert QApplication.focusWidget() is pages.first


def test_what_is_behind_has_it_when_it_comes_to_the_front_and_only_then(pages: Pages) -> None:
    pages.wish.make(pages.second)
    assert QApplication.focusWidget() is pages.beside
    pages.stack.setCurrentWidget(pages.second)
    assert QApplication.focusWidget() is pages.second
    pages.stack.setCurrentWidget(pages.first)
    pages.beside.setFocus()
    pages.stack.setCurrentWidget(pages.second)
    assert QApplication.focusWidget() is pages.beside, "it was wished for once"


def test_a_wish_that_is_dropped_or_followed_by_another_does_not_come_true(pages: Pages) -> None:
    pages.wish.make(pages.second)
    pages.wish.drop()
    pages.stack.setCurrentWidget(pages.second)
    assert QApplication.focusWidget() is pages.beside
    pages.wish.make(pages.first)
    pages.wish.make(pages.second)
    pages.beside.setFocus()
    pages.stack.setCurrentWidget(pages.first)
    assert QApplication.focusWidget() is pages.beside
