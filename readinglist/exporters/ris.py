"""RIS, which every reference manager reads.

Lines end with a newline, not with the carriage return of the specification: all readers take both, and it survives
pipes and clipboards.

**Source:** RIS format specification, Research Information Systems (2001; tags of 2011).
"""

import re
from collections.abc import Iterable, Iterator

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Paper
from readinglist.exporters.citing import Kind, address_of, kind_of
from readinglist.exporters.people import split_name

TYPES = {Kind.ARTICLE: "JOUR", Kind.CONFERENCE_PAPER: "CPAPER", Kind.PREPRINT: "UNPB"}
TAG_LIKE = re.compile(r"[A-Z][A-Z0-9] {1,2}-")


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write one record for each paper."""
    for number, paper in enumerate(papers):
        lines = [f"{tag}  - {text}" for tag, text in _lines(paper) if text]
        yield "\n" * bool(number) + "\n".join((*lines, "ER  - \n"))


def _lines(paper: Paper) -> Iterator[tuple[str, str]]:
    kind = kind_of(paper)
    arxiv, date = paper.identifier("arxiv"), paper.published
    yield "TY", TYPES[kind]
    yield "TI", _one_line(paper.title)
    yield from (("AU", _author(name)) for name in paper.authors or filter(None, (paper.organization,)))
    yield (
        ("T2" if kind is Kind.CONFERENCE_PAPER else "JO" if kind is Kind.ARTICLE else "PB"),
        _one_line(paper.venue or ("arXiv" if arxiv else "")),
    )
    if date:
        yield "PY", str(date.year)
        yield "DA", _date(date)
    yield "DO", paper.identifier("doi") or ""
    yield "SN", paper.identifier("isbn") or ""
    yield "M1", f"arXiv:{arxiv}" if arxiv else ""
    yield "AN", paper.identifier("pmid") or ""
    yield "UR", _one_line(address_of(paper) or "")
    yield "L1", _one_line(paper.pdf_url or "")
    yield from (("KW", _one_line(word)) for word in dict.fromkeys((*paper.keywords, *paper.tags)))
    yield "AB", _paragraphs(paper.abstract)
    yield "N1", _paragraphs(paper.note)


def _author(name: str) -> str:
    """Write "Surname, Given, Suffix"; a particle belongs to the surname here."""
    person = split_name(name)
    last = " ".join(filter(None, (person.particle, person.family)))
    return _one_line(", ".join(part for part in (last, person.given, person.suffix) if part))


def _date(date: PartialDate) -> str:
    """Write year, month and day with a slash after each that is known."""
    parts = [f"{date.year:04d}", f"{date.month:02d}" if date.month else "", f"{date.day:02d}" if date.day else ""]
    return "/".join((*parts, ""))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Keep the lines: what begins with no tag continues the field. A line that looks like a tag steps aside."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(f" {line}" if TAG_LIKE.match(line) else line for line in lines)
