"""What hangs on a paper, as words and as JSON: its files, and what is drawn and written on them."""

from collections.abc import Sequence
from typing import Any

from readinglist.cli.session import Session
from readinglist.domain.files import FiledAnnotation
from readinglist.domain.wording import count_text
from readinglist.services.annotate import NAMES
from readinglist.services.files import FileView

HUNDRED = 100


def file_to_json(view: FileView) -> dict[str, Any]:
    """Describe a file for scripts; names once given are kept."""
    position = view.position
    return {
        "path": str(view.path),
        "is_there": view.is_there,
        "linked": view.file.is_linked,
        "size_bytes": view.file.size_bytes,
        "sha256": view.file.sha256,
        "pages": view.file.facts.page_count,
        "has_text": view.file.facts.has_text,
        "wants_password": view.file.facts.wants_password,
        "page": position.page if position else None,
        "share_read": round(position.share_read, 2) if position else 0.0,
    }


def annotation_to_json(filed: FiledAnnotation) -> dict[str, Any]:
    """Describe an annotation for scripts; places are in points from the top left corner of the page."""
    one = filed.annotation
    return {
        "id": one.uid,
        "file": filed.sha256,
        "page": one.page,
        "kind": one.kind.value,
        "color": one.colour.value,
        "quote": one.quote,
        "comment": one.comment,
        "tags": list(one.tags),
        "author": one.author,
        "rects": [[rect.left, rect.top, rect.right, rect.bottom] for rect in one.rects],
        "created": one.created.isoformat() if one.created else None,
        "modified": one.modified.isoformat() if one.modified else None,
    }


def print_files(session: Session, views: Sequence[FileView]) -> None:
    """Print files, each on a line, with what is known of them."""
    terminal = session.terminal
    for view in views:
        facts = view.file.facts
        notes = [
            count_text(facts.page_count, "page") if facts.page_count else "",
            "linked" if view.file.is_linked else "",
            "wants a password" if facts.wants_password else "",
            "has no text" if facts.has_text is False else "",
            f"{view.position.share_read * HUNDRED:.0f} % read, at page {view.position.page}" if view.position else "",
            "" if view.is_there else "is not there any more",
        ]
        known = ", ".join(note for note in notes if note)
        label = terminal.faint("File".ljust(12))
        terminal.print(f"{label} {view.path} ({known})" if known else f"{label} {view.path}")


def print_annotations(session: Session, annotations: Sequence[FiledAnnotation]) -> None:
    """Print annotations in the order given."""
    terminal = session.terminal
    for filed in annotations:
        one = filed.annotation
        tags = "".join(f" [{tag}]" for tag in one.tags)
        terminal.print(terminal.faint(f"p. {one.page} · {NAMES[one.kind]}{tags}"))
        if one.quote:
            terminal.print(terminal.wrap(f"“{one.quote}”", indent="  "))
        if one.comment:
            terminal.print(terminal.wrap(one.comment, indent="  "))
