"""Similar papers as a list for Qt: the paper, how near it is, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId, PaperRow
from readinglist.domain.recommendation import Recommendation
from readinglist.ui.models.wording import authors_text

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class SimilarEntry:
    """One similar paper.

    Attributes:
        row: As lists show it.
        found: Score and reasons.
    """

    row: PaperRow
    found: Recommendation

    @property
    def percent(self) -> int:
        """The score from 0 to 100."""
        return round(max(0.0, min(1.0, self.found.score)) * 100)


class SimilarModel(QAbstractListModel):
    """The answer shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[SimilarEntry] = []

    def show(self, entries: Sequence[SimilarEntry]) -> None:
        """Show another answer; the same one is left as it is, with what is chosen in it."""
        if list(entries) == self._entries:
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def refresh(self, rows: Sequence[PaperRow]) -> None:
        """Take over changed papers; scores and reasons stay."""
        changed = {row.id: row for row in rows}
        for place, entry in enumerate(self._entries):
            if entry.row.id in changed:
                self._entries[place] = SimilarEntry(changed[entry.row.id], entry.found)
                self.dataChanged.emit(self.index(place), self.index(place))

    def take_out(self, ids: Collection[PaperId]) -> None:
        """Take away papers that are gone."""
        for place in reversed(range(len(self._entries))):
            if self._entries[place].row.id in ids:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._entries[place]
                self.endRemoveRows()

    def place_of(self, paper_id: PaperId) -> int | None:
        """Return where a paper stands; None if it is not shown."""
        return next((place for place, entry in enumerate(self._entries) if entry.row.id == paper_id), None)

    def touched(self, changes: Changes) -> list[PaperId]:
        """Return the shown papers that a change concerns."""
        return [entry.row.id for entry in self._entries if entry.row.id in changes.ids]

    def entry(self, place: int) -> SimilarEntry:
        """Return the entry at a place."""
        return self._entries[place]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_entry(entry)
        return None


def spoken_entry(entry: SimilarEntry) -> str:
    """Return what a screen reader says of an entry."""
    parts = [entry.row.title, f"{entry.percent} percent similar", entry.row.status.label, authors_text(entry.row)]
    return ". ".join(part for part in (*parts, *entry.found.reasons) if part)
