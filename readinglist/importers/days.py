"""Dates as feeds and records write them."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

from readinglist.domain.dates import PartialDate

ISO = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=\D|$)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PRINTED = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})[a-z]*,?\s+(\d{{4}})\b", re.IGNORECASE)


def partial_date(text: str | None) -> PartialDate | None:
    """Read ISO 8601 of any precision, the dates of mail and RSS, and `14 May 2026` in any text; None if it is none.

    >>> str(partial_date("2017-07-27T08:18:33Z")), str(partial_date("Thu, 24 Sep 2026 00:00:00 -0400"))
    ('2017-07-27', '2026-09-24')
    """
    text = (text or "")[:200]
    if found := ISO.match(text):
        return _valid(*(int(part) if part else None for part in found.groups()))
    if found := PRINTED.search(text):
        return _valid(int(found[3]), MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
    try:
        return PartialDate.of(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError):
        return None


def full_date(text: str | None) -> date | None:
    """Read a date that is known to the day."""
    found = partial_date(text)
    return date(found.year, found.month, found.day) if found and found.month and found.day else None


def _valid(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    """Keep as much of a date as a calendar has."""
    for parts in ((year, month, day), (year, month, None), (year, None, None)):
        try:
            return PartialDate(parts[0] or 0, parts[1], parts[2])
        except ValueError:
            continue
    return None
