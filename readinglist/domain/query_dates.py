"""Dates that go with the calendar: what `added:today` or `read:7d` stands for depends on the day it is asked.

A query keeps them as they were typed, so that one that is kept or shown overnight stays right; `as_of` puts dates in
their place when papers are looked up.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from readinglist.domain.dates import PartialDate
from readinglist.domain.query import Between, Node, Query, leaves, mapped

TODAY = "today"
# As a bound the first day counts where a span begins, the last where it ends; weeks begin on Monday (ISO 8601).
SPANS = (TODAY, "yesterday", "thisweek", "lastweek", "thismonth", "lastmonth", "thisyear", "lastyear")
COUNTED = re.compile(r"(?:(?:the)?(?:last|past))?0*([0-9]{1,4})(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?")
SIGNS = "<>"  # before a bound: what it names is not included
UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def find_relative(text: str) -> str | None:
    """Return a date that goes with the calendar in its shortest form; None if a text is none.

    >>> [find_relative(text) for text in ("Today", "this week", "-7d", "last 3 months", "2024")]
    ['today', 'thisweek', '7d', '3m', None]
    """
    solid = re.sub(r"[\s_-]+", "", text.lower())
    if solid in SPANS:
        return solid
    found = COUNTED.fullmatch(solid)
    return f"{found[1]}{found[2]}" if found is not None else None


def is_counted(bound: str | None) -> bool:
    """Tell whether a bound counts back from today: by itself it then reaches from that day until today."""
    return bound is not None and COUNTED.fullmatch(bound) is not None


def count_of(bound: str) -> tuple[int, str]:
    """Return how many of what a counted bound goes back.

    >>> count_of("7d"), count_of("1m")
    ((7, 'day'), (1, 'month'))
    """
    return int(bound[:-1]), UNITS[bound[-1]]


def is_relative(bound: str | None) -> bool:
    """Tell whether a bound of a query depends on the day it is asked."""
    plain = (bound or "").lstrip(SIGNS)
    return plain in SPANS or is_counted(plain)


def goes_with_calendar(query: Query) -> bool:
    """Tell whether the same query may find other papers tomorrow."""
    return any(_is_moving(node) for node in leaves(query.root))


def as_of(query: Query, today: date) -> Query:
    """Return a query with dates in place of what goes with the calendar.

    >>> from readinglist.domain.query_text import parse_query
    >>> as_of(parse_query("added:thisweek"), date(2025, 5, 15)).root
    Between(field='added', low='2025-05-12', high='2025-05-18')
    """
    if not goes_with_calendar(query):
        return query

    def fixed(node: Node) -> Node:
        return _fixed(node, today) if isinstance(node, Between) and _is_moving(node) else node

    return replace(query, root=query.root and mapped(query.root, fixed))


def neighbour(when: PartialDate, step: int) -> PartialDate:
    """Return the date so many days, months or years on, as precise as it is.

    Raises:
        ValueError: No calendar has it.
        OverflowError: As before.
    """
    if when.day is not None and when.month is not None:
        return PartialDate.of(date(when.year, when.month, when.day) + timedelta(days=step))
    if when.month is not None:
        years, month = divmod(when.month - 1 + step, 12)
        return PartialDate(when.year + years, month + 1)
    return PartialDate(when.year + step)


def _is_moving(node: Node) -> bool:
    return isinstance(node, Between) and (is_relative(node.low) or is_relative(node.high))


def _fixed(node: Between, today: date) -> Between:
    low, high = _low(node.low, today), _high(node.high, today)
    if low is not None and high is not None and low > f"{high}~":  # `today..7d`: the later one was typed first
        low, high = _low(node.high, today), _high(node.low, today)
    return Between(node.field, low, high)


def _low(bound: str | None, today: date) -> str | None:
    if bound is None or not is_relative(bound):
        return bound
    first, last = _reach(bound.lstrip(SIGNS), today)
    return str(neighbour(last, 1) if bound[0] in SIGNS else first)


def _high(bound: str | None, today: date) -> str | None:
    if bound is None or not is_relative(bound):
        return bound
    first, last = _reach(bound.lstrip(SIGNS), today)
    return str(neighbour(first, -1) if bound[0] in SIGNS else last)


def _reach(bound: str, today: date) -> tuple[PartialDate, PartialDate]:
    """Return the first and the last day of what a bound names; a month or a year as a whole.

    Papers may be known by no more than the month or year of their publication; these would miss days.
    """
    if is_counted(bound):
        day = PartialDate.of(_back(today, *count_of(bound)))
        return day, day
    if bound in {TODAY, "yesterday"}:
        day = PartialDate.of(today - timedelta(days=bound != TODAY))
        return day, day
    step = -1 if bound.startswith("last") else 0
    if bound.endswith("week"):
        monday = today + timedelta(days=7 * step - today.weekday())
        return PartialDate.of(monday), PartialDate.of(monday + timedelta(days=6))
    span = PartialDate(today.year, today.month) if bound.endswith("month") else PartialDate(today.year)
    return neighbour(span, step), neighbour(span, step)


def _back(today: date, number: int, unit: str) -> date:
    """Go back from a day; where a month has no such day, its last one stands in.

    >>> _back(date(2025, 5, 31), 3, "month"), _back(date(2025, 5, 31), 2, "week")
    (datetime.date(2025, 2, 28), datetime.date(2025, 5, 17))
    """
    if unit in {"day", "week"}:
        days = number * (7 if unit == "week" else 1)
        return today - timedelta(days=min(days, today.toordinal() - 1))
    from calendar import monthrange  # noqa: PLC0415 - loads `locale`, which the first list does without

    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(max(months, 12), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
