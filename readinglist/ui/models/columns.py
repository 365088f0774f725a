"""The columns of the paper table, as data."""

from collections.abc import Callable
from dataclasses import dataclass

from readinglist.domain.paper import PaperRow, Priority
from readinglist.domain.query import SortKey
from readinglist.ui.models.wording import authors_text, date_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        key: Stable name, for saved layouts.
        text: What a cell says.
        sort: What a click on the head sorts by; None if it cannot.
        width_px: At first.
        is_number: Aligned right, in figures of one width.
        is_shown: Shown until the reader chooses.
    """

    key: str
    title: str
    text: Callable[[PaperRow], str]
    sort: SortKey | None = None
    width_px: int = 100
    is_number: bool = False
    is_shown: bool = True


def number_text(number: int | None) -> str:
    """Return a number with separators; empty for None."""
    return "" if number is None else f"{number:,}"


COLUMNS = (
    Column(key="title", title="Title", text=lambda row: row.title, sort=SortKey.TITLE, width_px=340),
    Column(key="star", title="★", text=lambda row: "★" if row.is_starred else "", width_px=34),
    Column(key="status", title="Status", text=lambda row: row.status.label, sort=SortKey.STATUS, width_px=92),
    Column(key="authors", title="Authors", text=authors_text, sort=SortKey.AUTHOR, width_px=150),
    Column(
        key="published",
        title="Published",
        text=lambda row: date_text(row.published),
        sort=SortKey.PUBLISHED,
        width_px=112,
        is_number=True,
    ),
    Column(
        key="upvotes",
        title="Upvotes",
        text=lambda row: number_text(row.upvotes),
        sort=SortKey.UPVOTES,
        width_px=80,
        is_number=True,
    ),
    Column(
        key="comments",
        title="Comments",
        text=lambda row: number_text(row.comments),
        sort=SortKey.COMMENTS,
        width_px=88,
        is_number=True,
        is_shown=False,
    ),
    Column(key="tags", title="Tags", text=lambda row: ", ".join(row.tags), width_px=120),
    Column(
        key="priority",
        title="Priority",
        text=lambda row: "" if row.priority is Priority.NONE else row.priority.name.capitalize(),
        sort=SortKey.PRIORITY,
        width_px=76,
        is_shown=False,
    ),
    Column(
        key="rating",
        title="Rating",
        text=lambda row: "★" * row.rating,
        sort=SortKey.RATING,
        width_px=80,
        is_shown=False,
    ),
    Column(
        key="added",
        title="Added",
        text=lambda row: date_text(row.added),
        sort=SortKey.ADDED,
        width_px=112,
        is_number=True,
        is_shown=False,
    ),
    Column(
        key="organization", title="Organisation", text=lambda row: row.organization or "", width_px=140, is_shown=False
    ),
    Column(key="venue", title="Venue", text=lambda row: row.venue or "", width_px=140, is_shown=False),
    Column(key="note", title="Note", text=lambda row: "Yes" if row.has_note else "", width_px=56, is_shown=False),
)

SORT_WORDS = {
    SortKey.ADDED: "Date added",
    SortKey.PUBLISHED: "Date published",
    SortKey.TITLE: "Title",
    SortKey.AUTHOR: "First author",
    SortKey.UPVOTES: "Upvotes",
    SortKey.COMMENTS: "Comments",
    SortKey.PRIORITY: "Priority",
    SortKey.RATING: "Rating",
    SortKey.STATUS: "Status",
    SortKey.QUEUE: "Place in the queue",
    SortKey.FINISHED: "Date read",
    SortKey.RELEVANCE: "Best match",
}
ASCENDING_FIRST = {SortKey.TITLE, SortKey.AUTHOR, SortKey.STATUS, SortKey.QUEUE}
