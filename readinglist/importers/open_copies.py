"""Where a paper lies open to everybody, as OpenAlex and Unpaywall say it: addresses of PDFs, the best one first.

**Source:** Unpaywall data format, https://unpaywall.org/data-format (2024); OpenAlex Location object,
https://docs.openalex.org/api-entities/works/work-object/location-object (2024).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from readinglist.domain.raw import RawDocument
from readinglist.importers.cleaning import one_line
from readinglist.importers.decoding import NotText
from readinglist.importers.document import open_document

BEST = ("best_oa_location",)
ALL = ("oa_locations", "locations")


def open_copies(raw: RawDocument) -> list[str]:
    """Return the addresses of open PDFs in a record; none for what is no such record."""
    try:
        value = open_document(raw).json.value
    except NotText:
        return []
    record: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    said = (_pdf_address(place) for place in _places(record))
    return list(dict.fromkeys(filter(None, said)))


def _places(record: Mapping[str, Any]) -> Iterator[Any]:
    yield from (record.get(name) for name in BEST)
    for name in ALL:
        found = record.get(name)
        yield from found if isinstance(found, list) else ()


def _pdf_address(place: Any) -> str:
    """Return the address of one place; empty if it has none, or is not open."""
    if not isinstance(place, Mapping) or place.get("is_oa") is False:
        return ""
    address = one_line(place.get("pdf_url")) or one_line(place.get("url_for_pdf"))
    return address if address.startswith(("https://", "http://")) else ""
