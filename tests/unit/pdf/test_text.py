"""Pages as they are read: columns, what spans them, paragraphs, limits."""

import pymupdf

from readinglist.pdf.document import parse_document
from readinglist.pdf.layout import Page
from readinglist.pdf.text import extract_text, page_text, reading_order
from tests.helpers.layouts import Row, make_page


def two_columns() -> Page:
    rows = [Row(14, "A title that spans both of the columns", "c")]
    for number in range(6):
        rows.append(Row(10, f"left column, the line number {number}", left=60, skip=4))
        rows.append(Row(10, f"right column, the line number {number}", left=330, beside=True))
    rows.append(
        Row(10, "a wide figure caption stands between the sections of the two columns, over both", left=60, skip=30)
    )
    rows.append(Row(10, "left again after the figure", left=60, skip=4))
    rows.append(Row(10, "right again after the figure", left=330, beside=True))
    return make_page(*rows)


def test_columns_are_read_one_after_the_other_between_what_spans_them() -> None:
    order = [line.text for line in reading_order(two_columns())]
    assert order[0].startswith("A title")
    assert order[1:7] == [f"left column, the line number {number}" for number in range(6)]
    assert order[7:13] == [f"right column, the line number {number}" for number in range(6)]
    assert [text.split()[0] for text in order[13:]] == ["a", "left", "right"]


def test_one_column_is_read_from_top_to_bottom() -> None:
    page = make_page(
        *(Row(10, f"a line that spans the whole width of a page, which has number {one}") for one in range(9))
    )
    assert [line.text[-1] for line in reading_order(page)] == list("012345678")


def test_paragraphs_are_lines_and_broken_words_whole() -> None:
    page = make_page(
        Row(10, "The first paragraph ends with various arti-"),
        Row(10, "facts."),
        Row(10, "The second one is short.", skip=12),
        Row(20, "arXiv:2401.01234v1 [cs.CL] 3 Jan 2024", "v"),
    )
    assert page_text(page) == "The first paragraph ends with various artifacts.\nThe second one is short."


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    rows = []
    for number, (left, right) in enumerate(
        zip(("aa bb", "cc dd", "ee ff", "gg hh and"), ("then on", "ii jj", "kk", "ll."), strict=True)
    ):
        rows.append(Row(10, left * 4 if number < 3 else left, left=60, skip=2))
        rows.append(Row(10, right, left=330, beside=True))
    assert "gg hh and then on" in page_text(make_page(*rows))


def test_the_text_of_a_file_comes_page_by_page_up_to_its_limit() -> None:
    document = pymupdf.open()
    for number in range(4):
        page = document.new_page()
        if number != 1:
            page.insert_text((72, 100), f"Page with the number {number + 1}")
    content = bytes(document.tobytes())
    with parse_document(content, "file.pdf") as opened:
        assert [one.number for one in extract_text(opened)] == [1, 3, 4]
        cut = list(extract_text(opened, limit=30))
    assert [one.number for one in cut] == [1, 3]
    assert sum(len(one.text) for one in cut) == 30
