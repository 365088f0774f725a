"""The list of papers by itself, without a window around it."""

from pytestqt.qtbot import QtBot

from readinglist.ui.models.scope import INBOX
from readinglist.ui.panes.papers import PapersPane
from tests.helpers.ui_core import UiCore


def make_pane(core: UiCore, qtbot: QtBot) -> PapersPane:
    """Show the Inbox."""
    pane = PapersPane(core.catalog, core.bridge)
    qtbot.addWidget(pane)
    pane.resize(520, 600)
    pane.open_first(INBOX)
    pane.show()
    return pane
