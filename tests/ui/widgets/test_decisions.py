"""Status, star and rating: by click, by key, and never by a turning wheel."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Priority, Status
from readinglist.ui.panes.detail_marks import Marks
from readinglist.ui.widgets.choice import Number
from readinglist.ui.widgets.rating import EDGE, STEP, Rating
from readinglist.ui.widgets.status_buttons import StatusButtons
from tests.helpers.ui_input import click, press


@pytest.fixture
def rating(qtbot: QtBot) -> Rating:
    rating = Rating()
    qtbot.addWidget(rating)
    rating.resize(rating.sizeHint())
    rating.show()
    return rating


def star(number: int) -> QPoint:
    return QPoint(EDGE + (number - 1) * STEP + STEP // 2, 12)


def turn_wheel(widget: QWidget) -> bool:
    """Turn the wheel over a widget and tell whether it took the event."""
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_a_click_rates_and_a_second_one_takes_it_back(rating: Rating) -> None:
    heard: list[int] = []
    rating.chosen.connect(heard.append)
    click(rating, star(4))
    click(rating, star(4))
    click(rating, star(1))
    assert heard == [4, 0, 1]


def test_keys_rate(rating: Rating) -> None:
    heard: list[int] = []
    rating.chosen.connect(heard.append)
    keys = Qt.Key
    press(rating, keys.Key_3, keys.Key_Right, keys.Key_Down, keys.Key_End, keys.Key_Home, keys.Key_2, keys.Key_Delete)
    assert heard == [3, 4, 3, 5, 0, 2, 0]
    press(rating, keys.Key_Left, keys.Key_X)
    assert len(heard) == 7


def test_numbers_mean_a_rating_here_and_a_status_elsewhere(rating: Rating) -> None:
    for key, is_taken in ((Qt.Key.Key_3, True), (Qt.Key.Key_S, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(rating, event)
        assert event.isAccepted() is is_taken
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(rating, event)
    assert not event.isAccepted()


def test_a_rating_shown_is_not_a_rating_chosen(rating: Rating) -> None:
    heard: list[int] = []
    rating.chosen.connect(heard.append)
    rating.show_rating(5)
    assert rating.value() == 5
    assert heard == []


def test_hovering_shows_what_a_click_would_do(rating: Rating) -> None:
    empty = rating.grab().toImage()
    place = QPointF(star(3))
    buttons = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, buttons, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(rating, move)
    assert rating.grab().toImage() != empty
    QApplication.sendEvent(rating, QEvent(QEvent.Type.Leave))
    assert rating.grab().toImage() == empty
    rating.show_rating(3)
    rating.setEnabled(False)
    assert rating.grab().toImage() != empty


def test_a_turning_wheel_changes_nothing(rating: Rating, qtbot: QtBot) -> None:
    marks = Marks()
    qtbot.addWidget(marks)
    number = Number()
    qtbot.addWidget(number)
    number.setValue(7)
    for widget in (rating, marks.priority, number):
        assert not turn_wheel(widget)
    assert (rating.value(), marks.priority.currentIndex(), number.value()) == (0, 0, 7)


def test_one_status_is_filled_and_choosing_says_so_once(qtbot: QtBot) -> None:
    buttons = StatusButtons()
    qtbot.addWidget(buttons)
    buttons.resize(500, 40)
    buttons.show()
    heard: list[Status] = []
    buttons.chosen.connect(heard.append)
    buttons.show_status(Status.READ)
    assert [status for status in Status if buttons[status].isChecked()] == [Status.READ]
    click(buttons[Status.SKIPPED])
    press(buttons[Status.TO_READ], Qt.Key.Key_Space)
    assert heard == [Status.SKIPPED, Status.TO_READ]
    assert [status for status in Status if buttons[status].isChecked()] == [Status.TO_READ]
    buttons.show_status(None)
    assert not any(buttons[status].isChecked() for status in Status)


def test_status_buttons_show_their_keys_and_have_room_for_them(qtbot: QtBot) -> None:
    buttons = StatusButtons()
    qtbot.addWidget(buttons)
    button = buttons[Status.READ]
    assert button.key == "4"
    assert button.toolTip().endswith("(4)")
    wide = button.sizeHint().width()
    buttons.set_keys({"status-read": ""})
    assert button.key == ""
    assert button.sizeHint().width() < wide


def test_status_buttons_look_different_when_chosen_hovered_and_disabled(qtbot: QtBot) -> None:
    buttons = StatusButtons()
    qtbot.addWidget(buttons)
    buttons.resize(500, 40)
    button = buttons[Status.READ]
    button.resize(button.sizeHint())
    plain = button.grab().toImage()
    button.setChecked(True)
    chosen = button.grab().toImage()
    button.setEnabled(False)
    disabled = button.grab().toImage()
    assert plain != chosen
    assert chosen != disabled


def test_marks_say_what_was_chosen_and_show_what_several_papers_share(qtbot: QtBot) -> None:
    marks = Marks()
    qtbot.addWidget(marks)
    marks.show()
    stars: list[bool] = []
    marks.star_chosen.connect(stars.append)
    marks.show_marks(status=None, starred=False, priority=None, rating=0)
    assert marks.priority.currentIndex() == -1
    marks.show_marks(status=Status.READ, starred=True, priority=Priority.HIGH, rating=3)
    assert marks.priority.currentText() == "High"
    assert marks.star.text() == "Starred"
    click(marks.star)
    assert stars == [False]
    assert marks.star.text() == "Star"


def test_pointing_at_a_status_lights_it(qtbot: QtBot) -> None:
    buttons = StatusButtons()
    qtbot.addWidget(buttons)
    buttons.resize(500, 40)
    buttons.show()
    button = buttons[Status.READ]
    plain = button.grab().toImage()
    place = QPointF(5, 5)
    QApplication.sendEvent(button, QEnterEvent(place, place, place))
    assert button.grab().toImage() != plain
