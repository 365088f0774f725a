"""The sidebar: one list chosen, numbers beside them, tags by their levels, papers dropped onto entries."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Counts, PaperId, Status, Tag
from readinglist.domain.tagging import TAG_COLORS
from readinglist.ui.models.paper_table import PAPERS_MIME
from readinglist.ui.models.scope import ALL, BIN, FOR_YOU, INBOX, Scope, status_scope, tag_scope
from readinglist.ui.models.sidebar_model import COUNT_ROLE
from readinglist.ui.panes import sidebar_menu
from readinglist.ui.panes.sidebar import Sidebar
from tests.helpers.ui_input import click, press

READ = status_scope(Status.READ)
TAGS = [
    Tag(name="ml", color="red", count=5),
    Tag(name="ml/vision", color="blue", count=2),
    Tag(name="R&D", color="teal", count=1),
]


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(208, 640)
    sidebar.show_counts(Counts(total=9, starred=1, binned=2, by_status={Status.INBOX: 4, Status.READ: 5}))
    sidebar.show_tags(TAGS)
    sidebar.choose(INBOX)
    sidebar.show()
    return sidebar


@pytest.fixture
def chosen(sidebar: Sidebar) -> list[Scope]:
    scopes: list[Scope] = []
    sidebar.scope_chosen.connect(scopes.append)
    return scopes


def place_of(sidebar: Sidebar, scope: Scope) -> QPoint:
    return sidebar.tree.visualRect(sidebar.model.index_of(scope.query)).center()


def menu_at(sidebar: Sidebar, scope: Scope) -> QMenu | None:
    place = place_of(sidebar, scope)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, sidebar.tree.viewport().mapToGlobal(place))
    QApplication.sendEvent(sidebar.tree.viewport(), event)
    return sidebar.findChild(QMenu, "sidebar-menu")


def papers(*ids: int) -> QMimeData:
    mime = QMimeData()
    mime.setData(PAPERS_MIME, " ".join(map(str, ids)).encode())
    return mime


def test_a_click_and_the_arrow_keys_choose_a_list(sidebar: Sidebar, chosen: list[Scope]) -> None:
    click(sidebar.tree.viewport(), place_of(sidebar, READ))
    press(sidebar.tree, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert chosen == [READ, status_scope(Status.SKIPPED), FOR_YOU]
    press(sidebar.tree, Qt.Key.Key_B)  # letters are the window's keys
    assert len(chosen) == 3


def test_being_told_what_is_shown_asks_for_nothing(sidebar: Sidebar, chosen: list[Scope]) -> None:
    sidebar.choose(tag_scope("ml/vision"))
    assert sidebar.tree.currentIndex().data() == "vision"
    assert chosen == []


def test_counts_follow_and_tags_stand_open_by_their_levels(sidebar: Sidebar) -> None:
    assert sidebar.model.index_of(READ.query).data(COUNT_ROLE) == 5
    branch = sidebar.model.index_of(tag_scope("ml").query)
    leaf = sidebar.model.index_of(tag_scope("ml/vision").query)
    assert leaf.parent() == branch
    assert sidebar.tree.isExpanded(branch)
    assert sidebar.tree.visualRect(leaf).left() > sidebar.tree.visualRect(branch).left()


def test_a_closed_branch_stays_closed_and_the_chosen_tag_chosen(sidebar: Sidebar, chosen: list[Scope]) -> None:
    sidebar.tree.collapse(sidebar.model.index_of(tag_scope("ml").query))
    sidebar.choose(tag_scope("R&D"))
    sidebar.show_tags([*TAGS, Tag(name="new", color="gray", count=1)])
    assert not sidebar.tree.isExpanded(sidebar.model.index_of(tag_scope("ml").query))
    assert sidebar.tree.currentIndex().data() == "R&D"
    assert chosen == []


def test_papers_dragged_over_an_entry_can_be_dropped_on_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    heard: list[tuple[Scope, list[PaperId]]] = []
    sidebar.dropped.connect(lambda scope, ids: heard.append((scope, ids)))
    viewport = sidebar.tree.viewport()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for scope, is_welcome in ((tag_scope("ml/vision"), True), (READ, True), (ALL, False), (BIN, True)):
        mime, place = papers(3, 4), place_of(sidebar, scope)
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(viewport, QDragEnterEvent(place, copy, mime, buttons, keys))
        move = QDragMoveEvent(place, copy, mime, buttons, keys)
        QApplication.sendEvent(viewport, move)
        assert move.isAccepted() is is_welcome, scope.title
        QApplication.sendEvent(viewport, QDropEvent(QPointF(place), copy, mime, buttons, keys))
    assert heard == [(tag_scope("ml/vision"), [3, 4]), (READ, [3, 4]), (BIN, [3, 4])]


def test_files_dragged_over_it_are_left_to_the_window(sidebar: Sidebar) -> None:
    mime = QMimeData()
    mime.setText("https://example.org")
    event = QDragEnterEvent(
        place_of(sidebar, READ),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(sidebar.tree.viewport(), event)
    assert not event.isAccepted()


def test_the_menu_of_a_tag_renames_colours_and_deletes(sidebar: Sidebar, qtbot: QtBot) -> None:
    heard: list[tuple[str, ...]] = []
    sidebar.rename_wanted.connect(lambda scope: heard.append(("rename", scope.title)))
    sidebar.color_chosen.connect(lambda tag, color: heard.append(("color", tag, color)))
    sidebar.delete_wanted.connect(lambda scope: heard.append(("delete", scope.title)))
    menu = menu_at(sidebar, tag_scope("R&D"))
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    actions["Rename…"].trigger()
    actions["Delete the tag R&&D"].trigger()
    colors = actions["Colour"].menu()
    assert isinstance(colors, QMenu)
    next(action for action in colors.actions() if action.text() == "Purple").trigger()
    assert heard == [("rename", "R&D"), ("delete", "R&D"), ("color", "R&D", "purple")]
    menu.close()


def test_the_menu_of_the_bin_empties_it_and_lists_have_none(sidebar: Sidebar, qtbot: QtBot) -> None:
    assert menu_at(sidebar, READ) is None
    menu = menu_at(sidebar, BIN)
    assert menu is not None
    with qtbot.waitSignal(sidebar.empty_bin_wanted):
        menu.actions()[0].trigger()
    menu.close()


def test_the_keyboards_menu_key_works_on_the_chosen_entry(sidebar: Sidebar) -> None:
    sidebar.choose(tag_scope("ml"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(sidebar.tree.viewport(), event)
    menu = sidebar.findChild(QMenu, "sidebar-menu")
    assert menu is not None
    assert menu.actions()[-1].text() == "Delete the tag ml"
    menu.close()


def test_every_colour_of_the_library_is_offered() -> None:
    assert set(sidebar_menu.TAG_COLORS) == set(TAG_COLORS)


def test_long_names_end_in_an_ellipsis_and_everything_can_be_painted(sidebar: Sidebar) -> None:
    before = sidebar.grab().toImage()
    sidebar.show_tags([Tag(name="a tag with a very long name that does not fit", color="red", count=123456)])
    sidebar.tree.setFocus()
    assert sidebar.grab().toImage() != before
    assert sidebar.tree.horizontalScrollBar().maximum() == 0
