"""The abstract, where a heading announces it."""

from readinglist.pdf.abstracts import find_abstract
from tests.helpers.layouts import Row, make_page, prose


def test_it_ends_where_the_next_heading_begins() -> None:
    page = make_page(
        Row(17, "A Title", "c"),
        Row(12, "Abstract", "bc", skip=20),
        Row(10, "We look at small things of many kinds that were found outside, and at their effi-", skip=6),
        Row(10, "ciency in the dark, which nobody has done before us with so much care for"),
        Row(10, "every detail of the matter, and we find that they grow."),
        Row(12, "1 Introduction", "b", skip=12),
        *prose(10),
    )
    found = find_abstract(page)
    assert found is not None
    assert found.value == (
        "We look at small things of many kinds that were found outside, and at their efficiency in the dark, which "
        "nobody has done before us with so much care "
        "for every detail of the matter, and we find that they grow."
    )


def test_it_may_begin_in_the_line_of_its_heading_and_end_at_the_keywords() -> None:
    page = make_page(
        Row(17, "A Title", "c"),
        Row(9, "Abstract—We look at small things and at how they grow in the dark for as long as it takes", skip=20),
        Row(9, "them to be seen by everybody who cares to look."),
        Row(9, "Keywords: small things, growth"),
        *prose(10),
    )
    found = find_abstract(page)
    assert found is not None
    assert found.value.startswith("We look at small things")
    assert found.value.endswith("who cares to look.")


def test_the_other_column_is_no_part_of_it() -> None:
    rows = [Row(17, "A Title", "c"), Row(12, "Abstract", "b", left=120, skip=20)]
    for number in range(6):
        rows.append(Row(10, f"the abstract, its line with the number {number}", left=60, skip=2))
        rows.append(Row(10, "of the introduction beside it", left=330, beside=True))
    found = find_abstract(make_page(*rows))
    assert found is not None
    assert "introduction" not in found.value


def test_without_a_heading_or_with_too_little_below_it_there_is_none() -> None:
    assert find_abstract(make_page(Row(17, "A Title", "c"), *prose(20))) is None
    assert find_abstract(make_page(Row(12, "Abstract", "b"), Row(10, "Short."))) is None
