"""OpenAlex: works as its interface answers them, alone or in the results of a search.

**Source:** OpenAlex API, Work object, https://docs.openalex.org/api-entities/works/work-object (2024), and stored
answers of /works (2024).
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

FORMAT = "OpenAlex works"
WORK = "https://openalex.org/W"
PMID = "https://pubmed.ncbi.nlm.nih.gov/"
LONGEST_ABSTRACT = 20_000  # words; more is no abstract
MOST_AUTHORS = 100  # OpenAlex names no more in lists


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.JSON:
        return 0.0
    record = next((one for one in _records(document.json.value) if isinstance(one, Mapping)), None)
    return 0.95 if record is not None and str(record.get("id", "")).startswith(WORK) else 0.0


def parse(document: Document) -> ImportResult:
    """Read every work."""
    records = _records(document.json.value)
    return parse_records(document, records, _draft, format_name=FORMAT, without="no title")


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping) and isinstance(value.get("results"), list):
        value = value["results"]
    if isinstance(value, list):
        yield from value
    elif isinstance(value, Mapping) and value:
        yield value


def _draft(record: Mapping[str, Any]) -> PaperDraft | None:
    title, title_source = shown(_flat(record.get("display_name")) or _flat(record.get("title")))
    if not title:
        return None
    abstract, abstract_source = shown(from_markup(_abstract(record.get("abstract_inverted_index"))))
    identifiers = _identifiers(record)
    authors = tuple(_authors(record.get("authorships")))
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) if 0 < len(authors) < MOST_AUTHORS else None,
        published=_published(record),
        identifiers=identifiers,
        url=identifier_url(identifiers[0]) if identifiers else None,
        pdf_url=address_of(_inner(record, "best_oa_location").get("pdf_url")),
        venue=_venue(record),
        keywords=_keywords(record.get("keywords")),
    )


def _identifiers(record: Mapping[str, Any]) -> tuple[Identifier, ...]:
    """Return arXiv's first where arXiv is one of the places the work lies at, OpenAlex's own last."""
    places = [_inner(record, "primary_location"), *_mappings(record.get("locations"))]
    arxiv = [parse_identifier(one_line(place.get("landing_page_url"))) for place in places]
    ids = _inner(record, "ids")
    named = [one for one in arxiv if one and one.scheme == "arxiv"][:1]
    doi = parse_identifier(one_line(record.get("doi")) or one_line(ids.get("doi")))
    if doi:
        named.append(doi)
    pmid = one_line(ids.get("pmid")).removeprefix(PMID).strip("/")
    if pmid.isascii() and pmid.isdecimal():
        named.append(Identifier("pmid", pmid))
    work = one_line(record.get("id")).removeprefix("https://openalex.org/")
    if work[:1] == "W" and work[1:].isdecimal():
        named.append(Identifier("openalex", work))
    return tuple(dict.fromkeys(named))


def _authors(value: Any) -> Iterator[str]:
    for one in _mappings(value):
        name = one_line(_inner(one, "author").get("display_name")) or one_line(one.get("raw_author_name"))
        if name:
            yield name


def _abstract(index: Any) -> str:
    """Put the words back into their order; OpenAlex may not print abstracts, but may say which word stands where."""
    if not isinstance(index, Mapping):
        return ""
    words = {
        place: str(word)
        for word, places in index.items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int) and 0 <= place < LONGEST_ABSTRACT
    }
    return " ".join(words[place] for place in sorted(words))


def _published(record: Mapping[str, Any]) -> PartialDate | None:
    """Read the date; the first of January stands for a year of which no more is known."""
    found = partial_date(one_line(record.get("publication_date")))
    if found and (found.month, found.day) == (1, 1):
        return PartialDate(found.year)
    return found or partial_date(str(record.get("publication_year") or ""))


def _venue(record: Mapping[str, Any]) -> str | None:
    """Name the journal or conference; a repository is none."""
    source = _inner(_inner(record, "primary_location"), "source")
    return None if source.get("type") == "repository" else one_line(source.get("display_name")) or None


def _keywords(value: Any) -> tuple[str, ...]:
    said = (one_line(one.get("display_name")) or one_line(one.get("keyword")) for one in _mappings(value))
    return tuple(dict.fromkeys(filter(None, said)))


def _inner(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())


def _flat(value: Any) -> str:
    return from_markup(value).replace("\n", " ")
