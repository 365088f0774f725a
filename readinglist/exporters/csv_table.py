"""CSV, for spreadsheets: one line for each paper, lists inside a cell separated by semicolons.

**Source:** RFC 4180; OWASP, "CSV Injection", for what a spreadsheet would take for a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from readinglist.domain.paper import Paper

COLUMNS = (
    *("id", "title", "authors", "author_count", "organization", "published", "venue", "status", "starred", "priority"),
    *("rating", "tags", "collections", "arxiv_id", "doi", "url", "pdf", "code_url", "upvotes", "comments", "added"),
    *("started", "finished", "note", "abstract"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # the wide forms count too where they are typed
Cell = str | int | None


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write a heading and one line for each paper."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield buffer.getvalue()
    for paper in papers:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_safe(cell) for cell in _cells(paper)])
        yield buffer.getvalue()


def _cells(paper: Paper) -> tuple[Cell, ...]:
    return (
        paper.id,
        paper.title,
        "; ".join(paper.authors),
        paper.author_count,
        paper.organization,
        str(paper.published) if paper.published else None,
        paper.venue,
        paper.status.value,
        "yes" if paper.is_starred else "no",
        paper.priority.name.lower(),
        paper.rating,
        "; ".join(paper.tags),
        "; ".join(paper.collections),
        paper.identifier("arxiv"),
        paper.identifier("doi"),
        paper.url,
        paper.pdf,
        paper.code_url,
        paper.upvotes,
        paper.comments,
        *(f"{one:%Y-%m-%d %H:%M:%S}" if one else None for one in (paper.added, paper.started, paper.finished)),
        paper.note,
        paper.abstract,
    )


def _safe(cell: Cell) -> Cell:
    """Keep a text from being run as a formula: a listing that anybody may have written must not start anything."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")  # the writer quotes newlines, and only those
    return f"'{text}" if text.startswith(FORMULA) else text
