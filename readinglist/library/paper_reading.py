"""Papers as the database has them, as the values that leave this package.

All of it is SQL text on a connection of the driver: the first list of a window is read before SQLAlchemy is loaded.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Counts, Mention, Paper, PaperId, PaperRow, Priority, Status
from readinglist.domain.titles import fold_title, other_than
from readinglist.library.times import parse_time

EXCERPT_CHARACTERS = 400
ROW_AUTHORS = 10
MAX_VARIABLES = 500  # ids in one statement: far below SQLite's limit, and a statement of one size is cached
K = TypeVar("K")
T = TypeVar("T")

# What stands for {ids} is a list of numbers.
ROWS = f"""SELECT id, title, substr(abstract, 1, {EXCERPT_CHARACTERS}) AS excerpt, author_count, organization,
    published, added, status, is_starred, priority, rating, venue, upvotes, comments, note != '' AS has_note, is_binned
    FROM paper WHERE id IN ({{ids}})"""
PAPERS = "SELECT * FROM paper WHERE id IN ({ids})"
AUTHORS = "SELECT paper_id, name FROM paper_author WHERE paper_id IN ({ids}) ORDER BY position"
FIRST_AUTHORS = f"""SELECT paper_id, name FROM paper_author WHERE paper_id IN ({{ids}}) AND position < {ROW_AUTHORS}
    ORDER BY position"""
# The same for tags and for every other {noun} that papers can be put into.
GROUPS = """SELECT m.paper_id, g.name FROM paper_{noun} m JOIN {noun} g ON g.id = m.{noun}_id
    WHERE m.paper_id IN ({ids}) ORDER BY g.name"""
IDENTIFIERS = "SELECT paper_id, scheme, value FROM identifier WHERE paper_id IN ({ids}) ORDER BY id"
OTHER_TITLES = "SELECT paper_id, title FROM other_title WHERE paper_id IN ({ids})"
MENTIONS = "SELECT * FROM mention WHERE paper_id IN ({ids}) ORDER BY listed_on DESC, id DESC"
FILES = "SELECT paper_id, path FROM file WHERE paper_id IN ({ids}) ORDER BY id DESC"
CONTENTS = "SELECT paper_id, sha256 FROM file WHERE paper_id IN ({ids}) ORDER BY id"
SKETCHES = """SELECT id, status, CAST(substr(published, 1, 4) AS INTEGER) AS year, upvotes FROM paper
    WHERE is_binned = 0 ORDER BY id"""
CARRIERS = """SELECT tag.name, tag.color, paper_tag.paper_id FROM paper_tag JOIN tag ON tag.id = paper_tag.tag_id
    JOIN paper ON paper.id = paper_tag.paper_id WHERE paper.is_binned = 0"""
TEXTS = "SELECT id, title, abstract, content_hash FROM paper WHERE id IN ({ids})"


@dataclass(frozen=True, slots=True)
class PaperText:
    """What an encoder reads of a paper, and the hash that names this text."""

    id: PaperId
    title: str
    abstract: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The little that is shown of a paper where all are shown at once.

    Attributes:
        year: Of publication; None if unknown.
        upvotes: Largest number any listing printed; None if none did.
    """

    id: PaperId
    status: Status
    year: int | None
    upvotes: int | None


