"""The text of a PDF in the order of reading, for the search index and for reading aloud what a page says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.pdf.document import PdfDocument
from readinglist.pdf.layout import Line, Page, join_lines, sort_rows

LONGEST = 4_000_000  # letters of one document: a thick book; more is a table or an attack
MOST_PAGES = 5_000
COLUMN_RANGE = (0.3, 0.7)  # of the page's width: where the space between two columns may lie
STEPS = 40
CROSSING = 0.25  # of the height of all lines: where more of them cross a place, it is no space between columns
PARAGRAPH_GAP = 0.7  # of the type size


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page; the first page is 1."""

    number: int
    text: str


def extract_text(document: PdfDocument, *, limit: int = LONGEST) -> Iterator[PageText]:
    """Yield the text of every page that has any, until so many letters have come together.

    LIMIT: pages of three columns are read as if they had two.
    """
    left = limit
    for page in document.pages(1, MOST_PAGES):
        text = page_text(page)[:left]
        if text:
            yield PageText(number=page.number, text=text)
        left -= len(text)
        if left <= 0:
            return


def page_text(page: Page) -> str:
    """Return the text of a page, paragraph by paragraph, words broken at the ends of lines made whole."""
    paragraphs: list[list[Line]] = []
    for line in reading_order(page):
        if paragraphs and _goes_on(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n".join(join_lines(line.text for line in lines) for lines in paragraphs)


def reading_order(page: Page) -> list[Line]:
    """Return the upright lines column by column; what spans both columns parts them into sections."""
    lines = page.upright
    gutter = _find_gutter(lines, page.width)
    if gutter is None:
        return sort_rows(lines)
    ordered: list[Line] = []
    section: list[Line] = []
    for line in sort_rows(lines):
        if line.box.left < gutter < line.box.right:
            ordered += _columns(section, gutter)
            ordered.append(line)
            section = []
        else:
            section.append(line)
    return ordered + _columns(section, gutter)


def _columns(section: Sequence[Line], gutter: float) -> list[Line]:
    left = [line for line in section if line.box.centre.x < gutter]
    return left + [line for line in section if line.box.centre.x >= gutter]


def _find_gutter(lines: Sequence[Line], width: float) -> float | None:
    """Return where fewest lines stand in the middle of the page, None if the page has one column."""
    total = sum(line.box.height for line in lines)
    if not total or not width:
        return None
    places = [
        width * (COLUMN_RANGE[0] + (COLUMN_RANGE[1] - COLUMN_RANGE[0]) * step / STEPS) for step in range(STEPS + 1)
    ]
    crossed = {
        place: sum(line.box.height for line in lines if line.box.left < place < line.box.right) for place in places
    }
    best = min(places, key=lambda place: (crossed[place], abs(place - width / 2)))
    sides = [sum(line.box.right <= best for line in lines), sum(line.box.left >= best for line in lines)]
    return best if crossed[best] <= CROSSING * total and min(sides) >= 4 else None


def _goes_on(above: Line, line: Line) -> bool:
    """Say whether a line belongs to the paragraph of the one before it; at the top of a column it may."""
    gap = line.box.top - above.box.bottom
    if gap < -2 * line.size:
        return not re.search(r"[.!?:]$", above.text)
    return gap <= PARAGRAPH_GAP * line.size and abs(line.size - above.size) < 0.15 * line.size
