"""What the panes ask of the core: the parts of the workspace they use, and nothing more."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from readinglist.app.settings_store import SettingsStore
from readinglist.domain.changes import Changes
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import Paper, PaperId, PaperRow, Priority, Status
from readinglist.domain.recommendation import SimilarAnswer


class Catalog(Protocol):
    """`workspace.catalog`."""

    def get(self, paper_id: PaperId, /) -> Paper:
        """Return a paper whole; UserError if it is gone."""
        ...

    def rows(self, ids: Sequence[PaperId], /) -> list[PaperRow]:
        """Return rows in order, leaving out what is gone."""
        ...


class Edit(Protocol):
    """`workspace.edit`."""

    def set_status(self, ids: Iterable[PaperId], status: Status, /, *, initiator: str = ...) -> Changes:
        """Mark papers."""
        ...

    def set_starred(self, ids: Iterable[PaperId], /, *, starred: bool, initiator: str = ...) -> Changes:
        """Give or take stars."""
        ...

    def set_priority(self, ids: Iterable[PaperId], priority: Priority, /, *, initiator: str = ...) -> Changes:
        """Say how urgent."""
        ...

    def set_rating(self, ids: Iterable[PaperId], rating: int, /, *, initiator: str = ...) -> Changes:
        """Rate."""
        ...

    def add_tags(self, ids: Iterable[PaperId], names: Sequence[str], /, *, initiator: str = ...) -> Changes:
        """Tag."""
        ...

    def refuse_tag(self, ids: Iterable[PaperId], name: str, /, *, initiator: str = ...) -> Changes:
        """Suggest a tag no more."""
        ...

    def remove_tags(self, ids: Iterable[PaperId], names: Sequence[str], /, *, initiator: str = ...) -> Changes:
        """Take tags away."""
        ...

    def set_note(self, paper_id: PaperId, text: str, /, *, initiator: str = ...) -> Changes:
        """Write the note."""
        ...

    def restore(self, ids: Iterable[PaperId], /, *, initiator: str = ...) -> Changes:
        """Put papers back."""
        ...


class Collections(Protocol):
    """`workspace.collections`: loaded by whoever first asks for it, so that should be a worker."""

    def take(self, ids: Iterable[PaperId], names: Sequence[str], /, *, initiator: str = ...) -> Changes:
        """Take papers out."""
        ...


class Similar(Protocol):
    """`workspace.similar`."""

    def to_paper(self, paper_id: PaperId, /, limit: int = ...) -> SimilarAnswer:
        """Return the papers nearest to one."""
        ...


class Indexing(Protocol):
    """`workspace.indexing`: how far the comparison by meaning is; the state's attributes are listed in services."""

    def state(self) -> Any:
        """Return `IndexState`."""
        ...


class Recommend(Protocol):
    """`workspace.recommend`: loaded by whoever first asks for it, so that must be a worker."""

    def suggest_tags(self, paper_id: PaperId, /) -> tuple[SuggestedTag, ...]:
        """Suggest tags for a paper."""
        ...

    def suggest_tags_for_all(self, ids: Sequence[PaperId], /) -> tuple[SuggestedTag, ...]:
        """Suggest tags for several papers at once."""
        ...

    def said(self, ids: Sequence[PaperId], /) -> dict[PaperId, frozenset[Feedback]]:
        """Return what the reader said of papers."""
        ...


class Files(Protocol):
    """`workspace.files`; `FileView` is listed in services."""

    def of(self, paper_id: PaperId, /) -> Any:
        """Return the files of a paper, as `FileView`."""
        ...

    def detach(self, paper_id: PaperId, sha256: str, /, *, initiator: str = ...) -> Changes:
        """Take a file from a paper."""
        ...


class Core(Protocol):
    """The workspace, as panes see it."""

    @property
    def settings(self) -> SettingsStore:
        """What the reader wants."""
        ...

    @property
    def catalog(self) -> Catalog:
        """Reads."""
        ...

    @property
    def edit(self) -> Edit:
        """Writes."""
        ...

    @property
    def collections(self) -> Collections:
        """Writes which papers are in them."""
        ...

    @property
    def files(self) -> Files:
        """Knows the files of papers."""
        ...

    @property
    def similar(self) -> Similar:
        """Compares."""
        ...

    @property
    def recommend(self) -> Recommend:
        """Suggests tags."""
        ...

    @property
    def indexing(self) -> Indexing:
        """Knows how complete the comparison is."""
        ...
