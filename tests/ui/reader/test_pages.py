"""Looking at pages: what is drawn and asked for, scrolling, zoom, turning, two beside each other, dark pages."""

from concurrent.futures import Future

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.domain.pages import PagePicture, PictureWanted, Point
from readinglist.ui.reader.foreseeing import First, Foreseen
from readinglist.ui.reader.pages_view import PagesView
from readinglist.ui.reader.tab import ReaderTab
from readinglist.ui.reader.viewing import Fit, Place
from readinglist.ui.theme.palette import load_palette
from tests.helpers.reading import KeptMarks, ProcessDocument, make_tab, place_of
from tests.helpers.ui_core import UiCore, destroy
from tests.helpers.ui_input import press

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(tab: ReaderTab) -> QImage:
    return tab.pages.viewport().grab().toImage()


def is_sharp(tab: ReaderTab) -> bool:
    scale = tab.pages.zoom * tab.devicePixelRatioF()
    kept = [tab.pictures.best(page, scale) for page in tab.pages.visible_pages]
    return tab.pictures.is_ready and all(one is not None and abs(one.scale - scale) < 0.001 for one in kept)


def turn_wheel(view: PagesView, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_the_page_is_drawn_with_its_words(tab: ReaderTab) -> None:
    image = shown(tab)
    word = next(iter(tab.facts.words(1) or ()))
    corners = [
        place_of(tab, 1, Point(x, y)) for x, y in ((word.rect.left, word.rect.top), (word.rect.right, word.rect.bottom))
    ]
    dark = [
        (x, y)
        for x in range(corners[0].x(), corners[1].x())
        for y in range(corners[0].y(), corners[1].y())
        if image.pixelColor(x, y).lightness() < 100
    ]
    assert len(dark) > 20


def test_a_tab_waits_for_its_first_picture_and_not_for_long(
    document: ProcessDocument, marks: KeptMarks, core: UiCore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = PictureWanted(page=1, scale=1.0)
    foreseen = Foreseen(width=600, bar_width=12, ratio=1.0)
    window = QMainWindow()
    for coming, patience_ms, is_there in (
        (document.picture(wanted), 40_000, True),  # however slow the computer is
        (Future[PagePicture](), 1, False),
    ):
        monkeypatch.setattr("readinglist.ui.reader.tab.PATIENCE_MS", patience_ms)
        first = First(foreseen=foreseen, wanted=wanted, coming=coming)
        tab = make_tab(document, marks, core.bridge, window, first=first)
        with qtbot.waitSignal(tab.showable):
            tab.begin(Place(), ())
        assert (tab.pictures.best(1, 1.0) is not None) is is_there
        tab.close_document()
        destroy(tab)
    destroy(window)


def test_only_what_is_near_is_asked_for(tab: ReaderTab, document: ProcessDocument, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tab.pictures.is_idle)
    large = {one.page for one in document.wanted if one.scale > 1}
    assert large == {1, 2}, "the first page, and the one after it"
    assert document.wanted[0].page == 1
    document.wanted.clear()
    tab.pages.go_to(4)
    qtbot.waitUntil(lambda: is_sharp(tab))
    first = [one.page for one in document.wanted if one.scale > 1][: len(tab.pages.visible_pages)]
    assert set(first) == set(tab.pages.visible_pages)


def test_a_small_picture_stands_in_until_the_sharp_one_is_there(tab: ReaderTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tab.pictures.is_idle)
    kept = tab.pictures.best(4, 10)
    assert kept is not None, "it was asked for before the reader comes to it"
    assert kept.scale < 1
    tab.pages.go_to(4)
    assert 4 in tab.pages.visible_pages
    qtbot.waitUntil(lambda: is_sharp(tab))


def test_pages_follow_the_width_until_the_zoom_is_chosen(tab: ReaderTab, qtbot: QtBot) -> None:
    before = tab.pages.zoom
    tab.window().resize(1300, 800)
    qtbot.waitUntil(lambda: tab.pages.zoom > before)
    assert tab.pages.horizontalScrollBar().maximum() == 0
    tab.zoom_in()
    chosen = tab.pages.zoom
    tab.window().resize(1000, 800)
    qtbot.waitUntil(lambda: tab.width() == 1000)
    assert tab.pages.zoom == chosen
    assert tab.pages.fit is Fit.FREE


def test_a_whole_page_fits(tab: ReaderTab) -> None:
    tab.pages.set_fit(Fit.PAGE)
    box = tab.pages.arrangement.box(1)
    assert box.height <= tab.pages.viewport().height()
    assert box.width <= tab.pages.viewport().width()


def test_the_wheel_with_control_enlarges_around_the_pointer(tab: ReaderTab) -> None:
    at = place_of(tab, 1, Point(150, 250))
    page, before = tab.pages.locate(QPointF(at))
    zoom = tab.pages.zoom
    turn_wheel(tab.pages, at, 2, CONTROL)
    assert tab.pages.zoom > zoom * 1.2
    after = tab.pages.locate(QPointF(at))
    assert after[0] == page
    assert abs(after[1].x - before.x) < 1.5
    assert abs(after[1].y - before.y) < 1.5
    turn_wheel(tab.pages, at, -2, CONTROL)
    assert abs(tab.pages.zoom - zoom) < 0.01


def test_the_wheel_alone_scrolls(tab: ReaderTab) -> None:
    turn_wheel(tab.pages, QPoint(200, 200), -1, Qt.KeyboardModifier.NoModifier)
    assert tab.pages.verticalScrollBar().value() > 0


def test_keys_turn_screens_and_pages(tab: ReaderTab) -> None:
    bar = tab.pages.verticalScrollBar()
    press(tab.pages, Qt.Key.Key_Space)
    screen = bar.value()
    assert 0 < screen < tab.pages.viewport().height()
    press(tab.pages, Qt.Key.Key_Space, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0
    press(tab.pages, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert tab.pages.page == 6
    press(tab.pages, Qt.Key.Key_Home)
    tab.pages.step_page(1)
    assert tab.pages.place.page == 2
    tab.pages.step_page(1)
    tab.pages.step_page(-1)
    assert tab.pages.place.page == 2
    tab.pages.turn_screen(1)
    tab.pages.step_page(-1)
    assert tab.pages.place.page == 2, "first to the top of the page that one is on"


def test_the_number_above_the_pages_follows_and_leads(tab: ReaderTab) -> None:
    tab.pages.go_to(3)
    assert tab.bar.page.text() == "3"
    tab.bar.begin_page()
    tab.bar.page.setText("5")
    press(tab.bar.page, Qt.Key.Key_Return)
    assert tab.pages.page == 5
    assert tab.pages.hasFocus()
    tab.jumps.go_back()
    assert tab.pages.page == 3
    tab.jumps.go_forward()
    assert tab.pages.page == 5


def test_escape_gives_up_the_number_and_leads_back_to_the_pages(tab: ReaderTab) -> None:
    tab.bar.begin_page()
    press(tab.bar.page, Qt.Key.Key_5, Qt.Key.Key_Escape)
    assert (tab.bar.page.text(), tab.pages.page, tab.pages.hasFocus()) == ("1", 1, True)


def test_two_pages_and_one_again_stay_at_the_page_that_was_read(tab: ReaderTab) -> None:
    tab.pages.go_to(4)
    tab.toggle_pairs()
    tab.toggle_pairs()
    assert tab.pages.page == 4


def test_the_ways_back_and_forward_are_open_when_they_lead_somewhere(tab: ReaderTab) -> None:
    assert tab.bar.closed_ways == {"back", "forward"}
    tab.jumps.go_to(3)
    assert tab.bar.closed_ways == {"forward"}
    tab.jumps.go_back()
    assert tab.bar.closed_ways == {"back"}


def test_a_place_is_found_again_at_every_zoom(tab: ReaderTab) -> None:
    for zoom in ("width", "page", "1.7"):
        tab.pages.go_to_place(Place(page=3, offset=0.4, zoom=zoom))
        place = tab.pages.place
        assert (place.page, place.zoom) == (3, zoom)
        assert abs(place.offset - 0.4) < 0.01


def test_two_pages_stand_side_by_side(tab: ReaderTab, qtbot: QtBot) -> None:
    tab.pages.go_to(3)
    tab.toggle_pairs()
    boxes = [tab.pages.arrangement.box(page) for page in (3, 4)]
    assert boxes[0].top == boxes[1].top
    assert {3, 4} <= set(tab.pages.visible_pages)
    assert tab.pages.horizontalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: is_sharp(tab))
    tab.toggle_pairs()
    assert tab.pages.page == 3


def test_turned_pages_are_drawn_turned(tab: ReaderTab, document: ProcessDocument, qtbot: QtBot) -> None:
    tab.rotate()
    box = tab.pages.arrangement.box(1)
    assert box.width > box.height
    qtbot.waitUntil(lambda: is_sharp(tab))
    kept = tab.pictures.best(1, tab.pages.zoom)
    assert kept is not None
    assert kept.image.width() > kept.image.height()
    assert document.wanted[-1].rotation == 90
    for _ in range(3):
        tab.rotate()
    assert tab.pages.arrangement.box(1).width < tab.pages.arrangement.box(1).height


def test_dark_pages_are_dark_and_pictures_stay(tab: ReaderTab, qtbot: QtBot) -> None:
    tab.pages.go_to(2)
    tab.set_dark(is_dark=True)
    qtbot.waitUntil(lambda: is_sharp(tab))
    image = shown(tab)
    dark = load_palette("dark")["paper"]
    ground = QColor(image.pixel(place_of(tab, 2, Point(30, 400))))
    assert ground.rgb() == dark.rgb()
    picture = QColor(image.pixel(place_of(tab, 2, Point(420, 40))))
    assert picture.red() > 200
    assert picture.blue() < 60


def test_a_page_at_high_zoom_is_drawn_in_sharp_tiles(tab: ReaderTab, document: ProcessDocument, qtbot: QtBot) -> None:
    tab.pages.set_zoom(8)
    qtbot.waitUntil(lambda: any(one.clip is not None for one in document.wanted) and tab.pictures.is_ready)
    tiles = [one for one in document.wanted if one.clip is not None]
    assert all(abs(one.scale - 8) < 0.01 for one in tiles)
    assert all(one.scale < 8 for one in document.wanted if one.clip is None)
    image = shown(tab)
    edges = sum(
        abs(image.pixelColor(x, y).lightness() - image.pixelColor(x + 1, y).lightness()) > 120
        for x in range(image.width() - 1)
        for y in range(0, image.height(), 4)
    )
    assert edges > 20, "letters with hard edges, not blown up ones"


def test_a_page_that_cannot_be_drawn_says_why(tab: ReaderTab, document: ProcessDocument, qtbot: QtBot) -> None:
    document.path = document.path.with_name("gone.pdf")
    tab.pages.set_zoom(2.222)
    qtbot.waitUntil(lambda: tab.pictures.problem(1) != "")
    assert "gone.pdf" in tab.pictures.problem(1)
    shown(tab)
