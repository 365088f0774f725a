"""What the reader draws and writes on pages: kept in the library as steps that can be undone, exported, copied."""

import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from readinglist.domain.annotation import Annotation, AnnotationKind, AnnotationPart
from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.files import FiledAnnotation
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.paper_address import SCHEME
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.file_store import CheckCancelled
from readinglist.services.files import Files
from readinglist.services.recognise import wait_for

if TYPE_CHECKING:
    from readinglist.library.unit import Writer

NAMES = {
    AnnotationKind.HIGHLIGHT: "Highlight",
    AnnotationKind.UNDERLINE: "Underlined",
    AnnotationKind.STRIKE_OUT: "Struck out",
    AnnotationKind.NOTE: "Note",
    AnnotationKind.AREA: "Area",
    AnnotationKind.INK: "Drawing",
    AnnotationKind.TEXT: "Text",
}


class AnnotationFiles(Protocol):
    """Who reads and writes annotations in files: `pdf.process.PdfProcess`; returns at once, with a promise."""

    def annotations(self, path: Path, *, page: int = 1) -> Future[AnnotationPart]:
        """Read from a page on."""
        ...

    def save_copy(self, path: Path, annotations: Sequence[Annotation], target: Path) -> Future[None]:
        """Write a copy of a file with annotations."""
        ...


