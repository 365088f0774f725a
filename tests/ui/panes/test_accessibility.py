"""Every control of every pane has a name, and Tab reaches it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Priority
from readinglist.services.events import JobProgress, JobState
from readinglist.ui.models.scope import ALL
from readinglist.ui.panes.detail import DetailPane
from readinglist.ui.panes.jobs import JobsStrip
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.panes.sidebar import Sidebar
from readinglist.ui.panes.sidebar_tools import SidebarTools
from readinglist.ui.panes.welcome import Welcome
from tests.helpers.drafts import make_draft
from tests.helpers.ui_access import control_count, unnamed_controls
from tests.helpers.ui_core import UiCore, similar_answer

PANES = ("detail", "papers", "table", "sidebar", "jobs", "welcome")


def make_pane(kind: str, core: UiCore, qtbot: QtBot) -> QWidget:
    ids = core.add(*(make_draft(number, authors=tuple(f"Name {n}" for n in range(12))) for number in range(1, 4)))
    core.edit.add_tags([ids[0]], ["ml/vision", "to discuss"])
    core.collections.put([ids[0]], ["Survey/Attention"])
    core.edit.set_priority([ids[0]], Priority.HIGH)
    core.edit.set_note([ids[0]][0], "A note.")
    pane: QWidget
    match kind:
        case "detail":
            core.similar.answers[ids[0]] = similar_answer(ids[1:])
            pane = DetailPane(core, core.bridge)
            pane.show_paper(ids[0])
        case "papers" | "table":
            pane = PapersPane(core.catalog, core.bridge)
            pane.open_first(ALL)
            pane.search.set_text("tag:ml")
            pane.set_mode("table" if kind == "table" else "cards")
        case "sidebar":
            pane = Sidebar()
            SidebarTools(pane)
            pane.show_collections(core.catalog.collections())
            pane.show_tags(core.catalog.tags())
        case "jobs":
            pane = JobsStrip(core.jobs, core.bridge)
            for state in (JobState.RUNNING, JobState.PAUSED, JobState.FAILED):
                pane._hear(JobProgress(job_id=len(state), label=f"A job that is {state}", state=state))
        case _:
            pane = Welcome()
    qtbot.addWidget(pane)
    pane.show()
    return pane


@pytest.mark.parametrize("kind", PANES)
def test_every_control_has_a_name(kind: str, core: UiCore, qtbot: QtBot) -> None:
    pane = make_pane(kind, core, qtbot)
    if kind == "jobs":
        qtbot.waitUntil(pane.isVisible)
    assert control_count(pane) > 0
    assert unnamed_controls(pane) == []


@pytest.mark.parametrize("kind", PANES)
def test_tab_reaches_every_button_and_field(kind: str, core: UiCore, qtbot: QtBot) -> None:
    pane = make_pane(kind, core, qtbot)
    controls = [*pane.findChildren(QAbstractButton), *pane.findChildren(QLineEdit)]
    inner = {"qt_spinbox_lineedit", ""}  # parts of Qt's own controls
    missed = [
        one.objectName()
        for one in controls
        if one.isVisibleTo(pane) and one.objectName() not in inner and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert missed == []
