"""Where the links of a page lead: to another place of the document, or to an address outside."""

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from readinglist.domain.pages import PageLink, Point, Rect

MOST_LINKS = 5000  # of one page
SAFE = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# Some writers leave out http://, and then the address reads as a file on a machine called dx.doi.org.
BARE = re.compile(r"(?:file://)?((?:www\.|(?:dx\.)?doi\.org/|arxiv\.org/)\S+)", re.IGNORECASE)


def read_links(page: Any) -> tuple[PageLink, ...]:
    """Read the links of a page of PyMuPDF; those to files, programs and nowhere are left out."""
    found = (_link(page, one) for one in islice(_chain(page.first_link), MOST_LINKS))
    return tuple(link for link in found if link is not None)


def find_target(inner: Any, uri: str) -> tuple[int, Point | None] | None:
    """Find the page and the point that an address inside a document leads to; None if there is no such place.

    Args:
        inner: The document of PyMuPDF.
        uri: As MuPDF names places inside: `#page=3&…`, `#nameddest=…`.
    """
    page, across, down = inner.resolve_link(uri)
    if not 0 <= page < inner.page_count:
        return None
    # A target may name the height only, or nothing but the page.
    across, down = (0.0 if math.isnan(one) else one for one in (across, down))
    return page + 1, Point(across, down) if across or down else None


def safe_address(uri: str) -> str:
    """Return an address that may be opened, empty for one that may not.

    >>> safe_address("https://arxiv.org/abs/1706.03762"), safe_address("file://dx.doi.org/10.1/x")
    ('https://arxiv.org/abs/1706.03762', 'https://dx.doi.org/10.1/x')
    >>> safe_address("file:///etc/passwd"), safe_address("javascript:alert(1)")
    ('', '')
    """
    uri = uri.strip()
    if (bare := BARE.fullmatch(uri)) is not None:
        return f"https://{bare[1]}"
    return uri if SAFE.match(uri) else ""


def _chain(link: Any) -> Iterator[Any]:
    while link:
        yield link
        link = link.next


def _link(page: Any, link: Any) -> PageLink | None:
    rect = Rect(link.rect.x0, link.rect.y0, link.rect.x1, link.rect.y1)
    uri = str(link.uri or "")
    if uri.startswith("#"):
        target = find_target(page.parent, uri)
        return None if target is None else PageLink(rect=rect, page=target[0], point=target[1])
    address = safe_address(uri)
    return PageLink(rect=rect, address=address) if address else None
