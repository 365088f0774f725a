"""Putting a document on paper, page by page, with what the reader drew on it; the window goes on meanwhile."""

from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from readinglist.domain.annotation import Annotation
from readinglist.domain.pages import PagePicture, PictureWanted
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.reader.arrangement import GAP, Arrangement, Look
from readinglist.ui.reader.mark_painting import MarkPainter
from readinglist.ui.reader.needs import Document
from readinglist.ui.reader.pictures import image_of

DPI = 300
POINTS = 72


class Print(QObject):
    """One print; lives until `finished`.

    Args:
        document: Makes the pages.
        annotations: Those of the library.
        printer: As the reader set it up.
        bridge: Brings the pages.
        parent: Owner.
    """

    finished = Signal(str)  # what went wrong; empty if nothing did

    def __init__(
        self,
        document: Document,
        annotations: Sequence[Annotation],
        printer: QPrinter,
        bridge: Bridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._annotations = annotations
        self._printer = printer
        self._bridge = bridge
        count = len(document.info.pages)
        first, last = printer.fromPage() or 1, printer.toPage() or count
        self._pages = list(range(max(1, first), min(last, count) + 1))
        self._painter: QPainter | None = None
        self._is_closed = False

    def start(self) -> None:
        """Print the first page, and with each one that is done the next."""
        if not self._pages:
            self._finish("The document has no such pages.")
            return
        self._turn_to(self._pages[0])
        self._painter = QPainter()
        if not self._painter.begin(self._printer):
            self._painter = None
            self._finish("The printer does not answer. See whether it is on.")
            return
        self._ask()

    def close(self) -> None:
        """Stop; the pages that are done are printed."""
        self._is_closed = True
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def _ask(self) -> None:
        scale = min(self._printer.resolution(), DPI) / POINTS
        future = self._document.picture(PictureWanted(page=self._pages[0], scale=scale), is_urgent=False)
        future.add_done_callback(lambda done: self._bridge.post(lambda: self._take(done)))

    def _take(self, future: Future[PagePicture]) -> None:
        if self._is_closed or self._painter is None:
            return
        try:
            picture = future.result(timeout=0)
        except CancelledError:
            self._finish("The printing was stopped.")
            return
        except Exception as error:  # noqa: BLE001 - told to the reader
            self._finish(sentence_of(error))
            return
        self._paint(self._painter, self._pages.pop(0), picture)
        if not self._pages:
            self._finish("")
            return
        self._turn_to(self._pages[0])
        if self._printer.newPage():
            self._ask()
        else:
            self._finish("The printer took no further page.")

    def _turn_to(self, page: int) -> None:
        size = self._document.info.pages[page - 1]
        is_wide = size.width > size.height
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
        )

    def _paint(self, painter: QPainter, page: int, picture: PagePicture) -> None:
        size = self._document.info.pages[page - 1]
        room: QRect = painter.viewport()
        scale = min(room.width() / size.width, room.height() / size.height)
        wide, high = size.width * scale, size.height * scale
        left, top = (room.width() - wide) / 2, (room.height() - high) / 2
        painter.drawImage(QRectF(left, top, wide, high), self._with_marks(page, picture))

    def _with_marks(self, page: int, picture: PagePicture) -> QImage:
        """Draw annotations onto the picture: printers know nothing of colours that lie behind the words."""
        image = image_of(picture)
        size = self._document.info.pages[page - 1]
        painter = QPainter(image)
        painter.scale(picture.scale, picture.scale)
        painter.translate(-GAP, -GAP)  # where an arrangement of one page has its corner
        marks = MarkPainter(painter, Arrangement([size], Look(), 1), is_dark=False)
        for one in self._annotations:
            if one.page == page:
                marks.paint(replace(one, page=1))
        painter.end()
        return image

    def _finish(self, problem: str) -> None:
        self.close()
        self.finished.emit(problem)
