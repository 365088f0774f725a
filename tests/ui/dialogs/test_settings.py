"""Settings are made from their declarations, apply at once, and say where they went wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QMainWindow, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from readinglist.app.setting import Group, Kind
from readinglist.app.settings import (
    ALL,
    BACKUP_INTERVAL_DAYS,
    INDEX_AUTOMATICALLY,
    LIBRARY_FOLDER,
    MODEL,
    PASSAGES,
    SHORTCUTS,
    THEME,
)
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.errors import EnvironmentFault
from readinglist.services.index_state import IndexState, PassagesState
from readinglist.services.passage_cost import PassageCost
from readinglist.ui.dialogs.passage_facts import COUNTING, PassageFacts, passage_text
from readinglist.ui.dialogs.setting_controls import RESTART, SettingRow
from readinglist.ui.dialogs.settings import KEYS, ModelFacts, SettingsDialog
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_input import click, press, type_text

Key = Qt.Key
CONTROLS = {
    Kind.SWITCH: QCheckBox,
    Kind.NUMBER: QSpinBox,
    Kind.TEXT: QLineEdit,
    Kind.CHOICE: QComboBox,
    Kind.FOLDER: QLineEdit,
}


PRESENT = IndexState(
    total=110,
    done=85,
    stale=0,
    is_running=False,
    model="sentence-transformers/all-MiniLM-L6-v2",
    device="cpu",
    device_reason="there is no graphics card",
    problem="",
)


@dataclass(slots=True)
class MadeUpIndexing:
    present: IndexState = PRESENT

    begun: int = 0

    def state(self) -> IndexState:
        return self.present

    def begin_now(self) -> bool:
        self.begun += 1
        self.present = replace(self.present, is_running=True)
        return True


@dataclass(slots=True)
class MadeUpCosts:
    cost: PassageCost | None = None
    asked_anew: int = 0

    def known(self) -> PassageCost | None:
        return self.cost

    def look_again(self) -> None:
        self.asked_anew += 1


@dataclass(slots=True)
class Workspace:
    settings: SettingsStore
    indexing: MadeUpIndexing = field(default_factory=MadeUpIndexing)
    passage_costs: MadeUpCosts = field(default_factory=MadeUpCosts)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(SettingsStore(tmp_path / "settings.toml"))


@pytest.fixture
def dialog(
    window: QMainWindow, workspace: Workspace, opened: Callable[[SettingsDialog], SettingsDialog]
) -> SettingsDialog:
    return opened(SettingsDialog(workspace, window))


def go_to(dialog: SettingsDialog, row: SettingRow) -> SettingRow:
    titles = [dialog.pages.item(place).text() for place in range(dialog.pages.count())]
    dialog.pages.setCurrentRow(titles.index(row.setting.group.value))
    assert row.isVisible()
    return row


def test_every_setting_stands_on_its_page_with_label_help_and_a_fitting_control(dialog: SettingsDialog) -> None:
    assert [*dialog.rows] == [setting.key for setting in ALL if setting is not SHORTCUTS]
    for row in dialog.rows.values():
        go_to(dialog, row)
        said = [label.text() for label in row.findChildren(QLabel)]
        assert isinstance(row.control.field, CONTROLS[row.setting.kind]), row.setting.key
        assert row.control.field.accessibleName() == row.setting.label
        assert any(text.startswith(row.setting.help) for text in said)
        assert any(RESTART in text for text in said) is row.setting.needs_restart


def test_the_pages_are_the_groups_and_the_keys(dialog: SettingsDialog) -> None:
    titles = [dialog.pages.item(place).text() for place in range(dialog.pages.count())]
    assert sorted(titles) == sorted([*(group.value for group in Group), KEYS])


def test_a_choice_applies_at_once_and_can_be_taken_back(dialog: SettingsDialog, workspace: Workspace) -> None:
    row = go_to(dialog, dialog.rows[THEME.key])
    heard: list[object] = []
    row.changed.connect(heard.append)
    assert row.reset.isHidden()
    press(row.control.field, Key.Key_End)
    assert workspace.settings.get(THEME) == "dark"
    assert heard == [THEME]
    assert row.reset.toolTip() == "Back to As the system"
    click(row.reset)
    assert workspace.settings.get(THEME) == "system"
    assert not workspace.settings.is_set(THEME)
    assert row.reset.isHidden()
    assert isinstance(row.control.field, QComboBox)
    assert row.control.field.currentText() == "As the system"


def test_a_number_applies_when_it_is_complete(dialog: SettingsDialog, workspace: Workspace) -> None:
    row = go_to(dialog, dialog.rows[BACKUP_INTERVAL_DAYS.key])
    number = row.control.field
    assert isinstance(number, QSpinBox)
    assert number.suffix() == " days"
    number.setFocus()
    number.selectAll()
    type_text(number, "30")
    assert workspace.settings.get(BACKUP_INTERVAL_DAYS) == 7
    press(number, Key.Key_Return)
    assert workspace.settings.get(BACKUP_INTERVAL_DAYS) == 30
    assert dialog.isVisible(), "Enter ends typing, not the dialog"


def test_a_switch_is_thrown_with_space(dialog: SettingsDialog, workspace: Workspace) -> None:
    row = go_to(dialog, dialog.rows[INDEX_AUTOMATICALLY.key])
    press(row.control.field, Key.Key_Space)
    assert workspace.settings.get(INDEX_AUTOMATICALLY) is False


def test_a_text_applies_when_the_field_is_left(dialog: SettingsDialog, workspace: Workspace) -> None:
    row = go_to(dialog, dialog.rows[MODEL.key])
    row.control.field.setFocus()
    type_text(row.control.field, " some/model ")
    assert workspace.settings.get(MODEL) == ""
    press(row.control.field, Key.Key_Tab)
    assert workspace.settings.get(MODEL) == "some/model"


def test_a_folder_can_be_chosen(
    dialog: SettingsDialog, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    row = go_to(dialog, dialog.rows[LIBRARY_FOLDER.key])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    (browse,) = row.findChildren(QPushButton, f"setting-{LIBRARY_FOLDER.key}-browse")
    click(browse)
    assert workspace.settings.get(LIBRARY_FOLDER) == str(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    click(browse)
    assert workspace.settings.get(LIBRARY_FOLDER) == str(tmp_path), "cancelling changes nothing"
    click(row.reset)
    assert workspace.settings.get(LIBRARY_FOLDER) == ""


@pytest.mark.expects_warnings
def test_what_cannot_be_kept_is_said_at_the_control_and_shown_as_it_is(
    window: QMainWindow, tmp_path: Path, opened: Callable[[SettingsDialog], SettingsDialog]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    workspace = Workspace(SettingsStore(in_the_way / "settings.toml"))
    dialog = opened(SettingsDialog(workspace, window))
    row = go_to(dialog, dialog.rows[THEME.key])
    press(row.control.field, Key.Key_End)
    assert row.problem.isVisible()
    assert "could not be written" in row.problem.text()
    assert isinstance(row.control.field, QComboBox)
    assert row.control.field.currentText() == "As the system"
    assert workspace.settings.get(THEME) == "system"
    text = go_to(dialog, dialog.rows[MODEL.key])
    text.control.field.setFocus()
    type_text(text.control.field, "some/model")
    press(text.control.field, Key.Key_Return)
    assert text.problem.isVisible()
    assert isinstance(text.control.field, QLineEdit)
    assert text.control.field.text() == "some/model", "what was typed stays, to be mended"


def test_an_error_goes_once_the_value_is_right_again(dialog: SettingsDialog, workspace: Workspace) -> None:
    row = go_to(dialog, dialog.rows[MODEL.key])
    assert isinstance(row.control.field, QLineEdit)
    row.control.chosen.emit("two\nlines")
    assert "one line" in row.problem.text()
    row.control.chosen.emit("")
    assert row.problem.isHidden()
    assert workspace.settings.get(MODEL) == ""


def test_the_page_of_similar_papers_says_what_runs_and_why(
    dialog: SettingsDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    go_to(dialog, dialog.rows[MODEL.key])
    (facts,) = dialog.findChildren(ModelFacts)
    assert facts.model.text() == workspace.indexing.present.model
    assert facts.device.text() == "Processor: there is no graphics card"
    assert facts.progress.text() == "85 of 110 papers"
    assert facts.problem.isHidden()
    workspace.indexing.present = replace(PRESENT, stale=2, is_running=True, problem="The model cannot be loaded.")
    qtbot.waitUntil(facts.problem.isVisible)
    assert facts.problem.text() == "The model cannot be loaded."
    assert facts.progress.text() == "85 of 110 papers; 2 changed since and will be read anew; more are being read now"
    workspace.indexing.present = replace(PRESENT, model="", device="", device_reason="")
    qtbot.waitUntil(lambda: facts.model.text() == "Not chosen yet")
    dialog.pages.setCurrentRow(0)
    assert not any(timer.isActive() for timer in facts.findChildren(QTimer))


def test_what_waits_can_be_compared_now(dialog: SettingsDialog, workspace: Workspace, qtbot: QtBot) -> None:
    go_to(dialog, dialog.rows[MODEL.key])
    (facts,) = dialog.findChildren(ModelFacts)
    assert facts.compare.isEnabled()
    click(facts.compare)
    assert workspace.indexing.begun == 1
    assert not facts.compare.isEnabled()
    qtbot.waitUntil(lambda: facts.progress.text().endswith("more are being read now"))
    assert not facts.compare.isEnabled()
    workspace.indexing.present = replace(PRESENT, problem="The model cannot be loaded.")
    qtbot.waitUntil(facts.compare.isEnabled)
    workspace.indexing.present = replace(PRESENT, done=110)
    qtbot.waitUntil(lambda: not facts.compare.isEnabled())


def test_every_control_of_every_page_has_a_name(dialog: SettingsDialog) -> None:
    for place in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(place)
        assert control_count(dialog) >= 3
        assert unnamed_controls(dialog) == []


def test_escape_closes(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        press(dialog.pages, Key.Key_Escape)


def test_a_failure_to_reset_is_said(
    dialog: SettingsDialog, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = go_to(dialog, dialog.rows[THEME.key])
    press(row.control.field, Key.Key_End)

    def refuse(_: object) -> None:
        message = "The settings could not be written: the disk is full."
        raise EnvironmentFault(message)

    monkeypatch.setattr(workspace.settings, "reset", refuse)
    click(row.reset)
    assert row.problem.text() == "The settings could not be written: the disk is full."
    assert workspace.settings.get(THEME) == "dark"


COST = PassageCost(
    pdfs=1000, unread=0, pages=14_030, passages=41_370, seconds=4100, is_measured=True, disk_bytes=86_000_000
)


def test_what_passages_take_is_said_beside_the_switch_before_it_is_thrown(
    dialog: SettingsDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    row = go_to(dialog, dialog.rows[PASSAGES.key])
    facts = row.findChild(PassageFacts)
    assert facts is not None
    assert workspace.passage_costs.asked_anew == 1
    assert facts.words.text() == COUNTING
    workspace.passage_costs.cost = COST
    qtbot.waitUntil(lambda: facts.words.text() == COST.words())


@pytest.mark.parametrize(
    ("passages", "cost", "said"),
    [
        (PassagesState(), None, COUNTING),
        (PassagesState(), COST, COST.words()),
        (PassagesState(is_wanted=True), COST, "No PDF has any text."),
        (PassagesState(is_wanted=True), replace(COST, unread=12), "The text of 12 PDFs is still to be read."),
        (PassagesState(is_wanted=True, waiting=3), COST, "3 PDFs still to be looked through."),
        (
            PassagesState(is_wanted=True, total=1453, done=1200, is_running=True),
            COST,
            "1,200 of 1,453 passages can be searched; more are being read now.",
        ),
        (PassagesState(is_wanted=True, total=1453, done=1453), COST, "1,453 of 1,453 passages can be searched."),
    ],
)
def test_how_far_passages_are_is_said_in_words(passages: PassagesState, cost: PassageCost | None, said: str) -> None:
    assert passage_text(replace(PRESENT, passages=passages), cost).startswith(said)
