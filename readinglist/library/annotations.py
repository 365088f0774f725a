"""What the reader drew and wrote on the pages of files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.files import FiledAnnotation
from readinglist.domain.pages import Point, Rect
from readinglist.domain.paper import PaperId
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import annotation
from readinglist.library.times import parse_time, render_time

AnyRow = Row[*tuple[Any, ...]]
TABLE: Table = annotation


class AnnotationReader:
    """Answers questions about annotations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, paper_id: PaperId) -> list[FiledAnnotation]:
        """Return the annotations of a paper in the order of its pages, file by file."""
        return self.of_many([paper_id]).get(paper_id, [])

    def of_many(self, ids: Sequence[PaperId]) -> Mapping[PaperId, list[FiledAnnotation]]:
        """Return the annotations of papers as `of`; papers without are left out."""
        found: dict[PaperId, list[FiledAnnotation]] = {}
        for chunk in chunks(ids):
            query = select(TABLE).where(TABLE.c.paper_id.in_(chunk)).order_by(TABLE.c.id)
            for row in self._connection.execute(query):
                found.setdefault(PaperId(row.paper_id), []).append(_filed(row))
        return {key: _in_page_order(some) for key, some in found.items()}

    def find(self, paper_id: PaperId, uid: str) -> FiledAnnotation | None:
        """Return an annotation of a paper, None if it has none of that name."""
        query = select(TABLE).where(TABLE.c.paper_id == paper_id, TABLE.c.uid == uid)
        row = self._connection.execute(query).first()
        return None if row is None else _filed(row)

    def count(self, ids: Sequence[PaperId]) -> dict[PaperId, int]:
        """Count the annotations of papers; those without are left out."""
        found: dict[PaperId, int] = {}
        for chunk in chunks(ids):
            query = select(TABLE.c.paper_id, func.count()).where(TABLE.c.paper_id.in_(chunk)).group_by(TABLE.c.paper_id)
            found |= {PaperId(key): number for key, number in self._connection.execute(query)}
        return found


class AnnotationWriter(AnnotationReader):
    """Changes annotations; what it touches is noted by the database itself."""

    def add(self, paper_id: PaperId, sha256: str, annotations: Iterable[Annotation]) -> list[str]:
        """Put annotations on a file of a paper.

        Returns:
            The names of those that are new; the paper has the others already, and they stay as they are.
        """
        known = set(self._connection.execute(select(TABLE.c.uid).where(TABLE.c.paper_id == paper_id)).scalars())
        fresh = {one.uid: one for one in annotations if one.uid not in known}
        rows = [{"paper_id": paper_id, "sha256": sha256, **_values(one)} for one in fresh.values()]
        if rows:
            self._connection.execute(insert(TABLE), rows)
        return list(fresh)

    def change(self, paper_id: PaperId, changed: Annotation) -> None:
        """Replace what is known of an annotation by another state of it."""
        mine = (TABLE.c.paper_id == paper_id, TABLE.c.uid == changed.uid)
        self._connection.execute(update(TABLE).where(*mine).values(_values(changed)))

    def remove(self, paper_id: PaperId, uids: Sequence[str]) -> None:
        """Take annotations away."""
        for chunk in chunks(uids):
            mine = (TABLE.c.paper_id == paper_id, TABLE.c.uid.in_(chunk))
            self._connection.execute(delete(TABLE).where(*mine))


def _in_page_order(some: Sequence[FiledAnnotation]) -> list[FiledAnnotation]:
    files = {sha256: place for place, sha256 in enumerate(dict.fromkeys(one.sha256 for one in some))}
    return sorted(some, key=lambda one: (files[one.sha256], *_place(one.annotation)))


def _place(one: Annotation) -> tuple[float, ...]:
    first = one.rects[0] if one.rects else Rect(0, 0, 0, 0)
    return one.page, first.top, first.left


def _values(one: Annotation) -> dict[str, object]:
    rects = [[rect.left, rect.top, rect.right, rect.bottom] for rect in one.rects]
    strokes = [[[point.x, point.y] for point in stroke] for stroke in one.strokes]
    return {
        "uid": one.uid,
        "kind": one.kind.value,
        "page": one.page,
        "rects": json.dumps(rects),
        "strokes": json.dumps(strokes),
        "colour": one.colour.value,
        "quote": one.quote,
        "comment": one.comment,
        "tags": json.dumps(one.tags, ensure_ascii=False),  # the text index reads it as it stands
        "author": one.author,
        "created": render_time(one.created) if one.created else None,
        "modified": render_time(one.modified) if one.modified else None,
    }


def _filed(row: AnyRow) -> FiledAnnotation:
    made = Annotation(
        uid=row.uid,
        kind=AnnotationKind(row.kind),
        page=row.page,
        rects=tuple(Rect(*one) for one in json.loads(row.rects)),
        colour=AnnotationColour(row.colour),
        strokes=tuple(tuple(Point(*point) for point in stroke) for stroke in json.loads(row.strokes)),
        quote=row.quote,
        comment=row.comment,
        tags=tuple(json.loads(row.tags)),
        author=row.author,
        created=_time(row.created),
        modified=_time(row.modified),
    )
    return FiledAnnotation(paper_id=PaperId(row.paper_id), sha256=row.sha256, annotation=made)


def _time(text: str | None) -> datetime | None:
    return parse_time(text) if text else None
