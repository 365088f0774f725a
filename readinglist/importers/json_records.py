"""Lists of records in JSON, one paper each: the loop that all such formats share."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import one_line
from readinglist.importers.document import Document

EXCERPT_CHARACTERS = 200
MOST = 10**9  # of anything that is counted


def parse_records(
    document: Document,
    records: Iterable[Any],
    draft_of: Callable[[Mapping[str, Any]], PaperDraft | None],
    *,
    format_name: str,
    without: str,
) -> ImportResult:
    """Read every record; one that makes no draft becomes a problem, and the others are read all the same.

    Args:
        document: For the names of problems.
        records: As they stand in the JSON, whatever they are.
        draft_of: Reads one; None if it names no paper.
        format_name: For people.
        without: What a record must have to name a paper: `no title`.
    """
    drafts: list[PaperDraft] = []
    problems: list[Problem] = []
    for number, record in enumerate(records, start=1):
        draft = draft_of(record) if isinstance(record, Mapping) else None
        if draft is None:
            where, excerpt = f"{document.raw.name}, record {number}", str(record)[:EXCERPT_CHARACTERS]
            problems.append(Problem(where=where, reason=f"The record has {without}.", excerpt=excerpt))
        else:
            drafts.append(draft)
    return ImportResult(format=format_name, drafts=tuple(drafts), problems=tuple(problems))


def texts_of(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, each on one line; nothing for what is no list."""
    return tuple(filter(None, map(one_line, value))) if isinstance(value, list) else ()


def count_of(value: Any) -> int | None:
    """Return a number of something; None for what cannot be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST else None


def address_of(value: Any) -> str | None:
    """Return an address of the web; None for what is none."""
    text = one_line(value)
    return text if text.startswith(("https://", "http://")) else None
