"""What the reader's tab needs in tests: a PDF behind the real process, annotations kept in memory, a made paper."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from readinglist.domain.annotation import Annotation, AnnotationPart
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import (
    OutlineEntry,
    PageLink,
    PagePicture,
    PdfInfo,
    PictureWanted,
    Point,
    SearchPart,
)
from readinglist.domain.paper import PaperId
from readinglist.pdf.process import PdfProcess
from readinglist.pdf.waiting import Urgency
from readinglist.ui.actions import Situation
from readinglist.ui.bridge import Bridge
from readinglist.ui.reader.foreseeing import First
from readinglist.ui.reader.tab import ReaderTab
from readinglist.ui.widgets.action_set import ActionSet

LEFT_COLUMN, RIGHT_COLUMN = (60, 290), (310, 540)
LINES = 48
FIRST_BASELINE, LEADING = 120, 13


@dataclass(slots=True)
class ProcessDocument:
    """A PDF that the process has open.

    Attributes:
        wanted: The pictures asked for, in order.
    """

    process: PdfProcess
    path: Path
    info: PdfInfo
    wanted: list[PictureWanted] = field(default_factory=list)
    is_closed: bool = False

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    def picture(self, wanted: PictureWanted, *, is_urgent: bool = True) -> Future[PagePicture]:
        """Ask for a picture."""
        self.wanted.append(wanted)
        return self.process.render(self.path, wanted, urgency=Urgency.NOW if is_urgent else Urgency.SOON)

    def words(self, page: int) -> Future[PageWords]:
        """Ask for words."""
        return self.process.words(self.path, page)

    def links(self, page: int) -> Future[tuple[PageLink, ...]]:
        """Ask for links."""
        return self.process.links(self.path, page)

    def outline(self) -> Future[tuple[OutlineEntry, ...]]:
        """Ask for the contents."""
        return self.process.outline(self.path)

    def search(self, text: str, *, page: int) -> Future[SearchPart]:
        """Search."""
        return self.process.search(self.path, text, page=page)

    def annotations(self, *, page: int) -> Future[AnnotationPart]:
        """Ask for the file's own annotations."""
        return self.process.annotations(self.path, page=page)

    def save_copy(self, annotations: Sequence[Annotation], target: Path) -> Future[None]:
        """Write a copy."""
        return self.process.save_copy(self.path, annotations, target)

    def close(self) -> None:
        """Remember that it is closed; the process is shared."""
        self.is_closed = True


@dataclass(slots=True)
class KeptMarks:
    """Annotations in memory.

    Attributes:
        error: Raised by the next write, if set.
    """

    kept: dict[str, Annotation] = field(default_factory=dict)
    error: Exception | None = None

    def all(self) -> Sequence[Annotation]:
        """Return them in page order."""
        return sorted(self.kept.values(), key=lambda one: one.page)

    def add(self, annotations: Sequence[Annotation], *, initiator: str) -> None:  # noqa: ARG002 - part of what `Marks` is
        """Keep new ones."""
        self._fail()
        self.kept |= {one.uid: one for one in annotations}

    def change(self, annotation: Annotation, *, initiator: str) -> None:  # noqa: ARG002 - part of what `Marks` is
        """Keep a change."""
        self._fail()
        self.kept[annotation.uid] = annotation

    def remove(self, uids: Sequence[str], *, initiator: str) -> None:  # noqa: ARG002 - part of what `Marks` is
        """Forget some."""
        self._fail()
        for uid in uids:
            del self.kept[uid]

    def _fail(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


def make_paper(path: Path, *, pages: int = 6) -> Path:
    """Write a paper in two columns, with contents, links, and a picture on page two."""
    with pymupdf.open() as made:
        for number in range(1, pages + 1):
            page = made.new_page(width=600, height=800)
            page.insert_text((60, 70), f"Section {number}: of foxes and dogs", fontsize=16)
            for column, (left, _) in enumerate((LEFT_COLUMN, RIGHT_COLUMN)):
                lines = [f"p{number}c{column}l{line} the quick brown fox jumps" for line in range(LINES)]
                for line, text in enumerate(lines):
                    page.insert_text((left, FIRST_BASELINE + LEADING * line), text, fontsize=10)
            page.insert_text((60, 780), f"See page 1, {number}", fontsize=10)
            page.insert_link(
                {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(200, 765, 300, 785), "uri": "https://example.org/"}
            )
        for page in made:  # only now: a link needs its target
            target = pymupdf.Point(60, 300)
            page.insert_link(
                {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 765, 150, 785), "page": 0, "to": target}
            )
        made.set_toc([[1, f"Section {number}", number] for number in range(1, pages + 1)])
        picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40))
        picture.set_rect(picture.irect, (250, 250, 0))
        made[min(1, pages - 1)].insert_image(pymupdf.Rect(400, 20, 440, 60), pixmap=picture)
        made.save(str(path))
    return path


def open_document(process: PdfProcess, path: Path) -> ProcessDocument:
    """Open a PDF."""
    return ProcessDocument(process, path, process.info(path).result(30))


def make_tab(
    document: ProcessDocument, marks: KeptMarks, bridge: Bridge, window: QWidget, *, first: First | None = None
) -> ReaderTab:
    """Make a tab for a window; its keys work as in the program, but nothing stands behind the actions."""
    actions = ActionSet(window, {})
    actions.update(Situation(selected=1, is_reading=True, tabs=1))
    return ReaderTab((PaperId(1), "0" * 64), document, marks, bridge, actions, first)


def place_of(tab: ReaderTab, page: int, point: Point) -> QPoint:
    """Return where a place of a page is in the viewport."""
    x, y = tab.pages.arrangement.to_view(page, point)
    return QPoint(round(x), round(y)) - tab.pages.seen.topLeft()


def drag(tab: ReaderTab, page: int, start: Point, end: Point) -> None:
    """Drag over a page with the left button."""
    viewport = tab.pages.viewport()
    one, other = place_of(tab, page, start), place_of(tab, page, end)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, one)
    for step in range(1, 9):
        QTest.mouseMove(viewport, one + (other - one) * step / 8)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, other)


def height_of(line: int) -> float:
    """Return the height of the middle of a line of the made paper."""
    return FIRST_BASELINE + LEADING * line - 3


def choose_line(tab: ReaderTab, page: int, column: int, line: int) -> None:
    """Drag over a line of the made paper."""
    left, right = (LEFT_COLUMN, RIGHT_COLUMN)[column]
    height = height_of(line)
    drag(tab, page, Point(left + 2, height), Point(right - 60, height))
