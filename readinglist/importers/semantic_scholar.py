"""Semantic Scholar: papers as its interface answers them, alone, in a list, or as the match of a title.

**Source:** Semantic Scholar Academic Graph API, https://api.semanticscholar.org/api-docs/graph (2024), and stored
answers of /graph/v1/paper (2023).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier, identifier_url, parse_identifier
from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import ImportResult
from readinglist.importers.cleaning import one_line, paragraphs, shown
from readinglist.importers.days import partial_date
from readinglist.importers.document import Document, Shape
from readinglist.importers.json_records import parse_records

FORMAT = "Semantic Scholar papers"
LISTS = ("data", "recommendedPapers")
PREPRINTS = frozenset({"arxiv.org", "arxiv", "corr"})  # no journals


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.JSON:
        return 0.0
    record = next((one for one in _records(document.json.value) if isinstance(one, Mapping)), None)
    return 0.95 if record is not None and "paperId" in record and "title" in record else 0.0


def parse(document: Document) -> ImportResult:
    """Read every paper."""
    records = _records(document.json.value)
    return parse_records(document, records, _draft, format_name=FORMAT, without="no title")


def _records(value: Any) -> Iterator[Any]:
    for name in LISTS:
        if isinstance(value, Mapping) and isinstance(value.get(name), list):
            value = value[name]
    if isinstance(value, list):
        yield from (one for one in value if one is not None)  # what a batch did not find
    elif isinstance(value, Mapping) and value:
        yield value


def _draft(record: Mapping[str, Any]) -> PaperDraft | None:
    title, title_source = shown(one_line(record.get("title")))
    if not title:
        return None
    abstract, abstract_source = shown(paragraphs(record.get("abstract")))
    identifiers = tuple(dict.fromkeys(_identifiers(record)))
    people = record.get("authors")
    said = (one.get("name") for one in people if isinstance(one, Mapping)) if isinstance(people, list) else ()
    authors = tuple(filter(None, map(one_line, said)))
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) or None,
        published=_published(record),
        identifiers=identifiers,
        url=identifier_url(identifiers[0]) if identifiers else None,
        pdf_url=_pdf_url(record),
        venue=_venue(record),
    )


def _identifiers(record: Mapping[str, Any]) -> Iterator[Identifier]:
    value = record.get("externalIds")
    known: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    for name in ("ArXiv", "DOI"):
        if found := parse_identifier(one_line(known.get(name))):
            yield found
    for name, scheme in (("ACL", "acl"), ("PubMed", "pmid")):
        if text := one_line(known.get(name)):
            yield Identifier(scheme, text)
    if paper := one_line(record.get("paperId")):
        yield Identifier("s2", paper)


def _published(record: Mapping[str, Any]) -> PartialDate | None:
    return partial_date(one_line(record.get("publicationDate"))) or partial_date(str(record.get("year") or ""))


def _pdf_url(record: Mapping[str, Any]) -> str | None:
    value = record.get("openAccessPdf")
    text = one_line(value.get("url")) if isinstance(value, Mapping) else ""
    return text if text.startswith(("https://", "http://")) else None


def _venue(record: Mapping[str, Any]) -> str | None:
    venue = record.get("publicationVenue")
    named = one_line(venue.get("name")) if isinstance(venue, Mapping) else ""
    found = named or one_line(record.get("venue"))
    return None if found.lower() in PREPRINTS else found or None
