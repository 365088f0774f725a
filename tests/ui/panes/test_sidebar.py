"""The sidebar: one list chosen, numbers beside them, tags and collections by levels, papers dropped onto entries."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.domain.paper import Collection, Counts, PaperId, Status, Tag
from readinglist.domain.tagging import TAG_COLORS
from readinglist.ui.models.grouping import COLLECTIONS
from readinglist.ui.models.grouping import TAGS as TAG_GROUPING
from readinglist.ui.models.paper_table import PAPERS_MIME
from readinglist.ui.models.scope import ALL, BIN, FOR_YOU, INBOX, Scope, collection_scope, status_scope, tag_scope
from readinglist.ui.models.sidebar_model import COUNT_ROLE
from readinglist.ui.panes import sidebar_tools
from readinglist.ui.panes.sidebar import Sidebar
from readinglist.ui.panes.sidebar_tools import SidebarTools
from tests.helpers.ui_input import click, press

READ = status_scope(Status.READ)
TAGS = [
    Tag(name="ml", color="red", count=5),
    Tag(name="ml/vision", color="blue", count=2),
    Tag(name="R&D", color="teal", count=1),
]
COLLECTIONS_HERE = [
    Collection(name="Reading group", count=0),
    Collection(name="Survey/Attention", count=3),
]
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
ATTENTION = collection_scope("Survey/Attention")


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar()
    SidebarTools(sidebar)
    qtbot.addWidget(sidebar)
    sidebar.resize(208, 640)
    sidebar.show_counts(Counts(total=9, starred=1, binned=2, by_status={Status.INBOX: 4, Status.READ: 5}))
    sidebar.show_collections(COLLECTIONS_HERE)
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


def new_button(sidebar: Sidebar) -> QToolButton:
    button = sidebar.findChild(QToolButton, "new-collection")
    assert isinstance(button, QToolButton)
    return button


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


def test_collections_stand_above_the_tags_with_their_levels_and_numbers(sidebar: Sidebar, chosen: list[Scope]) -> None:
    leaf, empty = sidebar.model.index_of(ATTENTION.query), sidebar.model.index_of('collection:"Reading group"')
    assert (leaf.data(), leaf.parent().data(), leaf.data(COUNT_ROLE)) == ("Attention", "Survey", 3)
    assert leaf.parent().parent() == empty.parent() == sidebar.model.heading_of(COLLECTIONS)
    assert sidebar.model.heading_of(COLLECTIONS).row() < sidebar.model.heading_of(TAG_GROUPING).row()
    click(sidebar.tree.viewport(), place_of(sidebar, ATTENTION))
    assert chosen == [ATTENTION]


def test_without_collections_their_heading_still_offers_to_make_one(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    SidebarTools(sidebar)
    qtbot.addWidget(sidebar)
    sidebar.resize(208, 480)
    sidebar.show_collections([])
    sidebar.show_tags([])
    sidebar.show()
    assert sidebar.model.heading_of(COLLECTIONS).data() == "Collections"
    assert sidebar.model.heading_of(TAG_GROUPING).data() == "", "tags come with papers"
    with qtbot.waitSignal(sidebar.new_wanted) as wanted:
        click(new_button(sidebar))
    assert wanted.args == ["", []]
    assert new_button(sidebar).accessibleName() == "New collection"


def test_the_button_beside_the_heading_is_next_to_the_tree_for_the_tab_key(sidebar: Sidebar) -> None:
    sidebar.activateWindow()
    sidebar.tree.setFocus()
    press(sidebar.tree, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is new_button(sidebar)


def test_papers_dropped_on_the_heading_are_for_a_new_collection(sidebar: Sidebar, qtbot: QtBot) -> None:
    viewport = sidebar.tree.viewport()
    place = sidebar.tree.visualRect(sidebar.model.heading_of(COLLECTIONS)).center()
    other = sidebar.tree.visualRect(sidebar.model.heading_of(TAG_GROUPING)).center()
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    mime = papers(3, 4)
    QApplication.sendEvent(viewport, QDragEnterEvent(other, copy, mime, buttons, keys))
    move = QDragMoveEvent(other, copy, mime, buttons, keys)
    QApplication.sendEvent(viewport, move)
    assert not move.isAccepted(), "the heading of the tags takes nothing"
    QApplication.sendEvent(viewport, QDragMoveEvent(place, copy, mime, buttons, keys))
    with qtbot.waitSignal(sidebar.new_wanted) as wanted:
        QApplication.sendEvent(viewport, QDropEvent(QPointF(place), copy, mime, buttons, keys))
    assert wanted.args == ["", [3, 4]]


def test_the_menu_of_a_collection_leads_to_all_that_can_be_done_with_it(sidebar: Sidebar) -> None:
    heard: list[tuple[object, ...]] = []
    sidebar.new_wanted.connect(lambda beginning, ids: heard.append(("new", beginning, ids)))
    sidebar.recommend_wanted.connect(lambda scope: heard.append(("recommend", scope)))
    sidebar.rename_wanted.connect(lambda scope: heard.append(("rename", scope)))
    sidebar.export_wanted.connect(lambda scope: heard.append(("export", scope)))
    sidebar.delete_wanted.connect(lambda scope: heard.append(("delete", scope)))
    menu = menu_at(sidebar, ATTENTION)
    assert menu is not None
    for action in menu.actions():
        action.trigger()
    assert heard == [
        ("new", "Survey/Attention/", []),
        *((word, ATTENTION) for word in ("recommend", "rename", "export", "delete")),
    ]
    assert "Colour" not in [action.text() for action in menu.actions()]
    menu.close()


def test_f2_renames_what_has_a_name_of_the_readers_own(sidebar: Sidebar) -> None:
    heard: list[Scope] = []
    sidebar.rename_wanted.connect(heard.append)
    for scope in (READ, ATTENTION, BIN, tag_scope("ml")):
        sidebar.choose(scope)
        press(sidebar.tree, Qt.Key.Key_F2)
    assert heard == [ATTENTION, tag_scope("ml")]


def test_the_menu_of_the_heading_makes_a_collection(sidebar: Sidebar, qtbot: QtBot) -> None:
    place = sidebar.tree.visualRect(sidebar.model.heading_of(COLLECTIONS)).center()
    sidebar.tree.menu_wanted.emit(sidebar.model.heading_of(COLLECTIONS), place)
    menu = sidebar.findChild(QMenu, "sidebar-menu")
    assert menu is not None
    with qtbot.waitSignal(sidebar.new_wanted) as wanted:
        menu.actions()[0].trigger()
    assert wanted.args == ["", []]
    menu.close()


def test_a_long_name_does_not_make_the_menu_as_wide(sidebar: Sidebar) -> None:
    scope = collection_scope("A collection with a name that is much longer/than any menu should be wide")
    sidebar.show_collections([Collection(name=scope.title, count=1)])
    menu = menu_at(sidebar, scope)
    assert menu is not None
    assert menu.actions()[-1].text() == "Delete the collection …uch longer/than any menu should be wide"
    menu.close()


def test_a_click_on_a_heading_closes_what_is_below_it_until_the_next_start_too(sidebar: Sidebar, qtbot: QtBot) -> None:
    heading = sidebar.model.heading_of(COLLECTIONS)
    place = sidebar.tree.visualRect(heading).center()
    click(sidebar.tree.viewport(), place)
    assert not sidebar.tree.isExpanded(heading)
    sidebar.show_collections([*COLLECTIONS_HERE, Collection(name="Thesis", count=1)])
    assert not sidebar.tree.isExpanded(sidebar.model.heading_of(COLLECTIONS))
    sidebar.tree.collapse(sidebar.model.index_of(tag_scope("ml").query))
    again = Sidebar()
    qtbot.addWidget(again)
    again.restore_closed(sidebar.closed_branches())
    again.show_collections(COLLECTIONS_HERE)
    again.show_tags(TAGS)
    assert not again.tree.isExpanded(again.model.heading_of(COLLECTIONS))
    assert not again.tree.isExpanded(again.model.index_of(tag_scope("ml").query))
    assert again.tree.isExpanded(again.model.heading_of(TAG_GROUPING))
    click(sidebar.tree.viewport(), place)
    assert sidebar.tree.isExpanded(sidebar.model.heading_of(COLLECTIONS))


@pytest.mark.parametrize(
    ("closing", "opening"),
    [(Qt.Key.Key_Left, Qt.Key.Key_Right), (Qt.Key.Key_Space, Qt.Key.Key_Space), (Qt.Key.Key_Return, Qt.Key.Key_Enter)],
)
def test_the_keyboard_closes_headings_while_the_shown_list_stays_marked(
    sidebar: Sidebar, chosen: list[Scope], closing: Qt.Key, opening: Qt.Key
) -> None:
    sidebar.choose(ALL)
    press(sidebar.tree, Qt.Key.Key_Down)
    heading = sidebar.model.heading_of(COLLECTIONS)
    assert sidebar.tree.currentIndex() == heading
    assert heading.data(SPOKEN) == "Collections, expanded"
    press(sidebar.tree, closing)
    assert not sidebar.tree.isExpanded(heading)
    assert heading.data(SPOKEN) == "Collections, collapsed"
    press(sidebar.tree, opening)
    assert sidebar.tree.isExpanded(heading)
    assert sidebar.tree.selectionModel().selectedIndexes() == [sidebar.model.index_of(ALL.query)]
    assert not chosen


def test_a_heading_shows_that_the_keyboard_is_on_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.tree.setFocus()
    qtbot.waitUntil(sidebar.tree.hasFocus)
    heading = sidebar.model.heading_of(TAG_GROUPING)
    place = sidebar.tree.visualRect(heading)
    before = sidebar.tree.viewport().grab(place).toImage()
    sidebar.tree.setCurrentIndex(heading)
    assert sidebar.tree.viewport().grab(place).toImage() != before


def test_a_heading_with_nothing_below_it_is_neither_expanded_nor_collapsed(sidebar: Sidebar) -> None:
    sidebar.show_collections([])
    assert sidebar.model.heading_of(COLLECTIONS).data(SPOKEN) == "Collections"


def test_a_collection_that_is_still_to_come_is_marked_when_it_is_there(sidebar: Sidebar, chosen: list[Scope]) -> None:
    thesis = collection_scope("Thesis")
    sidebar.choose(thesis)
    assert not sidebar.tree.currentIndex().isValid()
    sidebar.show_collections([*COLLECTIONS_HERE, Collection(name="Thesis", count=0)])
    assert sidebar.tree.currentIndex().data() == "Thesis"
    assert chosen == []


def test_that_the_chosen_entry_is_gone_is_told_once(sidebar: Sidebar, qtbot: QtBot) -> None:
    heard: list[Scope] = []
    sidebar.gone.connect(heard.append)
    sidebar.choose(ATTENTION)
    sidebar.show_collections(COLLECTIONS_HERE[:1])
    sidebar.show_collections([])
    assert heard == [ATTENTION]


def test_every_colour_of_the_library_is_offered() -> None:
    assert set(sidebar_tools.TAG_COLORS) == set(TAG_COLORS)


def test_names_that_differ_in_their_quotes_alone_are_two_entries(sidebar: Sidebar) -> None:
    both = [Collection(name='"best" ones', count=3), Collection(name="best ones", count=4)]
    sidebar.show_collections(both)
    counts = [sidebar.model.index_of(collection_scope(one.name).query).data(COUNT_ROLE) for one in both]
    assert counts == [3, 4]
    sidebar.show_collections([])
    assert sidebar.model.rowCount(sidebar.model.heading_of(COLLECTIONS)) == 0


def test_long_names_end_in_an_ellipsis_and_everything_can_be_painted(sidebar: Sidebar) -> None:
    before = sidebar.grab().toImage()
    sidebar.show_tags([Tag(name="a tag with a very long name that does not fit", color="red", count=123456)])
    sidebar.tree.setFocus()
    assert sidebar.grab().toImage() != before
    assert sidebar.tree.horizontalScrollBar().maximum() == 0
