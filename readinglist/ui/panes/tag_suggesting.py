"""Asks which tags the chosen paper could have, off the main thread; the newest request only."""

from PySide6.QtCore import QObject

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import Paper, PaperId
from readinglist.services.jobs import Job, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.panes.needs import Core
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.suggested_tags import SuggestedTags

REST_MS = 200  # a reader who runs down the list with a held key asks for nothing
CHANGING = frozenset({ChangeKind.TAGS, ChangeKind.VECTORS, ChangeKind.FEEDBACK})


class TagSuggesting(QObject):
    """Keeps suggestions in step with the chosen paper.

    Args:
        core: Suggests.
        bridge: Brings suggestions and changes.
        row: Shows them.
        parent: Owner.
    """

    def __init__(self, core: Core, bridge: Bridge, row: SuggestedTags, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._bridge = bridge
        self._row = row
        self._paper_id: PaperId | None = None
        self._job: Job[tuple[SuggestedTag, ...]] | None = None
        self._rest = make_delay(self, REST_MS, self._ask)
        bridge.subscribe(CHANGING, self._on_changes)

    def show_for(self, paper: Paper | None) -> None:
        """Suggest tags for another paper; those of the paper before are gone at once."""
        paper_id = None if paper is None or paper.is_binned else paper.id
        if paper_id == self._paper_id:
            return
        self._paper_id = paper_id
        self._drop()
        self._row.show_tags(())
        if paper_id is None:
            self._rest.stop()
        else:
            self._rest.start()

    def leave_out(self, names: list[str]) -> None:
        """Suggest no longer what the paper is being given."""
        self._row.show_tags([one for one in self._row.suggestions if one.name not in names])

    def _drop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _ask(self) -> None:
        paper_id = self._paper_id
        if paper_id is None:
            return
        self._drop()
        core = self._core

        def show(found: tuple[SuggestedTag, ...]) -> None:
            if paper_id == self._paper_id:
                self._job = None
                self._row.show_tags(found)

        # A paper that is gone by now needs no words: the list shows that, too.
        self._job = self._bridge.run(
            lambda _context: core.recommend.suggest_tags(paper_id),
            lane=Lane.INTERACTIVE,
            on_done=show,
            on_error=lambda _: None,
        )

    def _on_changes(self, changes: Changes) -> None:
        is_about_it = ChangeKind.TAGS in changes.kinds or self._paper_id in changes.ids
        if self._paper_id is not None and is_about_it and not self._rest.isActive():
            self._rest.start()
