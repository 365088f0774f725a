"""All handlers of a window: together they say what every action of `actions.ACTIONS` does."""

from collections.abc import Callable, Mapping

from readinglist.domain.paper import PaperId
from readinglist.ui.handlers.asking import Asking
from readinglist.ui.handlers.edits import Edits
from readinglist.ui.handlers.groups import Collections, Groups, Tags
from readinglist.ui.handlers.imports import Imports
from readinglist.ui.handlers.map import Map
from readinglist.ui.handlers.merging import Merging
from readinglist.ui.handlers.outward import Outward
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.handlers.reader import Reader
from readinglist.ui.handlers.recommending import Recommending
from readinglist.ui.handlers.showing import Showing
from readinglist.ui.models.grouping import grouping_of
from readinglist.ui.models.scope import Scope

Handler = Callable[[], None]


class Handlers:
    """All handlers of one window.

    Attributes:
        edits: Also used by drops on the sidebar.
        tags: Also used by the sidebar.
        collections: The same.
        outward: Also used by the sidebar and the detail pane.
        imports: Also used by drops on the window and by files named at the start.
        asking: Also used to jump to a list.
        reader: Also used by links to papers, and when the window closes.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.edits = Edits(parts)
        self.tags = Tags(parts)
        self.collections = Collections(parts)
        self.imports = Imports(parts)
        self.reader = Reader(parts)
        self.outward = Outward(parts, self.reader.open)
        self.asking = Asking(parts)
        self.recommending = Recommending(parts)
        self.map = Map(parts)
        self.merging = Merging(parts)
        self.showing = Showing(parts)

    def table(self) -> Mapping[str, Handler]:
        """Return action id to handler."""
        table: dict[str, Handler] = {}
        for one in (
            self.edits,
            self.tags,
            self.collections,
            self.imports,
            self.reader,
            self.outward,
            self.asking,
            self.recommending,
            self.map,
            self.merging,
            self.showing,
        ):
            table.update(one.table())
        return table

    def groups_of(self, scope: Scope) -> Groups:
        """Return what handles a list: that of tags, or of collections."""
        return self.tags if scope.tag is not None else self.collections

    def drop_into_group(self, scope: Scope, ids: list[PaperId]) -> None:
        """Give papers the tag or the collection that they were dropped on."""
        if grouping_of(scope) is not None:
            self.groups_of(scope).change(ids, [scope.title])
