"""The papers of a drop as a list to tick: what each is, and what storing it would do."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from readinglist.domain.merging import provisional_title
from readinglist.domain.paper import PaperDraft
from readinglist.domain.wording import count_text
from readinglist.services.ingest import PreviewItem, Verdict
from readinglist.ui import theme
from readinglist.ui.dialogs.check_list import AnyIndex, CheckDelegate
from readinglist.ui.dialogs.review_evidence import evidence_text
from readinglist.ui.models.wording import SEPARATOR, date_text

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
FACTS_ROLE = Qt.ItemDataRole.UserRole + 2
VERDICT_WORDS = {Verdict.NEW: "New", Verdict.UPDATE: "Adds something", Verdict.SAME: "Already there"}
VERDICT_INKS = {Verdict.NEW: "success", Verdict.UPDATE: "accent", Verdict.SAME: "ink-faint"}
ROW_HEIGHT = 52
NAMES_SHOWN = 3
EXCERPT = 400  # characters of the abstract in a tooltip
FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ReviewModel(QAbstractListModel):
    """Papers before they are stored; those that are already there whole have no box.

    Args:
        items: Everything the drop contains.
        parent: Owner.
    """

    ticked = Signal()  # other papers are ticked now

    def __init__(self, items: Sequence[PreviewItem], parent: QWidget) -> None:
        super().__init__(parent)
        self._items = items
        self._shown: list[int] = list(range(len(items)))
        self._is_ticked = [item.verdict is not Verdict.SAME for item in items]
        self._year: int | None = None

    @property
    def ticked_count(self) -> int:
        """How many papers would be stored."""
        return sum(self._is_ticked)

    @property
    def skipped(self) -> frozenset[int]:
        """Indexes of the papers that would not."""
        return frozenset(place for place, is_ticked in enumerate(self._is_ticked) if not is_ticked)

    @property
    def shown_counts(self) -> tuple[int, int]:
        """How many of the shown papers are ticked, and how many can be."""
        ticks = [self._is_ticked[place] for place in self._shown if self._can_tick(place)]
        return sum(ticks), len(ticks)

    def show_only(self, verdict: Verdict | None) -> None:
        """Show the papers of one verdict; None shows all."""
        self.beginResetModel()
        self._shown = [place for place, item in enumerate(self._items) if verdict is None or item.verdict is verdict]
        self.endResetModel()

    def set_year(self, year: int) -> None:
        """Show dates that were printed without a year in another one."""
        self._year = year
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick rows, or take their ticks away: all become what the first one that has a box becomes."""
        places = [self._shown[row] for row in rows if self._can_tick(self._shown[row])]
        if places:
            self._tick(places, is_ticked=not self._is_ticked[places[0]])

    def tick_shown(self, *, is_ticked: bool) -> None:
        """Tick all shown papers, or none of them."""
        self._tick([place for place in self._shown if self._can_tick(place)], is_ticked=is_ticked)

    def item_at(self, row: int) -> PreviewItem:
        """Return a shown paper."""
        return self._items[self._shown[row]]

    def _can_tick(self, place: int) -> bool:
        return self._items[place].verdict is not Verdict.SAME

    def _tick(self, places: Iterable[int], *, is_ticked: bool) -> None:
        for place in places:
            self._is_ticked[place] = is_ticked
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def _facts(self, item: PreviewItem) -> str:
        facts = (people_text(item.draft), item.draft.organization, self._date_text(item.draft), item.where)
        return SEPARATOR.join(fact for fact in facts if fact)

    def _date_text(self, draft: PaperDraft) -> str:
        day = draft.published
        if day is not None and draft.is_year_assumed and self._year is not None:
            day = day.with_year(self._year)
        return date_text(day)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._shown)

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can_tick = self._can_tick(self._shown[index.row()])
        return FLAGS | Qt.ItemFlag.ItemIsUserCheckable if can_tick else FLAGS

    @override
    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a paper; screen readers come this way."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        place = self._shown[index.row()]
        if not self._can_tick(place):
            return False
        self._tick([place], is_ticked=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(item.draft)
        if role == Qt.ItemDataRole.CheckStateRole:
            place = self._shown[index.row()]
            state = Qt.CheckState.Checked if self._is_ticked[place] else Qt.CheckState.Unchecked
            return state if self._can_tick(place) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (title_of(item.draft), VERDICT_WORDS[item.verdict], item.note, self._facts(item))
            return ". ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_of(item)
        return {ITEM_ROLE: item, FACTS_ROLE: self._facts(item)}.get(role)


class ReviewDelegate(CheckDelegate):
    """Paints a paper on two lines: title and verdict; facts and what is added."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(height=ROW_HEIGHT, parent=parent)

    @override
    def paint_text(self, painter: QPainter, place: QRect, index: AnyIndex) -> None:
        item: PreviewItem = index.data(ITEM_ROLE)
        first = QRect(place.left(), place.top() + 7, place.width(), 20)
        second = QRect(place.left(), first.bottom() + 1, place.width(), 18)
        is_known = item.verdict is Verdict.SAME
        width = _paint(painter, first, VERDICT_WORDS[item.verdict], VERDICT_INKS[item.verdict], is_right=True)
        title = first.adjusted(0, 0, -width - theme.L, 0)
        _paint(painter, title, title_of(item.draft), "ink-soft" if is_known else "ink", font="strong")
        note = second.adjusted(second.width() // 2, 0, 0, 0)
        width = _paint(painter, note, item.note, "ink-soft", is_right=True)
        facts = second.adjusted(0, 0, -width - (theme.L if width else 0), 0)
        _paint(painter, facts, index.data(FACTS_ROLE), "ink-soft")

    @override
    def sizeHint(self, option: Any, index: AnyIndex) -> QSize:
        return QSize(200, ROW_HEIGHT)


def title_of(draft: PaperDraft) -> str:
    """Return what to call a paper: its title, else the identifier it was given with."""
    if draft.title:
        return draft.title
    return provisional_title(draft.identifiers[0]) if draft.identifiers else "Without a title"


def people_text(draft: PaperDraft) -> str:
    """Return who wrote it: names, else how many, else nothing."""
    total = draft.author_count if draft.author_count is not None else len(draft.authors)
    if not draft.authors:
        return count_text(total, "author") if total else ""
    rest = max(total, len(draft.authors)) - NAMES_SHOWN
    if rest > 1:
        return f"{', '.join(draft.authors[:NAMES_SHOWN])} and {rest:,} more"
    return ", ".join(draft.authors)


def tooltip_of(item: PreviewItem) -> str:
    """Return the whole title, what is added, what its files show, and how the abstract begins; shown as it is."""
    abstract = " ".join(item.draft.abstract.split())
    excerpt = f"{abstract[:EXCERPT].rstrip()}…" if len(abstract) > EXCERPT else abstract
    parts = (title_of(item.draft), item.note, evidence_text(item), excerpt)
    shown = (escape(part).replace("\n", "<br>") for part in parts if part)
    return f"<qt>{'<br><br>'.join(shown)}</qt>"


def _paint(
    painter: QPainter, place: QRect, text: str, role: str, *, font: str = "secondary", is_right: bool = False
) -> int:
    """Paint one line, ended by an ellipsis where it does not fit; return how wide it is."""
    painter.setFont(theme.font(font))
    painter.setPen(theme.color(role))
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown) if shown else 0
