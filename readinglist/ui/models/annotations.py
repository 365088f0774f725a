"""The annotations of a file as a list: in page order, those of the library and those that the file brought along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from readinglist.domain.annotation import Annotation, AnnotationKind

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
KIND_WORDS = {
    AnnotationKind.HIGHLIGHT: "Highlight",
    AnnotationKind.UNDERLINE: "Underline",
    AnnotationKind.STRIKE_OUT: "Strike out",
    AnnotationKind.NOTE: "Note",
    AnnotationKind.AREA: "Area",
    AnnotationKind.INK: "Drawing",
    AnnotationKind.TEXT: "Text",
}
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """A row of the list.

    Attributes:
        annotation: What it shows.
        is_in_file: It is the file's own, and cannot be changed before it is taken over.
    """

    annotation: Annotation
    is_in_file: bool

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        one = self.annotation
        parts = (
            KIND_WORDS[one.kind],
            one.colour.value,
            f"page {one.page}",
            one.quote,
            one.comment,
            ", ".join(one.tags),
        )
        origin = "in the file" if self.is_in_file else ""
        return ". ".join(part for part in (*parts, origin) if part)


class AnnotationList(QAbstractListModel):
    """The rows; small enough to be built anew with every change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[MarkEntry, ...] = ()

    @property
    def entries(self) -> Sequence[MarkEntry]:
        """All rows in order."""
        return self._entries

    def show(self, own: Iterable[Annotation], in_file: Iterable[Annotation]) -> None:
        """Show annotations; the file's own are left out where the library has them."""
        kept = tuple(own)
        uids = {one.uid for one in kept}
        entries = [MarkEntry(one, is_in_file=False) for one in kept]
        entries += [MarkEntry(one, is_in_file=True) for one in in_file if one.uid not in uids]
        ordered = tuple(sorted(entries, key=_place))
        if [one.annotation.uid for one in ordered] == [one.annotation.uid for one in self._entries]:
            self._entries = ordered
            if ordered:
                self.dataChanged.emit(self.index(0), self.index(len(ordered) - 1))
            return
        self.beginResetModel()
        self._entries = ordered
        self.endResetModel()

    def row_of(self, uid: str) -> int:
        """Return where an annotation stands; -1 if it does not."""
        return next((row for row, one in enumerate(self._entries) if one.annotation.uid == uid), -1)

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not (index.isValid() and 0 <= index.row() < len(self._entries)):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.spoken
        return None


def _place(entry: MarkEntry) -> tuple[int, float, float, str]:
    """Order by page and height; what stands side by side goes from left to right."""
    one = entry.annotation
    top, left = (one.rects[0].top, one.rects[0].left) if one.rects else (0.0, 0.0)
    return one.page, round(top), left, one.uid
