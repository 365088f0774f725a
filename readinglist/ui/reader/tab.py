"""A tab in which a PDF is read: puts the pages, what lies on them and what stands beside them together."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.annotation import AnnotationKind
from readinglist.domain.pages import OutlineEntry, PageLink
from readinglist.domain.paper import PaperId
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.wording import plain_tooltip
from readinglist.ui.reader.annotator import Annotator
from readinglist.ui.reader.beside import Beside
from readinglist.ui.reader.finder import Finder
from readinglist.ui.reader.foreseeing import HANDLE_WIDTH, SIDE_FROM, SIDE_WIDTH, First
from readinglist.ui.reader.found_place import FoundMark
from readinglist.ui.reader.hand import PagesHand
from readinglist.ui.reader.jumps import Jumps
from readinglist.ui.reader.needs import Document, Marks
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.page_painting import PagePainter
from readinglist.ui.reader.pages_view import ZOOM_STEP, PagesView
from readinglist.ui.reader.pictures import Pen, Pictures, make_pen
from readinglist.ui.reader.preview import LinkPreview
from readinglist.ui.reader.reading_log import ReadingLog
from readinglist.ui.reader.scene import Scene
from readinglist.ui.reader.side_panel import Panel
from readinglist.ui.reader.toolbar import ReaderBar
from readinglist.ui.reader.viewing import Place
from readinglist.ui.widgets.action_set import ActionSet
from readinglist.ui.widgets.delays import make_delay

KEEP_MS = 1000  # after the last scrolling
PATIENCE_MS = 100  # for the first picture; then the tab comes without it
FURNISH_MS = 300  # after which the panel does not wait for a heavy first page any more


class ReaderTab(QWidget):
    """One open PDF.

    Args:
        of: The paper, and the SHA-256 of the file: a paper may have several.
        document: The PDF.
        marks: Its annotations in the library.
        bridge: The road to both.
        actions: Of the window, for the buttons.
        first: Picture that is on its way while the tab is being made; None if there is none.
    """

    place_changed = Signal()  # a moment ago; worth keeping
    end_reached = Signal()
    address_wanted = Signal(str)  # a link leads outside
    menu_wanted = Signal(object, QPoint)  # MenuOf, place on the screen
    showable = Signal()  # once, after `begin`: the first page would be there at once, or that takes too long

    def __init__(
        self,
        of: tuple[PaperId, str],
        document: Document,
        marks: Marks,
        bridge: Bridge,
        actions: ActionSet,
        first: First | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("reader-tab")
        self.setAccessibleName(document.name)
        self.paper_id, self.sha256 = of
        self.document = document
        self._bridge = bridge
        self._is_closed = False
        self._is_dark, self._width = False, 0
        self._is_showable = False
        self.scene = Scene(self)
        self.facts = PageFacts(document, bridge, self)
        self.pictures = Pictures(document, bridge, self)
        self._painter = PagePainter(self.pictures, self.facts, self.scene)
        self.pages = PagesView(document.info.pages, self._painter, self)
        if first is not None:
            self._expect(first)
        self.hand = PagesHand(self.pages, self.facts, self.scene)
        self.found = FoundMark(self.pages, self.facts, self.scene, self)
        self.annotator = Annotator(document, marks, bridge, self.scene, self.facts)
        self.finder = Finder(document, bridge, self)
        self.side = Beside(document, self.pictures, self.annotator, self.scene, self.finder, self)
        self.preview = LinkPreview(document, bridge, self.pages.viewport())
        self.bar = ReaderBar(actions, len(document.info.pages), self)
        self.jumps = Jumps(self.pages, self.bar)
        self.log = ReadingLog(self._looked_at, lambda: (self.pages.place, QCursor.pos().toTuple()), self)
        self._keeping = make_delay(self, KEEP_MS, self.place_changed)
        self._lay_out()
        self._connect()

    def begin(self, place: Place, pages_read: Iterable[int]) -> None:
        """Show where the reader was; everything else comes after the first page."""
        self.log.read |= set(pages_read)
        self.side.setVisible(max(self.width(), self._width) >= SIDE_FROM)  # before the pages find their size
        self.pages.go_to_place(place)
        self._show_page(place.page)
        self.bar.show_colour(self.annotator.colour)
        self.annotator.load()
        self.log.start()
        self.pictures.arrived.connect(self._tell_showable)
        QTimer.singleShot(0 if self.pictures.is_idle else PATIENCE_MS, self, self._tell_showable)
        QTimer.singleShot(FURNISH_MS, self, self.side.furnish)

    def close_document(self) -> None:
        """Store what was typed, and let go of the file."""
        if self._is_closed:
            return
        self._is_closed = True
        self.log.stop()
        self._keeping.stop()
        self.annotator.close()
        for part in (self.pictures, self.facts, self.finder):
            part.close()
        self.preview.close_pictures()
        self.document.close()

    @property
    def is_dark(self) -> bool:
        """The pages are dark."""
        return self._is_dark

    def set_dark(self, *, is_dark: bool) -> None:
        """Show dark pages, or pages as they are."""
        self._is_dark = is_dark
        self._draw_anew()

    def rotate(self) -> None:
        """Turn the pages by a quarter, clockwise."""
        self.pages.set_rotation(self.pages.arrangement.look.rotation + 90)
        self._draw_anew()

    def zoom_in(self) -> None:
        """Show less, larger."""
        self.pages.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show more, smaller."""
        self.pages.zoom_by(1 / ZOOM_STEP)

    def toggle_pairs(self) -> None:
        """Show two pages beside each other, or one."""
        self.pages.set_paired(is_paired=not self.pages.arrangement.look.is_paired)

    def toggle_side(self) -> None:
        """Show or hide the panel."""
        self.side.setVisible(not self.side.isVisible())
        if not self.side.isVisible():
            self.focus_pages()

    def show_panel(self, panel: Panel) -> None:
        """Show the panel with something in it."""
        self.side.show()
        self.side.show_panel(panel)

    def begin_search(self) -> None:
        """Search; for the chosen words if they are few, or for those that were found here."""
        self.side.begin_search(self.hand.chooser.phrase or self.found.phrase)

    def focus_pages(self) -> None:
        """Give the keyboard back to the pages."""
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> bool:
        """Put the chosen words, or the words of the chosen annotation, into the clipboard; False if there are none."""
        if self.hand.chooser.copy():
            return True
        chosen = self.scene.find(self.scene.chosen)
        text = (chosen.quote or chosen.comment) if chosen is not None else ""
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def copy_link(self) -> bool:
        """Put where the link leads that the menu was opened on, or that is shown, into the clipboard; False if none."""
        link = self.hand.link_of_menu or (self.scene.link[1] if self.scene.link is not None else None)
        if link is None or not link.address:
            return False
        QGuiApplication.clipboard().setText(link.address)
        return True

    def use(self, kind: AnnotationKind) -> None:
        """Make an annotation of the chosen words; without any, take the tool or put it away."""
        selection = self.scene.selection
        if kind.is_on_text and selection is not None:
            self.facts.when_known(selection.pages, lambda: self._mark(kind))
            return
        is_made = not kind.is_on_text and kind is not AnnotationKind.INK and self.annotator.put_at_words(kind)
        if not is_made:
            self.hand.take(None if self.hand.tool is kind else kind)

    def edit_comment(self) -> None:
        """Write the comment of the chosen annotation."""
        if self.annotator.find_own(self.scene.chosen) is not None:
            self.show_panel(Panel.ANNOTATIONS)
            self.side.marks.editor.begin()

    def remove_mark(self) -> bool:
        """Delete the chosen annotation; False if none is chosen that can be."""
        return self.annotator.remove(self.scene.chosen)

    def show_mark(self, uid: str) -> None:
        """Bring an annotation into view."""
        mark = self.scene.find(uid)
        if mark is not None and mark.rects:
            self.pages.reveal(mark.page, mark.rects[0])

    def _expect(self, first: First) -> None:
        self._is_dark, self._width = first.foreseen.dark is not None, first.foreseen.width
        self.pictures.pen = self._pen()
        self.pictures.expect(first)

    def _lay_out(self) -> None:
        self._splitter = QSplitter(self)
        self._splitter.setObjectName("reader-splitter")
        self._splitter.setHandleWidth(HANDLE_WIDTH)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.side)
        self._splitter.addWidget(self.pages)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([SIDE_WIDTH, 4 * SIDE_WIDTH])
        self.side.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.pages)

    def _connect(self) -> None:
        pages, hand, scene = self.pages, self.hand, self.scene
        self.pictures.arrived.connect(pages.refresh)
        pages.begun.connect(self._load_rest)
        self.facts.arrived.connect(pages.refresh)
        scene.changed.connect(pages.viewport().update)
        pages.page_changed.connect(self._show_page)
        pages.zoom_changed.connect(lambda: self.bar.show_zoom(pages.zoom))
        pages.place_changed.connect(self._keeping.start)
        pages.place_changed.connect(self.preview.forget)
        pages.place_changed.connect(hand.look_again)
        pages.end_reached.connect(self.end_reached)
        pages.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        pages.customContextMenuRequested.connect(self._ask_for_menu)
        hand.link_followed.connect(self._follow)
        hand.link_rested_on.connect(self._show_target)
        hand.step_wanted.connect(lambda by: self.jumps.go_forward() if by > 0 else self.jumps.go_back())
        hand.link_left.connect(self.preview.forget)
        hand.words_marked.connect(self._mark_with_tool)
        hand.drawn.connect(self._take_draft)
        hand.mark_opened.connect(self._open_mark)
        hand.tool_changed.connect(self.bar.show_tool)
        scene.chosen_changed.connect(self.show_mark)
        self.annotator.colour_changed.connect(lambda _: self._show_colour())
        self.annotator.taken_over.connect(self._leave_out)
        self.annotator.comment_wanted.connect(lambda _: self.edit_comment())
        self.bar.colour_chosen.connect(self.annotator.set_colour)
        self.bar.page_wanted.connect(self._go_to_page)
        self.bar.left.connect(self.focus_pages)
        self.side.place_wanted.connect(self.jumps.go_to)
        self.side.hit_wanted.connect(self._show_hit)
        self.side.left.connect(self.focus_pages)
        self.side.hits_listed.connect(self._show_hits)
        theme.notifier().changed.connect(self._draw_anew)

    def _tell_showable(self) -> None:
        if not self._is_showable:
            self._is_showable = True
            self.showable.emit()

    def _load_rest(self) -> None:
        if self._is_closed:
            return
        self.side.furnish()
        self.annotator.load_from_file()
        self._bridge.when_done(self.document.outline(), self._show_outline, on_error=self._fail)

    def _show_outline(self, entries: tuple[OutlineEntry, ...]) -> None:
        if not self._is_closed:
            self.side.show_outline(entries)

    def _fail(self, error: BaseException) -> None:
        if not self._is_closed:  # the pages are there all the same
            self._bridge.fail(error)

    def _show_page(self, page: int) -> None:
        self.bar.show_page(page)
        self.side.show_page(page)

    def _go_to_page(self, page: int) -> None:
        self.jumps.go_to(page)
        self.focus_pages()

    def _ask_for_menu(self, at: QPoint) -> None:
        self.preview.forget()
        self.menu_wanted.emit(self.hand.look_at(at.toPointF()), self.pages.mapToGlobal(at))

    def _show_target(self, link: PageLink, place: QRect) -> None:
        if link.address:
            QToolTip.showText(place.bottomLeft(), plain_tooltip(link.address), self.pages)
        else:
            self.preview.show_target(link, place, self.pictures.pen)

    def _follow(self, link: PageLink) -> None:
        if link.page is not None:
            self.jumps.go_to(link.page, link.point)
        elif link.address:
            self.address_wanted.emit(link.address)

    def _mark(self, kind: AnnotationKind) -> None:
        self.annotator.mark(kind)

    def _mark_with_tool(self) -> None:
        if self.hand.tool is not None:
            self.annotator.mark(self.hand.tool)

    def _take_draft(self, draft: object) -> None:
        self.annotator.add_draft(draft)  # type: ignore[arg-type]  # a signal's objects have no type
        if self.hand.tool is not AnnotationKind.INK:  # writing by hand takes many strokes
            self.hand.take(None)

    def _open_mark(self, uid: str) -> None:
        self.scene.choose(uid)
        self.edit_comment()

    def _show_colour(self) -> None:
        self._painter.colour = self.annotator.colour
        self.bar.show_colour(self.annotator.colour)

    def _leave_out(self, hidden: dict[int, tuple[str, ...]]) -> None:
        self.pictures.leave_out(hidden)
        self.pages.refresh()

    def _show_hits(self) -> None:
        self.scene.show_hits(self.finder.hits)
        if not self.finder.hits:
            self.scene.show_current_hit(-1)
        elif self.scene.current_hit < 0 and self.side.hits.line.hasFocus():
            self.side.hits.choose_from(self.pages.page)

    def _show_hit(self, number: int) -> None:
        if self.scene.current_hit < 0:
            self.jumps.leave()
        self.scene.show_found(None)
        self.scene.show_current_hit(number)
        hit = self.finder.hits[number]
        self.pages.reveal(hit.page, hit.rects[0])

    def _draw_anew(self) -> None:
        self.pictures.pen = self._pen()
        self.side.draw_anew()
        self.pages.refresh()

    def _pen(self) -> Pen:
        return make_pen(self.pages.arrangement.look.rotation, is_dark=self._is_dark)

    def _looked_at(self) -> Sequence[int]:
        return self.pages.looked_at if self.isVisible() and self.isActiveWindow() else ()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.fit(event.size().width())
