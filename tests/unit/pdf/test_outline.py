"""The table of contents of a file, also of one that lies."""

from pathlib import Path

import pymupdf

from readinglist.pdf.document import load_document
from readinglist.pdf.outline import read_outline
from tests.helpers.made_pdf import write_pdf


def test_headings_come_with_level_and_page(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        found = read_outline(document.inner)
    assert [(entry.level, entry.title, entry.page) for entry in found] == [
        (1, "Introduction", 1),
        (2, "A detail", 1),
        (1, "Conclusion", 3),
    ]


def test_a_file_without_contents_has_none(tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    document.save(str(tmp_path / "bare.pdf"))
    with load_document(tmp_path / "bare.pdf") as opened:
        assert read_outline(opened.inner) == ()


def test_contents_that_go_round_in_circles_come_to_an_end(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        inner = document.inner
        numbers = inner.get_outline_xrefs()
        inner.xref_set_key(numbers[0], "Next", f"{numbers[0]} 0 R")
        inner.save(str(tmp_path / "circle.pdf"))
    with load_document(tmp_path / "circle.pdf") as document:
        assert len(read_outline(document.inner)) <= 3
