"""Hugging Face's JSON: rows of a listing, flat papers, search results, and the same inside a saved page.

**Source:** https://huggingface.co/docs/hub/api and stored answers of /api/daily_papers and /api/papers (2024 to 2026).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier, find_identifiers, identifier_url, parse_identifier
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import one_line, paragraphs, shown
from readinglist.importers.document import Document, Shape
from readinglist.importers.json_records import address_of, count_of, texts_of

FORMAT = "Hugging Face listing"
SOURCE = "huggingface"
LISTS = ("dailyPapers", "searchResults", "papers")
PAPER_KEYS = {"upvotes", "submittedOnDailyAt", "ai_summary", "ai_keywords", "discussionId", "numComments", "authors"}
# In 2026 a row's own `publishedAt` is the paper's, shifted by the difference of two time zones.
SHIFT = timedelta(hours=5)


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.JSON:
        return 0.0
    record = next((one for one in _records(document.json.value) if isinstance(one, Mapping)), None)
    return 0.9 if record is not None and is_row(record) else 0.0


def parse(document: Document) -> ImportResult:
    """Read every paper."""
    return read_papers(_records(document.json.value), document)


def is_row(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is a row of a listing or a paper, as Hugging Face writes them."""
    paper = record.get("paper")
    if isinstance(paper, Mapping):
        return "id" in paper or "title" in paper
    found = parse_identifier(str(record.get("id", "")))
    return found is not None and found.scheme == "arxiv" and bool(PAPER_KEYS & record.keys())


def read_papers(
    records: Iterator[Any], document: Document, *, page_day: date | None = None, name: str = FORMAT
) -> ImportResult:
    """Make drafts of rows or papers.

    Args:
        records: Rows, flat papers, or anything else, which becomes a problem.
        document: Where they stand.
        page_day: Day of the listing, where its page says so.
        name: Name of the format.
    """
    drafts: list[PaperDraft] = []
    problems: list[Problem] = []
    for number, record in enumerate(records, start=1):
        draft = _draft(record, document.raw.origin, page_day) if isinstance(record, Mapping) else None
        if draft is None:
            where = f"{document.raw.name}, record {number}"
            problems.append(
                Problem(where=where, reason="The record has no title and no id.", excerpt=str(record)[:200])
            )
        else:
            drafts.append(draft)
    return ImportResult(format=name, drafts=tuple(drafts), problems=tuple(problems))


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        lists = [value[name] for name in LISTS if isinstance(value.get(name), list)]
        yield from (one for found in lists for one in found) if lists else [value]
    elif isinstance(value, list):
        yield from value


def _draft(record: Mapping[str, Any], origin: str, page_day: date | None) -> PaperDraft | None:
    inner = record.get("paper")
    paper: Mapping[str, Any] = inner if isinstance(inner, Mapping) else record
    title, title_source = shown(one_line(paper.get("title") or record.get("title")))
    abstract, abstract_source = shown(paragraphs(paper.get("summary") or record.get("summary")))
    identifiers = _identifiers(paper.get("id"))
    if not title and not identifiers:
        return None
    authors, count = _authors(paper.get("authors"))
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=count,
        organization=_organization(paper) or _organization(record),
        published=_published(paper.get("publishedAt")),
        identifiers=identifiers,
        url=identifier_url(identifiers[0]) if identifiers else None,
        pdf_url=f"https://arxiv.org/pdf/{identifiers[0].value}" if identifiers else None,
        code_url=address_of(paper.get("githubRepo")),
        keywords=texts_of(paper.get("ai_keywords")),
        mention=Mention(
            source=SOURCE,
            origin=origin,
            listed_on=_listed_on(record, paper, page_day),
            upvotes=count_of(paper.get("upvotes", record.get("upvotes"))),
            comments=count_of(record.get("numComments", paper.get("numComments"))),
        ),
    )


def _identifiers(value: Any) -> tuple[Identifier, ...]:
    found = find_identifiers(value)[:1] if isinstance(value, str) else []
    return tuple(one for one in found if one.scheme == "arxiv")


def _authors(value: Any) -> tuple[tuple[str, ...], int | None]:
    """Return the names that are shown, and how many authors there are with the hidden ones."""
    if not isinstance(value, list):
        return (), None
    people = [one if isinstance(one, Mapping) else {"name": one} for one in value]
    visible = (one_line(person.get("name")) for person in people if not person.get("hidden"))
    return tuple(filter(None, visible)), len(people) or None


def _organization(record: Mapping[str, Any]) -> str | None:
    value = record.get("organization")
    if isinstance(value, Mapping):
        return one_line(value.get("fullname")) or one_line(value.get("name")) or None
    return one_line(value) or None


def _listed_on(record: Mapping[str, Any], paper: Mapping[str, Any], page_day: date | None) -> date | None:
    """Return the day of the listing; what a row calls `publishedAt` is that only where it is not the paper's."""
    said = _moment(paper.get("submittedOnDailyAt")) or _moment(record.get("submittedOnDailyAt"))
    if said:
        return said.date()
    if page_day or record is paper:
        return page_day
    listed, published = _moment(record.get("publishedAt")), _moment(paper.get("publishedAt"))
    if listed is None or published is None or abs(listed - published) <= SHIFT:
        return None
    return listed.date()


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None) if isinstance(value, str) else None
    except ValueError:
        return None


def _published(value: Any) -> PartialDate | None:
    moment = _moment(value)
    return PartialDate.of(moment.date()) if moment else None
