"""How moments are written into the database: ISO 8601, UTC, milliseconds, so that texts sort as times."""

from datetime import UTC, date, datetime, time

from readinglist.domain.dates import PartialDate
from readinglist.domain.query_dates import neighbour

OLDEST, NEWEST = 1971, 9000  # years whose days every system can tell the beginning of


def render_time(moment: datetime) -> str:
    """Write a moment; its time zone is converted to UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def parse_time(text: str) -> datetime:
    """Read what `render_time` wrote."""
    return datetime.fromisoformat(text)


def today() -> date:
    """Return the day where the reader is."""
    return datetime.now(UTC).astimezone().date()


def first_moment(text: str) -> str:
    """Return when a day, month or year begins where the reader is.

    Args:
        text: ISO 8601, to the year, the month or the day.
    """
    return _beginning(PartialDate.parse(text))


def moment_after(text: str) -> str:
    """Return when a day, month or year is over where the reader is."""
    when = PartialDate.parse(text)
    return _beginning(neighbour(when, 1)) if when.year <= NEWEST else f"{when}~"


def _beginning(when: PartialDate) -> str:
    day = date(when.year, when.month or 1, when.day or 1)
    if not OLDEST <= day.year <= NEWEST:
        return day.isoformat()  # no paper came in so long ago, or will so late
    return render_time(datetime.combine(day, time()).astimezone())
