"""Words that more than one part of the program says to the reader."""

from datetime import date

from readinglist.domain.dates import PartialDate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count_text(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> count_text(1, "paper"), count_text(1200, "paper"), count_text(0, "reply", "replies")
    ('1 paper', '1,200 papers', '0 replies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day_text(day: PartialDate | date) -> str:
    """Return a day as precisely as it is known.

    >>> day_text(PartialDate(2025, 5, 3)), day_text(PartialDate(2025, 5)), day_text(PartialDate(2025))
    ('3 May 2025', 'May 2025', '2025')
    """
    if day.month is None:
        return str(day.year)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {month}" if day.day is not None else month
