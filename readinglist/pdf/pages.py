"""The pages of one open document, as the reader's tab asks for them, with what is dear to make kept for the next time.

Turns MuPDF's failures over a page into sentences. Places that MuPDF gives for the page before its rotation are turned
into places on the page as it is seen.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pymupdf

from readinglist.domain.annotation import Annotation
from readinglist.domain.errors import DataError, ReadingListError
from readinglist.domain.pages import PageSize, PdfInfo, Rect, Word
from readinglist.pdf.annotations import hidden, read_annotations
from readinglist.pdf.document import PdfDocument
from readinglist.pdf.places import rect_of
from readinglist.pdf.words import read_words, with_edges

KEPT_LISTS = 12  # what is on the screen, before and behind it; a map as one page has 100 MB
KEPT_WORDS = 200
MOST_PAGES = 20_000  # a damaged file may claim any number
MOST_BROKEN = 50  # pages in a row that are not there: the number was a lie
UNKNOWN_SIZE = PageSize(595, 842)  # of a page that cannot be read
Kept = TypeVar("Kept")
Key = TypeVar("Key")


class OpenPages:
    """What can be asked about the pages of a document.

    Args:
        document: Open; stays the caller's to close.
    """

    def __init__(self, document: PdfDocument) -> None:
        self._inner = document.inner
        self.name = document.name
        self._sizes: tuple[PageSize, ...] = ()
        self._lists: OrderedDict[tuple[int, tuple[str, ...]], Any] = OrderedDict()
        self._words: OrderedDict[int, tuple[Word, ...]] = OrderedDict()
        self._areas: OrderedDict[int, tuple[Rect, ...]] = OrderedDict()

    @property
    def inner(self) -> Any:
        """The document of PyMuPDF."""
        return self._inner

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """Of all pages that are there."""
        if not self._sizes:
            self._sizes = _sizes(self._inner)
        return self._sizes

    def info(self) -> PdfInfo:
        """Describe the document."""
        encryption = self._inner.metadata.get("encryption") if self._inner.metadata else None
        return PdfInfo(pages=self.sizes, is_encrypted=bool(encryption), is_repaired=bool(self._inner.is_repaired))

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """Hand out a page of PyMuPDF; whatever goes wrong with it becomes one sentence.

        Raises:
            DataError: There is no such page, or it cannot be read.
            MemoryError: It needs more than there is.
        """
        if not 1 <= number <= len(self.sizes):
            message = f"{self.name} has no page {number}."
            raise DataError(message)
        try:
            yield self._inner[number - 1]
        except (ReadingListError, MemoryError):
            raise
        except Exception as error:  # whatever a broken page makes MuPDF say
            if is_out_of_memory(error):
                raise MemoryError from error
            message = f"Page {number} of {self.name} is damaged and cannot be read."
            raise DataError(message, detail=f"{type(error).__name__}: {error}") from error

    def words(self, number: int) -> tuple[Word, ...]:
        """Return the words of a page in reading order.

        Raises:
            DataError: As in `page`.
        """

        def read() -> tuple[Word, ...]:
            with self.page(number) as page:
                return read_words(page)

        return _kept(self._words, number, KEPT_WORDS, read)

    def letters(self, number: int) -> tuple[Word, ...]:
        """Return the words of a page with the places of their letters; dearer, and only needed for choosing them.

        Raises:
            DataError: As in `page`.
        """
        words = self.words(number)
        with self.page(number) as page:
            return with_edges(page, words)

    def annotations(self, number: int) -> tuple[Annotation, ...]:
        """Return the annotations that a page has in the file, in its order.

        Raises:
            DataError: As in `page`.
        """
        with self.page(number) as page:
            return read_annotations(page, lambda: self.words(number))

    def display_list(self, number: int, without: tuple[str, ...] = ()) -> Any:
        """Return the page as MuPDF's list of what is to be drawn, from which pictures are made in half the time.

        Args:
            number: Of the page.
            without: Ids of annotations to leave out.

        Raises:
            DataError: As in `page`.
        """

        def read() -> Any:
            with self.page(number) as page, hidden(page, without):
                return page.get_displaylist()

        return _kept(self._lists, (number, without), KEPT_LISTS, read)

    def picture_areas(self, number: int) -> tuple[Rect, ...]:
        """Return where the page has pictures.

        Raises:
            DataError: As in `page`.
        """

        def read() -> tuple[Rect, ...]:
            with self.page(number) as page:
                return tuple(rect_of(one["bbox"], page.rotation_matrix) for one in page.get_image_info())

        return _kept(self._areas, number, KEPT_WORDS, read)

    def forget(self) -> None:
        """Give back what was kept, where memory is short."""
        self._lists.clear()
        self._words.clear()
        self._areas.clear()
        pymupdf.TOOLS.store_shrink(100)


def is_out_of_memory(error: BaseException) -> bool:
    """Say whether MuPDF means that it got no memory."""
    return isinstance(error, MemoryError) or "alloc" in str(error)


def _sizes(inner: Any) -> tuple[PageSize, ...]:
    sizes: list[PageSize] = []
    broken = 0
    pdf = pymupdf.mupdf.pdf_document_from_fz_document(inner)
    for number in range(min(inner.page_count, MOST_PAGES)):
        size = _size(pdf, number)
        broken = 0 if size else broken + 1
        sizes.append(size or UNKNOWN_SIZE)
        if broken == MOST_BROKEN:
            break
    return tuple(sizes[: max(1, len(sizes) - broken)])


def _size(pdf: Any, number: int) -> PageSize | None:
    """Return the size of a page; None if it cannot be read.

    The page is not loaded, which for all pages of a paper would take longer than to draw the first.
    """
    mupdf = pymupdf.mupdf
    box, turn = mupdf.FzRect(), mupdf.FzMatrix()
    try:
        page = mupdf.pdf_lookup_page_obj(pdf, number)
        mupdf.pdf_page_obj_transform(page, box, turn)
        rotation = mupdf.pdf_dict_get_inheritable_int(page, mupdf.pdf_new_name("Rotate"))
    except Exception as error:
        if is_out_of_memory(error):
            raise MemoryError from error
        return None
    seen = mupdf.fz_transform_rect(box, turn)
    return PageSize(seen.x1 - seen.x0, seen.y1 - seen.y0, rotation % 360)


def _kept(shelf: "OrderedDict[Key, Kept]", key: Key, most: int, read: Callable[[], Kept]) -> Kept:
    """Return what lies on the shelf, or read it and put it there; what was not asked for longest falls off."""
    if key not in shelf:
        shelf[key] = read()
        if len(shelf) > most:
            shelf.popitem(last=False)
    shelf.move_to_end(key)
    return shelf[key]