class PaperReader:
    """Answers questions about papers, seen through one unit of work.

    Args:
        plain: A connection of the driver.
        folder: The library's.
    """

    def __init__(self, plain: sqlite3.Connection, folder: Path) -> None:
        self._plain = plain
        self._folder = folder

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """Load what a list shows; the order is kept, unknown numbers are left out."""
        found = {row["id"]: row for row in self._by_ids(ROWS, ids)}
        authors: Mapping[int, list[str]] = _grouped(map(tuple, self._by_ids(FIRST_AUTHORS, ids)))
        tags = group_names(self._plain, "tag", ids)
        files = {row["paper_id"] for row in self._by_ids(FILES, ids)}
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
        found = list(self._by_ids(PAPERS, ids))
        authors, identifiers = self.authors(ids), self.identifiers(ids)
        tags, collections = (group_names(self._plain, noun, ids) for noun in ("tag", "collection"))
        mentions, files = self._mentions(ids), self._files(ids)
        titles: Mapping[int, list[str]] = _grouped(map(tuple, self._by_ids(OTHER_TITLES, ids)))
        return {
            PaperId(row["id"]): _paper(
                row,
                other_titles=other_than(row["title"], titles[row["id"]]),
                authors=tuple(authors[row["id"]]),
                tags=tuple(tags[row["id"]]),
                collections=tuple(collections[row["id"]]),
                identifiers=tuple(identifiers[row["id"]]),
                mentions=tuple(mentions[row["id"]]),
                pdf=files.get(row["id"]),
            )
            for row in found
        }

    def texts(self, ids: Sequence[PaperId]) -> list[PaperText]:
        """Load what the encoder reads, in no particular order."""
        return [PaperText(PaperId(row[0]), *row[1:]) for row in map(tuple, self._by_ids(TEXTS, ids))]

    def content_hashes(self, ids: Sequence[PaperId] | None = None) -> dict[PaperId, str]:
        """Return the hash of the text of some papers, or of all, the bin left out."""
        query = "SELECT id, content_hash FROM paper WHERE is_binned = 0"
        if ids is None:
            return {PaperId(key): digest for key, digest in self._plain.execute(query)}  # never all rows at once
        return {PaperId(row[0]): row[1] for row in self._by_ids(f"{query} AND id IN ({{ids}})", ids)}

    def outside_bin(self, ids: Sequence[PaperId] | None = None) -> set[PaperId]:
        """Return those of some papers, or of all, that exist and are not in the bin."""
        query = "SELECT id FROM paper WHERE is_binned = 0"
        rows = self._rows(query) if ids is None else self._by_ids(f"{query} AND id IN ({{ids}})", ids)
        return {PaperId(row[0]) for row in rows}

    def sketches(self) -> Iterator[Sketch]:
        """Load a few facts of all papers outside the bin, by number."""
        statuses = {status.value: status for status in Status}
        return (Sketch(row[0], statuses[row[1]], row[2], row[3]) for row in self._plain.execute(SKETCHES))

    def carriers(self) -> dict[tuple[str, str], list[PaperId]]:
        """Return the papers outside the bin that carry a tag, by the tag's name and colour."""
        return _grouped(((row[0], row[1]), row[2]) for row in self._plain.execute(CARRIERS))

    def titles(self) -> dict[PaperId, str]:
        """Return the titles of all papers outside the bin."""
        rows = self._plain.execute("SELECT id, title FROM paper WHERE is_binned = 0 ORDER BY id")
        return {PaperId(row[0]): row[1] for row in rows}

    def binned(self) -> list[PaperId]:
        """Return the papers in the bin."""
        return [PaperId(row[0]) for row in self._rows("SELECT id FROM paper WHERE is_binned = 1")]

    def find_identifier(self, wanted: Identifier) -> PaperId | None:
        """Return the paper that has an identifier, None if there is none."""
        query = "SELECT paper_id FROM identifier WHERE scheme = ? AND value = ?"
        rows = self._rows(query, (wanted.scheme, wanted.value))
        return PaperId(rows[0][0]) if rows else None

    def find_titles(self, title: str) -> list[PaperId]:
        """Return the papers that have exactly this title, but for case, accents and punctuation; else that had it."""
        key = fold_title(title)
        columns = ("id FROM paper", "DISTINCT paper_id FROM other_title") if key else ()
        found = (self._rows(f"SELECT {one} WHERE title_key = ?", (key,)) for one in columns)
        return [PaperId(row[0]) for row in next(filter(None, found), [])]

    def contents(self, ids: Sequence[PaperId]) -> Mapping[PaperId, list[str]]:
        """Return the hashes of papers' files, the first one first; papers without a file are left out."""
        return _grouped((PaperId(row[0]), row[1]) for row in self._by_ids(CONTENTS, ids))

    def with_contents(self, contents: Iterable[str]) -> dict[str, list[PaperId]]:
        """Return as `papers_with`."""
        return papers_with(self._plain, contents)

    def counts(self) -> Counts:
        """Count papers for the sidebar."""
        by_status = dict.fromkeys(Status, 0)
        binned = 0
        for is_binned, status, number in self._rows(
            "SELECT is_binned, status, count(*) FROM paper GROUP BY is_binned, status"
        ):
            if is_binned:
                binned += number
            else:
                by_status[Status(status)] = number
        ((starred,),) = self._rows("SELECT count(*) FROM paper WHERE is_binned = 0 AND is_starred = 1")
        return Counts(total=sum(by_status.values()), starred=starred, binned=binned, by_status=by_status)

    def authors(self, ids: Sequence[PaperId]) -> Mapping[int, list[str]]:
        """Load names in order, by paper."""
        return _grouped(map(tuple, self._by_ids(AUTHORS, ids)))

    def identifiers(self, ids: Sequence[PaperId]) -> Mapping[int, list[Identifier]]:
        """Load identifiers in the order in which they came, by paper."""
        return _grouped((row[0], Identifier(row[1], row[2])) for row in self._by_ids(IDENTIFIERS, ids))

    def _mentions(self, ids: Sequence[PaperId]) -> Mapping[int, list[Mention]]:
        return _grouped((row["paper_id"], _mention(row)) for row in self._by_ids(MENTIONS, ids))

    def _files(self, ids: Sequence[PaperId]) -> dict[int, str]:
        return {row[0]: str(self._folder / row[1]) for row in self._by_ids(FILES, ids)}

    def _by_ids(self, sql: str, ids: Sequence[PaperId]) -> Iterator[sqlite3.Row]:
        for chunk in chunks(ids):
            yield from self._rows(sql.format(ids=", ".join(str(int(key)) for key in chunk)))

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        cursor = self._plain.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(sql, values).fetchall()


