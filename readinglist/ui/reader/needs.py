"""What the reader's tab asks of the core: an open PDF, and what was drawn on it; nothing more."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from readinglist.domain.annotation import Annotation, AnnotationPart
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import OutlineEntry, PageLink, PagePicture, PdfInfo, PictureWanted, SearchPart

INITIATOR = "reader"  # what a tab calls itself when it writes


class Document(Protocol):
    """An open PDF. Every answer comes as a future, so that nobody waits for a heavy page."""

    @property
    def name(self) -> str:
        """Of the file, for messages."""
        ...

    @property
    def info(self) -> PdfInfo:
        """Sizes of the pages, and what is known of the file."""
        ...

    def picture(self, wanted: PictureWanted, /, *, is_urgent: bool = ...) -> Future[PagePicture]:
        """Make a picture of a page; urgent ones come first."""
        ...

    def words(self, page: int, /) -> Future[PageWords]:
        """Read the words of a page in reading order."""
        ...

    def links(self, page: int, /) -> Future[tuple[PageLink, ...]]:
        """Read the links of a page."""
        ...

    def outline(self) -> Future[tuple[OutlineEntry, ...]]:
        """Read the table of contents."""
        ...

    def search(self, text: str, /, *, page: int) -> Future[SearchPart]:
        """Search from a page on, as far as a moment allows."""
        ...

    def annotations(self, *, page: int) -> Future[AnnotationPart]:
        """Read the annotations that the file itself has from a page on, as far as a moment allows."""
        ...

    def save_copy(self, annotations: Sequence[Annotation], target: Path, /) -> Future[None]:
        """Write a copy of the file with annotations."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Marks(Protocol):
    """The annotations of one file in the library. Called on its lane; every call is one undoable step."""

    def all(self) -> Sequence[Annotation]:
        """Return them, in page order."""
        ...

    def add(self, annotations: Sequence[Annotation], /, *, initiator: str) -> object:
        """Store new ones."""
        ...

    def change(self, annotation: Annotation, /, *, initiator: str) -> object:
        """Store one that has been changed."""
        ...

    def remove(self, uids: Sequence[str], /, *, initiator: str) -> object:
        """Delete some."""
        ...
