"""The annotations already in a file: read as ours, and left out of a picture where somebody else draws them."""

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pymupdf

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.pages import Point, Rect, Word, plain_text
from readinglist.pdf.places import point_of, rect_of

MOST = 20_000  # annotations of one file
NAMESPACE = uuid.UUID("6f6b2f0a-6f0e-5a5f-9d3f-6b6a6a0c5b11")  # of names for annotations that have none
# Third-class names, which begin with XX, are anybody's. **Source:** ISO 32000-1, annex E.
TAGS_KEY = "XXReadingListTags"
HIDDEN = 2  # **Source:** ISO 32000-1, table 165
KINDS = {
    "Highlight": AnnotationKind.HIGHLIGHT,
    "Underline": AnnotationKind.UNDERLINE,
    "Squiggly": AnnotationKind.UNDERLINE,
    "StrikeOut": AnnotationKind.STRIKE_OUT,
    "Text": AnnotationKind.NOTE,
    "Caret": AnnotationKind.NOTE,
    "Square": AnnotationKind.AREA,
    "Circle": AnnotationKind.AREA,
    "Polygon": AnnotationKind.AREA,
    "Ink": AnnotationKind.INK,
    "Line": AnnotationKind.INK,
    "PolyLine": AnnotationKind.INK,
    "FreeText": AnnotationKind.TEXT,
}
# What other programs see: strong enough for lines, and text stays readable under it. Red, green, blue, 0 to 1.
COLOURS = {
    AnnotationColour.YELLOW: (1.0, 0.86, 0.2),
    AnnotationColour.GREEN: (0.45, 0.83, 0.4),
    AnnotationColour.BLUE: (0.35, 0.67, 0.95),
    AnnotationColour.PINK: (0.97, 0.47, 0.63),
    AnnotationColour.PURPLE: (0.65, 0.5, 0.93),
}
# **Source:** ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm', all after the year may be missing.
DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?[Z\d']*", re.ASCII
)


def read_annotations(page: Any, read_words: Callable[[], Sequence[Word]]) -> tuple[Annotation, ...]:
    """Read the annotations of a page of PyMuPDF; links, forms, stamps and attachments are none.

    Args:
        page: The page.
        read_words: Called once, and only if there are marks on text, for what they mark.
    """
    marks = [raw for raw in page.annots() if raw.type[1] in KINDS and not _is_empty(raw)][:MOST]
    words = read_words() if any(KINDS[raw.type[1]].is_on_text for raw in marks) else ()
    return tuple(_annotation(raw, page, words) for raw in marks)


def find_uid(raw: Any, page: Any) -> str:
    """Return the name of an annotation of PyMuPDF; one that has none is named by what it is and where."""
    if name := str(raw.info.get("id") or "").strip():
        return name
    facts = (page.number, raw.type[1], *(round(one, 1) for one in raw.rect), raw.info.get("content") or "")
    return str(uuid.uuid5(NAMESPACE, "\n".join(map(str, facts))))


@contextmanager
def hidden(page: Any, uids: Sequence[str]) -> Iterator[None]:
    """Hide annotations of a page of PyMuPDF as long as the block runs."""
    if not uids:
        yield
        return
    marks = [raw for raw in page.annots() if find_uid(raw, page) in uids]
    flags = [raw.flags for raw in marks]
    for raw in marks:
        raw.set_flags(raw.flags | HIDDEN)
    try:
        yield
    finally:
        for raw, before in zip(marks, flags, strict=True):
            raw.set_flags(before)


def parse_date(text: str) -> datetime | None:
    """Return a date as PDF writes it; None if it is none. Without a zone it is taken for UTC.

    >>> parse_date("D:20240229123456+01'00'").isoformat()
    '2024-02-29T12:34:56+01:00'
    """
    found = DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (
        int(one or default) for one, default in zip(found.groups()[:6], "011000", strict=True)
    )
    shift = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
    try:
        zone = timezone(-shift if found[8] == "-" else shift) if shift else UTC
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def find_tags(raw: Any, page: Any) -> tuple[str, ...]:
    """Return the tags that this program has written to an annotation."""
    kind, value = page.parent.xref_get_key(raw.xref, TAGS_KEY)
    return tuple(filter(None, value.split("\n"))) if kind == "string" else ()


def _is_empty(raw: Any) -> bool:
    """Say whether something is drawn nowhere, as ink of which every line was rubbed out."""
    return KINDS[raw.type[1]] is AnnotationKind.INK and not any(raw.vertices or ())


def _annotation(raw: Any, page: Any, words: Sequence[Word]) -> Annotation:
    kind = KINDS[raw.type[1]]
    rects = _rects(raw, page, kind)
    info = raw.info
    return Annotation(
        uid=find_uid(raw, page),
        kind=kind,
        page=page.number + 1,
        rects=rects,
        colour=_nearest_colour(raw),
        strokes=_strokes(raw, page) if kind is AnnotationKind.INK else (),
        quote=_quote(rects, words) if kind.is_on_text else "",
        comment="\n".join((info.get("content") or "").splitlines()).strip(),
        tags=find_tags(raw, page),
        author=(info.get("title") or "").strip(),
        created=parse_date(info.get("creationDate") or ""),
        modified=parse_date(info.get("modDate") or ""),
    )


def _rects(raw: Any, page: Any, kind: AnnotationKind) -> tuple[Rect, ...]:
    turn = page.rotation_matrix
    corners = raw.vertices or []
    if not kind.is_on_text or len(corners) < 4:
        return (_bounds(_strokes(raw, page)) if kind is AnnotationKind.INK else rect_of(_inner_rect(raw), turn),)
    lines = (pymupdf.Quad(corners[place : place + 4]).rect for place in range(0, len(corners) - 3, 4))
    return tuple(rect_of(line, turn) for line in lines)


def _inner_rect(raw: Any) -> Any:
    """Return the rectangle without the room that is left for the line around it."""
    return raw.rect + (raw.rect_delta or (0, 0, 0, 0))


def _bounds(strokes: Sequence[Sequence[Point]]) -> Rect:
    points = [point for stroke in strokes for point in stroke]
    across, down = [one.x for one in points], [one.y for one in points]
    return Rect(min(across), min(down), max(across), max(down))


def _strokes(raw: Any, page: Any) -> tuple[tuple[Point, ...], ...]:
    lines = raw.vertices or []
    if lines and isinstance(lines[0][0], int | float):  # a line or a chain of lines has its points at once
        lines = [lines]
    return tuple(tuple(point_of(one, page.rotation_matrix) for one in line) for line in lines if line)


def _quote(rects: Sequence[Rect], words: Sequence[Word]) -> str:
    return plain_text([word for word in words if any(rect.contains(word.rect.centre) for rect in rects)])


def _nearest_colour(raw: Any) -> AnnotationColour:
    """Return which of the five is most like the annotation's own."""
    own = raw.colors.get("stroke") or raw.colors.get("fill") or ()
    if len(own) != 3:
        return AnnotationColour.YELLOW
    return min(COLOURS, key=lambda one: sum((a - b) ** 2 for a, b in zip(COLOURS[one], own, strict=True)))
