"""What the map asks of the core."""

from collections.abc import Sequence
from typing import Protocol

from readinglist.domain.paper import PaperId, PaperRow
from readinglist.services.jobs import JobContext
from readinglist.services.map_answer import MapAnswer


class Catalog(Protocol):
    """`workspace.catalog`."""

    def rows(self, ids: Sequence[PaperId], /) -> list[PaperRow]:
        """Return rows in order, leaving out what is gone."""
        ...


class LibraryMap(Protocol):
    """`workspace.map`."""

    def start(self) -> None:
        """Keep the map in step from now on."""
        ...

    def look(self) -> MapAnswer:
        """Return the map as it is."""
        ...

    def arrange_anew(self) -> None:
        """Arrange all papers again."""
        ...

    def compare(self, context: JobContext, /) -> None:
        """Let the model read all papers, so that there can be a map."""
        ...


class Core(Protocol):
    """The workspace."""

    @property
    def catalog(self) -> Catalog:
        """Reads rows."""
        ...

    @property
    def map(self) -> LibraryMap:
        """Has the map."""
        ...
