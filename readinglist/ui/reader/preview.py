"""A look at where an inside link leads, while the pointer rests on it: a reference, a figure, an equation."""

from collections.abc import Sequence
from concurrent.futures import Future

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import PageLink, PagePicture, PageSize, PictureWanted, Point, Rect, Word
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.reader.needs import Document
from readinglist.ui.reader.pictures import Pen, image_of

SIZE = QSize(500, 176)  # px
SHOWN_WIDTH = 330.0  # points: more than a column
ABOVE = 14.0  # points above the target, which often names the line below its label
LEFT_OF = 28.0
MARGIN = 10.0  # points around the paragraph
GAP = 6


class LinkPreview(QFrame):
    """Floats over the pages; one at a time.

    Args:
        document: Makes the picture.
        bridge: Brings it.
        parent: Where it lies.
    """

    def __init__(self, document: Document, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reader-preview")
        self.setProperty("role", "toast")
        self.setAccessibleName("Where the link leads")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = parent
        self._document = document
        self._bridge = bridge
        self._image: QImage | None = None
        self._picture: PagePicture | None = None  # has the memory of the image
        self._number = 0
        self.hide()

    def show_target(self, link: PageLink, beside: QRect, pen: Pen) -> None:
        """Show where a link leads, near to a place of the screen."""
        self._number += 1
        if link.page is None:
            return
        number = self._number
        place = QRect(self._over.mapFromGlobal(beside.topLeft()), beside.size())
        future = self._document.words(link.page)
        future.add_done_callback(
            lambda done: self._bridge.post(lambda: self._ask(number, link, _words_of(done), place, pen))
        )

    def forget(self) -> None:
        """The pointer is elsewhere."""
        self._number += 1
        self.hide()

    def close_pictures(self) -> None:
        """Take nothing more."""
        self._number = -1

    def _ask(self, number: int, link: PageLink, words: Sequence[Word], place: QRect, pen: Pen) -> None:
        if number != self._number or link.page is None:
            return
        part = target_part(self._document.info.pages[link.page - 1], link.point, words)
        scale = SIZE.width() / part.width * self.devicePixelRatioF()
        wanted = PictureWanted(page=link.page, scale=scale, clip=part, dark=pen.dark)
        promise = self._document.picture(wanted, is_urgent=True)
        # A preview that cannot be made is no loss: the page itself will tell.
        self._bridge.when_done(promise, lambda picture: self._take(number, picture, place), on_error=lambda _: None)

    def _take(self, number: int, picture: PagePicture, place: QRect) -> None:
        if number != self._number:
            return
        self._picture = picture
        self._image = image_of(picture)
        ratio = self.devicePixelRatioF()
        self.resize(round(picture.width / ratio) + 2, round(picture.height / ratio) + 2)
        self._move_beside(place)
        self.show()
        self.raise_()

    def _move_beside(self, place: QRect) -> None:
        room = self._over.rect()
        left = max(GAP, min(place.left(), room.width() - self.width() - GAP))
        below = place.bottom() + GAP
        fits_below = below + self.height() <= room.height()
        self.move(QPoint(left, below if fits_below else max(GAP, place.top() - GAP - self.height())))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is not None:
            painter.drawImage(self.rect().adjusted(1, 1, -1, -1), self._image)
        painter.setPen(theme.color("line-strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def target_part(size: PageSize, point: Point | None, words: Sequence[Word] = ()) -> Rect:
    """Return the part of the target's page that says what the link means.

    Args:
        size: Of the page.
        point: Where the link leads; None for the page only.
        words: Of the page: the paragraph that begins at the point says how wide a part is needed.

    >>> part = target_part(PageSize(600, 800), Point(310, 790))
    >>> part.left, part.right, part.bottom
    (270.0, 600.0, 800.0)
    """
    at = point or Point(0, 0)
    left, width = at.x - LEFT_OF, SHOWN_WIDTH
    below = [word for word in words if word.rect.bottom >= at.y and word.rect.right >= at.x]
    if point is not None and below:
        first = min(below, key=lambda word: (word.rect.top - at.y) + abs(word.rect.left - at.x))
        lines = [word.rect for word in words if word.block == first.block]
        left = min(rect.left for rect in lines) - MARGIN
        width = max(SHOWN_WIDTH, max(rect.right for rect in lines) + MARGIN - left)
    width = min(width, size.width)
    height = min(size.height, width * SIZE.height() / SIZE.width())
    left = max(0.0, min(left, size.width - width))
    top = max(0.0, min(at.y - ABOVE, size.height - height))
    return Rect(left, top, left + width, top + height)


def _words_of(future: "Future[PageWords]") -> Sequence[Word]:
    """Return the words of a page; none if they cannot be had, as the picture can do without."""
    return future.result() if not future.cancelled() and future.exception() is None else ()
