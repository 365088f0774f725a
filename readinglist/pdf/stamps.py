"""The stamp that arXiv prints into the margin of a first page, and ids that authors print themselves.

**Source:** arXiv identifiers and stamps, https://info.arxiv.org/help/arxiv_identifier.html.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import ARXIV_ID, NEW_ID, OLD_ID, parse_identifier
from readinglist.domain.pdf_facts import Finding
from readinglist.pdf.layout import Line, Page

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
STAMP = re.compile(
    rf"arXiv\s*:\s*(?P<id>{NEW_ID}|{OLD_ID})\s*(?:v(?P<version>\d{{1,2}}))?\s*(?P<category>\[[\w.\s-]{{2,20}}\])?"
    rf"\s*(?P<day>\d{{1,2}})?\s*(?P<month>{'|'.join(MONTHS)})?[a-z]*\s*(?P<year>(?:19|20)\d\d)?",
    re.IGNORECASE,
)
ALONE = re.compile(
    rf"\W*(?:preprint\s*)?(?:arXiv\s*:\s*)?(?P<id>{NEW_ID}|{OLD_ID})(?:v\d{{1,2}})?\s*(?:\[[\w.-]+\])?\W*",
    re.IGNORECASE,
)
OLD_ALONE = re.compile(rf"\W*(?:arXiv\s*:\s*)?(?P<id>{OLD_ID})(?:v\d{{1,2}})?\W*", re.IGNORECASE)
TOP = 0.25  # of the page: where authors print an old id beside the numbers of their institute's reports
EDGE = 0.1  # of the page, above and below
IN_NAME = re.compile(
    rf"(?:^|[^\d.])(?P<id>{NEW_ID}|(?:{OLD_ID.replace('/', '[/_-]?')}))(?:v\d{{1,2}})?(?![\d.]*\d)", re.IGNORECASE
)
OLD_SPLIT = re.compile(r"^([a-z-]+(?:\.[a-z]{2})?)[/_-]?(\d{7})$", re.IGNORECASE)
FIRST_YEAR = 91  # of arXiv, in the two digits of an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An arXiv id as a page carries it.

    Attributes:
        published: The day of a first version's stamp, else the month that the id itself names.
    """

    arxiv_id: Finding[str]
    published: Finding[PartialDate] | None


def find_stamp(page: Page) -> Stamp | None:
    """Return the id of this very paper that a page carries; ids of cited papers are none."""
    margin = _margin_text(page.lines)
    if hit := STAMP.search(margin):
        return _stamp(hit, f"arXiv stamp in the margin of page {page.number}", 0.99)
    for line in page.upright:
        hit = STAMP.search(line.text)
        if hit and (hit["category"] or (hit["version"] and hit["year"])) and len(line.text) < len(hit.group()) + 30:
            return _stamp(hit, f"arXiv stamp on page {page.number}", 0.97)
    return next((found for line in page.upright if (found := _printed(line, page))), None)


def find_in_file_name(name: str) -> Finding[str] | None:
    """Return the arXiv id that a file was named after when it was saved.

    >>> find_in_file_name("2401.01234v2.pdf").value, find_in_file_name("hep-th9901001.pdf").value
    ('2401.01234', 'hep-th/9901001')
    """
    hit = IN_NAME.search(name.removesuffix(".pdf").removesuffix(".PDF"))
    if hit is None:
        return None
    text = hit["id"]
    if old := OLD_SPLIT.match(text):
        text = f"{old[1]}/{old[2]}"
    found = parse_identifier(text)
    if found is None or found.scheme != "arxiv":
        return None
    return Finding(value=found.value, evidence="arXiv id in the file's name", confidence=0.85)


def month_of_id(arxiv_id: str) -> PartialDate | None:
    """Return the month in which an id was given.

    >>> str(month_of_id("2401.01234")), str(month_of_id("hep-th/9901001"))
    ('2024-01', '1999-01')
    """
    digits = arxiv_id.rpartition("/")[2]
    year, month = int(digits[:2]), int(digits[2:4])
    if not 1 <= month <= 12:
        return None
    return PartialDate((1900 if year >= FIRST_YEAR else 2000) + year, month)


def _margin_text(lines: Sequence[Line]) -> str:
    """Join the lines that are not upright, in their order; a stamp may come in pieces."""
    turned = [line for line in lines if not line.is_upright]
    whole = " ".join(line.text for line in turned)
    if STAMP.search(whole):
        return whole
    upward = " ".join(line.text for line in sorted(turned, key=lambda one: (round(one.box.left / 10), -one.box.bottom)))
    return upward if STAMP.search(upward) else re.sub(r"(?<=\d)\s(?=\d)|(?<=:)\s", "", upward)


def _printed(line: Line, page: Page) -> Stamp | None:
    """Read a line that is an id and nothing else, at the edge of the page or among the numbers above a title."""
    is_at_edge = line.box.top < EDGE * page.height or line.box.bottom > (1 - EDGE) * page.height
    hit = ALONE.fullmatch(line.text) if is_at_edge and "arxiv" in line.text.lower() else None
    if hit is None and line.box.top < TOP * page.height:
        hit = OLD_ALONE.fullmatch(line.text)
    return _stamp(hit, f"arXiv id at the edge of page {page.number}", 0.9) if hit else None


def _stamp(hit: "re.Match[str]", evidence: str, confidence: float) -> Stamp | None:
    if not ARXIV_ID.fullmatch(hit["id"]):
        return None
    found = parse_identifier(hit["id"])
    if found is None:
        return None
    month = month_of_id(found.value)
    groups = hit.groupdict()
    day = _day(groups) if groups.get("version") in {None, "1"} else None
    when = day or month
    return Stamp(
        arxiv_id=Finding(value=found.value, evidence=evidence, confidence=confidence),
        published=Finding(value=when, evidence=evidence, confidence=confidence) if when else None,
    )


def _day(groups: dict[str, str | None]) -> PartialDate | None:
    day, month, year = groups.get("day"), groups.get("month"), groups.get("year")
    if not (day and month and year):
        return None
    try:
        return PartialDate.of(date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day)))
    except ValueError:
        return None
