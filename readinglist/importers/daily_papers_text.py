"""Daily Papers copied or saved as text: title, abstract, then a footer with authors and date that may be missing.

**Source:** pages of https://huggingface.co/papers as browsers copy them (2025).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, RawDocument
from readinglist.importers.document import Document, Shape
from readinglist.importers.tex import render_tex

FORMAT = "Daily Papers text"
SOURCE = "huggingface"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BULLET = "•·*- \t"
DOT = "·"
AUTHORS = re.compile(r"(?P<count>\d{1,3}(?:,\d{3})*|\d+)\s+authors?", re.IGNORECASE)
DAY = re.compile(
    rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:,\s*(?P<year>\d{{4}}))?(?:\s+(?P<comments>[\d,]+))?",
    re.IGNORECASE,
)
SPACES = re.compile(r" ?[^\S\n ][^\S\n]*|  +")  # no-break spaces and tabs too
JOINED = re.compile(rf" ?\n? ?{DOT} ?\n?(?= ?{DAY.pattern} ?$)", re.IGNORECASE | re.MULTILINE)
LONE_BULLETS = frozenset("•*-")
LEAP = 9  # among so many years in a row there is a leap year, also around 1900 and 2100
LONGEST_TITLE = 300
SHORTEST_ABSTRACT = 160  # characters; titles are shorter, abstracts longer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Footer:
    author_count: int | None = None
    organization: str | None = None
    day: "re.Match[str] | None" = None


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.TEXT:
        return 0.0
    lines = [line for line in _lines(document.text) if line]
    footers = sum(one is not None for _, one in _footers(lines))
    if footers == 0:
        return 0.0
    return 0.9 if footers > 2 or "Daily Papers" in lines else 0.6


def parse(document: Document) -> ImportResult:
    """Read every paper of the page."""
    raw = document.raw
    papers = list(_papers(_segments(document.text)))
    printed = [int(footer.day["year"]) for _, footer in papers if footer.day and footer.day["year"]]
    drafts = [_draft(paragraphs, footer, raw) for paragraphs, footer in papers]
    if not any(footer.day and not footer.day["year"] for _, footer in papers):
        return ImportResult(format=FORMAT, drafts=tuple(drafts))
    # The page prints the year only for other years than its own, so its own is later than all of these.
    yearless = [footer.day for _, footer in papers if footer.day and not footer.day["year"]]
    year = _year_with(yearless, max(printed) + 1) if printed else None
    dated = [
        _with_year(draft, footer.day, year, raw.fetched_at.date()) if footer.day and not footer.day["year"] else draft
        for draft, (_, footer) in zip(drafts, papers, strict=True)
    ]
    assumed = next((draft.published.year for draft in dated if draft.is_year_assumed and draft.published), None)
    return ImportResult(format=FORMAT, drafts=tuple(dated), assumed_year=assumed)


def _segments(text: str) -> Iterator[tuple[list[str], _Footer | None]]:
    """Yield the paragraphs between two footers, with the footer that ends them; None at the end of the page."""
    lines = _lines(text)
    ends = {place: (length, footer) for (place, length), footer in _footers(lines) if footer}
    paragraphs: list[str] = []
    current: list[str] = []
    place = 0
    while place < len(lines):
        length, footer = ends.get(place, (1, None))
        if (footer or not lines[place]) and current:
            paragraphs.append(" ".join(current))
            current = []
        if footer:
            yield paragraphs, footer
            paragraphs = []
        elif lines[place]:
            current.append(lines[place])
        place += length
    if current:
        paragraphs.append(" ".join(current))
    yield paragraphs, None


def _lines(text: str) -> list[str]:
    """Cut a page into lines; what one browser puts on one line and another on three is brought into one form."""
    text = JOINED.sub(f"\n{DOT}\n", SPACES.sub(" ", text))
    lines = [line for line in map(str.strip, text.splitlines()) if line not in LONE_BULLETS]
    if lines.count("") >= lines.count(DOT):
        return lines
    return [one for line in lines for one in (line, "")]  # copied without blank lines: each line is a paragraph


def _footers(lines: Sequence[str]) -> Iterator[tuple[tuple[int, int], _Footer | None]]:
    """Find footers: who, a dot, when; on three lines or fewer, blank lines between them allowed."""
    for place, line in enumerate(lines):
        if not line or line == DOT:
            continue
        who = AUTHORS.fullmatch(line.strip(BULLET))
        dot = _next(lines, place)
        when = _next(lines, dot) if dot is not None and lines[dot] == DOT else None
        day = DAY.fullmatch(lines[when]) if when is not None else None
        if who:
            end = when if day and when is not None else place
            yield (place, end - place + 1), _Footer(author_count=int(who["count"].replace(",", "")), day=day)
        elif day and when is not None and len(line) <= LONGEST_TITLE:
            yield (place, when - place + 1), _Footer(organization=_undoubled(line.strip(BULLET)), day=day)


def _next(lines: Sequence[str], place: int | None) -> int | None:
    """The next line that is not blank, at most two further down."""
    if place is None:
        return None
    return next((one for one in range(place + 1, min(place + 3, len(lines))) if lines[one]), None)


def _undoubled(text: str) -> str:
    """An organisation stands twice: once as its logo's text."""
    half = len(text) // 2
    return text[:half] if text[:half] == text[half + 1 :] and text[half : half + 1] == " " else text


