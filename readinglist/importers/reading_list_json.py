"""This program's own JSON: what it exports and prints of papers, with what the reader made of them.

Written by `exporters.json_list`; the number that a paper had in its library says nothing in another one.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import ADDRESSES, Identifier, parse_identifier
from readinglist.domain.levels import tidy_name
from readinglist.domain.paper import Marks, Mention, PaperDraft, Priority, Status
from readinglist.domain.raw import ImportResult
from readinglist.domain.titles import other_than
from readinglist.importers.cleaning import INVISIBLE, one_line
from readinglist.importers.days import partial_date
from readinglist.importers.document import Document, Shape
from readinglist.importers.json_records import MOST, address_of, count_of, parse_records, texts_of

FORMAT = "Reading List export"
TELLING = frozenset({"title", "status", "identifiers", "in_bin", "author_count"})
PARSED = frozenset({"arxiv", "doi"})  # identifiers whose form is known
STATUSES = {one.value: one for one in Status}
PRIORITIES = {one.name.lower(): one for one in Priority}
BEST_RATING = 5


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.JSON:
        return 0.0
    record = next((one for one in _records(document.json.value) if isinstance(one, Mapping)), None)
    return 0.98 if record is not None and record.keys() >= TELLING else 0.0


def parse(document: Document) -> ImportResult:
    """Read every paper."""
    records = _records(document.json.value)
    return parse_records(document, records, _draft, format_name=FORMAT, without="no title")


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif isinstance(value, Mapping):
        yield value


def _draft(record: Mapping[str, Any]) -> PaperDraft | None:
    title = one_line(record.get("title"))
    if not title:
        return None
    return PaperDraft(
        title=title,
        abstract=_lines(record.get("abstract")),
        authors=texts_of(record.get("authors")),
        author_count=count_of(record.get("author_count")),
        organization=one_line(record.get("organization")) or None,
        published=partial_date(one_line(record.get("published"))),
        identifiers=tuple(dict.fromkeys(_identifiers(record))),
        url=address_of(record.get("url")),
        pdf_url=address_of(record.get("pdf_url")),
        code_url=address_of(record.get("code_url")),
        venue=one_line(record.get("venue")) or None,
        keywords=texts_of(record.get("keywords")),
        mention=_mention(record.get("sources")),
        marks=_marks(record),
    )


def _marks(record: Mapping[str, Any]) -> Marks | None:
    marks = Marks(
        status=STATUSES.get(one_line(record.get("status")), Status.INBOX),
        queue_position=_place(record.get("queue_position")),
        started=_moment(record.get("started")),
        finished=_moment(record.get("finished")),
        is_starred=record.get("starred") is True,
        priority=PRIORITIES.get(one_line(record.get("priority")), Priority.NONE),
        rating=min(count_of(record.get("rating")) or 0, BEST_RATING),
        tags=_names(record.get("tags"), "tag"),
        collections=_names(record.get("collections"), "collection"),
        note=_note(record.get("note")),
        other_titles=other_than(one_line(record.get("title")), texts_of(record.get("other_titles"))),
    )
    return marks if marks != Marks() else None


def _identifiers(record: Mapping[str, Any]) -> Iterator[Identifier]:
    said = record.get("identifiers")
    known = [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []
    named = [(one_line(one.get("scheme")), one_line(one.get("value"))) for one in known]
    # Both stand in the list too, unless somebody else wrote the file.
    for scheme, value in (*named, ("arxiv", one_line(record.get("arxiv_id"))), ("doi", one_line(record.get("doi")))):
        found = parse_identifier(value) if scheme in PARSED else Identifier(scheme, value)
        if found is not None and found.scheme == scheme and scheme in ADDRESSES and value:
            yield found


def _mention(sources: Any) -> Mention | None:
    """Return the listing that printed the most upvotes, of several the newest: a draft has room for one."""
    known = [one for one in sources if isinstance(one, Mapping)] if isinstance(sources, list) else []
    said = [
        Mention(
            source=one_line(one.get("source")),
            origin=one_line(one.get("origin")),
            listed_on=_day(one.get("listed_on")),
            upvotes=count_of(one.get("upvotes")),
            comments=count_of(one.get("comments")),
        )
        for one in known
        if one_line(one.get("source"))
    ]
    return max(said, key=lambda one: -1 if one.upvotes is None else one.upvotes, default=None)


def _lines(value: Any) -> str:
    """Return a text whose paragraphs each stand on a line, as the library keeps it."""
    return "\n".join(filter(None, map(one_line, value.split("\n")))) if isinstance(value, str) else ""


def _note(value: Any) -> str:
    r"""Return a note with its line breaks and indentation, which mean something in Markdown.

    >>> _note("# Mine\r\n\tcode\x00")
    '# Mine\n\tcode'
    """
    return INVISIBLE.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else ""


def _names(value: Any, noun: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts_of(value):
        try:
            found[tidy_name(text, noun)] = None
        except UserError:  # nothing but separators
            continue
    return tuple(found)


def _place(value: Any) -> float | None:
    return (
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST else None
    )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(one_line(value))
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """Read a moment; one without a time zone is meant in UTC, as exports are written."""
    try:
        moment = datetime.fromisoformat(one_line(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
