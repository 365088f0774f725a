"""What comes in before anything is understood: drops, and documents as bytes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from readinglist.domain.paper import PaperDraft


@dataclass(frozen=True, slots=True)
class Drop:
    """One thing the reader handed over: a path, an address, or text.

    Attributes:
        kind: How `content` is to be read.
        content: Absolute path, address, or the text itself.
        label: Name for messages; the content where empty.
    """

    kind: Literal["path", "address", "text"]
    content: str
    label: str = ""

    @classmethod
    def of_path(cls, path: Path) -> "Drop":
        """Wrap a file or a folder."""
        return cls("path", str(path), path.name)

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.label or self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """Bytes with their provenance, as a source or the disk delivered them.

    Attributes:
        content: Untouched.
        origin: Address or absolute path; `text` for pasted text.
        name: Short name for messages, such as the file's name.
        media_type: As the server said it; empty if nobody did. A hint, never the truth.
        fetched_at: UTC.
    """

    content: bytes
    origin: str
    name: str
    media_type: str = ""
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why something could not be imported, for the reader.

    Attributes:
        where: File, address or place in it.
        reason: One sentence in plain words: what is wrong and, where possible, what to do.
        excerpt: The offending piece, at most 200 characters; empty if there is none.
    """

    where: str
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an importer made of one document.

    Attributes:
        format: Name of the recognised format, for people: `Hugging Face page`.
        drafts: In the document's order.
        problems: One for each record that could not be read.
        assumed_year: The year given to dates printed without one; None if there were none.
    """

    format: str
    drafts: tuple[PaperDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    assumed_year: int | None = None
