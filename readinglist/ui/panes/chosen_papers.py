"""Which papers of the list are chosen, and which is the current one: kept while lists come and go.

All views share one selection; what is chosen is kept as papers, because rows mean others in the next list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from readinglist.domain.paper import PaperId
from readinglist.ui.models.paper_table import PaperTableModel, ranges_of
from readinglist.ui.panes.paper_views import CardsView, PaperView


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the reader is in a list.

    Attributes:
        row: Of the current paper, or of what will stand there once those that are chosen above it have left.
        top: The row at the top of the view; none where nothing is shown.
        anchor: The paper there.
    """

    row: int = 0
    top: int = 0
    anchor: PaperId | None = None


BEGINNING = Spot()


class ChosenPapers(QObject):
    """The choice.

    Args:
        model: The list.
        cards: Has the selection that all views share.
        view: Returns the view that is shown.
        parent: Owner.

    Attributes:
        current: The paper whose details are shown.
        expected: Becomes the current one as soon as it comes into the list.
    """

    current_changed = Signal(object)  # PaperId or None
    changed = Signal()

    def __init__(
        self, model: PaperTableModel, cards: CardsView, view: Callable[[], PaperView], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._cards = cards
        self._view = view
        self._chosen: set[PaperId] = set()
        self._last_row = 0
        self._told: PaperId | None = None  # whose details are shown, also after what was chosen is forgotten
        self.current: PaperId | None = None
        self.expected: PaperId | None = None
        selection = cards.selectionModel()
        selection.currentChanged.connect(self.look)
        selection.selectionChanged.connect(self.look)

    @property
    def papers(self) -> list[PaperId]:
        """The chosen papers, in the order of the list."""
        ids = self._model.ids
        return [ids[row] for first, last in self._cards.chosen_ranges() for row in range(first, last + 1)]

    @property
    def count(self) -> int:
        """How many papers are chosen."""
        return len(self._chosen)

    @property
    def spot(self) -> Spot:
        """Where the reader is now, for `restore`."""
        top, row = self._view().rowAt(0), self._row
        above = sum(min(last + 1, row) - first for first, last in self._cards.chosen_ranges() if first < row)
        return Spot(row=row - above, top=top, anchor=self._model.id_at(top))

    def choose(self, ids: Iterable[PaperId], current: PaperId | None) -> None:
        """Choose papers, wherever they stand; those that are not in the list are left out."""
        positions = sorted(place for one in ids if (place := self._model.position(one)) is not None)
        place = self._place(current)
        self._cards.choose(ranges_of(positions), place if place is not None or not positions else positions[0])
        self.look()

    def choose_row(self, row: int) -> None:
        """Choose one paper alone, and bring it into view; below 0 it is none."""
        if row < 0:
            self._cards.choose([], None)
        else:
            self._cards.choose([(row, row)], row)
            self._scroll_to(row)
        self.look()

    def show(self, paper_id: PaperId) -> None:
        """Choose a paper alone; nothing happens if it is not in the list."""
        position = self._model.position(paper_id)
        if position is not None:
            self.choose_row(position)

    def step(self, by: int) -> None:
        """Go down (1) or up (-1)."""
        position = self._place(self.current)
        row = 0 if position is None else position + by
        if 0 <= row < self._model.rowCount():
            self.choose_row(row)

    def go_on_from(self, row: int) -> None:
        """Choose what stands in a row now, or the last paper: those that were chosen have left."""
        self._chosen.clear()
        self.choose_row(min(row, self._model.rowCount() - 1))

    def restore(self, spot: Spot) -> None:
        """After another list came: the same papers are chosen, and the same one stands at the top."""
        if all(self._model.position(one) is None for one in self._chosen):
            self.choose_row(min(spot.row, self._model.rowCount() - 1))
            return
        if spot.anchor is not None and spot.top > 0 and (place := self._model.position(spot.anchor)) is not None:
            self._view().scrollTo(self._model.index(place, 0), PaperView.ScrollHint.PositionAtTop)
        self.choose(self._chosen, self.current)

    def choose_expected(self) -> None:
        """Choose the paper that is waited for, if it is there."""
        if self.expected is not None and self._model.position(self.expected) is not None:
            self.show(self.expected)
            self.expected = None

    def bring_into_view(self) -> None:
        """Scroll to the current paper, or where it was."""
        self._scroll_to(self._row)

    def forget(self) -> None:
        """Keep nothing for the next list."""
        self.expected = self.current = None
        self._chosen.clear()
        self._last_row = 0

    def look(self) -> None:
        """Take over what the selection is now, and tell."""
        index = self._cards.currentIndex()
        current = self._model.id_at(index.row()) if index.isValid() else None
        self._chosen = set(self.papers)
        if index.isValid():
            self._last_row = index.row()
        self.current = current
        if current != self._told:
            self._told = current
            self.current_changed.emit(current)
        self.changed.emit()

    @property
    def _row(self) -> int:
        position = self._place(self.current)
        return position if position is not None else self._last_row

    def _place(self, paper_id: PaperId | None) -> int | None:
        return self._model.position(paper_id) if paper_id is not None else None

    def _scroll_to(self, row: int) -> None:
        self._view().scrollTo(self._model.index(row, 0))
