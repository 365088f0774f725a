"""The toast: what was done, with its undo; errors stay until they were read."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from readinglist.ui.widgets import toast as toast_module
from readinglist.ui.widgets.toast import Offer, Toast
from tests.helpers.ui_input import click


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(700, 400)
    over.show()
    return over


@pytest.fixture
def toast(over: QWidget) -> Toast:
    return Toast(over)


def action(toast: Toast) -> QPushButton:
    found = toast.findChild(QPushButton, "toast-action")
    assert found is not None
    return found


def test_it_says_and_goes_by_itself(toast: Toast, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toast_module, "SHOWN_MS", 20)
    toast.say("3 papers tagged.")
    assert toast.isVisible()
    assert toast.text == "3 papers tagged."
    assert not action(toast).isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_an_error_stays_until_it_is_closed(toast: Toast) -> None:
    toast.say("Saved.")
    toast.say("The disk is full.", is_error=True)
    assert not toast._timer.isActive()
    close = toast.findChild(QToolButton, "toast-close")
    assert close is not None
    click(close)
    assert not toast.isVisible()


def test_its_button_does_what_it_says_once(toast: Toast) -> None:
    done: list[bool] = []
    toast.say("3 papers deleted.", action="Undo", run=lambda: done.append(True))
    assert action(toast).accessibleName() == "Undo: 3 papers deleted."
    click(action(toast))
    assert not toast.isVisible()
    toast._act()
    assert done == [True]


def test_what_may_come_next_has_a_button_of_its_own_beside_undo(toast: Toast) -> None:
    done: list[str] = []
    offer = Offer(word="Rank", tip="Rank them.", run=lambda: done.append("rank"))
    toast.say("4 papers added.", action="Undo", run=lambda: done.append("undo"), offer=offer)
    button = toast.findChild(QPushButton, "toast-offer")
    assert button is not None
    assert (button.text(), button.toolTip(), button.accessibleDescription()) == ("Rank", "Rank them.", "Rank them.")
    click(button)
    assert not toast.isVisible()
    toast.say("Saved.")
    assert not button.isVisible()
    toast._go_on()
    assert done == ["rank"]


def test_it_waits_while_it_is_being_used(toast: Toast, qtbot: QtBot) -> None:
    toast.say("3 papers deleted.", action="Undo", run=lambda: None)
    action(toast).setFocus()
    qtbot.waitUntil(action(toast).hasFocus)
    toast._timer.stop()
    toast._hide_unless_used()
    assert toast.isVisible()
    assert toast._timer.isActive()


class Watching(Toast):
    """A toast that notes what it is told of its parent."""

    def __init__(self, parent: QWidget) -> None:
        self.heard: list[QEvent.Type] = []
        super().__init__(parent)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.append(event.type())
        return super().eventFilter(watched, event)


def test_it_watches_its_parent_only_while_it_is_seen(over: QWidget) -> None:
    toast = Watching(over)
    over.resize(500, 300)
    assert toast.heard == []
    toast.say("The disk is full.", is_error=True)
    over.resize(600, 300)
    assert QEvent.Type.Resize in toast.heard
    assert over.rect().contains(toast.geometry())
    over.close()
    toast.heard.clear()
    over.resize(700, 400)
    QApplication.sendEvent(over, QEvent(QEvent.Type.LayoutRequest))
    assert toast.heard == []
    over.show()
    assert toast.isVisible()
    assert (toast.geometry().center().x() - over.rect().center().x()) in range(-1, 2)


@pytest.mark.parametrize("width", [300, 700, 1400])
def test_it_lies_inside_whatever_the_width(width: int, toast: Toast, over: QWidget) -> None:
    toast.say("A rather long sentence about what has just been done to a number of papers.", action="Undo")
    over.resize(width, 400)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert over.rect().contains(toast.geometry())


def test_it_stands_above_what_lies_below_it_while_that_is_seen(over: QWidget, toast: Toast) -> None:
    legend, bar = QWidget(over), QWidget(over)
    legend.setGeometry(0, 340, 700, 60)
    bar.setGeometry(250, 300, 200, 32)
    legend.show()
    toast.say("Saved.")
    usual = toast.geometry().bottom()
    toast.stand_above(bar, legend)
    above_legend = toast.geometry().bottom()
    assert above_legend < 340 < usual
    bar.show()
    assert toast.geometry().bottom() < 300
    bar.move(250, 200)
    assert toast.geometry().bottom() < 200
    bar.hide()
    assert toast.geometry().bottom() == above_legend
    legend.hide()
    assert toast.geometry().bottom() == usual
