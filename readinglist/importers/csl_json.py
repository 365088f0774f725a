"""CSL-JSON: what a DOI's agency answers, what reference managers export, and Crossref's own works.

**Source:** CSL-JSON schema 1.0.2, https://github.com/citation-style-language/schema; Crossref REST API,
https://api.crossref.org/swagger-ui (2024).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier, identifier_url, parse_identifier
from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import ImportResult
from readinglist.importers.cleaning import from_markup, one_line, shown
from readinglist.importers.days import partial_date
from readinglist.importers.document import Document, Shape
from readinglist.importers.json_records import address_of, parse_records

FORMAT = "CSL-JSON"
DATES = ("issued", "published-print", "published-online", "published", "created", "original-date")
# Names that only CSL and Crossref use together with a title.
TELLING = {"DOI", "issued", "container-title", "citation-key", "author", "URL", "publisher", "ISBN"}


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.JSON:
        return 0.0
    record = next((one for one in _records(document.json.value) if isinstance(one, Mapping)), None)
    if record is None or not {"type", "DOI"} & record.keys():
        return 0.0
    return 0.8 if "title" in record and TELLING & record.keys() else 0.6 if "DOI" in record else 0.0


def parse(document: Document) -> ImportResult:
    """Read every record."""
    records = _records(document.json.value)
    return parse_records(document, records, _draft, format_name=FORMAT, without="neither a title nor a DOI")


def _records(value: Any) -> Iterator[Any]:
    """Find the records: alone, in a list, or in the envelope of Crossref or of Zotero."""
    for name in ("message", "items", "references"):
        if isinstance(value, Mapping) and isinstance(value.get(name), Mapping | list):
            value = value[name]
    if isinstance(value, list):
        for one in value:  # Crossref's works, one answer on each line
            inner = one.get("message") if isinstance(one, Mapping) else None
            yield inner if isinstance(inner, Mapping) else one
    elif isinstance(value, Mapping) and value:
        yield value


def _draft(record: Mapping[str, Any]) -> PaperDraft | None:
    title, title_source = shown(_title(record))
    identifiers = _identifiers(record)
    if not title and not identifiers:
        return None
    abstract, abstract_source = shown(from_markup(record.get("abstract")))
    authors = tuple(_names(record.get("author")))
    arxiv_id = next((one.value for one in identifiers if one.scheme == "arxiv"), None)
    return PaperDraft(
        title=title,
        abstract=_without_heading(abstract),
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) or None,
        published=_published(record),
        identifiers=identifiers,
        url=identifier_url(identifiers[0]) if identifiers else address_of(record.get("URL")),
        pdf_url=f"https://arxiv.org/pdf/{arxiv_id}" if arxiv_id else None,
        venue=_first_text(record.get("container-title")) or _first_text(record.get("event-title")) or None,
        keywords=_keywords(record),
    )


def _title(record: Mapping[str, Any]) -> str:
    title = _first_text(record.get("title"))
    subtitle = _first_text(record.get("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def _identifiers(record: Mapping[str, Any]) -> tuple[Identifier, ...]:
    said = [record.get("DOI"), record.get("URL"), record.get("number"), record.get("id")]
    found = [parse_identifier(one) for one in said if isinstance(one, str)]
    named = [one for one in found if one]
    pmid = str(record.get("PMID") or "")
    if pmid.isascii() and pmid.isdigit():
        named.append(Identifier("pmid", pmid))
    return tuple(dict.fromkeys(named))


def _names(value: Any) -> Iterator[str]:
    for person in value if isinstance(value, list) else ():
        if isinstance(person, Mapping):
            parts = [
                person.get(one) for one in ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
            ]
            name = one_line(" ".join(one for one in parts if isinstance(one, str)))
            name = name or one_line(person.get("literal")) or one_line(person.get("name"))
            if name:
                yield name


def _published(record: Mapping[str, Any]) -> PartialDate | None:
    for name in DATES:
        value = record.get(name)
        if isinstance(value, Mapping) and (found := _date(value)):
            return found
    return None


def _date(value: Mapping[str, Any]) -> PartialDate | None:
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first and first[0]:
        text = "-".join(f"{one:0>4}" if place == 0 else str(one) for place, one in enumerate(first[:3]) if one)
        return partial_date(text)
    said = value.get("raw") or value.get("literal")
    return partial_date(said) if isinstance(said, str) else None


def _keywords(record: Mapping[str, Any]) -> tuple[str, ...]:
    said = record.get("keyword") or record.get("categories") or record.get("subject")
    words = said.split(",") if isinstance(said, str) else said if isinstance(said, list) else []
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))


def _first_text(value: Any) -> str:
    """Crossref writes lists of one, CSL writes texts."""
    text = next((one for one in value if isinstance(one, str)), "") if isinstance(value, list) else value
    return from_markup(text).replace("\n", " ")


def _without_heading(abstract: str) -> str:
    """JATS abstracts begin with a heading that only says what they are."""
    return abstract.removeprefix("Abstract\n").removeprefix("ABSTRACT\n").strip()
