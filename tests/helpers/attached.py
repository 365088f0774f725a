"""Files and annotations for tests that need no real PDF."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.files import NewFile
from readinglist.domain.pages import Rect
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft

MADE = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


def make_pdf(path: Path, words: str = "a paper") -> Path:
    """Write a file that begins as a PDF does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"%PDF-1.7\n{words}\n%%EOF\n".encode())
    return path


def make_file(sha256: str, **facts: Any) -> NewFile:
    """Describe a stored file; `facts` replaces what is said of it."""
    known: dict[str, Any] = {"path": f"files/{sha256}.pdf", "sha256": sha256, "size_bytes": 5, "is_linked": False}
    return NewFile(**{**known, **facts})


def make_annotation(uid: str, page: int = 1, **facts: Any) -> Annotation:
    """Make a highlight; `facts` replaces what it says."""
    known: dict[str, Any] = {
        "uid": uid,
        "kind": AnnotationKind.HIGHLIGHT,
        "page": page,
        "rects": (Rect(72, 100, 300, 112),),
        "quote": f"quoted words of {uid}",
        "created": MADE,
        "modified": MADE,
    }
    return Annotation(**{**known, **facts})


def add_papers(library: Library, *numbers: int, **facts: Any) -> list[PaperId]:
    """Store papers."""
    with library.write(f"Import {len(numbers)} papers") as writer:
        return writer.papers.add_many([make_draft(number, **facts) for number in numbers], status=Status.INBOX)
