"""The panes of one tab beside its pages, and what they and the pages tell each other."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from readinglist.domain.pages import OutlineEntry
from readinglist.ui.reader.annotations_pane import AnnotationsPane
from readinglist.ui.reader.annotator import Annotator
from readinglist.ui.reader.contents import ContentsPane
from readinglist.ui.reader.finder import Finder
from readinglist.ui.reader.hits_pane import HitsPane
from readinglist.ui.reader.needs import Document
from readinglist.ui.reader.pictures import Pictures
from readinglist.ui.reader.scene import Scene
from readinglist.ui.reader.side_panel import Panel, SidePanel
from readinglist.ui.reader.thumbnails import Thumbnails


class Beside(SidePanel):
    """Contents, small pages, annotations and search.

    Args:
        document: The PDF.
        pictures: Of its pages.
        annotator: Its annotations.
        scene: What lies on the pages.
        finder: Searches in it.
        parent: Owner.
    """

    place_wanted = Signal(int, object)  # page, Point or None for its top
    hit_wanted = Signal(int)  # its number
    hits_listed = Signal()  # what was found so far stands in the list
    left = Signal()  # the reader is back at the pages

    def __init__(
        self,
        document: Document,
        pictures: Pictures,
        annotator: Annotator,
        scene: Scene,
        finder: Finder,
        parent: QWidget,
    ) -> None:
        makers: dict[Panel, Callable[[QWidget], QWidget]] = {
            Panel.CONTENTS: self._make_contents,
            Panel.PAGES: partial(self._make_thumbnails, document, pictures),
            Panel.ANNOTATIONS: partial(self._make_marks, annotator, scene),
            Panel.SEARCH: partial(self._make_hits, finder),
        }
        super().__init__(makers, parent)
        self._outline: Sequence[OutlineEntry] | None = None  # not known yet
        self._page = 1
        self._before_search: Panel | None = Panel.CONTENTS  # what stood beside the pages; None for nothing

    @property
    def contents(self) -> ContentsPane:
        """The headings."""
        return cast("ContentsPane", self.pane(Panel.CONTENTS))

    @property
    def thumbnails(self) -> Thumbnails:
        """The pages in small."""
        return cast("Thumbnails", self.pane(Panel.PAGES))

    @property
    def marks(self) -> AnnotationsPane:
        """The annotations."""
        return cast("AnnotationsPane", self.pane(Panel.ANNOTATIONS))

    @property
    def hits(self) -> HitsPane:
        """Search in the document."""
        return cast("HitsPane", self.pane(Panel.SEARCH))

    def show_outline(self, entries: Sequence[OutlineEntry]) -> None:
        """Show headings; small pages where there are none."""
        self._outline = entries
        if self.find_pane(Panel.CONTENTS) is not None:
            self.contents.show_outline(entries)
            self.contents.show_page(self._page)
        if not entries and self.panel is Panel.CONTENTS:
            self.show_panel(Panel.PAGES)

    def show_page(self, page: int) -> None:
        """Mark the page that is being read."""
        self._page = page
        if self.find_pane(Panel.CONTENTS) is not None:
            self.contents.show_page(page)
        if self.find_pane(Panel.PAGES) is not None:
            self.thumbnails.show_page(page)

    def draw_anew(self) -> None:
        """The pages look different now."""
        if self.find_pane(Panel.PAGES) is not None:
            self.thumbnails.refresh()

    def begin_search(self, text: str) -> None:
        """Show the search, for a text unless it is empty."""
        if self.isHidden() or self.panel is not Panel.SEARCH:
            self._before_search = None if self.isHidden() else self.panel
        self.show()
        self.show_panel(Panel.SEARCH)
        self.hits.begin(text)

    def _leave_search(self) -> None:
        self.hits.line.clear()
        if self._before_search is None:
            self.hide()
        else:
            self.show_panel(self._before_search)
        self.left.emit()

    def _make_contents(self, parent: QWidget) -> ContentsPane:
        pane = ContentsPane(parent)
        pane.place_wanted.connect(self.place_wanted)
        if self._outline is not None:
            pane.show_outline(self._outline)
            pane.show_page(self._page)
        return pane

    def _make_thumbnails(self, document: Document, pictures: Pictures, parent: QWidget) -> Thumbnails:
        pane = Thumbnails(document.info.pages, pictures, parent)
        pane.place_wanted.connect(self.place_wanted)
        pane.show_page(self._page)
        return pane

    def _make_marks(self, annotator: Annotator, scene: Scene, parent: QWidget) -> AnnotationsPane:
        pane = AnnotationsPane(annotator, scene, parent)
        pane.left.connect(self.left)
        return pane

    def _make_hits(self, finder: Finder, parent: QWidget) -> HitsPane:
        pane = HitsPane(finder, parent)
        pane.left.connect(self._leave_search)
        pane.hit_wanted.connect(self.hit_wanted)
        pane.listed.connect(self.hits_listed)
        return pane
