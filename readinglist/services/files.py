"""The files of papers: given to them, found again, opened, taken away."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.file_names import file_name
from readinglist.domain.files import UNSEEN, FileFacts, NewFile, PaperFile, ReadingPosition
from readinglist.domain.paper import Paper, PaperDraft, PaperId
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.events import EventHub, Notice
from readinglist.services.file_store import (
    HEAD_BYTES,
    CheckCancelled,
    Content,
    FileStore,
    Wanted,
    is_pdf_head,
    read_content,
)
from readinglist.services.lost_files import find_lost

if TYPE_CHECKING:
    from readinglist.library.unit import Reader, Writer

log = logging.getLogger(__name__)

LABEL = "Attach a file"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a paper, for lists of files.

    Attributes:
        path: Absolute; where it was last seen.
        is_there: It was there a moment ago.
        position: Where the reader stopped; None if it was never open.
    """

    file: PaperFile
    path: Path
    is_there: bool
    position: ReadingPosition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file that is to be given to a paper.

    Attributes:
        path: Where it lies.
        facts: What its pages say, as far as anybody has looked.
        origin: Where it came from, if not from `path`: an address.
    """

    path: Path
    content: Content
    facts: FileFacts = UNSEEN
    origin: str = ""


class Files:
    """The use case; one for each workspace.

    Args:
        library: Whose papers have the files.
        events: Where changes are published.
        taking: What the reader wants to become of files; asked each time.
    """

    def __init__(self, library: Library, events: EventHub, *, taking: Callable[[], Taking]) -> None:
        self._library = library
        self._events = events
        self._taking = taking
        self._store = FileStore(library)

    @property
    def taking(self) -> Taking:
        """What becomes of a file if nobody says otherwise."""
        return self._taking()

    def of(self, paper_id: PaperId) -> tuple[FileView, ...]:
        """Return the files of a paper, the first one first."""
        with self._library.read() as reader:
            files = reader.files.of(paper_id)
            positions = reader.positions.find_many(one.sha256 for one in files)
        return tuple(
            FileView(
                file=one,
                path=self.path_of(one),
                is_there=self.path_of(one).is_file(),
                position=positions.get(one.sha256),
            )
            for one in files
        )

    def owners(self, contents: Iterable[str]) -> dict[str, list[PaperId]]:
        """Return which papers have files of some contents; a content that none has is left out."""
        with self._library.look() as look:
            return look.papers.with_contents(contents)

    def path_of(self, file: PaperFile) -> Path:
        """Return where a file should lie; it may have gone."""
        return self._library.folder / file.path

    def is_lost(self, reader: "Reader", sha256: str) -> bool:
        """Tell whether a content that papers have is in none of its places."""
        return not any(self.path_of(one).is_file() for one in reader.files.of_content(sha256))

    def find(self, paper_id: PaperId, sha256: str | None = None) -> Path:
        """Return where a paper's file lies, after a search for it where it is not in its place.

        Args:
            paper_id: Whose.
            sha256: Which of its files; None takes the first.

        Raises:
            UserError: The paper has no such file, or it is gone.
        """
        with self._library.read() as reader:
            files = reader.files.of(paper_id)
        file = next((one for one in files if sha256 in {None, one.sha256}), None)
        if file is None:
            message = "The paper has no PDF. Import one, or fetch it."
            raise UserError(message)
        path = self.path_of(file)
        if path.is_file():
            return path
        found = self._find_lost(file)
        if found is None:
            message = f"The file {path} is not there any more. Import it again from where it is now."
            raise UserError(message)
        return found

    def attach(
        self,
        paper_id: PaperId,
        path: Path,
        *,
        how: Taking | None = None,
        initiator: str = "",
        check_cancelled: CheckCancelled = lambda: None,
    ) -> Changes:
        """Give a paper a file.

        Args:
            paper_id: Whose it will be.
            path: Of the file.
            how: None does what the reader wants in general.
            initiator: Comes back in the changes.
            check_cancelled: Called often; what it raises ends it.

        Raises:
            UserError: There is no such paper, or what is given is no PDF.
            EnvironmentFault: The file cannot be read or stored.
            Cancelled: `check_cancelled` raised it.
        """
        if not is_pdf(path):
            message = f"{path.name} is no PDF."
            raise UserError(message)
        offered = Offered(path=path.absolute(), content=read_content(path, check_cancelled))
        return self.take(
            paper_id, offered, how=how or self.taking, initiator=initiator, check_cancelled=check_cancelled
        )

    def take(
        self,
        paper_id: PaperId,
        offered: Offered,
        *,
        how: Taking,
        initiator: str = "",
        check_cancelled: CheckCancelled = lambda: None,
    ) -> Changes:
        """Give a paper a file whose content is known; raises as `attach`."""
        with self._library.read() as reader:
            paper = reader.papers.get(paper_id)
        new = self.stage([(paper, offered)], how=how, check_cancelled=check_cancelled)
        with self._library.write(LABEL, initiator=initiator) as writer:
            self.link(writer, paper_id, new[offered.content.sha256])
        self.settle([offered], how=how)
        if writer.changes:
            self._events.publish(writer.changes)
        return writer.changes

    def stage(
        self,
        wanted: Sequence[tuple[Paper | PaperDraft, Offered]],
        *,
        how: Taking,
        check_cancelled: CheckCancelled = lambda: None,
        on_fault: Callable[[Wanted, EnvironmentFault], None] | None = None,
    ) -> dict[str, NewFile]:
        """Put files where they are to lie, before any paper has them; raises as `attach`.

        What came from an address is copied in any case: where it lies now is no place to stay.

        Args:
            wanted: The files, and what they are to be named after.
            how: What becomes of them.
            check_cancelled: Called often; what it raises ends it.
            on_fault: Told of each file that cannot be had, and left out; None raises.

        Returns:
            What `link` needs, by content.
        """
        copied = {
            one.content.sha256: Wanted(
                source=one.path,
                content=one.content,
                name=file_name(described),
                origin=one.origin or str(one.path),
                is_moved=how is Taking.MOVE and not one.origin,
            )
            for described, one in wanted
            if (how is not Taking.LINK or one.origin) and not self._store.is_inside(one.path)
        }
        paths = self._store.put(list(copied.values()), check_cancelled, on_fault=on_fault) if copied else {}
        return {
            one.content.sha256: self._new_file(one, paths.get(one.content.sha256))
            for _, one in wanted
            if one.content.sha256 in paths or one.content.sha256 not in copied
        }

    def link(self, writer: "Writer", paper_id: PaperId, new: NewFile) -> bool:
        """Give a paper a staged file, within a write; returns whether the paper did not have it."""
        if writer.files.attach(paper_id, new):
            return True
        mine = next((one for one in writer.files.of(paper_id) if one.sha256 == new.sha256), None)
        if mine is not None and not self.path_of(mine).is_file():
            writer.files.relocate(new.sha256, new.path, is_linked=new.is_linked)
        return False

    def settle(self, taken: Sequence[Offered], *, how: Taking) -> None:
        """Let moved and downloaded files leave their place; only after papers have them."""
        for one in taken:
            if not (how is Taking.MOVE or one.origin) or self._store.is_inside(one.path):
                continue
            try:
                one.path.unlink(missing_ok=True)
            except OSError as error:
                log.info("%s cannot leave its place: %s", one.path, error)
                message = f"{one.path.name} was copied into the library, but cannot be removed from its folder."
                self._events.publish(Notice(message=message, is_error=True))

    def detach(self, paper_id: PaperId, sha256: str, *, initiator: str = "") -> Changes:
        """Take a file from a paper. A copy stays in the folder of files for as long as this can be undone."""
        with self._library.write("Take a file off a paper", initiator=initiator) as writer:
            writer.files.detach(paper_id, sha256)
        if writer.changes:
            self._events.publish(writer.changes)
        return writer.changes

    def find_all_lost(self) -> int:
        """Look for all linked files that are not in their place; returns how many were found."""
        with self._library.read() as reader:
            files = [one for sha256 in reader.files.contents() for one in reader.files.of_content(sha256)[:1]]
        lost = [one for one in files if one.is_linked and not self.path_of(one).is_file()]
        return sum(self._find_lost(one) is not None for one in lost)

    def clear(self, now: datetime | None = None) -> int:
        """Remove stored files that nothing refers to any more; see `FileStore.clear`."""
        return self._store.clear(now)

    def _new_file(self, offered: Offered, path: str | None) -> NewFile:
        is_linked = path is None
        if path is None and self._store.is_inside(offered.path):
            path = offered.path.resolve().relative_to(self._library.folder.resolve()).as_posix()
            is_linked = False
        return NewFile(
            path=path or str(offered.path),
            sha256=offered.content.sha256,
            size_bytes=offered.content.size_bytes,
            is_linked=is_linked,
            facts=offered.facts,
        )

    def _find_lost(self, file: PaperFile) -> Path | None:
        """Look for a file, and note where it lies now."""
        found = self._find_stored(file) or find_lost(self.path_of(file), sha256=file.sha256, size_bytes=file.size_bytes)
        if found is None:
            return None
        is_linked = not self._store.is_inside(found)
        root = self._library.folder.resolve()
        path = str(found) if is_linked else found.resolve().relative_to(root).as_posix()
        with self._library.write(None) as writer:
            writer.files.relocate(file.sha256, path, is_linked=is_linked)
        if writer.changes:
            self._events.publish(writer.changes)
        return found

    def _find_stored(self, file: PaperFile) -> Path | None:
        """Another paper may have had the same bytes put into the library."""
        with self._library.read() as reader:
            stored = reader.files.stored([file.sha256])
        paths = (self._library.folder / one.path for one in stored)
        return next((path for path in paths if path.is_file()), None)


def is_pdf(path: Path) -> bool:
    """Tell whether a file is a PDF by its content, whatever it is called.

    Raises:
        EnvironmentFault: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return is_pdf_head(file.read(HEAD_BYTES))
    except OSError as error:
        message = f"The file {path} cannot be read: {error.strerror}."
        raise EnvironmentFault(message, detail=str(error)) from error
