"""Dates as precisely as a source states them.

Bibliographies say 2019, feeds say 2019-05, listings say 2019-05-18. A `PartialDate` keeps what was said and no more.
"""

from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Self


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date known to the year, the month or the day.

    Its text is the ISO 8601 form of reduced precision, which sorts as the dates do.

    >>> str(PartialDate(2019, 5)), PartialDate.parse("2019-05-18").day
    ('2019-05', 18)
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Reject what no calendar has.

        Raises:
            ValueError: The parts are no date, or a day stands without its month.
        """
        if self.day is not None and self.month is None:
            message = "a day needs its month"
            raise ValueError(message)
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or an ISO timestamp (whose time is dropped).

        Raises:
            ValueError: The text is none of these.
        """
        parts = text.strip().split("T")[0].split(" ")[0].split("-")
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            message = f"not a date: {text!r}"
            raise ValueError(message)
        return cls(*(int(part) for part in parts))

    @classmethod
    def of(cls, day: date) -> Self:
        """Take a full date."""
        return cls(day.year, day.month, day.day)

    def with_year(self, year: int) -> Self:
        """Return the same day in another year; 29 February becomes 28 where the year has none."""
        try:
            return type(self)(year, self.month, self.day)
        except ValueError:
            return type(self)(year, self.month, 28)

    @property
    def precision(self) -> int:
        """How many of year, month and day are known."""
        return 1 + (self.month is not None) + (self.day is not None)

    def __str__(self) -> str:
        return "-".join(
            f"{part:0{width}d}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part is not None
        )

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)
