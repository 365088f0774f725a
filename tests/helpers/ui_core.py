"""What panes need in tests: a real library with its services and a bridge; only the comparison is made up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from readinglist.app.settings_store import SettingsStore
from readinglist.domain.errors import ReadingListError
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.recommendation import Recommendation, SimilarAnswer
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.catalog import Catalog
from readinglist.services.collections import Collections
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.jobs import JobRunner
from readinglist.services.undo import Undo
from readinglist.ui.bridge import Bridge


class MadeUpSimilar:
    """Answers with the papers it was given, and remembers what it was asked.

    Attributes:
        answers: By paper; one without an answer gets an empty one by meaning.
        error: Raised instead of every answer, if set.
        asked: The papers asked about.
    """

    def __init__(self) -> None:
        self.answers: dict[PaperId, SimilarAnswer] = {}
        self.error: ReadingListError | None = None
        self.asked: list[PaperId] = []

    def to_paper(self, paper_id: PaperId, limit: int = 20) -> SimilarAnswer:
        """Return the answer for a paper, cut to the limit."""
        self.asked.append(paper_id)
        if self.error is not None:
            raise self.error
        answer = self.answers.get(paper_id, SimilarAnswer(items=(), method="meaning"))
        return SimilarAnswer(items=answer.items[:limit], method=answer.method, notice=answer.notice)


class MadeUpRecommend:
    """Suggests what it was told to, by paper, and remembers what it was asked."""

    def __init__(self) -> None:
        self.suggestions: dict[PaperId, tuple[SuggestedTag, ...]] = {}
        self.feedback: dict[PaperId, frozenset[Feedback]] = {}
        self.asked: list[PaperId] = []
        self.asked_for_all: list[tuple[PaperId, ...]] = []

    def suggest_tags(self, paper_id: PaperId) -> tuple[SuggestedTag, ...]:
        """Return the suggestions for a paper."""
        self.asked.append(paper_id)
        return self.suggestions.get(paper_id, ())

    def suggest_tags_for_all(self, ids: Sequence[PaperId]) -> tuple[SuggestedTag, ...]:
        """Return the suggestions for some papers, which are those of the first."""
        self.asked_for_all.append(tuple(ids))
        return self.suggestions.get(ids[0], ())

    def said(self, ids: Sequence[PaperId]) -> dict[PaperId, frozenset[Feedback]]:
        """Return what the reader said of papers."""
        return {one: self.feedback[one] for one in ids if one in self.feedback}


@dataclass(slots=True)
class MadeUpState:
    """How far the comparison by meaning is."""

    done: int = 0
    total: int = 0
    is_running: bool = False


class MadeUpIndexing:
    """Knows the state it was given."""

    def __init__(self) -> None:
        self.present = MadeUpState()

    def state(self) -> MadeUpState:
        """Return the state."""
        return self.present


@dataclass(slots=True)
class UiCore:
    """A core as panes see it, with what tests change it by."""

    library: Library
    events: EventHub
    jobs: JobRunner
    bridge: Bridge
    catalog: Catalog
    edit: Edit
    collections: Collections
    undo: Undo
    settings: SettingsStore
    files: Files
    similar: MadeUpSimilar = field(default_factory=MadeUpSimilar)
    recommend: MadeUpRecommend = field(default_factory=MadeUpRecommend)
    indexing: MadeUpIndexing = field(default_factory=MadeUpIndexing)

    def add(self, *drafts: PaperDraft, status: Status = Status.INBOX) -> list[PaperId]:
        """Store papers, each a minute after the one before."""
        start = datetime(2025, 1, 1, tzinfo=UTC)
        with self.library.write(None) as writer:
            return [
                one
                for minute, draft in enumerate(drafts)
                for one in writer.papers.add_many([draft], status=status, added=start + timedelta(minutes=minute))
            ]


@contextmanager
def open_core(folder: Path) -> Iterator[UiCore]:
    """Open a core on a library folder; everything ends in the order in which the application ends it."""
    library, events = Library(folder), EventHub()
    jobs = JobRunner(events)
    core = UiCore(
        library=library,
        events=events,
        jobs=jobs,
        bridge=Bridge(jobs, events),
        catalog=Catalog(library),
        edit=Edit(library, events),
        collections=Collections(library, events),
        undo=Undo(library, events),
        settings=SettingsStore(folder / "settings.toml"),
        files=Files(library, events, taking=lambda: Taking.LINK),
    )
    try:
        yield core
    finally:
        jobs.close()
        core.bridge.close()
        library.close()


def similar_answer(ids: Sequence[PaperId], *, method: str = "meaning", notice: str = "") -> SimilarAnswer:
    """Make an answer whose scores fall from the first paper to the last."""
    items = tuple(
        Recommendation(paper_id=one, score=0.9 - 0.1 * place, reasons=(f"shares subject {one}", "same authors"))
        for place, one in enumerate(ids)
    )
    return SimilarAnswer(items=items, method=method, notice=notice)


def destroy(widget: QWidget) -> None:
    """End a widget now, as the application does with its window, not when Qt comes to it."""
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