def group_names(connection: sqlite3.Connection, noun: str, ids: Sequence[PaperId]) -> Mapping[int, list[str]]:
    """Return the names of what papers were put into, in alphabetical order.

    Args:
        connection: One of the driver, in a transaction.
        noun: What they were put into: `tag`.
        ids: Of papers; one that was put into nothing has no names.
    """
    numbers = (", ".join(str(int(key)) for key in chunk) for chunk in chunks(ids))
    return _grouped(row for some in numbers for row in connection.execute(GROUPS.format(noun=noun, ids=some)))


def papers_with(connection: sqlite3.Connection, contents: Iterable[str]) -> dict[str, list[PaperId]]:
    """Return which papers have files of some contents; a content that none has is left out."""
    found: defaultdict[str, list[PaperId]] = defaultdict(list)
    for chunk in chunks(sorted(set(contents))):
        marks = ", ".join("?" * len(chunk))
        sql = f"SELECT sha256, paper_id FROM file WHERE sha256 IN ({marks}) ORDER BY id"
        for sha256, paper_id in connection.execute(sql, tuple(chunk)):
            found[sha256].append(PaperId(paper_id))
    return dict(found)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what a statement is to name into pieces of `MAX_VARIABLES`."""
    return (values[start : start + MAX_VARIABLES] for start in range(0, len(values), MAX_VARIABLES))


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    found: defaultdict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _published(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _row(row: sqlite3.Row, *, authors: list[str], tags: list[str], has_pdf: bool) -> PaperRow:
    return PaperRow(
        id=PaperId(row["id"]),
        title=row["title"],
        excerpt=row["excerpt"],
        authors=tuple(authors),
        author_count=row["author_count"],
        organization=row["organization"],
        published=_published(row["published"]),
        added=parse_time(row["added"]),
        status=Status(row["status"]),
        is_starred=bool(row["is_starred"]),
        priority=Priority(row["priority"]),
        rating=row["rating"],
        tags=tuple(tags),
        venue=row["venue"],
        upvotes=row["upvotes"],
        comments=row["comments"],
        has_note=bool(row["has_note"]),
        has_pdf=has_pdf,
        is_binned=bool(row["is_binned"]),
    )


# Columns that a `Paper` takes over unchanged.
SAME = (
    *("title", "abstract", "title_source", "abstract_source", "author_count", "organization", "url", "pdf_url"),
    *("code_url", "venue", "queue_position", "rating", "note", "upvotes", "comments", "content_hash"),
)


def _paper(row: sqlite3.Row, **related: Any) -> Paper:
    same = {name: row[name] for name in SAME}
    return Paper(
        id=PaperId(row["id"]),
        published=_published(row["published"]),
        keywords=tuple(json.loads(row["keywords"])),
        added=parse_time(row["added"]),
        started=parse_time(row["started"]) if row["started"] else None,
        finished=parse_time(row["finished"]) if row["finished"] else None,
        status=Status(row["status"]),
        is_starred=bool(row["is_starred"]),
        priority=Priority(row["priority"]),
        is_binned=bool(row["is_binned"]),
        **same,
        **related,
    )


def _mention(row: sqlite3.Row) -> Mention:
    return Mention(
        source=row["source"],
        origin=row["origin"],
        listed_on=date.fromisoformat(row["listed_on"]) if row["listed_on"] else None,
        upvotes=row["upvotes"],
        comments=row["comments"],
    )
