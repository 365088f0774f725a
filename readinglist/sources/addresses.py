"""What an address stands for: a page of Daily Papers, an arXiv paper, a DOI, or just a page.

Pure: asks nobody. Every address that is not recognised is a page to be fetched as it is.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from readinglist.domain.identifiers import Identifier

HUGGINGFACE_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "rss.arxiv.org"})
DOI_HOSTS = frozenset({"doi.org", "www.doi.org", "dx.doi.org"})

# Source: arXiv identifier scheme, https://info.arxiv.org/help/arxiv_identifier.html (2015 and later, and before 2007).
_ARXIV_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]+)?/\d{7})(?:v\d+)?"
_PAPER_PATH = re.compile(rf"/papers/{_ARXIV_ID}(?:\.md)?/?")
_ARXIV_PATH = re.compile(rf"/(?:abs|pdf|html|format|ps)/{_ARXIV_ID}(?:\.pdf)?/?")
_PERIOD_PATHS = {
    "date": re.compile(r"/papers/date/(\d{4}-\d{2}-\d{2})/?"),
    "week": re.compile(r"/papers/week/(\d{4}-W\d{2})/?"),
    "month": re.compile(r"/papers/month/(\d{4}-\d{2})/?"),
}
_PERIOD_VALUE = re.compile(r"\d{4}-(\d{2}(-\d{2})?|W\d{2})")


class PageKind(StrEnum):
    """Which page of Daily Papers an address shows; the periods' values are the API's parameter names."""

    LATEST = "latest"
    DATE = "date"
    WEEK = "week"
    MONTH = "month"
    TRENDING = "trending"
    SEARCH = "search"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class PapersPage:
    """A page of Daily Papers.

    Attributes:
        value: The day, week, month, search text or arXiv id; empty for the latest and the trending papers.
    """

    kind: PageKind
    value: str = ""


def todays_papers_address(today: date) -> str:
    """Return the page that lists the Daily Papers of a day, or of the Friday before a weekend, which has none.

    Args:
        today: The day in UTC, by which the listings are dated.
    """
    day = today - timedelta(days=max(0, today.weekday() - 4))
    return f"https://huggingface.co/papers/date/{day.isoformat()}"


def find_papers_page(address: str) -> PapersPage | None:
    """Recognise a page of Daily Papers, None if the address is something else."""
    parts = _split(address, HUGGINGFACE_HOSTS)
    if parts is None:
        return None
    path, query = unquote(parts.path), parse_qs(parts.query)
    if path.rstrip("/") == "/papers":
        return _front_page({name: values[-1].strip() for name, values in query.items()})
    if path.rstrip("/") == "/papers/trending":
        return PapersPage(PageKind.TRENDING)
    for kind, pattern in _PERIOD_PATHS.items():
        if found := pattern.fullmatch(path):
            return PapersPage(PageKind(kind), found.group(1))
    paper = _PAPER_PATH.fullmatch(path)
    return PapersPage(PageKind.PAPER, paper.group("id")) if paper else None


def find_identifier(address: str) -> Identifier | None:
    """Recognise the address of one arXiv paper or a DOI, None if it is something else."""
    if parts := _split(address, ARXIV_HOSTS):
        paper = _ARXIV_PATH.fullmatch(unquote(parts.path))
        return Identifier("arxiv", paper.group("id")) if paper else None
    if parts := _split(address, DOI_HOSTS):
        name = unquote(parts.path).strip("/").lower()
        return Identifier("doi", name) if re.fullmatch(r"10\.\d{4,9}/\S+", name) else None
    return None


def host_of(address: str) -> str:
    """Return the host in lower case, empty if there is none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """Return path and query, for use below another base address."""
    parts = urlsplit(address.strip())
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _front_page(query: dict[str, str]) -> PapersPage:
    if query.get("q"):
        return PapersPage(PageKind.SEARCH, query["q"])
    for kind in _PERIOD_PATHS:  # addresses of earlier years carried the period as a parameter
        if _PERIOD_VALUE.fullmatch(query.get(kind, "")):
            return PapersPage(PageKind(kind), query[kind])
    return PapersPage(PageKind.LATEST)


def _split(address: str, hosts: frozenset[str]) -> SplitResult | None:
    if host_of(address) not in hosts:
        return None
    return urlsplit(address.strip())
