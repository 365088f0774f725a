"""The files of papers: where each lies, what is known of it, how far it was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from readinglist.domain.annotation import Annotation
from readinglist.domain.paper import PaperId


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the pages of a file say of it.

    Attributes:
        page_count: None where nobody could count them.
        wants_password: It shows nothing without one.
        has_text: Its pages have text; None while nobody has looked.
    """

    page_count: int | None = None
    wants_password: bool = False
    has_text: bool | None = None


UNSEEN = FileFacts()  # nobody has looked


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file that a paper is to have.

    Attributes:
        path: Relative to the library's folder, with `/`; absolute where it is linked.
        sha256: Of its content, in hexadecimal; names the file whatever it is called.
    """

    path: str
    sha256: str
    size_bytes: int
    is_linked: bool
    media_type: str = "application/pdf"
    facts: FileFacts = UNSEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A file that a paper has. Two papers may have the same bytes, and then name the same path.

    Attributes:
        path: As in `NewFile`.
        sha256: As in `NewFile`; a paper has each content once.
        added: UTC.
    """

    paper_id: PaperId
    path: str
    sha256: str
    size_bytes: int
    is_linked: bool
    media_type: str
    facts: FileFacts
    added: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """Bytes that the program has put into the folder `files`, or is about to put there.

    Attributes:
        path: Relative to the library's folder, with `/`.
        origin: The absolute path or the address that they came from.
        is_moved: They were taken away from there.
    """

    path: str
    sha256: str
    size_bytes: int
    origin: str
    is_moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledAnnotation:
    """An annotation, and whose it is.

    Attributes:
        sha256: Of the file on whose pages it is.
    """

    paper_id: PaperId
    sha256: str
    annotation: Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPosition:
    """Where the reader stopped in a file.

    Attributes:
        page: At the top edge of the window; the first is 1.
        offset: How much of that page is above the edge, from 0 to 1.
        zoom: `width`, `page`, or a number as text, where 1 is the page's own size.
        pages_read: Ranges of pages, the first and the last of each, in order; no two touch.
        page_count: Of the file.
        opened: When it was open last, UTC.
    """

    page: int
    offset: float
    zoom: str
    pages_read: tuple[tuple[int, int], ...]
    page_count: int
    opened: datetime

    @property
    def share_read(self) -> float:
        """Part of the pages that were read, from 0 to 1."""
        read = sum(last - first + 1 for first, last in self.pages_read)
        return min(1.0, read / self.page_count) if self.page_count else 0.0


def add_pages(ranges: Iterable[tuple[int, int]], pages: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Add pages to those that were read.

    >>> add_pages(((1, 2), (7, 9)), [3, 5])
    ((1, 3), (5, 5), (7, 9))
    """
    merged: list[tuple[int, int]] = []
    for first, last in sorted([*ranges, *((page, page) for page in pages)]):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)
