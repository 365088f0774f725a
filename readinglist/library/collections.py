"""Collections: shelves that papers are put on for a purpose, with names on levels separated by `/`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from typing_extensions import override

from readinglist.domain.paper import Collection
from readinglist.library.groups import GroupReader, GroupWriter
from readinglist.library.tables import collection
from readinglist.library.times import render_time

NOUN = "collection"


class CollectionReader(GroupReader):
    """Answers questions about collections."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, NOUN)

    def all(self) -> list[Collection]:
        """Return every collection in alphabetical order, with the number of papers outside the bin that are in it."""
        return [Collection(name=row[0], count=row[1]) for row in self._counted(collection.c.name)]


class CollectionWriter(CollectionReader, GroupWriter):
    """Changes collections; notes when one was made, and when a paper came in."""

    def make(self, name: str) -> None:
        """Make a collection without papers; one that there is stays as it is.

        Raises:
            UserError: The name cannot be one.
        """
        self._ensured(self._tidy(name))

    @override
    def _of_group(self) -> dict[str, Any]:
        return {"made": render_time(datetime.now(UTC))}

    @override
    def _of_member(self) -> dict[str, Any]:
        return {"added": render_time(datetime.now(UTC))}
