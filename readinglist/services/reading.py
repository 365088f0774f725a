"""Reading a paper: its file is opened, where the reader stopped is remembered, and its status follows."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from readinglist.domain.annotation import Annotation, AnnotationPart
from readinglist.domain.files import ReadingPosition, add_pages
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import (
    OutlineEntry,
    PageLink,
    PagePicture,
    PdfInfo,
    PictureWanted,
    SearchPart,
)
from readinglist.domain.paper import Paper, PaperId, Status
from readinglist.library.library import Library
from readinglist.pdf.waiting import Urgency
from readinglist.services.edit import Edit
from readinglist.services.file_store import CheckCancelled
from readinglist.services.files import Files
from readinglist.services.recognise import wait_for

SET_BY_OPENING = frozenset({Status.INBOX, Status.TO_READ})  # what was decided otherwise stays as it is
ENOUGH_READ = 0.5  # of the pages, for the end of a paper to be more than a look at its last page


class PageReader(Protocol):
    """Who shows files: `pdf.process.PdfProcess`; every method returns at once, with a promise."""

    def start(self) -> Future[None]:
        """Be ready before the first question."""
        ...

    def info(self, path: Path, *, password: str = "") -> Future[PdfInfo]:
        """Open a file; the promise is broken with `PasswordNeeded` or another `ReadingListError` about it."""
        ...

    def outline(self, path: Path) -> Future[tuple[OutlineEntry, ...]]:
        """Read the table of contents."""
        ...

    def render(self, path: Path, wanted: PictureWanted, *, urgency: Urgency = ...) -> Future[PagePicture]:
        """Make a picture of a page."""
        ...

    def words(self, path: Path, page: int) -> Future[PageWords]:
        """Read the words of a page."""
        ...

    def links(self, path: Path, page: int) -> Future[tuple[PageLink, ...]]:
        """Read the links of a page."""
        ...

    def search(self, path: Path, phrase: str, *, page: int = 1) -> Future[SearchPart]:
        """Search from a page on."""
        ...

    def annotations(self, path: Path, *, page: int = 1) -> Future[AnnotationPart]:
        """Read the annotations in the file from a page on."""
        ...

    def save_copy(self, path: Path, annotations: Sequence[Annotation], target: Path) -> Future[None]:
        """Write a copy with annotations."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPaper:
    """A file of a paper, open for reading.

    Attributes:
        sha256: Of its content: names it for annotations and positions.
        title: Of the paper.
        position: Where the reader stopped; None if it was never open.
        reader: Shows what is looked at.
        ahead: Shows what may be looked at next, so that a heavy page there holds up nothing here.
    """

    paper_id: PaperId
    sha256: str
    path: Path
    title: str
    info: PdfInfo
    position: ReadingPosition | None
    reader: PageReader
    ahead: PageReader

    @property
    def name(self) -> str:
        """Of the file, for messages."""
        return self.path.name

    def picture(self, wanted: PictureWanted, /, *, is_urgent: bool = True) -> Future[PagePicture]:
        """Make a picture of a page; urgent ones come first."""
        if is_urgent:
            return self.reader.render(self.path, wanted, urgency=Urgency.NOW)
        return self.ahead.render(self.path, wanted, urgency=Urgency.SOON)

    def words(self, page: int, /) -> Future[PageWords]:
        """Read the words of a page in reading order."""
        return self.reader.words(self.path, page)

    def links(self, page: int, /) -> Future[tuple[PageLink, ...]]:
        """Read the links of a page."""
        return self.reader.links(self.path, page)

    def outline(self) -> Future[tuple[OutlineEntry, ...]]:
        """Read the table of contents."""
        return self.reader.outline(self.path)

    def search(self, text: str, /, *, page: int) -> Future[SearchPart]:
        """Search from a page on, as far as a moment allows."""
        return self.reader.search(self.path, text, page=page)

    def annotations(self, *, page: int) -> Future[AnnotationPart]:
        """Read the annotations that the file itself has from a page on, as far as a moment allows."""
        return self.reader.annotations(self.path, page=page)

    def save_copy(self, annotations: Sequence[Annotation], target: Path, /) -> Future[None]:
        """Write a copy of the file with annotations; the file itself is never changed."""
        return self.reader.save_copy(self.path, annotations, target)

    def close(self) -> None:
        """Let go of the file: the process that reads it closes what was not looked at for long."""


