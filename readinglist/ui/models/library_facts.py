"""What sidebar and menus show of the whole library: numbers, tags, collections, what can be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.domain.changes import ChangeKind, Changes, UndoStatus
from readinglist.domain.paper import Collection, Counts, Tag
from readinglist.services.jobs import Lane
from readinglist.ui.bridge import Bridge

if TYPE_CHECKING:
    from readinglist.app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts at one moment."""

    counts: Counts
    tags: tuple[Tag, ...]
    collections: tuple[Collection, ...]
    undo: UndoStatus

    @property
    def is_empty(self) -> bool:
        """There is no paper, not even in the bin."""
        return self.counts.total + self.counts.binned == 0


def read_facts(core: "Workspace") -> Facts:
    """Read the facts as they are now."""
    catalog = core.catalog
    return Facts(catalog.counts(), tuple(catalog.tags()), tuple(catalog.collections()), core.undo.status())


class LibraryFacts(QObject):
    """Keeps the facts up to date.

    Args:
        count: Reads them; quick, but not quick enough for the main thread at 100,000 papers.
        bridge: Runs it and hears of changes.
        parent: Owner.
    """

    changed = Signal(object)  # Facts

    def __init__(self, count: Callable[[], Facts], bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._bridge = bridge
        self._is_asking = False
        self._is_outdated = False
        bridge.subscribe(ChangeKind, self._on_changes)

    def ask(self) -> None:
        """Count anew; changes that come while the answer is under way ask once more, not once each."""
        self._is_outdated = self._is_asking
        if not self._is_asking:
            self._is_asking = True
            self._bridge.run(lambda _: self._count(), lane=Lane.INTERACTIVE, on_done=self._take, on_error=self._miss)

    def ask_now(self) -> None:
        """Count and wait: for a library that is probably empty."""
        self.changed.emit(self._count())

    def _on_changes(self, _: Changes) -> None:
        self.ask()

    def _take(self, facts: Facts) -> None:
        self._is_asking = False
        self.changed.emit(facts)
        if self._is_outdated:
            self.ask()

    def _miss(self, error: BaseException) -> None:
        self._is_asking = False
        self._bridge.fail(error)
