"""Finds when a paper appeared, by what its first pages print about it; running text is not asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from readinglist.domain.dates import PartialDate
from readinglist.domain.pdf_facts import Finding
from readinglist.domain.titles import fold_title
from readinglist.pdf.layout import Line, Page

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio",
            "february feb februar février febrero febbraio",
            "march mar märz mars marzo",
            "april apr avril abril aprile",
            "may mai mayo maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet julio luglio",
            "august aug août agosto",
            "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?<![\d.])(?<!\d[-–])(?:1[89]|20)\d\d(?!\d|\.\d)"
DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+|de\s+)?(?P<month>{MONTH})\b\.?,?\s*(?:de\s+)?(?P<year>{YEAR})"
    rf"|\b(?P<month2>{MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:\s*[-–—]\s*(?:(?:{MONTH})\s*)?\d{{1,2}})?(?:st|nd|rd|th)?,?\s*(?P<year2>{YEAR})"
    rf"|\b(?P<month3>{MONTH})\b\.?,?\s*(?P<year3>{YEAR})"
    rf"|(?P<year4>{YEAR})[-/.](?P<month4>\d{{1,2}})[-/.](?P<day4>\d{{1,2}})"
    rf"|(?P<year5>{YEAR})\s*年(?:\s*(?P<month5>\d{{1,2}})\s*月)?(?:\s*(?P<day5>\d{{1,2}})\s*日)?"
    rf"|(?P<year6>{YEAR})",
    re.IGNORECASE,
)
EDGE = 0.14
HEAD = 0.6  # of the page: below it a line is no part of the paper's head
LONGEST_HEAD = 9  # words; more are running text


@dataclass(frozen=True, slots=True)
class _Rule:
    """What precedes or surrounds a date: where it may stand, and how much it says.

    Attributes:
        zone: `any` line, the `edge` of the page, or its `head` above the abstract.
        names_day: The date is a day of publication and not of something else that year.
        reach: 2 if it holds on later pages, too, 1 if it does behind a title page, 0 on the first page only.
    """

    pattern: "re.Pattern[str]"
    zone: str
    evidence: str
    confidence: float
    names_day: bool = False
    reach: int = 0


def _rule(
    pattern: str, zone: str, evidence: str, confidence: float, *, names_day: bool = False, reach: int = 0
) -> _Rule:
    return _Rule(re.compile(pattern, re.IGNORECASE), zone, evidence, confidence, names_day, reach)


ISSUE = (
    rf"\(\s*{YEAR}\s*\)\s*(?:vol\.?\s*)?\d|\d\s*\(\s*{YEAR}\s*\)|{YEAR}\s*[,;]\s*(?:vol\.?\s*)?\d{{1,4}}\s*[,:(]"
    rf"|\bvol(?:ume|\.)?\s*\d|\bno\.\s*\d|\bissue\s+\d|\bpp\.?\s*\d|\d\s*[:(]\s*\d+\)?[-–:,]"
)
RULES = (
    _rule(
        rf"(?:published(?:\s+online)?|publication\s+date|posted)\b(?:\s+(?:on|in|online|date))?\W*(?=.{{0,24}}{YEAR})",
        "any",
        "the day of publication on",
        0.95,
        names_day=True,
        reach=2,
    ),
    _rule(r"\b(?:conference|workshop)\s+paper\s+at\b|\bproc(?:eedings|\.)\s", "any", "the proceedings named on", 0.92),
    _rule(r"’\d\d,|'\d\d,", "any", "the conference named on", 0.9),
    _rule(ISSUE, "edge", "the issue named on", 0.9),
    _rule(ISSUE, "head", "the issue named on", 0.85),
    _rule(
        r"^\W*(?:citation|cite\s+this|(?:how\s+)?to\s+cite|\w+\s+reference\s+format)\b", "any", "the citation on", 0.88
    ),
    _rule(rf"(?:©|\bcopyright\b|\(c\))\D{{0,40}}(?={YEAR})", "any", "the copyright notice on", 0.85, reach=2),
    _rule(rf"{YEAR}\D{{0,12}}(?:©|\bcopyright\b)", "any", "the copyright notice on", 0.8, reach=2),
    _rule(
        r"^\W*(?:\d{1,2}\W+)?(?:\w{3,9}\W+)?(?:\d{1,2}\w{0,2}\W+)?(?:19|20)\d\d\W*$",
        "head",
        "the date on",
        0.8,
        names_day=True,
        reach=1,
    ),
    _rule(
        r"\b(?:accepted|completed|dated?|version|defen[cs]e|submitted\s+on|eingereicht|vorgelegt)\b",
        "any",
        "a date on",
        0.65,
    ),
    _rule(r"年", "head", "the date on", 0.65),
    _rule(YEAR, "edge", "the edge of", 0.6),
    _rule(r"\breceived\b|\bsubmitted\b|\brevised\b", "any", "the day of submission on", 0.5),
    _rule(YEAR, "head", "the head of", 0.45),
)
TITLE_PAGE = 1500  # letters; a first page with fewer is followed by one with the imprint
CONFERENCE = re.compile(r"\bconference\b|\bproceedings\b|\bsymposium\b|\bworkshop\b", re.IGNORECASE)
SHORT_YEAR = re.compile(r"\b[A-Z]{2,}\s?[-–’'‘]\s?(\d\d)\b(?![-–]\d)")
IN_DOI = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def find_published(
    pages: Sequence[Page], doi: str | None, *, title: str = "", head_end: float | None = None
) -> Finding[PartialDate] | None:
    """Return when a paper appeared, None where nothing says so.

    Args:
        pages: The first pages; the first of them counts most.
        doi: The paper's; several publishers put the year into it.
        title: As far as it is known; a year in it is no date.
        head_end: Where the abstract begins on the first page, in points from the top.
    """
    pages = [_without_title(page, title) for page in pages]
    later = 1 if pages and len(pages[0].text) < TITLE_PAGE else 2
    for place, page in enumerate(pages):
        for rule in (one for one in RULES if not place or one.reach >= later):
            if when := _apply(rule, page, head_end if place == 0 else None):
                evidence = f"{rule.evidence} page {page.number}"
                return Finding(value=when, evidence=evidence, confidence=rule.confidence if not place else 0.6)
    if pages and (short := _short_year(pages[0])):
        return Finding(value=short, evidence=f"the conference named on page {pages[0].number}", confidence=0.7)
    hit = IN_DOI.search(doi.partition("/")[2]) if doi else None
    if hit is None:
        return None
    return Finding(value=PartialDate(int(hit[1])), evidence="the year in the DOI", confidence=0.5)


def parse_date(text: str) -> PartialDate | None:
    """Return the first date in a text, as precisely as it stands there.

    >>> str(parse_date("Atlanta, 9-14 June 2013")), str(parse_date("June 23-25 2014")), parse_date("page 12")
    ('2013-06-14', '2014-06-23', None)
    """
    hit = DATE.search(text)
    if hit is None:
        return None
    groups = hit.groupdict()
    year, month, day = (
        next((found for key, found in groups.items() if key.rstrip("23456") == part and found), None)
        for part in ("year", "month", "day")
    )
    if year is None:
        return None
    number = int(month) if month and month.isdigit() else MONTHS.get((month or "").lower())
    return _date(int(year), number, int(day) if day and number else None)


def _without_title(page: Page, title: str) -> Page:
    words = fold_title(title)
    if not re.search(YEAR, title):
        return page
    return replace(page, lines=tuple(line for line in page.lines if fold_title(line.text) not in words))


def _short_year(page: Page) -> PartialDate | None:
    """Read the year of a conference that is named by two digits: IJCAI-19."""
    for line in page.lines:
        hit = SHORT_YEAR.search(line.text) if CONFERENCE.search(line.text) else None
        if hit:
            return PartialDate((1900 if int(hit[1]) > 60 else 2000) + int(hit[1]))
    return None


def _date(year: int, month: int | None, day: int | None) -> PartialDate:
    for parts in ((year, month, day), (year, month, None)):
        try:
            return PartialDate(*parts)
        except ValueError:
            continue
    return PartialDate(year)


def _apply(rule: _Rule, page: Page, head_end: float | None) -> PartialDate | None:
    """Return the latest date among the lines that a rule speaks of."""
    found = []
    for line, following in _lines_in(rule.zone, page, head_end):
        hit = rule.pattern.search(line.text)
        if hit is None:
            continue
        text = line.text[hit.start() :]
        when = parse_date(text) or parse_date(line.text) or (parse_date(following) if rule.zone == "any" else None)
        if when is not None:
            found.append(when if rule.names_day else PartialDate(when.year))
    return max(found, key=lambda one: one.year) if found else None


def _lines_in(zone: str, page: Page, head_end: float | None) -> Iterator[tuple[Line, str]]:
    """Yield the lines of a zone, each with the text of the line after it."""
    end = HEAD * page.height if head_end is None else head_end
    lines = [line for line in page.lines if line.text]
    for place, line in enumerate(lines):
        is_edge = line.box.bottom < EDGE * page.height or line.box.top > (1 - EDGE) * page.height or not line.is_upright
        is_head = line.box.top < end
        if zone == "head" and len(line.text.split()) > LONGEST_HEAD:
            continue
        if zone == "any" or (zone == "edge" and is_edge) or (zone == "head" and is_head and line.is_upright):
            yield line, lines[place + 1].text if place + 1 < len(lines) else ""
