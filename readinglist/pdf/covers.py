"""Reads the reference on the sheet that a repository puts before a paper."""

import re
from dataclasses import dataclass

from readinglist.domain.dates import PartialDate
from readinglist.domain.pdf_facts import Finding
from readinglist.pdf.layout import Page, join_lines, merge_rows
from readinglist.pdf.people import clean_name

# Author, A. (2024) The title of it. The journal, 11(2)
REFERENCE = re.compile(
    r"(?P<authors>[^():]{4,400}?)\s*\((?P<year>(?:19|20)\d\d)\)[.,:]?\s*(?P<title>[^\s.?!][^.?!]{7,300}[?!]?)[.]?(?=\s|$)"
)
NAME_GAP = re.compile(r"\s*(?:;|&|\band\b|,(?!\s*(?:[A-Z]\.)))\s*")
SOURCE_LINE = re.compile(r"(?:source|wherever|from)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a cover says of the paper behind it."""

    title: Finding[str]
    authors: Finding[tuple[str, ...]] | None
    published: Finding[PartialDate]


def find_reference(page: Page) -> Reference | None:
    """Return the reference that a cover prints in the form "Author (2024) Title.", None if it has none."""
    text = SOURCE_LINE.sub(". ", join_lines(line.text for line in merge_rows(page.upright)))
    for hit in REFERENCE.finditer(text):
        title = " ".join(hit["title"].split())
        evidence = f"the reference on the cover, page {page.number}"
        names = _names(hit["authors"])
        if len(title.split()) < 3 or not names:
            continue
        return Reference(
            title=Finding(value=title, evidence=evidence, confidence=0.8),
            authors=Finding(value=names, evidence=evidence, confidence=0.7),
            published=Finding(value=PartialDate(int(hit["year"])), evidence=evidence, confidence=0.8),
        )
    return None


def _names(text: str) -> tuple[str, ...]:
    """Read the names that end a piece of text; a sentence may stand before them."""
    last = re.split(r"[:.]\s+(?=[A-Z][a-z])|\.\s*$", text.strip())[-1] if "," not in text else text
    names = []
    for piece in NAME_GAP.split(last):
        family, _, given = (part.strip() for part in piece.partition(","))
        names.append(clean_name(f"{given} {family}" if given else family))
    return tuple(filter(None, names))
