"""The middle of the window: search field, the list as cards, table or map, and what it says when it is empty."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QByteArray, QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort
from readinglist.services.catalog import CatalogAnswer
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.columns import ASCENDING_FIRST, COLUMNS
from readinglist.ui.models.paper_query import Catalog, PaperQuery
from readinglist.ui.models.paper_table import PaperTableModel
from readinglist.ui.models.scope import ALL, INBOX, Scope, compose, has_words, parse
from readinglist.ui.panes.chosen_papers import BEGINNING, ChosenPapers
from readinglist.ui.panes.list_bar import ListBar
from readinglist.ui.panes.nothing_here import NothingHere
from readinglist.ui.panes.paper_views import CardsView, PaperView, TableView
from readinglist.ui.panes.search_field import SearchField
from readinglist.ui.widgets.keyboard_wish import KeyboardWish

FIRST = 200  # papers that the window begins with: more than a screen shows; the others come when these are painted
REORDERING = frozenset(
    {
        *(ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.STATUS, ChangeKind.MARKS),
        *(ChangeKind.TAGS, ChangeKind.COLLECTIONS, ChangeKind.DETAILS),
    }
)
SHOWN = REORDERING | {ChangeKind.NOTE, ChangeKind.FILES}


class PapersPane(QWidget):
    """The list of papers.

    Args:
        catalog: Answers queries and reads rows.
        bridge: Brings answers and changes.
        parent: Owner.
    """

    current_changed = Signal(object)  # PaperId or None
    chosen_changed = Signal()  # other papers are chosen, or the list is another one
    menu_wanted = Signal(QPoint)
    opened = Signal()  # double click
    queue_moved = Signal(list, object)  # see PaperView
    table_made = Signal(QWidget)
    everywhere_wanted = Signal()  # what is searched for, in all papers
    scope_entered = Signal(object)  # Scope; its papers have not been asked for yet
    mode_changed = Signal()
    map_wanted = Signal()  # for the first time; `adopt_map` brings it

    def __init__(self, catalog: Catalog, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("papers")
        self.setProperty("role", "paper")
        self.scope: Scope = INBOX
        self._sort: Sort | None = None
        self._leaving: set[PaperId] = set()
        self._is_looking = False  # for papers that are close in meaning
        self._is_typed = False  # the next answer is the first to what was typed
        self._columns = QByteArray()
        self.model = PaperTableModel(catalog.rows, self)
        self.query = PaperQuery(catalog.ids, bridge, self)
        self.query.answered.connect(self._show_answer)
        self.search = SearchField(self)
        self.bar = ListBar(self)
        self.query.started.connect(self.bar.begin_waiting)
        self.query.failed.connect(self.bar.end_waiting)
        self.cards = CardsView(self.model, self)
        self._choice = ChosenPapers(self.model, self.cards, lambda: self.view, self)
        self._table: TableView | None = None
        self._map: QWidget | None = None
        self._nothing = NothingHere(self)
        self._stack = QStackedWidget(self)
        self._keyboard = KeyboardWish(self)
        self._lay_out()
        self._connect()
        bridge.subscribe(SHOWN, self._on_changes)

    @property
    def view(self) -> PaperView:
        """The view shown, or that would be shown if there were papers."""
        return self.table if self.bar.mode == "table" else self.cards

    @property
    def table(self) -> TableView:
        """The table, made when first wanted."""
        if self._table is None:
            self._table = TableView(self.model, self)
            self._table.setSelectionModel(self.cards.selectionModel())
            self._table.sort_wanted.connect(self._sort_by_column)
            self.bar.offer_columns(self._table.column_menu)
            self._stack.addWidget(self._table)
            self._adopt(self._table)
            self._table.horizontalHeader().restoreState(self._columns)
            self._show_sort()
            self.cards.go_along_with(self._table)
            self.table_made.emit(self._table)
        return self._table

    @property
    def front(self) -> QWidget:
        """What shows the papers: the view, or the map once it is there."""
        return self._map if self.bar.mode == "map" and self._map is not None else self.view

    @property
    def sort(self) -> Sort:
        """The order of the list."""
        return self._sort or self.bar.default_sort(self.scope, self.search.text)

    @property
    def current(self) -> PaperId | None:
        """The paper whose details are shown."""
        return self._choice.current

    @property
    def chosen(self) -> list[PaperId]:
        """The chosen papers, in the order of the list."""
        return self._choice.papers

    @property
    def chosen_count(self) -> int:
        """How many papers are chosen."""
        return self._choice.count

    def open_first(self, scope: Scope) -> None:
        """Show the beginning of the window's first list; waits for it, so that there is something to paint."""
        self._enter(scope)
        self._show_answer(self.query.ask_now(*self._question(), FIRST))
        if self.model.rowCount() == FIRST:
            self.bar.show_counting(scope)

    def complete_list(self) -> None:
        """Go on from the beginning of the first list to the whole of it."""
        if self.model.rowCount() == FIRST:
            self.query.repeat()

    def show_scope(self, scope: Scope, *, search: str = "") -> None:
        """Show another list, narrowed by a search; all of it without one."""
        with QSignalBlocker(self.search):
            self.search.set_text(search)
        self._enter(scope)
        self._choice.forget()
        self.query.ask(*self._question())

    def begin_again(self) -> None:
        """Ask the same anew, and go on from the top."""
        self._choice.forget()
        self.query.ask(*self._question())

    def take_keyboard(self) -> None:
        """Go on with keys in what shows the papers: at once, or as soon as the list that was asked for shows some."""
        self._keyboard.make(self.front)

    def show_paper(self, paper_id: PaperId) -> None:
        """Make a paper of the list the current one; nothing happens if it is not in it."""
        self._choice.show(paper_id)

    def choose_papers(self, ids: Iterable[PaperId], current: PaperId | None) -> None:
        """Choose papers of the list, wherever they stand in it; those that are not in it are left out."""
        self._choice.choose(ids, current)

    def step(self, by: int) -> None:
        """Go down (1) or up (-1) in the list."""
        self._choice.step(by)

    def choose_all(self) -> None:
        """Choose every paper of the list."""
        self.view.selectAll()

    def set_mode(self, mode: str) -> None:
        """Show the papers as `cards`, as `table` or as `map`."""
        self.bar.set_mode(mode)
        self._show_page()
        if self.current is not None:
            self._choice.bring_into_view()
        self.mode_changed.emit()

    def adopt_map(self, pane: QWidget) -> None:
        """Take the map that was wanted."""
        self._map = pane
        self._stack.addWidget(pane)
        self._show_page()

    def reveal(self, paper_id: PaperId) -> None:
        """Show a paper where the reader is, if it is in the list; else among all papers."""
        if not self.query.is_waiting and self.model.position(paper_id) is not None:
            self.show_paper(paper_id)
        else:
            self.show_scope(ALL)
            self._choice.expected = paper_id

    def expect(self, ids: Collection[PaperId]) -> None:
        """Choose a paper as soon as it comes into the list: one that an undo brought back."""
        self._choice.expected = next(iter(ids)) if len(ids) == 1 else None
        self._choice.choose_expected()  # the list may have been quicker than the word of what was undone

    def take_out(self, ids: Sequence[PaperId]) -> None:
        """Let papers leave the list at once and go on to the next one, until `settle` says what the library has."""
        row = self._choice.spot.row
        self._leaving.update(ids)
        with QSignalBlocker(self.cards.selectionModel()):
            self.model.take_out(ids)
        self._choice.go_on_from(row)
        self._show_page()

    def set_tag_colors(self, colors: dict[str, str]) -> None:
        """Colour the chips of the cards.

        Args:
            colors: Tag to key of a tag colour.
        """
        self.cards.delegate.tag_colors = colors
        self.cards.viewport().update()

    def layout_state(self) -> tuple[str, QByteArray]:
        """Return the view and the columns, to be kept until the next start."""
        return self.bar.mode, self._table.horizontalHeader().saveState() if self._table else self._columns

    def restore_layout(self, mode: str, columns: QByteArray) -> None:
        """Show the view and the columns of the last time."""
        self._columns = columns
        self.set_mode(mode)

    def settle(self, ids: Iterable[PaperId] | None = None) -> None:
        """The library has the papers now that `take_out` let go; without ids, it may not, and is asked again."""
        if ids is not None:
            self._leaving.difference_update(ids)
            return
        self._leaving.clear()
        self.query.repeat()

    def show_looking(self, *, is_looking: bool) -> None:
        """Say, where no paper has the words of the search, whether those are looked for that mean the same."""
        self._is_looking = is_looking
        if self._stack.currentWidget() is self._nothing:
            self._show_page()

    def show_nothing_yet(self) -> None:
        """Show an empty list until the answer comes: it takes a while, and what is shown belongs to another list."""
        self.model.show([])
        self.bar.show_counting(self.scope)
        self._choice.look()

    def put_below_bar(self, strip: QWidget) -> None:
        """Put something between the line above the list and the list."""
        self._top.addWidget(strip)

    def _lay_out(self) -> None:
        top = self._top = QVBoxLayout()
        top.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        top.setSpacing(theme.S)
        top.addWidget(self.search)
        top.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self._nothing)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.edited.connect(self._on_typed)
        self.search.left_downwards.connect(self.take_keyboard)
        self.bar.sort_chosen.connect(self._on_sort)
        self.bar.mode_chosen.connect(self.set_mode)
        self._nothing.clear_wanted.connect(self.search.clear)
        self._nothing.everywhere_wanted.connect(self.everywhere_wanted)
        self._adopt(self.cards)
        self._choice.current_changed.connect(self.current_changed)
        self._choice.changed.connect(self.chosen_changed)

    def _adopt(self, view: PaperView) -> None:
        view.menu_wanted.connect(self.menu_wanted)
        view.queue_moved.connect(self.queue_moved)
        view.doubleClicked.connect(self.opened)
        view.set_queue(is_queue=self.bar.is_queue(self.sort))

    def _enter(self, scope: Scope) -> None:
        self.scope = scope
        self._sort = None
        self._keyboard.drop()
        self.scope_entered.emit(scope)
        self._show_sort()

    def _question(self) -> tuple[str, Sort]:
        query = parse(self.search.text)
        self.search.show_problems(query.problems)
        return compose(self.scope, query), self.sort

    def _on_typed(self) -> None:
        self._is_typed = True
        self._show_sort()
        self.query.ask_soon(*self._question())

    def _on_sort(self, sort: Sort) -> None:
        self._sort = sort
        self._show_sort()
        self.query.ask(*self._question())

    def _sort_by_column(self, column: int) -> None:
        key = COLUMNS[column].sort
        if key is None:
            return
        is_again = key is self.sort.key
        self._on_sort(Sort(key=key, descending=not self.sort.descending if is_again else key not in ASCENDING_FIRST))

    def _show_sort(self) -> None:
        sort = self.sort
        self.bar.show_sort(sort)
        for view in filter(None, (self.cards, self._table)):
            view.set_queue(is_queue=self.bar.is_queue(sort))
        if self._table is not None:
            self._table.show_sort(sort)

    def _show_answer(self, answer: CatalogAnswer) -> None:
        spot = self._choice.spot
        ids = [one for one in answer.ids if one not in self._leaving] if self._leaving else list(answer.ids)
        with QSignalBlocker(self.cards.selectionModel()):
            is_another = self.model.show(ids)
        is_typed, self._is_typed, count = self._is_typed, False, self.model.rowCount()
        if is_typed and has_words(self.search.text):
            self._choice.choose_row(min(0, count - 1))  # the best is what was searched for
        elif is_typed or is_another or self._choice.current is None:  # the same papers may be another list
            self._choice.restore(BEGINNING if is_typed else spot)
            if is_typed:
                self._choice.bring_into_view()
        self._choice.choose_expected()
        close = sum(one not in self._leaving for one in answer.close)
        self.cards.divide(count - close if close else None)
        self.bar.show_count(self.scope, count - close, close=close, has_search=bool(self.search.text.strip()))
        self._show_page()
        self.chosen_changed.emit()

    def _show_page(self) -> None:
        if self.model.rowCount():
            if self.bar.mode == "map" and self._map is None:
                self.map_wanted.emit()
            self._stack.setCurrentWidget(self.front)
        else:
            self._nothing.explain_scope(self.scope, self.search.text, is_looking=self._is_looking)
            self._stack.setCurrentWidget(self._nothing)

    def _on_changes(self, changes: Changes) -> None:
        if changes.kinds & SHOWN:
            self.model.refresh(changes.ids)
        if changes.kinds & REORDERING:
            self.query.repeat()
