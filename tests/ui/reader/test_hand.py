"""What the mouse and the keys do on the pages: choosing words, links, back and forward, the preview."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.annotation import AnnotationKind
from readinglist.domain.pages import Point
from readinglist.ui.actions import MenuOf
from readinglist.ui.reader.tab import ReaderTab
from tests.helpers.reading import choose_line, drag, height_of, place_of
from tests.helpers.ui_input import click, press

SHIFT = Qt.KeyboardModifier.ShiftModifier
INSIDE = Point(100, 775)  # the link to page 1
OUTSIDE = Point(250, 775)


def clipboard() -> str:
    return QApplication.clipboard().text()


def to_the_foot(tab: ReaderTab, page: int, qtbot: QtBot) -> None:
    tab.pages.go_to(page, Point(60, 700))
    qtbot.waitUntil(lambda: bool(tab.facts.links(page)))


def point_at(widget: QWidget, place: QPoint, qtbot: QtBot) -> None:
    """Move the pointer to a place until Qt knows it there: a window that ends elsewhere can take it away once more."""

    def is_there() -> bool:
        QTest.mouseMove(widget, place + QPoint(0, -60))  # where it stands already it would not be moved at all
        QTest.mouseMove(widget, place)
        return widget.underMouse()

    qtbot.waitUntil(is_there)


def is_on_link(tab: ReaderTab) -> bool:
    return tab.scene.link is not None


def test_words_are_chosen_in_one_column_and_copied(tab: ReaderTab) -> None:
    choose_line(tab, 1, 0, 2)
    assert tab.copy()
    assert clipboard() == "p1c0l2 the quick brown fox jumps"


def test_a_selection_of_several_lines_stays_in_its_column(tab: ReaderTab) -> None:
    drag(tab, 1, Point(62, height_of(2)), Point(200, height_of(5)))
    tab.copy()
    assert clipboard().startswith("p1c0l2 the quick brown fox jumps p1c0l3")
    assert "c1" not in clipboard()


def test_nothing_is_copied_while_nothing_is_chosen(tab: ReaderTab) -> None:
    QApplication.clipboard().setText("before")
    assert not tab.copy()
    assert clipboard() == "before"


def test_a_double_click_chooses_a_word_and_with_shift_the_line(tab: ReaderTab) -> None:
    viewport, at = tab.pages.viewport(), place_of(tab, 1, Point(70, height_of(2)))
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    tab.copy()
    assert clipboard() == "p1c0l2"
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, SHIFT, at)
    tab.copy()
    assert clipboard() == "p1c0l2 the quick brown fox jumps"


def test_a_third_click_chooses_the_line_and_a_fourth_the_paragraph(tab: ReaderTab) -> None:
    viewport, button, none = tab.pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = place_of(tab, 1, edge_of(tab, "quick", 2))
    texts = []
    for act in (QTest.mousePress, QTest.mouseDClick, QTest.mousePress, QTest.mouseDClick):
        act(viewport, button, none, at)
        QTest.mouseMove(viewport, at + QPoint(1, 0))  # a hand is never quite still
        QTest.mouseRelease(viewport, button, none, at + QPoint(1, 0))
        texts.append(tab.scene.selection.text(tab.facts.words) if tab.scene.selection is not None else "")
    assert texts[:2] == ["", "quick"]
    assert texts[2].endswith("the quick brown fox jumps")
    assert texts[2] in texts[3]
    assert len(texts[3]) > len(texts[2])


def test_all_words_are_chosen_and_copied_also_of_pages_that_nobody_looked_at(tab: ReaderTab, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("before")
    assert tab.facts.words(6) is None
    tab.hand.chooser.choose_all()
    assert tab.copy()
    qtbot.waitUntil(lambda: clipboard() != "before")
    lines = clipboard().split("\n")
    assert lines[0].startswith("Section 1: of foxes and dogs")
    assert any("p6c1l47 the quick brown fox jumps" in line for line in lines)


def test_the_buttons_beside_a_mouse_go_back_and_forward(tab: ReaderTab) -> None:
    viewport = tab.pages.viewport()
    tab.jumps.go_to(4)
    QTest.mouseClick(viewport, Qt.MouseButton.BackButton)
    assert tab.pages.page == 1
    QTest.mouseClick(viewport, Qt.MouseButton.ForwardButton)
    assert tab.pages.page == 4


def test_a_menu_is_about_what_lies_under_the_pointer(tab: ReaderTab, qtbot: QtBot) -> None:
    about: list[MenuOf] = []
    tab.menu_wanted.connect(lambda what, _place: about.append(what))
    between = Point(70, height_of(4) + 6.5)  # no line, and still within the mark

    def ask(point: Point) -> None:
        tab.pages.customContextMenuRequested.emit(place_of(tab, 1, point))

    choose_line(tab, 1, 0, 4)
    ask(Point(70, height_of(4)))
    tab.use(AnnotationKind.HIGHLIGHT)
    tab.scene.choose("")
    ask(between)
    assert tab.scene.chosen == tab.annotator.own[0].uid
    ask(Point(20, 400))
    tab.pages.go_to(1, Point(60, 775))
    ask(Point(250, 775))
    assert about == [MenuOf.WORDS, MenuOf.MARK, MenuOf.PAGE, MenuOf.LINK]
    assert tab.copy_link()
    assert clipboard() == "https://example.org/"


def test_words_are_chosen_by_keys_alone(tab: ReaderTab) -> None:
    press(tab.pages, Qt.Key.Key_Right, modifiers=SHIFT)
    tab.copy()
    assert clipboard() == "Section"
    press(tab.pages, Qt.Key.Key_Right, Qt.Key.Key_Right, modifiers=SHIFT)
    tab.copy()
    assert clipboard() == "Section 1: of"
    press(tab.pages, Qt.Key.Key_Left, modifiers=SHIFT | Qt.KeyboardModifier.ControlModifier)
    tab.copy()
    assert clipboard() == "Section 1: o"
    press(tab.pages, Qt.Key.Key_Down, modifiers=SHIFT)
    assert len(tab.scene.selection.text(tab.facts.words)) > 20 if tab.scene.selection else False
    press(tab.pages, Qt.Key.Key_Escape)
    assert tab.scene.selection is None


def test_a_click_beside_the_words_gives_the_selection_up(tab: ReaderTab) -> None:
    choose_line(tab, 1, 0, 2)
    click(tab.pages.viewport(), place_of(tab, 1, Point(20, 400)))
    assert tab.scene.selection is None


def test_shift_and_a_click_lengthens_the_selection(tab: ReaderTab) -> None:
    choose_line(tab, 1, 0, 2)
    click(tab.pages.viewport(), place_of(tab, 1, Point(70, height_of(4))), modifiers=SHIFT)
    tab.copy()
    assert clipboard() == "p1c0l2 the quick brown fox jumps p1c0l3 the quick brown fox jumps p1"


def edge_of(tab: ReaderTab, text: str, letter: int) -> Point:
    """Return the place before a letter of the first word that reads so."""
    word = next(one for one in tab.facts.words(1) or () if one.text == text)
    return Point(word.edges[letter], word.rect.centre.y)


def test_letters_are_chosen_where_the_pointer_is(tab: ReaderTab) -> None:
    drag(tab, 1, edge_of(tab, "quick", 2), edge_of(tab, "brown", 3))
    tab.copy()
    assert clipboard() == "ick bro"
    assert tab.scene.selection is not None
    (rect,) = tab.scene.selection.rects_on(1, tab.facts.words(1) or ())
    assert (rect.left, rect.right) == (edge_of(tab, "quick", 2).x, edge_of(tab, "brown", 3).x)
    drag(tab, 1, edge_of(tab, "brown", 3), edge_of(tab, "brown", 1))
    tab.copy()
    assert clipboard() == "ro"


def test_after_a_double_click_whole_words_are_chosen(tab: ReaderTab) -> None:
    viewport, button, none = tab.pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    start, end = (place_of(tab, 1, edge_of(tab, word, 2)) for word in ("quick", "brown"))
    QTest.mouseDClick(viewport, button, none, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, button, none, end)
    tab.copy()
    assert clipboard() == "quick brown"


def test_a_marker_takes_whole_words(tab: ReaderTab) -> None:
    tab.hand.take(AnnotationKind.HIGHLIGHT)
    drag(tab, 1, edge_of(tab, "quick", 2), edge_of(tab, "brown", 3))
    (mark,) = tab.annotator.own
    assert mark.quote == "quick brown"


def test_a_drag_that_comes_back_to_where_it_began_chooses_nothing(tab: ReaderTab) -> None:
    viewport, button, none = tab.pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    start, end = (place_of(tab, 1, edge_of(tab, word, 2)) for word in ("quick", "brown"))
    QTest.mousePress(viewport, button, none, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseMove(viewport, start)
    QTest.mouseRelease(viewport, button, none, start)
    assert tab.scene.selection is None


def test_the_middle_button_moves_the_paper(tab: ReaderTab) -> None:
    tab.pages.set_zoom(2)
    viewport = tab.pages.viewport()
    start = place_of(tab, 1, Point(200, 300))
    before = tab.pages.verticalScrollBar().value()
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start)
    start.setY(start.y() - 100)
    QTest.mouseMove(viewport, start)
    QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start)
    assert tab.pages.verticalScrollBar().value() == before + 100


def test_a_link_inside_leads_there_and_back_and_forward_again(tab: ReaderTab, qtbot: QtBot) -> None:
    to_the_foot(tab, 4, qtbot)
    place = tab.pages.place
    click(tab.pages.viewport(), place_of(tab, 4, INSIDE))
    assert tab.pages.visible_pages[0] == 1
    assert tab.pages.locate(tab.pages.viewport().rect().topLeft().toPointF())[1].y < 300
    tab.jumps.go_back()
    assert tab.pages.place == place
    tab.jumps.go_forward()
    assert tab.pages.visible_pages[0] == 1


def test_a_pointer_that_is_still_rests_on_what_scrolling_brings_under_it(tab: ReaderTab, qtbot: QtBot) -> None:
    to_the_foot(tab, 4, qtbot)
    viewport = tab.pages.viewport()
    place = place_of(tab, 4, INSIDE)
    bar = tab.pages.verticalScrollBar()
    end = bar.value()
    bar.setValue(end - 200)
    point_at(viewport, place, qtbot)
    assert not is_on_link(tab)
    bar.setValue(end)
    assert is_on_link(tab)
    qtbot.waitUntil(tab.preview.isVisible)
    bar.setValue(end - 200)
    assert tab.preview.isHidden()


def test_a_link_outside_is_handed_on_and_not_followed(tab: ReaderTab, qtbot: QtBot) -> None:
    to_the_foot(tab, 2, qtbot)
    with qtbot.waitSignal(tab.address_wanted) as wanted:
        click(tab.pages.viewport(), place_of(tab, 2, OUTSIDE))
    assert wanted.args == ["https://example.org/"]


def test_dragging_over_a_link_follows_nothing(tab: ReaderTab, qtbot: QtBot) -> None:
    to_the_foot(tab, 4, qtbot)
    qtbot.waitUntil(lambda: bool(tab.facts.words(4)))
    page = tab.pages.page
    drag(tab, 4, Point(62, 776), Point(140, 776))
    assert tab.pages.page == page
    assert tab.scene.selection is not None


def test_resting_on_a_link_shows_where_it_leads(tab: ReaderTab, qtbot: QtBot) -> None:
    to_the_foot(tab, 4, qtbot)
    viewport = tab.pages.viewport()
    point_at(viewport, place_of(tab, 4, INSIDE), qtbot)
    qtbot.waitUntil(tab.preview.isVisible)
    assert tab.preview.width() > 200
    assert viewport.rect().contains(tab.preview.geometry())
    assert tab.pages.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(viewport, place_of(tab, 4, Point(20, 700)))
    assert tab.preview.isHidden()


@pytest.mark.parametrize("by", [1, -1])
def test_links_are_reached_and_followed_by_keys(tab: ReaderTab, by: int, qtbot: QtBot) -> None:
    to_the_foot(tab, 4, qtbot)
    qtbot.waitUntil(lambda: tab.pictures.is_ready and all(map(tab.facts.links, tab.pages.visible_pages)))

    def is_inside() -> bool:
        tab.hand.step_link(by)
        return tab.scene.link is not None and tab.scene.link[1].page == 1

    assert any(is_inside() for _ in range(4))
    press(tab.pages, Qt.Key.Key_Return)
    assert tab.pages.visible_pages[0] == 1
