"""Text that is never taken for markup, in layouts that leave nothing cut off."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.widgets.busy import BusyIndicator
from readinglist.ui.widgets.drop_sheet import DropSheet
from readinglist.ui.widgets.empty_state import HINT_WIDTH, EmptyState
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.flowing_text import FlowingText, reading_width
from readinglist.ui.widgets.labels import ElidedLabel, make_label, make_line, set_plain_tooltip
from tests.helpers.ui_input import click

MARKUP = "<b>Bold</b> & <img src='https://example.org/x.png'>"


def boxes(qtbot: QtBot, *widths: int) -> tuple[QWidget, FlowLayout, list[QWidget]]:
    parent = QWidget()
    qtbot.addWidget(parent)
    flow = FlowLayout(parent, gap=8)
    made = []
    for place, width in enumerate(widths):
        box = QWidget(parent)
        box.setFixedSize(width, 20 + 10 * (place % 2))
        flow.addWidget(box)
        made.append(box)
    parent.show()
    return parent, flow, made


def test_a_flow_goes_on_in_the_next_line_and_knows_its_height(qtbot: QtBot) -> None:
    parent, flow, made = boxes(qtbot, 100, 100, 100)
    parent.resize(220, 200)
    assert [one.geometry().left() for one in made] == [0, 108, 0]
    assert made[2].geometry().top() == 30 + 8
    assert flow.heightForWidth(220) == 30 + 8 + 20
    assert flow.heightForWidth(400) == 30
    assert flow.minimumSize() == QSize(100, 30)


def test_what_is_lower_than_its_line_stands_in_the_middle(qtbot: QtBot) -> None:
    parent, _, made = boxes(qtbot, 50, 50)
    parent.resize(300, 60)
    assert made[1].geometry().top() == 0
    assert made[0].geometry().top() == 5


def test_hidden_widgets_take_no_room_and_others_can_be_put_between(qtbot: QtBot) -> None:
    parent, flow, made = boxes(qtbot, 50, 60)
    parent.resize(300, 60)
    made[0].hide()
    flow.activate()
    assert made[1].geometry().left() == 0
    new = QWidget(parent)
    new.setFixedSize(30, 20)
    flow.insert_widget(1, new)
    flow.activate()
    assert [flow.itemAt(place).widget() for place in range(3)] == [made[0], new, made[1]]  # type: ignore[union-attr]
    assert flow.itemAt(9) is None
    assert flow.takeAt(9) is None


def test_a_field_takes_the_rest_of_its_line(qtbot: QtBot) -> None:
    parent, flow, _ = boxes(qtbot, 50)
    field = QLineEdit(parent)
    flow.addWidget(field)
    field.show()
    parent.resize(300, 60)
    flow.activate()
    assert field.geometry().right() == 299


@pytest.mark.parametrize("width", [200, 420])
def test_running_text_is_as_high_as_what_it_says(width: int, qtbot: QtBot) -> None:
    text = FlowingText(name="text", label="Abstract")
    qtbot.addWidget(text)
    text.resize(width, 20)
    text.show()
    text.show_text("Some words of running text. " * 20)
    assert text.height() >= text.document().size().height()
    assert text.verticalScrollBar().maximum() == 0
    low = text.height()
    text.show_text("Short.")
    assert text.height() < low


def test_running_text_takes_markup_for_text(qtbot: QtBot) -> None:
    text = FlowingText(name="text", label="Abstract")
    qtbot.addWidget(text)
    text.show_text(f"{MARKUP}\nSecond paragraph.")
    assert text.toPlainText() == f"{MARKUP}\nSecond paragraph."
    assert text.document().blockCount() == 2


def test_running_text_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    text = FlowingText(name="text", label="Abstract")
    qtbot.addWidget(text)
    text.show_text("Words.")
    theme.apply(qapp, "dark")
    assert text.document().begin().begin().fragment().charFormat().foreground().color() == theme.color("ink")
    theme.apply(qapp, "light")


def test_the_reading_width_holds_sixty_five_to_eighty_characters() -> None:
    sentence = "It was found that readers follow a line of this length without losing the next one, as a rule."
    metrics = QFontMetrics(theme.font("body"))
    assert metrics.horizontalAdvance(sentence[:65]) < reading_width() < metrics.horizontalAdvance(sentence[:85])


def test_labels_take_markup_for_text(qtbot: QtBot) -> None:
    label = make_label(MARKUP, "label", role="secondary", wraps=True)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    set_plain_tooltip(label, MARKUP)
    assert "<b>" not in label.toolTip()
    set_plain_tooltip(label, "")
    assert label.toolTip() == ""


def test_a_line_that_does_not_fit_ends_in_an_ellipsis_and_is_told(qtbot: QtBot) -> None:
    label = ElidedLabel("Short", name="elided", role="secondary")
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() == 0
    label.setText("a long\nline of <i>text</i> " * 10)
    assert "\n" not in label.text()
    assert "&lt;i&gt;" in label.toolTip()
    label.grab()


def test_a_busy_sign_appears_only_when_the_wait_is_felt(qtbot: QtBot) -> None:
    busy = BusyIndicator()
    parent = QWidget()
    qtbot.addWidget(parent)
    QVBoxLayout(parent).addWidget(busy)
    parent.show()
    busy.begin("Comparing…")
    assert not busy.isVisible()
    busy.end()
    assert not busy._timer.isActive()
    busy.begin("Comparing…")
    qtbot.waitUntil(busy.isVisible)
    busy.end()
    assert not busy.isVisible()


def test_an_empty_state_explains_and_offers(qtbot: QtBot, qapp: QApplication) -> None:
    state = EmptyState(name="none", icon="search", title="Nothing here", hint="Drop a file.")
    qtbot.addWidget(state)
    button = state.add_button("Open", "none-open", icon="open", is_primary=True)
    state.resize(400, 300)
    state.show()
    with qtbot.waitSignal(button.clicked):
        click(button)
    state.explain("Still nothing")
    title, hint = state.findChild(QLabel, "none-title"), state.findChild(QLabel, "none-hint")
    assert title is not None
    assert title.text() == "Still nothing"
    assert hint is not None
    assert not hint.isVisible()
    state.explain("Title", "A hint of a few words.")
    for width in (240, 900):
        state.resize(width, 300)
        assert hint.isVisible()
        assert abs(hint.geometry().center().x() - width // 2) <= 1
        assert hint.width() <= HINT_WIDTH
    light = state._icon.pixmap().toImage()
    theme.apply(qapp, "dark")
    assert state._icon.pixmap().toImage() != light
    theme.apply(qapp, "light")


def test_a_drop_sheet_covers_everything_and_takes_no_clicks(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 200)
    button = QPushButton("Below", parent)
    parent.show()
    sheet = DropSheet(parent)
    assert not sheet.isVisible()
    sheet.cover()
    assert sheet.geometry() == parent.rect()
    assert parent.childAt(button.rect().center()) is button
    image = sheet.grab().toImage()
    edge = {image.pixelColor(x, 16).name() for x in range(40, 260)}
    assert theme.color("accent").name() in edge


def test_a_hairline_is_one_pixel(qtbot: QtBot) -> None:
    line = make_line()
    qtbot.addWidget(line)
    assert line.minimumHeight() == line.maximumHeight() == 1
