"""Several entries of one work made one paper: all that belongs to them is moved to the one that stays.

Rows are moved, not written anew: a step back moves them to where they were.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from readinglist.domain.feedback import Feedback
from readinglist.domain.joining import Entry, Joined
from readinglist.domain.paper import Paper, PaperId, Status
from readinglist.library.annotations import AnnotationReader, AnnotationWriter
from readinglist.library.feedback import NOT_TAG, SAID
from readinglist.library.files import FileReader
from readinglist.library.other_titles import OtherTitleWriter
from readinglist.library.paper_reading import PaperReader
from readinglist.library.paper_writing import PaperWriter
from readinglist.library.tables import (
    annotation,
    decision,
    feedback,
    file,
    identifier,
    mention,
    paper,
    paper_collection,
    paper_tag,
    reading_time,
)
from readinglist.library.times import parse_time

AnyRow = Row[*tuple[Any, ...]]
Ids = Sequence[PaperId]


class JoinReader:
    """Reads entries that are to become one."""

    def __init__(self, connection: Connection, papers: PaperReader) -> None:
        self._connection = connection
        self._papers = papers

    def entries(self, ids: Ids) -> list[Entry]:
        """Load papers with all that the reader did with them; unknown numbers are left out."""
        papers = self._papers.get_many(ids)
        files = FileReader(self._connection).of_many(ids)
        annotations = AnnotationReader(self._connection).of_many(ids)
        said: dict[PaperId, dict[Feedback, Any]] = {}
        for row in _rows(self._connection, feedback, ids):
            if row.kind in SAID:
                said.setdefault(PaperId(row.paper_id), {})[Feedback(row.kind)] = parse_time(row.given)
        return [
            Entry(
                paper=papers[one],
                files=tuple(files.get(one, ())),
                annotations=tuple(annotations.get(one, ())),
                said=said.get(one, {}),
            )
            for one in ids
            if one in papers
        ]


class JoinWriter(JoinReader):
    """Makes entries one; what it touches is noted by the database itself."""

    def __init__(self, connection: Connection, papers: PaperWriter) -> None:
        super().__init__(connection, papers)
        self._writer = papers

    def join(self, joined: Joined) -> None:
        """Store what entries become; the others are gone then.

        Args:
            joined: Of entries as they are stored now.
        """
        kept, gone = joined.paper.id, joined.gone
        ids = (kept, *gone)
        spent = [(PaperId(row.paper_id), row.seconds, row.last) for row in _rows(self._connection, reading_time, ids)]
        decided = _rows(self._connection, decision, ids)
        self._connection.execute(delete(identifier).where(identifier.c.paper_id.in_(gone)))
        self._writer.rewrite(joined.entries[0].paper, joined.paper)
        OtherTitleWriter(self._connection).join(joined)
        self._join_annotations(joined)
        self._join_mentions(ids)
        self._join_feedback(joined, ids)
        self._drop(file, _doubled(_in_order(_rows(self._connection, file, ids), ids), "sha256"))
        for table in (file, annotation, mention, feedback, paper_tag, paper_collection):
            self._move(table, gone, kept)
        self._join_decisions(joined, decided)
        self._join_times(kept, spent)
        self._connection.execute(delete(paper).where(paper.c.id.in_(gone)))

    def _move(self, table: Table, gone: Ids, kept: PaperId) -> None:
        """Give rows to the paper that stays; what it has already goes with the others."""
        moved = update(table).prefix_with("OR IGNORE").where(table.c.paper_id.in_(gone)).values(paper_id=kept)
        self._connection.execute(moved)

    def _drop(self, table: Table, numbers: Sequence[int]) -> None:
        self._connection.execute(delete(table).where(table.c.id.in_(numbers)))

    def _join_annotations(self, joined: Joined) -> None:
        """Replace those that are not to be as they are; their files are the same."""
        before = {(one.paper_id, one.annotation.uid): one for entry in joined.entries for one in entry.annotations}
        after = {(one.paper_id, one.annotation.uid): one for one in joined.whole.annotations}
        same = {key for key, one in after.items() if before.get(key) == one}
        annotations = AnnotationWriter(self._connection)
        for paper_id, uid in before.keys() - same:
            annotations.remove(paper_id, [uid])
        for key, one in after.items():
            if key not in same:
                annotations.add(joined.paper.id, one.sha256, [one.annotation])

    def _join_mentions(self, ids: Ids) -> None:
        """Keep one word of each listing, with the largest numbers; the same that was planned."""
        rows = sorted(_rows(self._connection, mention, ids), key=_attention, reverse=True)
        listings: dict[tuple[str, str | None], list[AnyRow]] = {}
        for row in rows:
            listings.setdefault((row.source, row.listed_on), []).append(row)
        for first, *others in listings.values():
            most = max((row.comments for row in (first, *others) if row.comments is not None), default=None)
            if most != first.comments:
                self._connection.execute(update(mention).where(mention.c.id == first.id).values(comments=most))
            self._drop(mention, [row.id for row in others])

    def _join_feedback(self, joined: Joined, ids: Ids) -> None:
        """Keep what holds, each as it was said last; a tag that one of them has is refused no more."""
        rows = sorted(_rows(self._connection, feedback, ids), key=lambda row: (row.given, row.id), reverse=True)
        lost = {f"{NOT_TAG}{name}" for name in joined.paper.tags} | {*SAID} - {*joined.whole.said}
        self._drop(feedback, [*(row.id for row in rows if row.kind in lost), *_doubled(rows, "kind")])

    def _join_decisions(self, joined: Joined, decided: Sequence[AnyRow]) -> None:
        """Keep when it was decided what holds: the merging itself decides nothing."""
        ids = [one.paper.id for one in joined.entries]
        holders = {one.paper.id: _held(one.paper, joined.paper) for one in joined.entries}
        newest: dict[str, str | None] = {}
        for row in sorted(decided, key=lambda row: (row.kind in holders[row.paper_id], row.decided or "")):
            newest[row.kind] = row.decided
        self._connection.execute(delete(decision).where(decision.c.paper_id.in_(ids)))
        rows = [{"paper_id": joined.paper.id, "kind": kind, "decided": when} for kind, when in newest.items()]
        if rows:
            self._connection.execute(insert(decision), rows)

    def _join_times(self, kept: PaperId, spent: Sequence[tuple[PaperId, float, str]]) -> None:
        """Add up how long they were read; the row that is added to is no part of the step."""
        taken = [one for one in spent if one[0] != kept and one[1] > 0]
        if not taken:
            return
        last = max(when for _, _, when in spent)
        if all(paper_id != kept for paper_id, _, _ in spent):
            first = min(when for _, _, when in taken)
            self._connection.execute(insert(reading_time).values(paper_id=kept, seconds=0.0, last=first))
        times = update(reading_time)
        for paper_id, _, _ in taken:
            self._connection.execute(times.where(reading_time.c.paper_id == paper_id).values(seconds=0.0))
        more = sum(seconds for _, seconds, _ in taken)
        longer = times.where(reading_time.c.paper_id == kept)
        self._connection.execute(longer.values(seconds=reading_time.c.seconds + more, last=last))


def _rows(connection: Connection, table: Table, ids: Ids) -> list[AnyRow]:
    query = select(table).where(table.c.paper_id.in_(ids)).order_by(*table.primary_key.columns)
    return list(connection.execute(query).all())


def _attention(row: AnyRow) -> tuple[int, str]:
    return -1 if row.upvotes is None else row.upvotes, row.origin


def _in_order(rows: Sequence[AnyRow], ids: Ids) -> list[AnyRow]:
    return sorted(rows, key=lambda row: ids.index(row.paper_id))


def _doubled(rows: Sequence[AnyRow], column: str) -> list[int]:
    """Return the numbers of the rows that say what one before them says."""
    seen: set[str] = set()
    numbers = []
    for row in rows:
        value = getattr(row, column)
        if value in seen:
            numbers.append(int(row.id))
        seen.add(value)
    return numbers


def _held(one: Paper, joined: Paper) -> set[str]:
    """Return the kinds of decisions about a paper that hold after the merging too."""
    holding = {
        "status": one.status is joined.status and one.status is not Status.INBOX,
        "star": one.is_starred,
        "rating": one.rating > 0 and one.rating == joined.rating,
        "note": bool(one.note),
        "tags": bool(one.tags),
        "collections": bool(one.collections),
    }
    return {kind for kind, holds in holding.items() if holds}
