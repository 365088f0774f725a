"""Atom as arXiv's query interface answers.

**Source:** arXiv API User's Manual, https://info.arxiv.org/help/api/user-manual.html (2024).
"""

import re
from typing import TYPE_CHECKING

from readinglist.domain.identifiers import Identifier, identifier_url, parse_identifier
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import one_line, paragraphs, shown
from readinglist.importers.days import partial_date
from readinglist.importers.document import HEAD, Document, Shape
from readinglist.importers.tree import child_text, children, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMAT = "arXiv search results"
SOURCE = "arxiv"
ERRORS = "/api/errors"
LOOKUP = re.compile(r"^https?://[^?]*/abs/|[?&]id_list=[^&]")  # asking for a known paper is no listing


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.XML:
        return 0.0
    head = document.text[:HEAD]
    is_ours = "arxiv.org/api/" in head or re.search(r"<id>\s*https?://arxiv\.org/abs/", head)
    return 0.9 if is_ours and "<feed" in head and "oai:arXiv.org" not in head else 0.0


def parse(document: Document) -> ImportResult:
    """Read every entry; arXiv's own complaints and unknown ids become problems."""
    drafts: list[PaperDraft] = []
    problems: list[Problem] = []
    root = document.xml
    for number, entry in enumerate(children(root, "entry") if root is not None else (), start=1):
        outcome = _entry(entry, document, number)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            drafts.append(outcome)
    if not drafts and not problems:
        reason = "The file is broken." if root is None else "arXiv found no paper."
        problems.append(Problem(where=document.raw.name, reason=reason))
    return ImportResult(format=FORMAT, drafts=tuple(drafts), problems=tuple(problems))


def _entry(entry: "_Element", document: Document, number: int) -> PaperDraft | Problem:
    place = child_text(entry, "id")
    title = one_line(child_text(entry, "title"))
    summary = child_text(entry, "summary")
    if ERRORS in place or title == "Error":
        words = one_line(summary).rstrip(".") or "no reason given"
        return Problem(where=document.raw.name, reason=f"arXiv refused the question: {words}.")
    identifier = parse_identifier(place)
    if not title:
        where = f"{document.raw.name}, entry {number}"
        return Problem(where=where, reason="arXiv knows no paper of this id.", excerpt=place[:200])
    return _draft(entry, identifier, document.raw.origin)


def _draft(entry: "_Element", identifier: Identifier | None, origin: str) -> PaperDraft:
    title, title_source = shown(one_line(child_text(entry, "title")))
    abstract, abstract_source = shown(paragraphs(child_text(entry, "summary")))
    named = (identifier, parse_identifier(child_text(entry, "doi")))
    names = tuple(filter(None, (one_line(child_text(author, "name")) for author in children(entry, "author"))))
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=names,
        author_count=len(names) or None,
        published=partial_date(child_text(entry, "published")),
        identifiers=tuple(dict.fromkeys(one for one in named if one)),
        url=identifier_url(identifier) if identifier else None,
        pdf_url=f"https://arxiv.org/pdf/{identifier.value}" if identifier else None,
        venue=one_line(child_text(entry, "journal_ref")) or None,
        keywords=_categories(entry),
        mention=None if LOOKUP.search(origin) else Mention(source=SOURCE, origin=origin),
    )


def _categories(entry: "_Element") -> tuple[str, ...]:
    """Return arXiv's categories, the primary one first."""
    found = [*children(entry, "primary_category"), *children(entry, "category")]
    return tuple(dict.fromkeys(filter(None, (one_line(one.get("term")) for one in found if local_name(one)))))
