"""One setting on a page: its words, the control that fits its kind, what went wrong, the way back to the default."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from readinglist.app.setting import AnySetting, Kind
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.errors import ReadingListError
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import make_button, make_problem_label, show_problem
from readinglist.ui.widgets.buttons import make_icon_button
from readinglist.ui.widgets.check_box import CheckBox
from readinglist.ui.widgets.choice import Choice, Number
from readinglist.ui.widgets.labels import make_label

FIELD_WIDTH = 360
FIELD_LEAST = 160
FIELD_STRETCH = 100  # a text field takes the room there is, up to its width
CHOICE_WIDTH = 200
NUMBER_WIDTH = 130
RESTART = "Takes effect at the next start."
DEFAULT_FOLDER = "The system's folder for application data"


class Control(QObject):
    """A field for a value.

    Args:
        field: What gets the focus and a name.
        whole: What stands on the page.
        show: Puts a value into it.
    """

    chosen = Signal(object)  # value

    def __init__(self, field: QWidget, whole: QWidget, show: Callable[[Any], None]) -> None:
        super().__init__(whole)
        self.field = field
        self.whole = whole
        self._show = show

    def show_value(self, value: Any) -> None:
        """Show a value that somebody else decided."""
        with QSignalBlocker(self.field):
            self._show(value)


class SettingRow(QWidget):
    """A setting; what is chosen applies at once.

    Args:
        setting: Its declaration.
        store: Keeps its value.
        parent: The page.
    """

    changed = Signal(object)  # the setting, after it was stored

    def __init__(self, setting: AnySetting, store: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        name = f"setting-{setting.key}"
        self.setObjectName(name)
        self.setting = setting
        self._store = store
        self.control = make_control(setting, self)
        self.control.field.setObjectName(f"{name}-field")
        self.control.field.setAccessibleName(setting.label)
        self.control.field.setAccessibleDescription(setting.help)
        self.control.chosen.connect(self._on_chosen)
        says, tip = f"Back to the default: {setting.label}", f"Back to {_words(setting, setting.default)}"
        self.reset = make_icon_button(f"{name}-reset", "restore", says, self, tip=tip)
        self.reset.clicked.connect(self._on_reset)
        keeps_room = self.reset.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keeps_room)
        self.problem = make_problem_label(f"{name}-problem", self)
        self._lay_out(name)
        self.refresh()

    def put_below(self, facts: QWidget) -> None:
        """Show more below the words: what a choice comes to in this library, say."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made with the row
        layout.addWidget(facts)

    def refresh(self) -> None:
        """Show what is stored."""
        self.control.show_value(self._store.get(self.setting))
        self.reset.setVisible(self._store.is_set(self.setting))

    def _lay_out(self, name: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        if self.setting.kind is not Kind.SWITCH:
            label = make_label(self.setting.label, f"{name}-label", role="strong", parent=self)
            label.setBuddy(self.control.field)
            layout.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.control.whole, FIELD_STRETCH)
        line.addWidget(self.reset)
        line.addStretch(1)
        layout.addLayout(line)
        words = f"{self.setting.help} {RESTART}" if self.setting.needs_restart else self.setting.help
        layout.addWidget(make_label(words, f"{name}-help", role="secondary", wraps=True, parent=self))
        layout.addWidget(self.problem)

    def _on_chosen(self, value: object) -> None:
        if value == self._store.get(self.setting):
            show_problem(self.problem, "")
            return
        self._apply(lambda: self._store.set(self.setting, value))

    def _on_reset(self) -> None:
        self._apply(lambda: self._store.reset(self.setting))
        self.refresh()
        self.control.field.setFocus()

    def _apply(self, change: Callable[[], None]) -> None:
        try:
            change()
        except ReadingListError as error:
            show_problem(self.problem, error.message)
            if self.setting.kind not in {Kind.TEXT, Kind.FOLDER}:  # what was typed stays, to be mended
                self.refresh()
            return
        show_problem(self.problem, "")
        self.reset.setVisible(self._store.is_set(self.setting))
        self.changed.emit(self.setting)


def make_control(setting: AnySetting, parent: QWidget) -> Control:
    """Return the control for a setting's kind."""
    makers = {
        Kind.SWITCH: _make_switch,
        Kind.NUMBER: _make_number,
        Kind.TEXT: _make_text,
        Kind.CHOICE: _make_choice,
        Kind.FOLDER: _make_folder,
    }
    return makers[setting.kind](setting, parent)


def _make_switch(setting: AnySetting, parent: QWidget) -> Control:
    box = CheckBox(setting.label, parent)
    control = Control(box, box, lambda value: box.setChecked(bool(value)))
    box.toggled.connect(control.chosen.emit)
    return control


def _make_number(setting: AnySetting, parent: QWidget) -> Control:
    number = Number(parent)
    number.setRange(setting.minimum, setting.maximum)
    number.setSuffix(f" {setting.unit}" if setting.unit else "")
    number.setKeyboardTracking(False)  # a half-typed number is not a decision
    number.setFixedWidth(NUMBER_WIDTH)
    control = Control(number, number, lambda value: number.setValue(int(value)))
    number.valueChanged.connect(control.chosen.emit)
    return control


def _make_text(_: AnySetting, parent: QWidget) -> Control:
    line = QLineEdit(parent)
    _set_width(line)
    control = Control(line, line, lambda value: line.setText(str(value)))
    line.editingFinished.connect(lambda: control.chosen.emit(line.text().strip()))
    return control


def _make_choice(setting: AnySetting, parent: QWidget) -> Control:
    choice = Choice(parent)
    for value, words in setting.choices:
        choice.addItem(words, value)
    choice.setMinimumWidth(CHOICE_WIDTH)
    choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    control = Control(choice, choice, lambda value: choice.setCurrentIndex(choice.findData(value)))
    choice.currentIndexChanged.connect(lambda place: control.chosen.emit(choice.itemData(place)))
    return control


def _make_folder(setting: AnySetting, parent: QWidget) -> Control:
    whole = QWidget(parent)
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.S)
    line = QLineEdit(whole)
    _set_width(line)
    line.setPlaceholderText(DEFAULT_FOLDER)
    browse = make_button("Choose…", f"setting-{setting.key}-browse", whole)
    browse.setAccessibleName(f"Choose: {setting.label}")
    row.addWidget(line)
    row.addWidget(browse)
    control = Control(line, whole, lambda value: line.setText(str(value)))
    line.editingFinished.connect(lambda: control.chosen.emit(line.text().strip()))

    def choose() -> None:
        name = QFileDialog.getExistingDirectory(whole, setting.label, line.text())
        if name:
            line.setText(str(Path(name)))
            control.chosen.emit(line.text())

    browse.clicked.connect(choose)
    return control


def _set_width(line: QLineEdit) -> None:
    line.setMinimumWidth(FIELD_LEAST)
    line.setMaximumWidth(FIELD_WIDTH)


def _words(setting: AnySetting, value: object) -> str:
    """Write a value as the page shows it."""
    if setting.kind is Kind.CHOICE:
        return dict(setting.choices)[str(value)]
    if setting.kind is Kind.FOLDER and not value:
        return DEFAULT_FOLDER[0].lower() + DEFAULT_FOLDER[1:]
    return f"{setting.words(value)} {setting.unit}".strip()
