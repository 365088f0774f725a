"""The table of contents that a file brings along."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from readinglist.domain.pages import OutlineEntry
from readinglist.pdf.links import find_target
from readinglist.pdf.repair import mend

MOST_ENTRIES = 5000
DEEPEST = 20
LONGEST_TITLE = 300


def read_outline(inner: Any) -> tuple[OutlineEntry, ...]:
    """Read the contents of a document of PyMuPDF, in their order; empty where it has none, or damaged ones."""
    try:
        return tuple(islice(_entries(inner, inner.outline, 1), MOST_ENTRIES))
    except (RuntimeError, ValueError, TypeError, AttributeError):  # a broken chain; the pages are there all the same
        return ()


def _entries(inner: Any, entry: Any, level: int) -> Iterator[OutlineEntry]:
    while entry:
        target = find_target(inner, entry.uri) if (entry.uri or "").startswith("#") else None
        title = " ".join(mend(entry.title or "").split())[:LONGEST_TITLE]
        page, point = target or (None, None)
        if title:
            yield OutlineEntry(level=level, title=title, page=page, point=point)
        if level < DEEPEST:
            yield from _entries(inner, entry.down, level + 1)
        entry = entry.next
