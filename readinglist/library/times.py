"""How moments are written into the database: ISO 8601, UTC, milliseconds, so that texts sort as times."""

from datetime import UTC, datetime


def render_time(moment: datetime) -> str:
    """Write a moment; its time zone is converted to UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def parse_time(text: str) -> datetime:
    """Read what `render_time` wrote."""
    return datetime.fromisoformat(text)
