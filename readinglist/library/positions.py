"""Where the reader stopped in each file; undo has no business with it."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from readinglist.domain.files import ReadingPosition
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import reading_position
from readinglist.library.times import parse_time, render_time

AnyRow = Row[*tuple[Any, ...]]


class PositionReader:
    """Answers where the reader stopped."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, sha256: str) -> ReadingPosition | None:
        """Return where the reader stopped in a file, None if it was never open."""
        return self.find_many([sha256]).get(sha256)

    def find_many(self, contents: Iterable[str]) -> dict[str, ReadingPosition]:
        """Return where the reader stopped, by the content of files; those never open are left out."""
        found: dict[str, ReadingPosition] = {}
        for chunk in chunks(sorted(set(contents))):
            query = select(reading_position).where(reading_position.c.sha256.in_(chunk))
            found |= {row.sha256: _position(row) for row in self._connection.execute(query)}
        return found


class PositionWriter(PositionReader):
    """Notes where the reader stopped."""

    def save(self, sha256: str, position: ReadingPosition) -> None:
        """Note a position in place of the one before."""
        values = {
            "sha256": sha256,
            "page": position.page,
            "offset": position.offset,
            "zoom": position.zoom,
            "pages_read": json.dumps(position.pages_read),
            "page_count": position.page_count,
            "opened": render_time(position.opened),
        }
        self._connection.execute(insert(reading_position).prefix_with("OR REPLACE").values(values))


def _position(row: AnyRow) -> ReadingPosition:
    return ReadingPosition(
        page=row.page,
        offset=row.offset,
        zoom=row.zoom,
        pages_read=tuple((first, last) for first, last in json.loads(row.pages_read)),
        page_count=row.page_count,
        opened=parse_time(row.opened),
    )
