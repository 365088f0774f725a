"""Reads the reference on the sheet that a repository puts before a paper."""

import re
from dataclasses import dataclass

from readinglist.domain.dates import PartialDate
from readinglist.domain.pdf_facts import Finding
from readinglist.pdf.layout import SPLIT, Page, join_lines, merge_rows
from readinglist.pdf.people import clean_name

# Author, A. (2024) The title of it. The journal, 11(2)
REFERENCE = re.compile(
    rf"(?P<authors>[^():{SPLIT}]{{4,400}}?)\s*\((?P<year>(?:19|20)\d\d)\)[.,:]?\s*"
    r"(?P<title>[^\s.?!][^.?!]{7,300}[?!]?)[.]?(?=\s|$)"
)
PEOPLE_GAP = re.compile(r"\s*(?:;|&|\band\b)\s*")
INITIALS = re.compile(r"(?:[A-Z]\.[\s-]*)+")
SOURCE_LINE = re.compile(r"(?:source|wherever|from)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a cover says of the paper behind it."""

    title: Finding[str]
    authors: Finding[tuple[str, ...]] | None
    published: Finding[PartialDate]


def find_reference(page: Page) -> Reference | None:
    """Return the reference that a cover prints in the form "Author (2024) Title.", None if it has none."""
    text = SOURCE_LINE.sub(SPLIT, join_lines(line.text for line in merge_rows(page.upright)))
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
    """Read "Doe, Jane & Roe, John", "Doe, J., Roe, J. and Poe, E." and "Jane Doe, John Roe"; a sentence may precede."""
    last = text if "," in text else re.split(r"[.]\s+(?=[A-Z][a-z])", text.strip())[-1]
    names: list[str] = []
    for piece in PEOPLE_GAP.split(last):
        parts = [part for part in (one.strip() for one in piece.split(",")) if part]
        is_turned = len(parts) == 2 and " " not in parts[1]
        while parts:
            if len(parts) > 1 and (is_turned or INITIALS.fullmatch(parts[1])):
                names.append(clean_name(f"{parts[1]} {parts[0]}"))
                parts = parts[2:]
            else:
                names.append(clean_name(parts.pop(0)))
    return tuple(filter(None, names))