class Annotate:
    """The use case; one for each workspace. Every change takes `initiator`, which comes back in the changes.

    Args:
        library: Where annotations are kept.
        events: Where changes are published.
        files: Finds the files of papers.
        in_files: Reads and writes annotations in files.
        now: UTC.
    """

    def __init__(
        self,
        library: Library,
        events: EventHub,
        *,
        files: Files,
        in_files: AnnotationFiles,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library = library
        self._events = events
        self._files = files
        self._in_files = in_files
        self._now = now

    def of(self, paper_id: PaperId) -> tuple[FiledAnnotation, ...]:
        """Return the annotations of a paper in the order of its pages, file by file."""
        with self._library.read() as reader:
            return tuple(reader.annotations.of(paper_id))

    def marks(self, paper_id: PaperId, sha256: str) -> "FileMarks":
        """Return what can be done with the annotations of one file."""
        return FileMarks(annotate=self, paper_id=paper_id, sha256=sha256)

    def add(self, paper_id: PaperId, sha256: str, annotations: Sequence[Annotation], *, initiator: str = "") -> Changes:
        """Put annotations on a file; they get a name and times where they have none."""
        dated = [self._dated(one) for one in annotations]
        if not dated:
            return Changes(initiator=initiator)
        label = NAMES[dated[0].kind] if len(dated) == 1 else f"Add {count_text(len(dated), 'annotation')}"
        return self._write(label, initiator, "", lambda writer: writer.annotations.add(paper_id, sha256, dated))

    def change(self, paper_id: PaperId, annotation: Annotation, *, initiator: str = "") -> Changes:
        """Replace an annotation by another state of it; what is typed without a pause is one step."""
        changed = replace(annotation, modified=self._now())
        merge_key = f"annotation {paper_id} {annotation.uid}"
        return self._write(
            "Change an annotation", initiator, merge_key, lambda writer: writer.annotations.change(paper_id, changed)
        )

    def remove(self, paper_id: PaperId, uids: Sequence[str], *, initiator: str = "") -> Changes:
        """Take annotations away."""
        label = f"Remove {count_text(len(uids), 'annotation')}"
        return self._write(label, initiator, "", lambda writer: writer.annotations.remove(paper_id, uids))

    def take_over(
        self, paper_id: PaperId, sha256: str, *, initiator: str = "", check_cancelled: CheckCancelled = lambda: None
    ) -> Changes:
        """Take the annotations that are in a file into the library; those that are there already stay as they are.

        Raises:
            ReadingListError: The file cannot be found or read.
        """
        path = self._files.find(paper_id, sha256)
        found: list[Annotation] = []
        page: int | None = 1
        while page is not None:
            part = wait_for(self._in_files.annotations(path, page=page), check_cancelled)
            found += part.annotations
            page = part.next_page
        known = {one.annotation.uid for one in self.of(paper_id)}
        fresh = [one for one in found if one.uid not in known]
        if not fresh:
            return Changes(initiator=initiator)
        label = f"Take over {count_text(len(fresh), 'annotation')}"
        return self._write(label, initiator, "", lambda writer: writer.annotations.add(paper_id, sha256, fresh))

    def save_copy(
        self, paper_id: PaperId, sha256: str, target: Path, *, check_cancelled: CheckCancelled = lambda: None
    ) -> Path:
        """Write a copy of a file with the annotations that the library has on it; other programs show and edit them.

        Raises:
            ReadingListError: The file cannot be found or read, or the copy cannot be written.
        """
        path = self._files.find(paper_id, sha256)
        if target.absolute() == path.absolute():
            message = "Choose another name for the copy: the file itself is never changed."
            raise UserError(message)
        mine = [one.annotation for one in self.of(paper_id) if one.sha256 == sha256]
        wait_for(self._in_files.save_copy(path, mine, target), check_cancelled)
        return target

    def render_markdown(self, ids: Sequence[PaperId]) -> str:
        """Write the annotations of papers for people; papers without any are left out."""
        with self._library.read() as reader:
            papers = reader.papers.get_many(ids)
            annotations = reader.annotations.of_many(ids)
        parts = [_paper_markdown(papers[one], annotations[one]) for one in ids if one in papers and one in annotations]
        return "\n".join(parts)

    def _dated(self, annotation: Annotation) -> Annotation:
        now = self._now()
        return replace(
            annotation,
            uid=annotation.uid or str(uuid.uuid4()),
            created=annotation.created or now,
            modified=annotation.modified or now,
        )

    def _write(self, label: str, initiator: str, merge_key: str, change: Callable[["Writer"], object]) -> Changes:
        with self._library.write(label, initiator=initiator, merge_key=merge_key) as writer:
            change(writer)
        if writer.changes:
            self._events.publish(writer.changes)
        return writer.changes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMarks:
    """The annotations of one file, for the tab that shows it."""

    annotate: Annotate
    paper_id: PaperId
    sha256: str

    def all(self) -> tuple[Annotation, ...]:
        """Return them, in page order."""
        return tuple(one.annotation for one in self.annotate.of(self.paper_id) if one.sha256 == self.sha256)

    def add(self, annotations: Sequence[Annotation], /, *, initiator: str = "") -> Changes:
        """Store new ones."""
        return self.annotate.add(self.paper_id, self.sha256, annotations, initiator=initiator)

    def change(self, annotation: Annotation, /, *, initiator: str = "") -> Changes:
        """Store one that has been changed."""
        return self.annotate.change(self.paper_id, annotation, initiator=initiator)

    def remove(self, uids: Sequence[str], /, *, initiator: str = "") -> Changes:
        """Delete some."""
        return self.annotate.remove(self.paper_id, uids, initiator=initiator)


def paper_address(paper_id: PaperId, page: int) -> str:
    """Return the link that opens a paper at a page."""
    return f"{SCHEME}://paper/{paper_id}?page={page}"


def _paper_markdown(paper: Paper, annotations: Sequence[FiledAnnotation]) -> str:
    year = f" ({paper.published.year})" if paper.published else ""
    lines = [f"# {_one_line(paper.title)}", ""]
    if paper.authors or year:
        lines += [f"{', '.join(paper.authors)}{year}".strip(), ""]
    for filed in annotations:
        lines += _annotation_lines(paper.id, filed.annotation)
    return "\n".join(lines)


def _annotation_lines(paper_id: PaperId, one: Annotation) -> list[str]:
    """Write one: where it is, what it marks, what the reader says."""
    tags = "".join(f" `{tag}`" for tag in one.tags)
    lines = [f"**{NAMES[one.kind]}**, [page {one.page}]({paper_address(paper_id, one.page)}){tags}", ""]
    if one.quote:
        lines += [f"> {_one_line(one.quote)}", ""]
    if one.comment:
        lines += [*one.comment.strip().splitlines(), ""]
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())
