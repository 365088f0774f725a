"""Links lead to where they say, and never to a file or a program."""

from pathlib import Path

import pytest

from readinglist.pdf.document import load_document
from readinglist.pdf.links import find_target, read_links, safe_address
from readinglist.pdf.pages import OpenPages
from tests.helpers.made_pdf import write_pdf


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_link_inside_leads_to_the_heading_it_means(tmp_path: Path, rotation: int) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf", rotation=rotation, is_cropped=True)) as document:
        pages = OpenPages(document)
        with pages.page(1) as page:
            inside, outside = read_links(page)
        heading = pages.words(3)[0].rect
    assert (inside.page, inside.address) == (3, "")
    assert inside.point is not None
    assert abs(inside.point.x - heading.centre.x) < 60
    assert abs(inside.point.y - heading.centre.y) < 60
    assert (outside.page, outside.address) == (None, "https://example.org/paper")
    assert inside.rect.width * inside.rect.height == pytest.approx(1200, rel=0.05)


def test_places_that_are_not_there_lead_nowhere(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        assert find_target(document.inner, "#nameddest=nothing.of.that.name") is None
        assert find_target(document.inner, "#page=99") is None
        assert find_target(document.inner, "#page=2") == (2, None)


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("file://doi.org/10.1/x", "https://doi.org/10.1/x"),
        ("file:///programs/b.exe", ""),
        ("file://server/share", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_handed_out(uri: str, address: str) -> None:
    assert safe_address(uri) == address
