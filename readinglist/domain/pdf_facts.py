"""What a PDF says of itself, each statement with where it stood and how far it can be believed.

The recogniser fills these in, the review sheet shows them, and the import makes a draft of them.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Generic[Value]):
    """One statement about a paper.

    Attributes:
        value: What was found.
        evidence: A short phrase for the reader, such as "arXiv stamp in the margin of page 1".
        confidence: 0 to 1; below 0.5 it is a guess that somebody should look at.
    """

    value: Value
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What was recognised in one PDF; None where the file does not say.

    Attributes:
        title: Readable Unicode on one line.
        authors: Full names in the order of the page.
        published: As precisely as the page says it.
        arxiv_id: Without version.
        doi: The paper's own, lower case; never one that it merely mentions.
        abstract: On one line; only where a heading announces it.
        pages: Number of pages, at least one.
        has_text: The pages that were looked at carry text that can be read.
        is_scan: They carry pictures of pages and no text.
    """

    title: Finding[str] | None = None
    authors: Finding[tuple[str, ...]] | None = None
    published: Finding[PartialDate] | None = None
    arxiv_id: Finding[str] | None = None
    doi: Finding[str] | None = None
    abstract: Finding[str] | None = None
    pages: int
    has_text: bool
    is_scan: bool


def draft_of(facts: PdfFacts) -> PaperDraft:
    """Make the draft of a recognised PDF; its title is empty where none was found.

    >>> title = Finding(value="Attention", evidence="largest type on page 1", confidence=0.9)
    >>> draft_of(PdfFacts(title=title, pages=3, has_text=True, is_scan=False)).title
    'Attention'
    """
    named = (("arxiv", facts.arxiv_id), ("doi", facts.doi))
    authors = facts.authors.value if facts.authors else ()
    return PaperDraft(
        title=facts.title.value if facts.title else "",
        abstract=facts.abstract.value if facts.abstract else "",
        authors=authors,
        author_count=len(authors) or None,
        published=facts.published.value if facts.published else None,
        identifiers=tuple(Identifier(scheme, found.value) for scheme, found in named if found),
    )
