"""When a paper appeared, by what its first page prints."""

import pytest

from readinglist.pdf.years import find_published, parse_date
from tests.helpers.layouts import Row, make_page, prose


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("22 January 2014", "2014-01-22"),
        ("January 22, 2014", "2014-01-22"),
        ("Jan 22nd, 2014", "2014-01-22"),
        ("17. März 2019", "2019-03-17"),
        ("3 de mayo de 2001", "2001-05-03"),
        ("April 2018", "2018-04"),
        ("April 14–20, 2024", "2024-04-14"),
        ("2019-05-18", "2019-05-18"),
        ("2019年4月", "2019-04"),
        ("31 February 2014", "2014-02"),
        ("in 1998 already", "1998"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_printed(text: str, date: str) -> None:
    assert str(parse_date(text)) == date


@pytest.mark.parametrize("text", ["page 12", "1234-2015678", "3.2014", "version 20245"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("row", "date"),
    [
        (Row(8, "Received: 1 May 2012 / Accepted: 10 July 2013 / Published online: 18 January 2014"), "2014-01-18"),
        (Row(8, "Empirical Software Engineering (2014) 28:132"), "2014"),
        (Row(8, "Future Internet 2014, 6, 61-75"), "2014"),
        (
            Row(8, "Proceedings of the 52nd Annual Meeting, pages 624–633, Baltimore, June 23-25 2014. © 2013 Some"),
            "2014",
        ),
        (Row(8, "Published as a conference paper at ICLR 2014"), "2014"),
        (Row(7, "ICSE ’14, April 14–20, 2014, Lisbon, Portugal", "f"), "2014"),
        (Row(7, "© 2014 The Authors. Published by Some Press", "f"), "2014"),
        (Row(7, "Copyright 2014 by the author(s).", "f"), "2014"),
        (Row(10, "June 5, 2014", "c"), "2014-06-05"),
    ],
)
def test_the_line_that_says_when_it_appeared_is_found(row: Row, date: str) -> None:
    found = find_published([make_page(row, Row(17, "A Title of Words", "c", skip=20), *prose(20))], None)
    assert found is not None
    assert str(found.value) == date
    assert "page 1" in found.evidence


def test_a_year_in_the_title_is_no_date_and_two_digits_may_be_one() -> None:
    banner = Row(9, "Proceedings of the Twenty-Eighth International Joint Conference on Things (IJCAI-19)")
    page = make_page(Row(17, "What Grew in the Dark in 1984", "c"), *prose(20, skip=30))
    assert find_published([page], None, title="What Grew in the Dark in 1984") is None
    found = find_published([make_page(banner, Row(17, "A Title of Words", "c"), *prose(20, skip=30))], None)
    assert found is not None
    assert found.value.year == 2019


def test_years_in_running_text_say_nothing_of_the_paper() -> None:
    rows = [*prose(18, skip=60), Row(10, "as was shown by Doe and others (2001), and again by Roe in 2003")] * 2
    assert find_published([make_page(*rows)], None) is None


def test_the_page_behind_a_title_page_and_then_the_doi_are_asked() -> None:
    title_page = make_page(Row(24, "A Report on Small Things", skip=100), Row(14, "Jane Doe"))
    imprint = make_page(Row(10, "February 2014"), *prose(20), number=2)
    empty = make_page(*prose(20), number=2)
    found = find_published([title_page, imprint], None)
    assert found is not None
    assert (str(found.value), found.evidence) == ("2014-02", "the date on page 2")
    by_doi = find_published([title_page, empty], "10.18429/some-conf2014-wep08")
    assert by_doi is not None
    assert (by_doi.value.year, by_doi.evidence) == (2014, "the year in the DOI")
