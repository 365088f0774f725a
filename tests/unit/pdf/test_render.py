"""Pictures of pages: the right part at the right size, dark where asked, and never too large."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.errors import DataError
from readinglist.domain.pages import DarkColours, PagePicture, PictureWanted, Rect
from readinglist.pdf.copies import save_copy
from readinglist.pdf.document import load_document
from readinglist.pdf.pages import OpenPages
from readinglist.pdf.render import LONGEST_SIDE, MOST_PIXELS, render_picture
from tests.helpers.made_pdf import HEIGHT, PICTURE, WIDTH, write_pdf

DARK = DarkColours(paper=0x1D1F21, ink=0xE0DDD8)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[OpenPages]:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        yield OpenPages(document)


def pixel(picture: PagePicture, across: int, down: int) -> tuple[int, ...]:
    """Return red, green and blue."""
    place = down * picture.stride + 4 * across
    return tuple(picture.pixels[place : place + 3])[::-1]


def darkest(picture: PagePicture) -> int:
    return min(picture.pixels)  # the fourth of each four is 255


def test_a_page_has_the_size_asked_for_and_white_paper(pages: OpenPages) -> None:
    picture = render_picture(pages, PictureWanted(page=1, scale=2))
    assert (picture.width, picture.height, picture.scale) == (2 * WIDTH, 2 * HEIGHT, 2)
    assert len(picture.pixels) == picture.stride * picture.height
    assert pixel(picture, 5, 5) == (255, 255, 255)
    assert darkest(picture) < 40


def test_a_part_is_the_same_as_that_part_of_the_whole(pages: OpenPages) -> None:
    whole = render_picture(pages, PictureWanted(page=1, scale=2))
    part = render_picture(pages, PictureWanted(page=1, scale=2, clip=Rect(50, 60, 250, 160)))
    assert (part.width, part.height) == (400, 200)
    for down in range(0, 200, 7):
        row = part.pixels[down * part.stride : down * part.stride + 1600]
        start = (down + 120) * whole.stride + 400
        assert row == whole.pixels[start : start + 1600]


def test_a_part_that_reaches_over_the_edge_is_cut_there(pages: OpenPages) -> None:
    part = render_picture(pages, PictureWanted(page=1, scale=1, clip=Rect(-50, 700, 9999, 9999)))
    assert (part.width, part.height) == (WIDTH, HEIGHT - 700)
    with pytest.raises(ValueError, match="on the page"):
        render_picture(pages, PictureWanted(page=1, scale=1, clip=Rect(700, 0, 800, 10)))


def test_turning_a_page_turns_its_picture(pages: OpenPages) -> None:
    left, top, right, bottom = PICTURE
    middle = ((left + right) // 2, (top + bottom) // 2)
    upright = render_picture(pages, PictureWanted(page=1, scale=1))
    turned = render_picture(pages, PictureWanted(page=1, scale=1, rotation=90))
    assert (turned.width, turned.height) == (HEIGHT, WIDTH)
    assert pixel(turned, HEIGHT - middle[1], middle[0]) == pixel(upright, *middle) == (200, 30, 40)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_the_file_turns_is_seen_turned(tmp_path: Path, rotation: int) -> None:
    with load_document(write_pdf(tmp_path / "turned.pdf", rotation=rotation)) as document:
        pages = OpenPages(document)
        picture = render_picture(pages, PictureWanted(page=1, scale=1))
        assert pages.sizes[0].rotation == rotation
        assert (picture.width, picture.height) == (pages.sizes[0].width, pages.sizes[0].height)
        (area,) = pages.picture_areas(1)
        assert pixel(picture, int(area.centre.x), int(area.centre.y)) == (200, 30, 40)


def test_a_picture_is_never_larger_than_the_memory_bears(tmp_path: Path, pages: OpenPages) -> None:
    picture = render_picture(pages, PictureWanted(page=1, scale=200))
    assert 0.9 * MOST_PIXELS < picture.width * picture.height < 1.01 * MOST_PIXELS
    assert picture.width == pytest.approx(WIDTH * picture.scale, abs=1)
    strip = pymupdf.open()
    strip.new_page(width=14_000, height=20)
    strip.save(str(tmp_path / "strip.pdf"))
    with load_document(tmp_path / "strip.pdf") as document:
        assert render_picture(OpenPages(document), PictureWanted(page=1, scale=9)).width <= LONGEST_SIDE + 1


def test_dark_paper_leaves_pictures_alone(pages: OpenPages) -> None:
    light = render_picture(pages, PictureWanted(page=1, scale=2))
    dark = render_picture(pages, PictureWanted(page=1, scale=2, dark=DARK))
    assert pixel(dark, 5, 5) == pytest.approx((0x1D, 0x1F, 0x21), abs=1)
    colours = [pixel(dark, across, down) for down in range(0, 200, 3) for across in range(0, dark.width, 3)]
    assert max(map(max, colours)) == pytest.approx(0xE0, abs=4)
    assert pixel(dark, 220, 1300) == pixel(light, 220, 1300) == (200, 30, 40)


def test_a_part_of_a_dark_page_has_its_pictures_too(pages: OpenPages) -> None:
    part = render_picture(pages, PictureWanted(page=1, scale=1, dark=DARK, clip=Rect(100, 650, 300, 700)))
    assert pixel(part, 10, 10) == (200, 30, 40)
    assert pixel(part, 150, 10) == pytest.approx((0x1D, 0x1F, 0x21), abs=1)


def test_a_scanned_page_is_no_picture_and_becomes_dark(tmp_path: Path) -> None:
    scan = pymupdf.open()
    page = scan.new_page(width=200, height=300)
    paper = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 30), 0)
    paper.set_rect(paper.irect, (250, 250, 250))
    page.insert_image(page.rect, pixmap=paper)
    scan.save(str(tmp_path / "scan.pdf"))
    with load_document(tmp_path / "scan.pdf") as document:
        dark = render_picture(OpenPages(document), PictureWanted(page=1, scale=1, dark=DARK))
    assert max(pixel(dark, 100, 150)) < 0x40


def test_annotations_of_the_file_are_drawn_unless_somebody_else_draws_them(tmp_path: Path) -> None:
    mark = Annotation(uid="mine", kind=AnnotationKind.HIGHLIGHT, page=1, rects=(Rect(300, 300, 400, 320),))
    save_copy(write_pdf(tmp_path / "made.pdf"), [mark], tmp_path / "marked.pdf")
    with load_document(tmp_path / "marked.pdf") as document:
        pages = OpenPages(document)
        shown = render_picture(pages, PictureWanted(page=1, scale=1))
        left_out = render_picture(pages, PictureWanted(page=1, scale=1, without=("mine",)))
        again = render_picture(pages, PictureWanted(page=1, scale=1))
    assert pixel(shown, 350, 310) != (255, 255, 255)
    assert pixel(left_out, 350, 310) == (255, 255, 255)
    assert again == shown


def test_a_page_that_is_not_there_and_a_scale_that_is_none_are_refused(pages: OpenPages) -> None:
    with pytest.raises(DataError, match=r"made.pdf has no page 4"):
        render_picture(pages, PictureWanted(page=4, scale=1))
    for scale in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="no scale"):
            render_picture(pages, PictureWanted(page=1, scale=scale))


def test_giving_memory_back_changes_nothing_that_is_seen(pages: OpenPages) -> None:
    before = render_picture(pages, PictureWanted(page=1, scale=1))
    words = pages.words(1)
    pages.forget()
    assert render_picture(pages, PictureWanted(page=1, scale=1)) == before
    assert pages.words(1) == words
