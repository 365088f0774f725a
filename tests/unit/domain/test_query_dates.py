"""What dates that go with the calendar stand for on a given day."""

from datetime import date

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.query import Between, Word
from readinglist.domain.query_dates import as_of, find_relative, goes_with_calendar, neighbour
from readinglist.domain.query_text import parse_query

THURSDAY = date(2025, 5, 15)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("today", "2025-05-15", "2025-05-15"),
        ("yesterday", "2025-05-14", "2025-05-14"),
        ("thisweek", "2025-05-12", "2025-05-18"),
        ("lastweek", "2025-05-05", "2025-05-11"),
        ("thismonth", "2025-05", "2025-05"),
        ("lastmonth", "2025-04", "2025-04"),
        ("thisyear", "2025", "2025"),
        ("lastyear", "2024", "2024"),
        ("7d", "2025-05-08", "2025-05-15"),
        ("0d", "2025-05-15", "2025-05-15"),
        ("2w", "2025-05-01", "2025-05-15"),
        ("3m", "2025-02-15", "2025-05-15"),
        ("1y", "2024-05-15", "2025-05-15"),
        (">7d", "2025-05-09", None),
        ("<7d", None, "2025-05-07"),
        (">=7d", "2025-05-08", None),
        ("<=7d", None, "2025-05-08"),
        (">lastweek", "2025-05-12", None),
        ("<lastmonth", None, "2025-03"),
        ("<thisyear", None, "2024"),
        ("30d..7d", "2025-04-15", "2025-05-08"),
        ("today..7d", "2025-05-08", "2025-05-15"),
        ("thisweek..lastmonth", "2025-04", "2025-05-18"),
        ("2025-05..today", "2025-05", "2025-05-15"),
        ("9999y", "0001-01-15", "2025-05-15"),
        ("9999w", "1833-09-26", "2025-05-15"),
    ],
)
def test_a_date_that_goes_with_the_calendar_becomes_one_on_the_day_it_is_asked(
    value: str, low: str | None, high: str | None
) -> None:
    query = parse_query(f"added:{value}")
    assert query.problems == ()
    assert goes_with_calendar(query)
    assert as_of(query, THURSDAY).root == Between("added", low, high)


@pytest.mark.parametrize(
    ("value", "today", "low"),
    [
        ("thisweek", date(2025, 5, 12), "2025-05-12"),
        ("thisweek", date(2025, 5, 18), "2025-05-12"),
        ("lastmonth", date(2025, 1, 31), "2024-12"),
        ("1m", date(2025, 3, 31), "2025-02-28"),
        ("1y", date(2024, 2, 29), "2023-02-28"),
        ("yesterday", date(2025, 1, 1), "2024-12-31"),
    ],
)
def test_the_ends_of_weeks_months_and_years_are_met(value: str, today: date, low: str) -> None:
    root = as_of(parse_query(f"added:{value}"), today).root
    assert isinstance(root, Between)
    assert root.low == low


def test_everything_else_of_a_query_stays_as_it_is() -> None:
    plain = parse_query("deep (year:2024 OR -tag:x)")
    assert not goes_with_calendar(plain)
    assert as_of(plain, THURSDAY) is plain
    moving = parse_query("deep -added:(today OR tag:x)")
    assert goes_with_calendar(moving)
    assert as_of(moving, THURSDAY).root == parse_query("deep -(added:2025-05-15 OR tag:x)").root
    assert as_of(moving, THURSDAY).text == moving.text


@pytest.mark.parametrize("text", ["", "week", "7", "d", "7x", "today7d", "last", "d7", "2024-05", "12345d", "\u0667d"])
def test_other_texts_are_no_such_date(text: str) -> None:
    assert find_relative(text) is None


def test_neighbours_are_as_precise_as_their_date() -> None:
    assert neighbour(PartialDate(2024, 12, 31), 1) == PartialDate(2025, 1, 1)
    assert neighbour(PartialDate(2024, 1), -1) == PartialDate(2023, 12)
    assert neighbour(PartialDate(2024), 1) == PartialDate(2025)
    assert as_of(parse_query("deep"), THURSDAY).root == Word("deep")
