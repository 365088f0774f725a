"""Storing drafts and changing papers; every write of a paper's row is here."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, func, insert, or_, select, text, update

from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import complete, provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import Mention, Paper, PaperDraft, PaperId, Status
from readinglist.domain.titles import fold_title
from readinglist.library.engine import driver_of
from readinglist.library.paper_reading import PaperReader, chunks
from readinglist.library.tables import identifier, mention, paper, paper_author
from readinglist.library.times import render_time

queue_place = paper.c.queue_position
QUEUE_STEP = 1024.0  # room between two neighbours of the queue, so that a move changes one row
LEAST_ROOM = 1e-6  # less than this between two neighbours, and the whole queue is spread out again


def content_hash(title: str, abstract: str) -> str:
    """Name the text that a vector is made from."""
    return hashlib.sha256(f"{title}\n{abstract}".encode()).hexdigest()


class PaperWriter(PaperReader):
    """Changes papers within one unit of work; what it touches is noted by the database itself."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        super().__init__(driver_of(connection), folder)
        self._connection = connection

    def add_many(self, drafts: Sequence[PaperDraft], *, status: Status, added: datetime | None = None) -> list[PaperId]:
        """Store drafts that match nothing in the library; returns their numbers in the same order."""
        moment = render_time(added or datetime.now(UTC))
        first = (self._connection.execute(select(func.max(paper.c.id))).scalar() or 0) + 1
        first = max(first, self._next_number())
        numbered = [(PaperId(first + offset), draft) for offset, draft in enumerate(drafts)]
        rows = [{"id": key, **_bibliographic(draft), "added": moment} for key, draft in numbered]
        self._insert(paper, rows)
        self._insert(paper_author, _author_rows(numbered))
        self._insert(identifier, [row for key, draft in numbered for row in _identifier_rows(key, draft.identifiers)])
        self._insert(mention, [_mention_row(key, draft.mention, moment) for key, draft in numbered if draft.mention])
        ids = [key for key, _ in numbered]
        if status is not Status.INBOX:
            self.set_status(ids, status)
        return ids

    def merge(self, known: Paper, draft: PaperDraft) -> bool:
        """Add what a matching draft knows more; returns whether that was anything."""
        completion = complete(known, draft)
        details = dict(completion.details)
        if "authors" in details:
            names = details.pop("authors")
            self._connection.execute(delete(paper_author).where(paper_author.c.paper_id == known.id))
            self._insert(paper_author, _names_rows(known.id, names))
            details["first_author"] = _first_author(names)
        if "title" in details:
            details["title_key"] = fold_title(details["title"])
        if "title" in details or "abstract" in details:
            details["content_hash"] = content_hash(
                details.get("title", known.title), details.get("abstract", known.abstract)
            )
        if "keywords" in details:
            details["keywords"] = json.dumps(details["keywords"], ensure_ascii=False)
        if "published" in details:
            details["published"] = str(details["published"])
        if details:
            self._update([known.id], details)
        self._insert(identifier, self._free(_identifier_rows(known.id, completion.identifiers)))
        if completion.mention:
            self._put_mention(known.id, completion.mention)
        return bool(completion)

    def rewrite(self, known: Paper, now: Paper) -> None:
        """Make a paper what it is to be: its facts, what the reader decided, its authors and identifiers.

        What has tables of its own besides stays as it is.

        Args:
            known: As it is stored.
            now: Under the same number; its identifiers are free or its own, and its `content_hash` is not looked at.
        """
        values = {name: write(now) for name, write in COLUMNS.items() if write(now) != write(known)}
        if values:
            self._update([known.id], values)
        if now.authors != known.authors:
            self._connection.execute(delete(paper_author).where(paper_author.c.paper_id == known.id))
            self._insert(paper_author, _names_rows(known.id, now.authors))
        if now.identifiers != known.identifiers:
            self._connection.execute(delete(identifier).where(identifier.c.paper_id == known.id))
            self._insert(identifier, _identifier_rows(known.id, now.identifiers))

    def remove_identifier(self, paper_id: PaperId, wrong: Identifier) -> None:
        """Take an identifier off a paper."""
        mine = (identifier.c.paper_id == paper_id, identifier.c.scheme == wrong.scheme)
        self._connection.execute(delete(identifier).where(*mine, identifier.c.value == wrong.value))

    def set_status(self, ids: Sequence[PaperId], status: Status) -> None:
        """Change the status, and the dates and the place in the queue that go with it; no more where it is the same."""
        others = f"SELECT id FROM paper WHERE status != '{status.value}' AND id IN ({{ids}})"
        changing = {row[0] for row in self._by_ids(others, ids)}
        chosen = [one for one in ids if one in changing]
        now = render_time(datetime.now(UTC))
        values: dict[str, Any] = {"status": status.value, "queue_position": None}
        if status is Status.READING:
            values["started"] = func.coalesce(paper.c.started, now)
        if status is Status.READ:
            values["finished"] = now
        self._update(chosen, values)
        if status is Status.TO_READ:
            last = self._connection.execute(select(func.max(paper.c.queue_position))).scalar() or 0.0
            places = enumerate(chosen, start=1)
            self._place([{"key": key, "place": last + QUEUE_STEP * number} for number, key in places])

    def set_values(self, ids: Sequence[PaperId], values: Mapping[str, Any]) -> None:
        """Change columns that need no care: marks, note; rows that have the values already are left alone."""
        differs = or_(*(paper.c[name].is_distinct_from(value) for name, value in values.items()))
        self._update(ids, values, differs)

    def set_binned(self, ids: Sequence[PaperId], *, is_binned: bool) -> None:
        """Put papers into the bin, or take them out."""
        now = render_time(datetime.now(UTC))
        values = {"is_binned": is_binned, "binned": now if is_binned else None}
        self._update(ids, values, paper.c.is_binned.is_not(is_binned))

    def purge(self, ids: Sequence[PaperId]) -> None:
        """Delete papers with everything that belongs to them."""
        for chunk in chunks(ids):
            self._connection.execute(delete(paper).where(paper.c.id.in_(chunk)))

    def move_in_queue(self, ids: Sequence[PaperId], before: PaperId | None) -> None:
        """Put papers of the queue in front of another one, or at its end."""
        with_place = "SELECT id FROM paper WHERE queue_position IS NOT NULL AND id IN ({ids})"
        queued = {row[0] for row in self._by_ids(with_place, ids)}
        moved = [one for one in ids if one in queued]
        low, high = self._gap(moved, before)
        if high is not None and high - low < LEAST_ROOM * (len(moved) + 1):
            self._respace_queue()
            low, high = self._gap(moved, before)
        step = QUEUE_STEP if high is None else (high - low) / (len(moved) + 1)
        self._place([{"key": key, "place": low + step * number} for number, key in enumerate(moved, start=1)])

    def _gap(self, moved: Sequence[PaperId], before: PaperId | None) -> tuple[float, float | None]:
        """Return the places between which papers are to lie; the upper one is None at the end of the queue."""
        high = self._connection.execute(select(queue_place).where(paper.c.id == before)).scalar()
        taken = set(moved)
        below = queue_place.is_not(None) if high is None else queue_place < high
        query = select(paper.c.id, queue_place).where(below).order_by(queue_place.desc()).limit(len(moved) + 1)
        others = (row[1] for row in self._connection.execute(query).all() if row[0] not in taken)
        nothing = 0.0 if high is None else high - QUEUE_STEP * (len(moved) + 1)
        return next(others, nothing), high

    def _respace_queue(self) -> None:
        """Give all places their room again; each move into the same gap halves what is left of it."""
        order = self._connection.execute(
            select(paper.c.id).where(queue_place.is_not(None)).order_by(queue_place, paper.c.id)
        )
        self._place([{"key": row[0], "place": QUEUE_STEP * place} for place, row in enumerate(order.all(), start=1)])

    def refresh_mention_counts(self, paper_id: PaperId) -> None:
        """Keep the largest numbers that any listing printed where lists sort by them."""
        mine = mention.c.paper_id == paper_id
        counts = select(func.max(mention.c.upvotes), func.max(mention.c.comments)).where(mine)
        upvotes, comments = self._connection.execute(counts).one()
        self._update([paper_id], {"upvotes": upvotes, "comments": comments})

    def _place(self, places: Sequence[Mapping[str, Any]]) -> None:
        statement = update(paper).where(paper.c.id == bindparam("key")).values(queue_position=bindparam("place"))
        if places:
            self._connection.execute(statement, places)

    def _put_mention(self, paper_id: PaperId, said: Mention) -> None:
        row = _mention_row(paper_id, said, render_time(datetime.now(UTC)))
        same = (mention.c.paper_id == paper_id, mention.c.source == said.source)
        listed = mention.c.listed_on.is_(None) if said.listed_on is None else mention.c.listed_on == row["listed_on"]
        changed = self._connection.execute(update(mention).where(*same, listed).values(row))
        if changed.rowcount == 0:
            self._insert(mention, [row])
        self.refresh_mention_counts(paper_id)

    def _free(self, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Leave out identifiers that another paper has: the database would refuse them."""
        query = select(identifier.c.id)
        return [
            row
            for row in rows
            if self._connection.execute(
                query.where(identifier.c.scheme == row["scheme"], identifier.c.value == row["value"])
            ).first()
            is None
        ]

    def _next_number(self) -> int:
        """A number is never given twice, even after the paper that had it is gone."""
        query = text("SELECT seq FROM sqlite_sequence WHERE name = 'paper'")
        return int(self._connection.execute(query).scalar() or 0) + 1

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _update(self, ids: Sequence[PaperId], values: Mapping[str, Any], *conditions: ColumnElement[bool]) -> None:
        for chunk in chunks(ids):
            chosen = paper.c.id.in_(chunk)
            self._connection.execute(update(paper).where(chosen, *conditions).values(values))


def _moment(name: str) -> Callable[[Paper], Any]:
    def write(one: Paper) -> str | None:
        moment = getattr(one, name)
        return render_time(moment) if moment is not None else None

    return write


# How the columns of a paper are written.
COLUMNS: Mapping[str, Callable[[Paper], Any]] = {
    **{name: attrgetter(name) for name in ("title", "abstract", "title_source", "abstract_source", "author_count")},
    **{name: attrgetter(name) for name in ("organization", "url", "pdf_url", "code_url", "venue", "upvotes")},
    **{name: attrgetter(name) for name in ("comments", "queue_position", "is_starred", "rating", "note")},
    **{name: _moment(name) for name in ("added", "started", "finished")},
    "title_key": lambda one: fold_title(one.title),
    "first_author": lambda one: _first_author(one.authors),
    "published": lambda one: str(one.published) if one.published else None,
    "keywords": lambda one: json.dumps(one.keywords, ensure_ascii=False),
    "status": lambda one: one.status.value,
    "priority": lambda one: int(one.priority),
    "content_hash": lambda one: content_hash(one.title, one.abstract),
}


def _bibliographic(draft: PaperDraft) -> dict[str, Any]:
    title = draft.title or provisional_title(draft.identifiers[0])
    said = draft.mention
    return {
        "title": title,
        "title_key": fold_title(title),
        "abstract": draft.abstract,
        "title_source": draft.title_source,
        "abstract_source": draft.abstract_source,
        "author_count": draft.author_count if draft.author_count is not None else len(draft.authors) or None,
        "first_author": _first_author(draft.authors),
        "organization": draft.organization,
        "published": str(draft.published) if draft.published else None,
        "url": draft.url,
        "pdf_url": draft.pdf_url,
        "code_url": draft.code_url,
        "venue": draft.venue,
        "keywords": json.dumps(draft.keywords, ensure_ascii=False),
        "upvotes": said.upvotes if said else None,
        "comments": said.comments if said else None,
        "content_hash": content_hash(title, draft.abstract),
    }


def _first_author(names: Sequence[str]) -> str:
    return fold_surname(names[0]) if names else ""


def _names_rows(paper_id: PaperId, names: Sequence[str]) -> list[dict[str, Any]]:
    return [{"paper_id": paper_id, "position": place, "name": name} for place, name in enumerate(names)]


def _author_rows(numbered: Iterable[tuple[PaperId, PaperDraft]]) -> list[dict[str, Any]]:
    return [row for key, draft in numbered for row in _names_rows(key, draft.authors)]


def _identifier_rows(paper_id: PaperId, identifiers: Iterable[Identifier]) -> list[dict[str, Any]]:
    return [{"paper_id": paper_id, "scheme": one.scheme, "value": one.value} for one in identifiers]


def _mention_row(paper_id: PaperId, said: Mention, seen: str) -> dict[str, Any]:
    return {
        "paper_id": paper_id,
        "source": said.source,
        "origin": said.origin,
        "listed_on": said.listed_on.isoformat() if said.listed_on else None,
        "upvotes": said.upvotes,
        "comments": said.comments,
        "seen": seen,
    }
