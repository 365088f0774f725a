"""The words in which lists write dates, people and numbers: short, the same everywhere, plain text."""

from datetime import UTC, date, datetime
from html import escape

from readinglist.domain.dates import PartialDate
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperRow
from readinglist.domain.recommendation import WhyHere
from readinglist.domain.wording import count_text, day_text

NAMES_SHOWN = 3  # authors on a card; more than that only pushes the date away
SEPARATOR = "  ·  "
SAID = {
    Feedback.MORE: "You asked for more papers like it.",
    Feedback.LESS: "You asked for fewer papers like it.",
    Feedback.HIDE: "You hid it from For you.",
}


def date_text(day: PartialDate | date | datetime | None) -> str:
    """Return a date as precisely as it is known; empty for None.

    >>> date_text(PartialDate(2025, 5, 3)), date_text(PartialDate(2025, 5)), date_text(PartialDate(2025))
    ('3 May 2025', 'May 2025', '2025')
    """
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = (day if day.tzinfo else day.replace(tzinfo=UTC)).astimezone().date()
    return day_text(day)


def authors_text(row: PaperRow, most: int = NAMES_SHOWN) -> str:
    """Return who wrote it: names, or how many, or nothing.

    Three names and one more are four names: "and 1 more" is no shorter than the name.

    Args:
        row: The paper.
        most: Names, where there are many.
    """
    total = row.author_count if row.author_count is not None else len(row.authors)
    if not row.authors:
        return count_text(total, "author") if total else ""
    names = row.authors[: most + 1] if total == most + 1 else row.authors[:most]
    rest = total - len(names)
    if rest > 0:
        return f"{', '.join(names)} and {rest:,} more"
    return ", ".join(names)


def spoken_row(row: PaperRow, why: WhyHere | None = None) -> str:
    """Return what a screen reader says of a paper in a list, and last why it is there."""
    parts = [row.title, row.status.label, "starred" if row.is_starred else "", authors_text(row)]
    tags = f"tags {', '.join(row.tags)}" if row.tags else ""
    reason = why.text if why is not None else ""
    return ". ".join(part for part in (*parts, date_text(row.published), tags, reason) if part)


def feedback_text(kind: Feedback) -> str:
    """Return a sentence about what the reader said of a paper.

    >>> feedback_text(Feedback.MORE)
    'You asked for more papers like it.'
    """
    return SAID[kind]


def why_tooltip(title: str, why: WhyHere | None) -> str:
    """Return a tooltip that says, below a title, why a paper is in a list; either may be missing.

    >>> why_tooltip("R & D", WhyHere(text="sparse & dense", marks=((0, 6),)))
    '<qt><p>R &amp; D</p><p><b>sparse</b> &amp; dense</p></qt>'
    """
    if why is None:
        return plain_tooltip(title)
    reason = "".join(f"<b>{escape(text)}</b>" if is_mark else escape(text) for text, is_mark in why_parts(why))
    return f"<qt>{''.join(f'<p>{text}</p>' for text in (escape(title), reason) if text)}</qt>"


def why_parts(why: WhyHere) -> list[tuple[str, bool]]:
    """Return the text of a reason in parts, each with whether it is to be emphasised.

    >>> why_parts(WhyHere(text="a sparse one", marks=((2, 8),)))
    [('a ', False), ('sparse', True), (' one', False)]
    """
    parts: list[tuple[str, bool]] = []
    place = 0
    for start, end in why.marks:
        parts += [(why.text[place:start], False), (why.text[start:end], True)]
        place = end
    return [(text, is_mark) for text, is_mark in (*parts, (why.text[place:], False)) if text]


def plain_tooltip(text: str) -> str:
    """Return a tooltip that shows the text as it is: Qt takes anything that looks like markup for markup."""
    return f"<qt>{escape(text)}</qt>" if text else ""


def plain_label(text: str) -> str:
    """Return a menu or button text in which an ampersand is an ampersand."""
    return text.replace("&", "&&")
