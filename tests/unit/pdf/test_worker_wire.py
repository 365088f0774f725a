"""What goes from process to process arrives as it was, and nothing else gets through."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind, AnnotationPart
from readinglist.domain.dates import PartialDate
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import (
    DarkColours,
    OutlineEntry,
    PageLink,
    PageSize,
    PdfInfo,
    PictureWanted,
    Point,
    Rect,
    SearchHit,
    SearchPart,
    TextPart,
    Word,
)
from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.pdf.wire import from_json, to_json, words_from_bytes, words_to_bytes

RECT = Rect(1, 2.5, 3, 4)
MARK = Annotation(
    uid="u",
    kind=AnnotationKind.INK,
    page=2,
    rects=(RECT, RECT),
    colour=AnnotationColour.PINK,
    strokes=((Point(1, 2), Point(3.5, 4)), (Point(0, 0),)),
    tags=("a", "b/c"),
    created=datetime(2024, 2, 3, 4, 5, 6, 7, tzinfo=UTC),
)
VALUES = (
    PdfInfo(pages=(PageSize(595.3, 842, 90), PageSize(1, 2)), is_encrypted=True, is_repaired=False),
    PageLink(rect=RECT, page=3, point=Point(1, 2)),
    PageLink(rect=RECT, address="https://example.org"),
    OutlineEntry(level=1, title="Einführung", page=None),
    SearchPart(hits=(SearchHit(page=1, rects=(RECT,), before="", text="x", after="y"),), next_page=4),
    TextPart(first_page=1, pages=("one", ""), next_page=None),
    PictureWanted(page=1, scale=2, clip=RECT, dark=DarkColours(1, 2), without=("u", "v")),
    AnnotationPart(annotations=(MARK,), next_page=None),
    PdfFacts(
        title=Finding(value="T", evidence="e", confidence=0.5),
        authors=Finding(value=("Jane Röe", "Li Wei"), evidence="e", confidence=1),
        published=Finding(value=PartialDate(2024, 2), evidence="e", confidence=1),
        pages=3,
        has_text=True,
        is_scan=False,
    ),
    MARK,
)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_arrives_as_it_was(value: Any) -> None:
    assert from_json(type(value), json.loads(json.dumps(to_json(value)))) == value


def test_words_arrive_as_they_were() -> None:
    words = (Word(RECT, "one", 0, 1), Word(RECT, "zwölf", 2, 3), Word(RECT, "of", 2, 4, (1.5, 2.25, 3.0)))
    assert tuple(words_from_bytes(words_to_bytes(PageWords.of(words)))) == words
    assert tuple(words_from_bytes(words_to_bytes(PageWords.of(())))) == ()


@pytest.mark.parametrize("count", [0, 20, 70, 100, 190])
def test_words_that_were_cut_off_are_none(count: int) -> None:
    raw = words_to_bytes(PageWords.of([Word(RECT, "one", 0, 1), Word(RECT, "two", 0, 1)]))
    assert len(raw) > count
    with pytest.raises(ValueError, match=r"words|bytes length"):
        words_from_bytes(raw[:count])


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (PageSize, {"width": 1.0, "height": "2", "rotation": 0}),
        (PageSize, {"width": 1.0}),
        (PageSize, [1, 2, 3]),
        (TextPart, {"first_page": 1, "pages": [1], "next_page": None}),
        (Annotation, {**to_json(MARK), "kind": "spell"}),
        (Annotation, {**to_json(MARK), "created": "soon"}),
        (Annotation, {**to_json(MARK), "rects": []}),
        (PdfInfo, None),
    ],
)
def test_anything_else_is_refused(kind: type[Any], raw: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_json(kind, raw)
