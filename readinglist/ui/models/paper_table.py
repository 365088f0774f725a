"""The papers of a list: all ids at once, rows by the block when they come into sight.

Sorting and filtering happen in the database, so there is no proxy. A row that changed is shown as it was until its
block has been read again. The same model serves cards and table.

Source: ids in the model, rows on demand, stale is fine: Anki, qt/aqt/browser/table/model.py (the idea).
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from typing_extensions import override

from readinglist.domain.paper import PaperId, PaperRow
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.models.columns import COLUMNS, Column
from readinglist.ui.models.wording import plain_tooltip, spoken_row, why_tooltip

PAPERS_MIME = "application/x-readinglist-papers"
BLOCK = 100  # rows read at once: about 1 ms, and more than one screen
BLOCKS_KEPT = 50
MANY_RANGES = 50  # from here on, taking rows out one by one is slower than showing the list anew
DRAG_TITLES = 200  # titles handed to other programs; the ids are always complete

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
WHY_ROLE = Qt.ItemDataRole.UserRole + 2  # WhyHere, or None for a paper that needs no reason
AnyIndex = QModelIndex | QPersistentModelIndex


class PaperTableModel(QAbstractTableModel):
    """Papers by position.

    Args:
        load_rows: Reads rows by id, in order, leaving out those that are gone; quick, called on the main thread.
        parent: Owner.
    """

    def __init__(self, load_rows: Callable[[Sequence[PaperId]], list[PaperRow]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load_rows = load_rows
        self._ids: list[PaperId] = []
        self._positions: dict[PaperId, int] | None = None
        self._reasons: dict[PaperId, WhyHere] = {}
        self._blocks: OrderedDict[int, dict[PaperId, PaperRow]] = OrderedDict()
        self._stale: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read_stale)

    @property
    def ids(self) -> Sequence[PaperId]:
        """All papers of the list, in order; not to be changed."""
        return self._ids

    def show(self, ids: list[PaperId]) -> bool:
        """Show another list; rows already read are kept while they stay near.

        Returns:
            Whether anything changed place; False leaves scroll position and selection alone.
        """
        if ids == self._ids:
            return False
        count = len(self._ids)
        if count and len(ids) > count and ids[:count] == self._ids:
            self._append(ids[count:])
            return False
        self.beginResetModel()
        self._ids = ids
        self._forget_positions()
        self.endResetModel()
        return True

    def take_out(self, ids: Iterable[PaperId]) -> None:
        """Remove papers from the list at once, ahead of the database's answer."""
        positions = sorted(position for one in ids if (position := self.position(one)) is not None)
        ranges = ranges_of(positions)
        if len(ranges) > MANY_RANGES:
            gone = set(positions)
            self.show([one for position, one in enumerate(self._ids) if position not in gone])
            return
        for first, last in reversed(ranges):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first : last + 1]
            self._forget_positions()
            self.endRemoveRows()

    def refresh(self, ids: Iterable[PaperId]) -> None:
        """Read changed papers anew; what is not in sight waits until it is."""
        changed = set(ids)
        for block, rows in self._blocks.items():
            if not changed.isdisjoint(rows):
                self._stale.add(block)
        if self._stale:
            self._timer.start(0)

    def show_reasons(self, reasons: Mapping[PaperId, WhyHere]) -> None:
        """Say why papers are in the list, in place of what was said before; an empty mapping takes that away."""
        if reasons != self._reasons:
            self._reasons = dict(reasons)
            self._tell_of_reasons()

    def add_reasons(self, reasons: Mapping[PaperId, WhyHere]) -> None:
        """Say why further papers are in the list: those that have come into sight."""
        if reasons:
            self._reasons |= reasons
            self._tell_of_reasons()

    def reason_of(self, paper_id: PaperId) -> WhyHere | None:
        """Return why a paper is in the list; None if nobody has said so."""
        return self._reasons.get(paper_id)

    def position(self, paper_id: PaperId) -> int | None:
        """Return where a paper stands; None if it is not in the list."""
        if self._positions is None:
            self._positions = {one: position for position, one in enumerate(self._ids)}
        return self._positions.get(paper_id)

    def id_at(self, position: int) -> PaperId | None:
        """Return the paper at a position; None outside the list."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def row_at(self, position: int) -> PaperRow | None:
        """Return a row, reading its block if need be; None for a paper that is gone."""
        number = position // BLOCK
        block = self._blocks.get(number)
        if block is None:
            block = self._read(number)
        else:
            self._blocks.move_to_end(number)
        return block.get(self._ids[position])

    def _append(self, ids: list[PaperId]) -> None:
        count = len(self._ids)
        self.beginInsertRows(QModelIndex(), count, count + len(ids) - 1)
        self._ids = [*self._ids, *ids]
        self._positions = None
        self._blocks.pop(count // BLOCK, None)  # it was not full
        self.endInsertRows()

    def _tell_of_reasons(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [WHY_ROLE])

    def _forget_positions(self) -> None:
        self._positions = None
        self._blocks.clear()
        self._stale.clear()

    def _read(self, number: int) -> dict[PaperId, PaperRow]:
        block = {row.id: row for row in self._load_rows(self._ids[number * BLOCK : (number + 1) * BLOCK])}
        self._blocks[number] = block
        self._blocks.move_to_end(number)
        self._stale.discard(number)
        while len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return block

    def _read_stale(self) -> None:
        for number in sorted(self._stale):
            if number in self._blocks:
                self._read(number)
                last = min(len(self._ids), (number + 1) * BLOCK) - 1
                self.dataChanged.emit(self.index(number * BLOCK, 0), self.index(last, len(COLUMNS) - 1))
        self._stale.clear()

    @override
    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        why = self._reasons.get(self._ids[index.row()]) if self._reasons else None
        if role == WHY_ROLE:
            return why
        row = self.row_at(index.row())
        if role == ROW_ROLE or row is None:
            return row
        return _cell(row, COLUMNS[index.column()], role, why)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "Starred" if column.key == "star" else column.title
        return None

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        kind = Qt.ItemFlag
        return kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled | kind.ItemNeverHasChildren

    @override
    def mimeTypes(self) -> list[str]:
        return [PAPERS_MIME, "text/plain"]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return papers_mime([self._ids[row] for row in sorted({index.row() for index in indexes})], self._load_rows)


def _cell(row: PaperRow, column: Column, role: int, why: WhyHere | None) -> Any:
    is_title = column.key == "title"
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        case Qt.ItemDataRole.ToolTipRole:
            return why_tooltip(row.title, why) if is_title else plain_tooltip(column.text(row))
        case Qt.ItemDataRole.TextAlignmentRole if column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        case Qt.ItemDataRole.AccessibleTextRole:
            return spoken_row(row, why) if is_title else f"{column.title}: {column.text(row)}"
    return None


def papers_mime(ids: Sequence[PaperId], load_rows: Callable[[Sequence[PaperId]], list[PaperRow]]) -> QMimeData:
    """Pack papers for a drag: ids for this program, titles for others."""
    mime = QMimeData()
    mime.setData(PAPERS_MIME, QByteArray(" ".join(map(str, ids)).encode()))
    mime.setText("\n".join(row.title for row in load_rows(ids[:DRAG_TITLES])))
    return mime


def papers_of(mime: QMimeData) -> list[PaperId]:
    """Unpack the papers of a drag; empty if it carries none."""
    text = mime.data(PAPERS_MIME).toStdString() if mime.hasFormat(PAPERS_MIME) else ""
    return [PaperId(int(part)) for part in text.split() if part.isdecimal()]


def ranges_of(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Gather neighbouring numbers of a sorted sequence into (first, last)."""
    if not positions:
        return []
    breaks = [0, *(place for place, (a, b) in enumerate(pairwise(positions), start=1) if b != a + 1), len(positions)]
    return [(positions[start], positions[end - 1]) for start, end in pairwise(breaks)]