def _papers(segments: Iterator[tuple[list[str], _Footer | None]]) -> Iterator[tuple[list[str], _Footer]]:
    """Yield the paragraphs of each paper, title first; papers without a footer are found between the others."""
    is_first = True
    for paragraphs, footer in segments:
        begins = [place for place in range(len(paragraphs)) if _begins_paper(paragraphs, place)]
        if is_first or footer is None:  # the head and the foot of the page are no papers
            begins = begins or ([len(paragraphs) - 2] if footer and len(paragraphs) > 1 else [])
        elif 0 not in begins and paragraphs:
            begins.insert(0, 0)
        is_first = False
        for number, begin in enumerate(begins):
            is_last = number + 1 == len(begins)
            end = len(paragraphs) if is_last else begins[number + 1]
            yield paragraphs[begin:end], footer if is_last and footer else _Footer()


def _begins_paper(paragraphs: Sequence[str], place: int) -> bool:
    """A title is a short line without a full stop, with an abstract after it."""
    title = paragraphs[place]
    if len(title) > LONGEST_TITLE or title.endswith((".", ":", ",", ";")) or place + 1 == len(paragraphs):
        return False
    return len(paragraphs[place + 1]) >= max(SHORTEST_ABSTRACT, len(title))


def _draft(paragraphs: Sequence[str], footer: _Footer, raw: RawDocument) -> PaperDraft:
    title, abstract = paragraphs[0], "\n".join(paragraphs[1:])
    shown_title, shown_abstract = render_tex(title), render_tex(abstract)
    comments = footer.day["comments"] if footer.day else None
    published = None
    if footer.day and footer.day["year"]:
        published = _date(footer.day, int(footer.day["year"]))
    return PaperDraft(
        title=shown_title,
        abstract=shown_abstract,
        title_source=title if title != shown_title else "",
        abstract_source=abstract if abstract != shown_abstract else "",
        author_count=footer.author_count,
        organization=footer.organization,
        published=published,
        mention=Mention(
            source=SOURCE, origin=raw.origin, comments=int(comments.replace(",", "")) if comments else None
        ),
    )


def _year_with(days: "Sequence[re.Match[str]]", first: int) -> int:
    """Return the first year that has all of the days: 29 February tells a leap year."""
    return max(range(first, first + LEAP), key=lambda year: sum(_date(day, year) is not None for day in days))


def _with_year(draft: PaperDraft, day: "re.Match[str]", year: int | None, fetched: date) -> PaperDraft:
    """Date a paper of the page's own year; without any printed year the page is taken to be fresh."""
    if year is not None:
        published = _date(day, year)
    else:
        past = (_date(day, fetched.year - ago) for ago in range(LEAP))
        published = next((one for one in past if one and one <= PartialDate.of(fetched)), None)
    return replace(draft, published=published, is_year_assumed=published is not None)


def _date(day: "re.Match[str]", year: int) -> PartialDate | None:
    try:
        return PartialDate(year, MONTHS.index(day["month"][:3].lower()) + 1, int(day["day"]))
    except ValueError:  # 29 February of a year that has none, or 31 June
        return None
