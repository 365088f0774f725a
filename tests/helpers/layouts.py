"""Made-up pages of type: what a recogniser would see, written as one row after the other.

A row is text with a size; `b` in its style makes it bold, `c` centres it, `v` turns it up the margin, and `f` puts it
at the foot. Inside the text `^{1,2}` is raised, `{S}{imple}` is a capital with its small capitals, and four spaces are
a wide gap.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.domain.pages import Rect
from readinglist.pdf.layout import Line, Page, Span

WIDTH = 612.0
HEIGHT = 792.0
LEFT = 72.0
LETTER = 0.5  # of the type size: the width of a letter
PIECE = re.compile(
    r"\^\{(?P<raised>[^}]*)\}|\{(?P<large>[^}]*)\}\{(?P<small>[^}]*)\}|(?P<gap> {4,})|(?P<plain>(?:(?! {4})[^^{])+)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of type.

    Attributes:
        skip: Points left free above it.
        left: Where it begins, if it is not centred.
        beside: It stands on the row before, not below it.
    """

    size: float
    text: str
    style: str = ""
    skip: float = 0.0
    left: float = LEFT
    beside: bool = False


def make_page(*rows: Row, number: int = 1, picture_share: float = 0.0) -> Page:
    """Set rows one below the other."""
    lines: list[Line] = []
    top = 50.0
    foot = HEIGHT - 40
    for row in rows:
        if "v" in row.style:
            lines.append(_turned(row))
        elif "f" in row.style:
            lines.append(_set(row, foot))
            foot += 1.2 * row.size
        else:
            top = lines[-1].box.top if row.beside else top + row.skip
            lines.append(_set(row, top))
            top += 1.2 * row.size
    return Page(number=number, width=WIDTH, height=HEIGHT, lines=tuple(lines), picture_share=picture_share)


def make_line(text: str, *, size: float = 10.0, style: str = "") -> Line:
    """Set one line."""
    return _set(Row(size, text, style), 100.0)


def prose(rows: int, *, size: float = 10.0, skip: float = 0.0) -> Sequence[Row]:
    """Return running text."""
    words = "we show that these results hold for every case that was looked at in the course of this work and others"
    return [Row(size, words, skip=skip if not number else 0.0) for number in range(rows)]


def _set(row: Row, top: float) -> Line:
    spans: list[Span] = []
    left = (WIDTH - _width(row)) / 2 if "c" in row.style else row.left
    for piece in PIECE.finditer(row.text):
        if piece["gap"]:
            left += 1.5 * row.size
            continue
        for text, size, is_raised in _parts(piece, row.size):
            right = left + LETTER * size * len(text)
            box = Rect(left, top, right, top + row.size)
            spans.append(Span(text=text, size=size, box=box, is_bold="b" in row.style, is_raised=is_raised))
            left = right
    box = Rect(spans[0].box.left, top, left, top + row.size)
    return Line(spans=tuple(spans), box=box, baseline=top + 0.8 * row.size)


def _parts(piece: "re.Match[str]", size: float) -> list[tuple[str, float, bool]]:
    if piece["raised"] is not None:
        return [(piece["raised"], 0.65 * size, True)]
    if piece["large"] is not None:
        return [(piece["large"], size, False), (piece["small"].upper(), 0.8 * size, False)]
    return [(piece["plain"], size, False)]


def _width(row: Row) -> float:
    return LETTER * row.size * len(re.sub(r"\^\{[^}]*\}|[{}]", "", row.text))


def _turned(row: Row) -> Line:
    box = Rect(20, 200, 20 + row.size, 200 + LETTER * row.size * len(row.text))
    return Line(spans=(Span(text=row.text, size=row.size, box=box),), box=box, baseline=600, is_upright=False)
