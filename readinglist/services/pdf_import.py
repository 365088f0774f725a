"""The PDFs of an import: recognised while the drop is read, put into the library when it is stored."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.disk.whole_file import write_whole
from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError
from readinglist.domain.files import NewFile
from readinglist.domain.paper import PaperDraft, PaperId
from readinglist.domain.raw import Problem, RawDocument
from readinglist.domain.taking import Taking
from readinglist.services.drops import DroppedPdf, shown
from readinglist.services.file_store import CheckCancelled, Wanted, is_pdf_head
from readinglist.services.files import Files, Offered
from readinglist.services.recognise import FoundPdf, Recognise

if TYPE_CHECKING:
    from readinglist.library.unit import Writer


@dataclass(frozen=True, slots=True)
class PdfImport:
    """What an import does with PDFs.

    Attributes:
        incoming: Folder for what came from an address, until it is stored.
    """

    recognise: Recognise
    files: Files
    incoming: Path

    def read(self, dropped: DroppedPdf | RawDocument, check_cancelled: CheckCancelled) -> FoundPdf | Problem:
        """Recognise a PDF; one that cannot be read is a problem that names it.

        Raises:
            Cancelled: `check_cancelled` raised it.
        """
        try:
            if isinstance(dropped, DroppedPdf):
                return self.recognise.recognise(dropped.path.absolute(), check_cancelled=check_cancelled)
            path = self._keep(dropped.content)
            return self.recognise.recognise(path, check_cancelled=check_cancelled, origin=dropped.origin)
        except Cancelled:
            raise
        except ReadingListError as error:
            where = shown(dropped.path) if isinstance(dropped, DroppedPdf) else dropped.origin
            return Problem(where=where, reason=error.message)

    def stage(
        self, chosen: Iterable[tuple[PaperDraft, Sequence[FoundPdf]]], how: Taking, check_cancelled: CheckCancelled
    ) -> "Staged":
        """Put the files where they are to lie, before any paper has them.

        Raises:
            Cancelled: `check_cancelled` raised it; what was put there is cleared some day.
        """
        staged = Staged(files=self.files, how=how)
        staged.offered = [(draft, _offered(found)) for draft, pdfs in chosen for found in pdfs]
        if staged.offered:
            staged.new = self.files.stage(
                staged.offered, how=how, check_cancelled=check_cancelled, on_fault=staged.note_fault
            )
        return staged

    def _keep(self, content: bytes) -> Path:
        path = self.incoming / f"{hashlib.sha256(content).hexdigest()}.pdf"
        try:
            write_whole(path, content, is_lasting=False)
        except OSError as error:
            message = f"The PDF cannot be kept: {error.strerror}. Make room on the disk and try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
        return path


@dataclass(slots=True)
class Staged:
    """Files that lie where they are to lie, and wait for their papers.

    Attributes:
        new: By content.
        problems: Files that could not be had.
    """

    files: Files
    how: Taking
    offered: list[tuple[PaperDraft, Offered]] = field(default_factory=list)
    new: dict[str, NewFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note_fault(self, wanted: Wanted, fault: EnvironmentFault) -> None:
        """Take note of a file that could not be had."""
        self.problems.append(Problem(where=shown(wanted.source), reason=fault.message))

    def link(self, writer: "Writer", paper_id: PaperId, pdfs: Sequence[FoundPdf]) -> bool:
        """Give a paper its files, within a write; returns whether it did not have one of them."""
        new = [self.new[one.content.sha256] for one in pdfs if one.content.sha256 in self.new]
        return sum(self.files.link(writer, paper_id, one) for one in new) > 0

    def settle(self) -> None:
        """Let moved files leave their place; only after the write."""
        self.files.settle([one for _, one in self.offered if one.content.sha256 in self.new], how=self.how)


def is_pdf_document(document: RawDocument) -> bool:
    """Tell whether what came from an address is a PDF."""
    return is_pdf_head(document.content)


def _offered(found: FoundPdf) -> Offered:
    return Offered(path=found.path, content=found.content, facts=found.file_facts, origin=found.origin)
