"""Papers as the database has them, as the values that leave this package."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Counts, Mention, Paper, PaperId, PaperRow, Priority, Status
from readinglist.domain.titles import fold_title
from readinglist.library.tables import file, identifier, mention, paper, paper_author, paper_tag, tag
from readinglist.library.times import parse_time

EXCERPT_CHARACTERS = 400
ROW_AUTHORS = 10
MAX_VARIABLES = 500  # ids in one statement: far below SQLite's limit, and a statement of one size is cached
T = TypeVar("T")
AnyRow = Row[*tuple[Any, ...]]
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class PaperText:
    """What an encoder reads of a paper, and the hash that names this text."""

    id: PaperId
    title: str
    abstract: str
    content_hash: str


class PaperReader:
    """Answers questions about papers, seen through one unit of work; `folder` is the library's."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """Load what a list shows; the order is kept, unknown numbers are left out."""
        columns = (
            *(paper.c.id, paper.c.title, func.substr(paper.c.abstract, 1, EXCERPT_CHARACTERS).label("excerpt")),
            *(paper.c.author_count, paper.c.organization, paper.c.published, paper.c.added, paper.c.status),
            *(paper.c.is_starred, paper.c.priority, paper.c.rating, paper.c.venue, paper.c.upvotes, paper.c.comments),
            *((paper.c.note != "").label("has_note"), paper.c.is_binned),
        )
        found = {row.id: row for row in self._by_ids(select(*columns), paper.c.id, ids)}
        authors = self.authors(ids, paper_author.c.position < ROW_AUTHORS)
        tags = self._tags(ids)
        files = {row.paper_id for row in self._by_ids(select(file.c.paper_id), file.c.paper_id, ids)}
        return [
            _row(found[key], authors=authors[key], tags=tags[key], has_pdf=key in files) for key in ids if key in found
        ]

    def get(self, paper_id: PaperId) -> Paper:
        """Load a paper whole.

        Raises:
            UserError: There is none of this number.
        """
        found = self.get_many([paper_id])
        if not found:
            message = f"There is no paper number {paper_id}."
            raise UserError(message)
        return found[paper_id]

    def get_many(self, ids: Sequence[PaperId]) -> dict[PaperId, Paper]:
        """Load papers whole; unknown numbers are left out."""
        found = list(self._by_ids(select(paper), paper.c.id, ids))
        authors, tags, identifiers = self.authors(ids), self._tags(ids), self.identifiers(ids)
        mentions, files = self._mentions(ids), self._files(ids)
        return {
            PaperId(row.id): _paper(
                row,
                authors=tuple(authors[row.id]),
                tags=tuple(tags[row.id]),
                identifiers=tuple(identifiers[row.id]),
                mentions=tuple(mentions[row.id]),
                pdf=files.get(row.id),
            )
            for row in found
        }

    def texts(self, ids: Sequence[PaperId]) -> list[PaperText]:
        """Load what the encoder reads, in no particular order."""
        query = select(paper.c.id, paper.c.title, paper.c.abstract, paper.c.content_hash)
        return [PaperText(PaperId(row[0]), *row[1:]) for row in self._by_ids(query, paper.c.id, ids)]

    def content_hashes(self, ids: Sequence[PaperId] | None = None) -> dict[PaperId, str]:
        """Return the hash of the text of some papers, or of all, the bin left out."""
        query = select(paper.c.id, paper.c.content_hash).where(paper.c.is_binned.is_(False))
        rows = self._connection.execute(query) if ids is None else self._by_ids(query, paper.c.id, ids)
        return {PaperId(row[0]): row[1] for row in rows}

    def outside_bin(self, ids: Sequence[PaperId] | None = None) -> set[PaperId]:
        """Return those of some papers, or of all, that exist and are not in the bin."""
        query = select(paper.c.id).where(paper.c.is_binned.is_(False))
        rows = self._connection.execute(query) if ids is None else self._by_ids(query, paper.c.id, ids)
        return {PaperId(row[0]) for row in rows}

    def binned(self) -> list[PaperId]:
        """Return the papers in the bin."""
        query = select(paper.c.id).where(paper.c.is_binned.is_(True))
        return [PaperId(row[0]) for row in self._connection.execute(query)]

    def find_identifier(self, wanted: Identifier) -> PaperId | None:
        """Return the paper that has an identifier, None if there is none."""
        query = select(identifier.c.paper_id)
        query = query.where(identifier.c.scheme == wanted.scheme, identifier.c.value == wanted.value)
        row = self._connection.execute(query).first()
        return None if row is None else PaperId(row[0])

    def find_titles(self, title: str) -> list[PaperId]:
        """Return the papers that have exactly this title, but for case, accents and punctuation."""
        query = select(paper.c.id).where(paper.c.title_key == fold_title(title), paper.c.title_key != "")
        return [PaperId(row[0]) for row in self._connection.execute(query)]

    def counts(self) -> Counts:
        """Count papers for the sidebar."""
        query = select(paper.c.is_binned, paper.c.status, func.count()).group_by(paper.c.is_binned, paper.c.status)
        by_status = dict.fromkeys(Status, 0)
        binned = 0
        for is_binned, status, number in self._connection.execute(query):
            if is_binned:
                binned += number
            else:
                by_status[Status(status)] = number
        starred = select(func.count()).where(paper.c.is_binned.is_(False), paper.c.is_starred.is_(True))
        return Counts(
            total=sum(by_status.values()),
            starred=self._connection.execute(starred).scalar_one(),
            binned=binned,
            by_status=by_status,
        )

    def _by_ids(self, query: Query, column: ColumnElement[Any], ids: Sequence[PaperId]) -> Iterator[AnyRow]:
        for chunk in chunks(ids):
            yield from self._connection.execute(query.where(column.in_(chunk)))

    def authors(self, ids: Sequence[PaperId], *conditions: ColumnElement[bool]) -> Mapping[int, list[str]]:
        """Load names in order, by paper."""
        query = (
            select(paper_author.c.paper_id, paper_author.c.name).where(*conditions).order_by(paper_author.c.position)
        )
        return _grouped((row[0], row[1]) for row in self._by_ids(query, paper_author.c.paper_id, ids))

    def _tags(self, ids: Sequence[PaperId]) -> Mapping[int, list[str]]:
        query = select(paper_tag.c.paper_id, tag.c.name).join(tag, tag.c.id == paper_tag.c.tag_id).order_by(tag.c.name)
        return _grouped((row[0], row[1]) for row in self._by_ids(query, paper_tag.c.paper_id, ids))

    def identifiers(self, ids: Sequence[PaperId]) -> Mapping[int, list[Identifier]]:
        """Load identifiers in the order in which they came, by paper."""
        query = select(identifier.c.paper_id, identifier.c.scheme, identifier.c.value).order_by(identifier.c.id)
        rows = self._by_ids(query, identifier.c.paper_id, ids)
        return _grouped((row[0], Identifier(row[1], row[2])) for row in rows)

    def _mentions(self, ids: Sequence[PaperId]) -> Mapping[int, list[Mention]]:
        query = select(mention).order_by(mention.c.listed_on.desc(), mention.c.id.desc())
        return _grouped((row.paper_id, _mention(row)) for row in self._by_ids(query, mention.c.paper_id, ids))

    def _files(self, ids: Sequence[PaperId]) -> dict[int, str]:
        query = select(file.c.paper_id, file.c.path).order_by(file.c.id.desc())
        return {row[0]: str(self._folder / row[1]) for row in self._by_ids(query, file.c.paper_id, ids)}


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what a statement is to name into pieces of `MAX_VARIABLES`."""
    return (values[start : start + MAX_VARIABLES] for start in range(0, len(values), MAX_VARIABLES))


def _grouped(pairs: Iterable[tuple[int, T]]) -> Mapping[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _published(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _row(row: AnyRow, *, authors: list[str], tags: list[str], has_pdf: bool) -> PaperRow:
    return PaperRow(
        id=PaperId(row.id),
        title=row.title,
        excerpt=row.excerpt,
        authors=tuple(authors),
        author_count=row.author_count,
        organization=row.organization,
        published=_published(row.published),
        added=parse_time(row.added),
        status=Status(row.status),
        is_starred=row.is_starred,
        priority=Priority(row.priority),
        rating=row.rating,
        tags=tuple(tags),
        venue=row.venue,
        upvotes=row.upvotes,
        comments=row.comments,
        has_note=bool(row.has_note),
        has_pdf=has_pdf,
        is_binned=row.is_binned,
    )


# Columns that a `Paper` takes over unchanged.
SAME = (
    *("title", "abstract", "title_source", "abstract_source", "author_count", "organization", "url", "pdf_url"),
    *("code_url", "venue", "queue_position", "is_starred", "rating", "note", "upvotes", "comments", "content_hash"),
    "is_binned",
)


def _paper(row: AnyRow, **related: Any) -> Paper:
    same = {name: getattr(row, name) for name in SAME}
    return Paper(
        id=PaperId(row.id),
        published=_published(row.published),
        keywords=tuple(json.loads(row.keywords)),
        added=parse_time(row.added),
        started=parse_time(row.started) if row.started else None,
        finished=parse_time(row.finished) if row.finished else None,
        status=Status(row.status),
        priority=Priority(row.priority),
        **same,
        **related,
    )


def _mention(row: AnyRow) -> Mention:
    return Mention(
        source=row.source,
        origin=row.origin,
        listed_on=date.fromisoformat(row.listed_on) if row.listed_on else None,
        upvotes=row.upvotes,
        comments=row.comments,
    )
