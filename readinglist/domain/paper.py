"""What a paper is: as a parsed **draft**, as a stored **paper**, and as the **row** of a list.

The words are rationed: a draft is parsed and unsaved, a paper is stored and has a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NewType

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier

PaperId = NewType("PaperId", int)


class Status(StrEnum):
    """Where a paper stands in the reader's life."""

    INBOX = "inbox"  # arrived, not looked at
    TO_READ = "to-read"  # chosen; has a place in the queue
    READING = "reading"  # open now
    READ = "read"  # done
    SKIPPED = "skipped"  # looked at and not wanted

    @property
    def label(self) -> str:
        """The word the reader sees."""
        return STATUS_LABELS[self]


STATUS_LABELS: Mapping[Status, str] = {
    Status.INBOX: "Inbox",
    Status.TO_READ: "To read",
    Status.READING: "Reading",
    Status.READ: "Read",
    Status.SKIPPED: "Skipped",
}


class Priority(IntEnum):
    """How urgent the reader finds a paper."""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A listing's word about a paper: that it stood there, when, and with how much attention.

    Attributes:
        source: Kind of listing, a stable key such as `huggingface`, `arxiv`, `feed`, `text`.
        origin: Address or path of the listing as the reader gave it.
        listed_on: Day of the listing; None if it does not say.
        upvotes: As printed; None if the listing has no such number.
        comments: As printed; None if the listing has no such number.
    """

    source: str
    origin: str
    listed_on: date | None = None
    upvotes: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a reader made of a paper, as an export of their library tells it; a stored paper has all of it itself.

    Attributes:
        queue_position: Place in the To read queue it came from; lower comes first.
        started: When it was first marked Reading; None if unknown.
        finished: When it was last marked Read; None if unknown.
        rating: 0 (none) to 5.
        note: Markdown.
        other_titles: Those of what was merged into it.
    """

    status: Status = Status.INBOX
    queue_position: float | None = None
    started: datetime | None = None
    finished: datetime | None = None
    is_starred: bool = False
    priority: Priority = Priority.NONE
    rating: int = 0
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    other_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDraft:
    """A paper as one source describes it: parsed, unsaved.

    Attributes:
        title: Readable Unicode on one line; empty only if the source gives nothing but an identifier.
        abstract: Readable Unicode, paragraphs separated by a newline; empty if unknown.
        title_source: The title as it stood in the source, where that differs (TeX); else empty.
        abstract_source: The same for the abstract.
        authors: Full names in order, "Given Family"; empty if the source has none.
        author_count: Number of authors if the source states it; `len(authors)` when names are known and it is complete.
        organization: Organisation that published it, if the source says so.
        published: Day of publication; None if unknown.
        is_year_assumed: The source printed no year; `published` carries the parser's deduction.
        identifiers: In the source's order, no duplicates.
        url: Landing page.
        pdf_url: Open PDF.
        code_url: Repository of the paper's code.
        venue: Journal or conference as printed.
        keywords: Subject words and categories of the source.
        mention: What the listing said; None outside listings.
        marks: What a reader made of it; None outside exports of a library.
    """

    title: str
    abstract: str = ""
    title_source: str = ""
    abstract_source: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    published: PartialDate | None = None
    is_year_assumed: bool = False
    identifiers: tuple[Identifier, ...] = ()
    url: str | None = None
    pdf_url: str | None = None
    code_url: str | None = None
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    mention: Mention | None = None
    marks: Marks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """What a list shows of a paper; cheap to load by the hundred.

    Attributes:
        excerpt: The first 400 characters of the abstract.
        authors: The first ten names; see `author_count` for how many there are.
        tags: Names in alphabetical order.
        upvotes: Largest number any listing printed; None if none did.
        is_binned: In the bin.
    """

    id: PaperId
    title: str
    excerpt: str
    authors: tuple[str, ...]
    author_count: int | None
    organization: str | None
    published: PartialDate | None
    added: datetime
    status: Status
    is_starred: bool
    priority: Priority
    rating: int
    tags: tuple[str, ...]
    venue: str | None
    upvotes: int | None
    comments: int | None
    has_note: bool
    has_pdf: bool
    is_binned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A stored paper, whole.

    Attributes:
        other_titles: Those under which it was known before it was merged with others, in alphabetical order.
        added: When it came into the library, UTC.
        started: When it was first marked Reading, UTC.
        finished: When it was last marked Read, UTC.
        queue_position: Place in the To read queue; None outside it. Lower comes first.
        rating: 0 (none) to 5.
        tags: Names in alphabetical order.
        collections: Names in alphabetical order.
        note: The reader's Markdown.
        pdf: Absolute path of the first PDF; None if there is none.
        mentions: The listings it stood in, newest first.
        content_hash: SHA-256 (hex) of title and abstract; names the text a vector was made from.
    """

    id: PaperId
    title: str
    other_titles: tuple[str, ...]
    abstract: str
    title_source: str
    abstract_source: str
    authors: tuple[str, ...]
    author_count: int | None
    organization: str | None
    published: PartialDate | None
    identifiers: tuple[Identifier, ...]
    url: str | None
    pdf_url: str | None
    code_url: str | None
    venue: str | None
    keywords: tuple[str, ...]
    added: datetime
    started: datetime | None
    finished: datetime | None
    status: Status
    queue_position: float | None
    is_starred: bool
    priority: Priority
    rating: int
    tags: tuple[str, ...]
    collections: tuple[str, ...]
    note: str
    pdf: str | None
    upvotes: int | None
    comments: int | None
    mentions: tuple[Mention, ...]
    content_hash: str
    is_binned: bool

    def identifier(self, scheme: str) -> str | None:
        """Return the value of the first identifier of the scheme, None if the paper has none."""
        return next((one.value for one in self.identifiers if one.scheme == scheme), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag as the sidebar shows it.

    Attributes:
        name: Full path, levels separated by `/`.
        color: Key of a tag colour of the theme (`red`, `orange`, `yellow`, `green`, `teal`, `blue`, `purple`, `gray`).
        count: Papers outside the bin that carry exactly this tag.
    """

    name: str
    color: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A shelf of papers that the reader puts together for a purpose, as the sidebar shows it.

    Attributes:
        name: Full path, levels separated by `/`.
        count: Papers outside the bin that are in exactly this collection.
    """

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers beside the sidebar's entries; papers in the bin count only in `binned`."""

    total: int
    starred: int
    binned: int
    by_status: Mapping[Status, int] = field(default_factory=dict)
