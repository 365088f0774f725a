"""Reading PDFs: a paper is opened in a tab, its place is kept, and the actions of the PDF in front find it."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from readinglist.domain.annotation import AnnotationKind
from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.recommendation import PageOfPdf
from readinglist.domain.wording import count_text
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.reading import OpenPaper
from readinglist.ui.actions import PDF_MENUS, Context, MenuOf
from readinglist.ui.handlers.moved_tabs import MovedTabs
from readinglist.ui.handlers.opening import Opening, Wanted
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.handlers.pdf_output import PdfOutput
from readinglist.ui.handlers.reader_places import page_in, pages_of, place_of
from readinglist.ui.handlers.reader_words import ReaderWords
from readinglist.ui.handlers.reopening import OpenTab, Reopening
from readinglist.ui.reader.needs import INITIATOR
from readinglist.ui.reader.viewing import Fit
from readinglist.ui.widgets.delays import make_delay

if TYPE_CHECKING:
    from readinglist.ui.reader.foreseeing import First
    from readinglist.ui.reader.tab import ReaderTab
    from readinglist.ui.reader.waiting_tab import WaitingTab

log = logging.getLogger(__name__)

Handler = Callable[[], None]
SAFE_SCHEMES = {"http", "https"}
KEEP_MS = 1000
MOST_DIGITS = 15  # of a paper's number
TRUE_ZOOM = 96 / 72  # as on paper, on a screen of 96 pixels an inch
KINDS = {
    "highlight": AnnotationKind.HIGHLIGHT,
    "underline": AnnotationKind.UNDERLINE,
    "strike-out": AnnotationKind.STRIKE_OUT,
    "page-note": AnnotationKind.NOTE,
    "area": AnnotationKind.AREA,
    "draw": AnnotationKind.INK,
    "write": AnnotationKind.TEXT,
}


class Reader:
    """Opens and closes tabs, and acts on the one in front."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._opened: dict[ReaderTab, OpenPaper] = {}
        self._opening = Opening(parts, self._opened, make=self._make, forget=self._forget, again=self._show)
        self._output = PdfOutput(parts)
        self._words = ReaderWords(parts)
        self._reopening = Reopening(parts)
        self._moved = MovedTabs(parts, leave=self._leave, end=self._end)
        self._is_kept = False  # the tabs of the last time are there again, and these are to be kept
        # Which tabs are open: a file is written, and the first page comes before.
        self._keeping = make_delay(parts.window, KEEP_MS, self._keep_tabs)
        self._offered: set[ReaderTab] = set()
        parts.tabs.close_wanted.connect(self.close)
        parts.tabs.waiting_chosen.connect(lambda tab: self.open(tab.paper_id, sha256=tab.sha256))
        parts.bridge.subscribe({ChangeKind.ANNOTATIONS}, self._on_annotations)
        parts.bridge.subscribe(
            {ChangeKind.FILES}, self._moved.follow
        )  # before those of papers that are gone are closed
        parts.bridge.subscribe({ChangeKind.REMOVED}, self._on_removed)

    def open(
        self,
        paper_id: PaperId,
        *,
        sha256: str | None = None,
        page: int | None = None,
        found: PageOfPdf | None = None,
    ) -> None:
        """Show a paper's PDF in a tab, at the page where the reader stopped or at another one.

        Args:
            paper_id: Which paper.
            sha256: Which of its files; None takes the one that is open, or was open last, or the first.
            page: None for where the reader stopped.
            found: What a search found there, in place of file and page: it is marked.
        """
        if found is not None:
            sha256, page = found.sha256, found.page
        self._show(Wanted(paper_id=paper_id, sha256=sha256, page=page, found=found))

    def follow(self, address: str) -> None:
        """Open the paper that a link names, at its page: `readinglist://paper/7?page=3`."""
        parts = urlsplit(address)
        number, pages = parts.path.strip("/"), parse_qs(parts.query).get("page", [])
        page = int(pages[0]) if pages and pages[0].isdecimal() else None
        is_number = number.isdecimal() and len(number) <= MOST_DIGITS
        found = self._parts.workspace.catalog.rows([PaperId(int(number))]) if is_number else []
        if parts.netloc != "paper" or not found:
            self._parts.toast.say(f"The link {address} leads to no paper of this library.", is_error=True)
        else:
            self.open(found[0].id, page=page)

    def reopen(self, *, is_front_wanted: bool) -> None:
        """Bring back the tabs of the last time; the front one comes to the front only if nothing else was asked for."""
        self._reopening.restore(is_front_wanted=is_front_wanted)
        self._is_kept = True
        self._parts.tabs.front_changed.connect(self._keeping.start)

    def close(self, tab: "ReaderTab | WaitingTab") -> None:
        """Close a tab; its place is kept. One that is still to be opened is not wanted any more."""
        self._opening.give_up(tab.paper_id, tab.sha256)
        opened = self._find(tab)
        if opened is not None:
            self._keep_place(opened)
        self._parts.tabs.take_out(tab)
        self._end(tab)

    def close_all(self) -> None:
        """Keep all places and what was typed; the window is closing."""
        self._keeping.stop()
        self._keep_tabs()
        self._is_kept = False
        for tab in tuple(self._opened):
            self._keep_place(tab, at_once=True)
            self._forget(tab)
        self._output.close()

    def table(self) -> dict[str, Handler]:
        """Return action id to handler, for actions of the PDF in front."""
        on = self._on
        return {
            **{action_id: on(partial(_use, kind)) for action_id, kind in KINDS.items()},
            "next-colour": on(lambda tab: tab.annotator.next_colour()),
            "edit-comment": on(lambda tab: tab.edit_comment()),
            "next-mark": on(lambda tab: tab.annotator.step(1)),
            "previous-mark": on(lambda tab: tab.annotator.step(-1)),
            "remove-mark": on(self._words.remove_mark),
            "take-over": on(self._words.take_over),
            "copy-text": on(self._words.copy),
            "select-text": on(lambda tab: tab.hand.chooser.choose_all()),
            "copy-link": on(self._words.copy_link),
            "search-papers": on(self._words.search_papers),
            "next-hit": on(lambda tab: tab.side.hits.step(1)),
            "previous-hit": on(lambda tab: tab.side.hits.step(-1)),
            "next-link": on(lambda tab: tab.hand.step_link(1)),
            "previous-link": on(lambda tab: tab.hand.step_link(-1)),
            "back": on(lambda tab: tab.jumps.go_back()),
            "forward": on(lambda tab: tab.jumps.go_forward()),
            "next-page": on(lambda tab: tab.pages.step_page(1)),
            "previous-page": on(lambda tab: tab.pages.step_page(-1)),
            "go-to-page": on(lambda tab: tab.bar.begin_page()),
            "zoom-in": on(lambda tab: tab.zoom_in()),
            "zoom-out": on(lambda tab: tab.zoom_out()),
            "fit-width": on(lambda tab: tab.pages.set_fit(Fit.WIDTH)),
            "fit-page": on(lambda tab: tab.pages.set_fit(Fit.PAGE)),
            "true-size": on(lambda tab: tab.pages.set_zoom(TRUE_ZOOM)),
            "two-pages": on(lambda tab: tab.toggle_pairs()),
            "rotate": on(lambda tab: tab.rotate()),
            "dark-pages": on(self._toggle_dark),
            "side-panel": on(lambda tab: tab.toggle_side()),
            "save-copy": on(lambda tab: self._output.save_copy(tab, self._opened[tab])),
            "export-annotations": on(lambda tab: self._output.export(tab, self._opened[tab])),
            "print": on(lambda tab: self._output.print(tab, self._opened[tab])),
            "close-tab": self._close_front,
        }

    def _show(self, wanted: Wanted) -> None:
        tabs = self._parts.tabs
        tab = tabs.find_reader(wanted.paper_id, wanted.sha256)
        if tab is None:
            self._opening.begin(wanted)
            return
        tabs.setCurrentWidget(tab)
        if wanted.page is not None:
            tab.jumps.go_to(page_in(wanted.page, len(tab.document.info.pages)))
        if wanted.found is not None:
            tab.found.show(wanted.found)
        tab.focus_pages()

    def _on(self, function: Callable[["ReaderTab"], object]) -> Handler:
        def run() -> None:
            tab = self._parts.tabs.front
            if tab is not None:
                function(tab)

        return run

    def _close_front(self) -> None:
        tab = self._parts.tabs.front_pdf
        if tab is not None:
            self.close(tab)

    def _make(self, opened: OpenPaper, first: "First | None", page: int | None) -> "ReaderTab":
        """Make the tab while its first picture is being drawn; it comes to the front when that is there."""
        from readinglist.ui.reader.tab import ReaderTab

        parts = self._parts
        marks = parts.workspace.annotate.marks(opened.paper_id, opened.sha256)
        tab = ReaderTab((opened.paper_id, opened.sha256), opened, marks, parts.bridge, parts.actions, first)
        self._opened[tab] = opened
        parts.actions.attach(tab, Context.READER)
        tab.place_changed.connect(lambda: self._keep_place(tab))
        tab.end_reached.connect(lambda: self._keep_place(tab))
        tab.log.page_read.connect(lambda _: self._keep_place(tab))
        tab.address_wanted.connect(self._open_address)
        tab.menu_wanted.connect(self._show_menu)
        tab.begin(place_of(opened, page), pages_of(opened.position))
        return tab

    def _keep_tabs(self) -> None:
        if self._is_kept:
            front = self._parts.tabs.currentWidget()
            tabs = self._parts.tabs.pdfs
            self._reopening.keep(OpenTab(tab.paper_id, tab.sha256, tab is front) for tab in tabs)

    def _forget(self, tab: "ReaderTab") -> None:
        del self._opened[tab]
        self._offered.discard(tab)
        tab.close_document()
        tab.deleteLater()

    def _find(self, tab: "ReaderTab | WaitingTab") -> "ReaderTab | None":
        return next((one for one in self._opened if one is tab), None)

    def _end(self, tab: "ReaderTab | WaitingTab") -> None:
        """A tab was taken out."""
        opened = self._find(tab)
        if opened is not None:
            self._forget(opened)
        self._keeping.start()

    def _leave(self, tab: "ReaderTab | WaitingTab", paper_id: PaperId) -> None:
        """Keep the place in a tab whose file is another paper's now; its pages were read for that one too."""
        self._opening.give_up(tab.paper_id, tab.sha256)
        opened = self._find(tab)
        if opened is not None:
            self._opened[opened] = replace(self._opened[opened], paper_id=paper_id)
            self._keep_place(opened, at_once=True)

    def _keep_place(self, tab: "ReaderTab", *, at_once: bool = False) -> None:
        opened = self._opened.get(tab)
        if opened is None:
            return
        place, pages_read, seconds = tab.pages.place, sorted(tab.log.read), tab.log.take_seconds()
        reading, edit = self._parts.workspace.reading, self._parts.workspace.edit

        def keep(_context: JobContext | None = None) -> bool:
            position = reading.save_position(
                opened, page=place.page, offset=place.offset, zoom=place.zoom, pages_read=pages_read
            )
            edit.add_reading_time(opened.paper_id, seconds)
            return reading.offers_read(opened.paper_id, position)

        if at_once:  # the lanes are about to end
            keep()
        else:
            self._parts.bridge.run(
                keep, lane=Lane.LIBRARY, on_done=lambda offers: self._offer_read(tab, offers=offers), is_kept=True
            )

    def _offer_read(self, tab: "ReaderTab", *, offers: bool) -> None:
        """Offer it once, and only while the reader is at the end."""
        if not offers or tab in self._offered or tab not in self._opened or not tab.pages.is_at_end:
            return
        self._offered.add(tab)
        parts, paper_id = self._parts, tab.paper_id
        edit = parts.workspace.edit

        def mark() -> None:
            parts.edit(
                lambda: edit.set_status([paper_id], Status.READ),
                lambda _: parts.say_with_undo(f"{count_text(1, 'paper')} marked as {Status.READ.label}."),
            )

        parts.toast.say("You have come to the end.", action="Mark as Read", run=mark)

    def _on_annotations(self, changes: Changes) -> None:
        if changes.initiator == INITIATOR:
            return
        for tab in self._opened:
            if tab.paper_id in changes.ids:
                tab.annotator.load()

    def _on_removed(self, changes: Changes) -> None:
        """A paper that is gone has no tab; one in the bin keeps it, as undo may bring it back."""
        catalog = self._parts.workspace.catalog
        touched = [tab for tab in self._opened if tab.paper_id in changes.ids]
        kept = {row.id for row in catalog.rows([tab.paper_id for tab in touched])}
        for tab in touched:
            if tab.paper_id not in kept:
                self._parts.tabs.take_out(tab)
                self._forget(tab)

    def _open_address(self, address: str) -> None:
        """Open a link in the browser: a PDF comes from anybody, so only what a browser opens is opened."""
        url = QUrl(address)
        if url.scheme().lower() not in SAFE_SCHEMES:
            self._parts.toast.say(f"This link leads to {address}, which is not opened from a PDF.")
        elif not QDesktopServices.openUrl(url):
            self._parts.toast.say(f"Nothing on this computer opens {address}.", is_error=True)

    def _show_menu(self, about: MenuOf, place: QPoint) -> None:
        menu = QMenu(self._parts.window)
        menu.setObjectName("reader-menu")
        menu.aboutToHide.connect(menu.deleteLater)
        tab = self._parts.tabs.front
        away = tab.bar.closed_ways if tab is not None else set()
        self._parts.actions.fill(menu, [one for one in PDF_MENUS[about] if one not in away])
        menu.popup(place)

    def _toggle_dark(self, tab: "ReaderTab") -> None:
        is_dark = not tab.is_dark
        for one in self._opened:
            one.set_dark(is_dark=is_dark)
        self._parts.state.keep({"dark-pages": "yes" if is_dark else "no"})


def _use(kind: AnnotationKind, tab: "ReaderTab") -> None:
    tab.use(kind)