class Reading:
    """The use case; one for each workspace.

    Args:
        library: Whose papers are read.
        files: Finds their files.
        edit: Changes their status.
        reader: Shows files.
        ahead: Draws pages before the reader comes to them; None for nobody else.
        sets_reading: Whether opening a paper marks it as Reading; asked each time.
    """

    def __init__(
        self,
        library: Library,
        *,
        files: Files,
        edit: Edit,
        reader: PageReader,
        ahead: PageReader | None = None,
        sets_reading: Callable[[], bool],
    ) -> None:
        self._library = library
        self._files = files
        self._edit = edit
        self._reader = reader
        self._ahead = ahead or reader
        self._sets_reading = sets_reading

    def prepare(self) -> None:
        """Be ready to open a file: the reader looks at a paper that has one. Returns at once."""
        self._reader.start()
        if self._ahead is not self._reader:
            self._ahead.start()

    def open(
        self,
        paper_id: PaperId,
        *,
        sha256: str | None = None,
        password: str = "",
        initiator: str = "",
        check_cancelled: CheckCancelled = lambda: None,
        on_opened: Callable[[OpenPaper], None] = lambda _: None,
    ) -> OpenPaper:
        """Open a file of a paper; a paper that was waiting is being read from now on, if the reader wants that.

        Args:
            paper_id: Which paper.
            sha256: Which of its files; None takes the one that was read last, or the first.
            password: For a file that wants one.
            initiator: Comes back in the changes.
            check_cancelled: Called often; what it raises ends the wait.
            on_opened: Gets what is returned before the status is written, so that nobody waits for that.

        Raises:
            PasswordNeeded: The file wants a password, or another one.
            UserError: The paper has no such file, or it is gone.
            DataError: The file cannot be read.
            EnvironmentFault: The file cannot be read now.
        """
        sha256 = sha256 or self._read_last(paper_id)
        path = self._files.find(paper_id, sha256)
        opening = self._reader.info(path, password=password)  # meanwhile, what the library knows
        with self._library.read() as reader:
            paper = reader.papers.get(paper_id)
            content = next(one.sha256 for one in reader.files.of(paper_id) if sha256 in {None, one.sha256})
            position = reader.positions.find(content)
        info = wait_for(opening, check_cancelled)
        opened = OpenPaper(
            paper_id=paper_id,
            sha256=content,
            path=path,
            title=paper.title,
            info=info,
            position=position,
            reader=self._reader,
            ahead=self._reader if info.is_encrypted else self._ahead,  # the other one does not know the password
        )
        on_opened(opened)
        self._take_up(paper, initiator)
        return opened

    def _take_up(self, paper: Paper, initiator: str) -> None:
        """Mark a paper that was waiting as being read, if the reader wants that."""
        if self._sets_reading() and paper.status in SET_BY_OPENING and not paper.is_binned:
            self._edit.set_status([paper.id], Status.READING, initiator=initiator)

    def _read_last(self, paper_id: PaperId) -> str | None:
        """Return the content of the paper's file that was open last; None if none of them was."""
        with self._library.read() as reader:
            files = reader.files.of(paper_id)
            positions = reader.positions.find_many(one.sha256 for one in files)
        return max(positions, key=lambda one: positions[one].opened, default=None)

    def position(self, sha256: str) -> ReadingPosition | None:
        """Return where the reader stopped in a file, None if it was never open."""
        with self._library.read() as reader:
            return reader.positions.find(sha256)

    def save_position(
        self,
        opened: OpenPaper,
        *,
        page: int,
        offset: float,
        zoom: str,
        pages_read: Iterable[int] = (),
        now: datetime | None = None,
    ) -> ReadingPosition:
        """Remember where the reader is; see `ReadingPosition`.

        Args:
            opened: The file.
            page: At the top edge of the window.
            offset: Share of that page above it.
            zoom: As `ReadingPosition` has it.
            pages_read: Pages that were read; those that were read before count too.
            now: UTC; None takes the clock.

        Returns:
            What is remembered now.
        """
        before = self.position(opened.sha256)
        position = ReadingPosition(
            page=page,
            offset=offset,
            zoom=zoom,
            pages_read=add_pages(before.pages_read if before else (), pages_read),
            page_count=len(opened.info.pages),
            opened=now or datetime.now(UTC),
        )
        if before is None or replace(before, opened=position.opened) != position:
            with self._library.write(None) as writer:
                writer.positions.save(opened.sha256, position)
        return position

    def offers_read(self, paper_id: PaperId, position: ReadingPosition) -> bool:
        """Tell whether the reader has come to the end of a paper that may be marked as Read now."""
        is_at_end = bool(position.pages_read) and position.pages_read[-1][1] >= position.page_count
        if not is_at_end or position.share_read < ENOUGH_READ:
            return False
        with self._library.read() as reader:
            paper = reader.papers.get_many([paper_id]).get(paper_id)
        return paper is not None and paper.status is not Status.READ and not paper.is_binned
