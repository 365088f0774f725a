"""Annotations written into a copy come back as they were, in the right place, and the file itself is never touched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.errors import DataError, EnvironmentFault, PasswordNeeded, UserError
from readinglist.domain.pages import Point, Rect, Word, line_rects
from readinglist.pdf.annotations import parse_date
from readinglist.pdf.copies import render_date, save_copy
from readinglist.pdf.document import load_document
from readinglist.pdf.pages import OpenPages
from tests.helpers.made_pdf import PASSWORD, damage, write_pdf

WHEN = datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=2)))
ROTATIONS = (0, 90, 180, 270)


def read(path: Path, *, page: int = 1, password: str = "") -> dict[str, Annotation]:
    with load_document(path, password=password) as document:
        return {one.uid: one for one in OpenPages(document).annotations(page)}


def words_on(path: Path, *, password: str = "") -> Sequence[Word]:
    with load_document(path, password=password) as document:
        return OpenPages(document).words(1)


def one_of_each(words: Sequence[Word]) -> list[Annotation]:
    common = Annotation(
        uid="highlight",
        kind=AnnotationKind.HIGHLIGHT,
        page=1,
        rects=line_rects(words[5:12]),  # from the end of the first column to the top of the second
        colour=AnnotationColour.GREEN,
        quote=" ".join(word.text for word in words[5:12]).replace("algo- rithm", "algorithm"),
        comment="important\nclaim — 日本",
        tags=("vision/3d", "späte Öfen"),
        author="Jane Röe",
        created=WHEN,
        modified=WHEN + timedelta(days=1),
    )
    bare = replace(common, quote="", comment="", tags=(), author="")
    area, ink = Rect(100, 300, 250, 380), ((Point(100, 500), Point(120, 540), Point(160, 520)), (Point(110, 505),) * 2)
    return [
        common,
        replace(common, uid="underline", kind=AnnotationKind.UNDERLINE, colour=AnnotationColour.BLUE),
        replace(common, uid="strike", kind=AnnotationKind.STRIKE_OUT, colour=AnnotationColour.PINK),
        replace(bare, uid="note", kind=AnnotationKind.NOTE, rects=(Rect(300, 200, 316, 216),), comment="a note"),
        replace(bare, uid="area", kind=AnnotationKind.AREA, rects=(area,), colour=AnnotationColour.PURPLE),
        replace(bare, uid="ink", kind=AnnotationKind.INK, rects=(Rect(100, 500, 160, 540),), strokes=ink),
        replace(bare, uid="text", kind=AnnotationKind.TEXT, rects=(Rect(50, 220, 250, 260),), comment="über 日本語"),
    ]


def assert_same_place(found: Annotation, given: Annotation) -> None:
    assert len(found.rects) == len(given.rects)
    for one, other in zip(found.rects, given.rects, strict=True):
        assert (one.left, one.top, one.right, one.bottom) == pytest.approx(
            (other.left, other.top, other.right, other.bottom), abs=0.5
        )
    points = [[(point.x, point.y) for point in stroke] for stroke in found.strokes]
    for line, expected in zip(points, given.strokes, strict=True):
        assert line == [pytest.approx((point.x, point.y), abs=0.5) for point in expected]


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_every_kind_comes_back_as_it_was_written(tmp_path: Path, rotation: int) -> None:
    source = write_pdf(tmp_path / "made.pdf", rotation=rotation, is_cropped=True)
    given = one_of_each(words_on(source))
    save_copy(source, given, tmp_path / "copy.pdf")
    found = read(tmp_path / "copy.pdf")
    assert set(found) == {one.uid for one in given}
    for one in given:
        if one.kind is not AnnotationKind.NOTE:
            assert_same_place(found[one.uid], one)
        same = replace(found[one.uid], rects=one.rects, strokes=one.strokes)
        assert same == one


def test_the_sign_of_a_note_hangs_where_it_was_put(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    note = Annotation(uid="n", kind=AnnotationKind.NOTE, page=2, rects=(Rect(300, 200, 320, 220),))
    save_copy(source, [note], tmp_path / "copy.pdf")
    (rect,) = read(tmp_path / "copy.pdf", page=2)["n"].rects
    assert (rect.left, rect.top) == pytest.approx((300, 200), abs=0.5)


def test_other_programs_find_the_rectangles_within_a_point(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    given = {one.uid: one for one in one_of_each(words_on(source))}
    save_copy(source, list(given.values()), tmp_path / "copy.pdf")
    document: Any = pymupdf.open(str(tmp_path / "copy.pdf"))
    raw = {mark.info["id"]: mark.rect for mark in document[0].annots()}
    for uid in ("area", "ink", "text"):
        (rect,) = given[uid].rects
        assert tuple(raw[uid]) == pytest.approx((rect.left, rect.top, rect.right, rect.bottom), abs=1)
    document.close()


def test_a_mark_follows_text_that_is_set_sideways(tmp_path: Path) -> None:
    document: Any = pymupdf.open()
    document.new_page().insert_text((200, 500), "sideways", rotate=90)
    document.save(str(tmp_path / "sideways.pdf"))
    (word,) = words_on(tmp_path / "sideways.pdf")
    mark = Annotation(uid="u", kind=AnnotationKind.UNDERLINE, page=1, rects=(word.rect,))
    save_copy(tmp_path / "sideways.pdf", [mark], tmp_path / "copy.pdf")
    document = pymupdf.open(str(tmp_path / "copy.pdf"))
    page = document[0]
    (raw,) = page.annots()
    begin, end, *_ = raw.vertices
    # It runs upwards, so the side above the letters is on the left, read from the bottom to the top.
    assert begin == pytest.approx((word.rect.left, word.rect.bottom), abs=0.5)
    assert end == pytest.approx((word.rect.left, word.rect.top), abs=0.5)
    document.close()


def test_the_file_stays_as_it_is_and_the_copy_begins_with_it(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    before = source.read_bytes()
    save_copy(source, one_of_each(words_on(source)), tmp_path / "copy.pdf")
    assert source.read_bytes() == before
    assert (tmp_path / "copy.pdf").read_bytes().startswith(before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.pdf", "made.pdf"]


def test_writing_the_same_annotations_again_replaces_them(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    given = one_of_each(words_on(source))
    save_copy(source, given, tmp_path / "first.pdf")
    changed = [replace(one, comment="new") for one in given]
    save_copy(tmp_path / "first.pdf", changed, tmp_path / "second.pdf")
    assert {uid: one.comment for uid, one in read(tmp_path / "second.pdf").items()} == {one.uid: "new" for one in given}


def test_a_repaired_file_is_written_whole_and_sound(tmp_path: Path) -> None:
    source = damage(write_pdf(tmp_path / "made.pdf"))
    before = source.read_bytes()
    with load_document(source) as document:
        assert OpenPages(document).info().is_repaired
    save_copy(source, one_of_each(words_on(source)), tmp_path / "copy.pdf")
    with load_document(tmp_path / "copy.pdf") as document:
        assert not OpenPages(document).info().is_repaired
    assert len(read(tmp_path / "copy.pdf")) == 7
    assert source.read_bytes() == before


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_locked_file_stays_locked(tmp_path: Path, is_damaged: bool) -> None:
    source = write_pdf(tmp_path / "locked.pdf", password=PASSWORD)
    if is_damaged:
        damage(source)
    given = one_of_each(words_on(source, password=PASSWORD))
    save_copy(source, given, tmp_path / "copy.pdf", password=PASSWORD)
    assert len(read(tmp_path / "copy.pdf", password=PASSWORD)) == 7
    with pytest.raises(PasswordNeeded):
        read(tmp_path / "copy.pdf")
    with pytest.raises(PasswordNeeded):
        save_copy(source, given, tmp_path / "other.pdf")


@pytest.mark.samples
def test_a_locked_file_without_an_identity_can_still_be_opened(samples: Path, tmp_path: Path) -> None:
    source = samples / "pdf_hostile" / "pypdf__encrypted_doc_no_id.pdf"
    note = Annotation(uid="n", kind=AnnotationKind.NOTE, page=1, rects=(Rect(50, 50, 66, 66),), comment="here")
    save_copy(source, [note], tmp_path / "copy.pdf")
    assert read(tmp_path / "copy.pdf")["n"].comment == "here"


def test_a_copy_never_takes_the_place_of_the_file(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    before = source.read_bytes()
    with pytest.raises(UserError, match="the file itself"):
        save_copy(source, [], source)
    assert source.read_bytes() == before


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "made.pdf")
    (tmp_path / "copy.pdf").write_text("an older copy")
    beyond = Annotation(uid="b", kind=AnnotationKind.NOTE, page=4, rects=(Rect(0, 0, 9, 9),))
    with pytest.raises(DataError, match=r"made.pdf has no page 4"):
        save_copy(source, [beyond], tmp_path / "copy.pdf")
    with pytest.raises(EnvironmentFault, match="Choose another place"):
        save_copy(source, [replace(beyond, page=1)], tmp_path / "no folder" / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_text() == "an older copy"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.pdf", "made.pdf"]


def test_annotations_of_other_programs_are_read_as_ours(tmp_path: Path) -> None:
    document: Any = pymupdf.open()
    page = document.new_page()
    page.insert_text((100, 100), "squiggled words")
    page.add_squiggly_annot(page.search_for("squiggled")[0])
    page.add_circle_annot((100, 200, 150, 250))
    page.add_line_annot((100, 300), (200, 310))
    page.add_polyline_annot([(100, 400), (150, 420), (200, 400)])
    page.add_stamp_annot((300, 300, 400, 350))
    page.add_file_annot((300, 500), b"content", "file.txt")
    document.save(str(tmp_path / "foreign.pdf"))
    names = [mark.info["id"] for mark in page.annots()]
    document.close()
    found = read(tmp_path / "foreign.pdf")
    kinds = [AnnotationKind.UNDERLINE, AnnotationKind.AREA, AnnotationKind.INK, AnnotationKind.INK]
    assert [one.kind for one in found.values()] == kinds
    assert list(found) == names[:4]
    underline, _, line, chain = found.values()
    assert underline.quote == "squiggled"
    assert [len(stroke) for stroke in (*line.strokes, *chain.strokes)] == [2, 3]


def test_an_annotation_without_a_name_has_the_same_one_every_time(tmp_path: Path) -> None:
    document: Any = pymupdf.open()
    page = document.new_page()
    for top in (100, 200):
        mark = page.add_rect_annot((100, top, 150, top + 50))
        document.xref_set_key(mark.xref, "NM", "null")
    document.save(str(tmp_path / "nameless.pdf"))
    document.close()
    first = read(tmp_path / "nameless.pdf")
    assert len(first) == 2
    assert list(read(tmp_path / "nameless.pdf")) == list(first)
    save_copy(tmp_path / "nameless.pdf", list(first.values()), tmp_path / "copy.pdf")
    assert set(read(tmp_path / "copy.pdf")) == set(first)


def test_an_annotation_has_a_place() -> None:
    with pytest.raises(ValueError, match="no place"):
        Annotation(uid="x", kind=AnnotationKind.HIGHLIGHT, page=1, rects=())
    with pytest.raises(ValueError, match="no place"):
        Annotation(uid="x", kind=AnnotationKind.INK, page=1, rects=(Rect(0, 0, 1, 1),))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20240203040506+02'00'", WHEN),
        ("D:20240203040506+02'00", WHEN),
        ("20240203020506Z", WHEN.astimezone(UTC)),
        ("D:2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("D:20240203", datetime(2024, 2, 3, tzinfo=UTC)),
        ("D:20240203040506-0330", datetime(2024, 2, 3, 4, 5, 6, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("D:20241303", None),
        ("D:20240203040506+99'00'", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_pdf_writes_them(text: str, moment: datetime | None) -> None:
    assert parse_date(text) == moment


def test_a_date_is_written_so_that_it_is_read_again() -> None:
    for moment in (WHEN, WHEN.astimezone(UTC), WHEN.astimezone(timezone(-timedelta(hours=9, minutes=30)))):
        assert parse_date(render_date(moment)) == moment
