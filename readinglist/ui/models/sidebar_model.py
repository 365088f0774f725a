"""The sidebar as a tree: statuses, For you, star, everything, collections and tags by their levels, bin."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from typing_extensions import override

from readinglist.domain.paper import Counts, Status
from readinglist.domain.wording import count_text
from readinglist.ui.models.grouping import COLLECTIONS, NO_COLOR, TAGS, Group, Grouping, color_of
from readinglist.ui.models.paper_table import PAPERS_MIME, AnyIndex, papers_of
from readinglist.ui.models.scope import ALL, BIN, FOR_YOU, STARRED, Scope, status_scope
from readinglist.ui.models.wording import plain_tooltip

SCOPE_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
COLOR_ROLE = Qt.ItemDataRole.UserRole + 3  # key of a tag colour
GROUPING_ROLE = Qt.ItemDataRole.UserRole + 4  # of headings: what stands below

Layout = tuple[tuple[str, str], ...]  # names and colours


class Branch:
    """What stands below a heading.

    Args:
        heading: Its item.

    Attributes:
        layout: What is shown; None before anything was.
        queries: Of the entries.
    """

    def __init__(self, heading: QStandardItem) -> None:
        self.heading = heading
        self.layout: Layout | None = None
        self.queries: list[str] = []


class SidebarModel(QStandardItemModel):
    """Entries of the sidebar; papers may be dropped on statuses, star, collections and their heading, tags and bin."""

    dropped = Signal(object, list)  # Scope, PaperIds
    dropped_on_heading = Signal(list)  # PaperIds, for a collection that is to be made

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, QStandardItem] = {}
        for scope in (*map(status_scope, Status), FOR_YOU, STARRED, ALL):
            self.appendRow(self._entry(scope))
        self._branches = {one.noun: self._branch(one) for one in (COLLECTIONS, TAGS)}
        self.appendRow(self._entry(BIN))

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers beside statuses, star, everything and bin."""
        numbers = {ALL.query: counts.total, STARRED.query: counts.starred, BIN.query: counts.binned}
        for status in Status:
            numbers[status_scope(status).query] = counts.by_status.get(status, 0)
        for query, number in numbers.items():
            self._set_count(self._entries[query], number)

    def show_groups(self, grouping: Grouping, groups: Sequence[Group]) -> bool:
        """Show all tags, or all collections, below their heading.

        Returns:
            Whether entries came, went or changed their colour, so that the view must open branches again.
        """
        branch = self._branches[grouping.noun]
        layout = tuple((one.name, color_of(one)) for one in groups)
        is_another = layout != branch.layout
        if is_another:
            branch.layout = layout
            self._build(branch, grouping, layout)
        for name, number in _numbers(groups).items():
            self._set_count(self._entries[grouping.scope_of(name).query], number)
        return is_another

    def index_of(self, query: str) -> QModelIndex:
        """Return where a scope stands, by its query; invalid if there is none."""
        item = self._entries.get(query)
        return item.index() if item is not None else QModelIndex()

    def heading_of(self, grouping: Grouping) -> QModelIndex:
        """Return where a heading stands."""
        return self._branches[grouping.noun].heading.index()

    def name_heading(self, index: QModelIndex, *, is_open: bool) -> None:
        """Have a screen reader say of a heading whether what is below it is seen."""
        heading = self.itemFromIndex(index)
        states = [("expanded" if is_open else "collapsed")] if heading.hasChildren() else []
        heading.setAccessibleText(", ".join([heading.text(), *states]))

    def _branch(self, grouping: Grouping) -> Branch:
        heading = QStandardItem(grouping.heading)
        heading.setData(grouping, GROUPING_ROLE)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        heading.setDropEnabled(grouping is COLLECTIONS)
        self.appendRow(heading)
        return Branch(heading)

    def _build(self, branch: Branch, grouping: Grouping, layout: Layout) -> None:
        for query in branch.queries:
            del self._entries[query]
        branch.heading.removeRows(0, branch.heading.rowCount())
        branch.heading.setText(grouping.heading if layout or grouping is COLLECTIONS else "")
        branch.queries = []
        colors = dict(layout)
        for name in sorted(_all_levels(colors), key=lambda name: name.casefold().split("/")):
            scope, above = grouping.scope_of(name), grouping.scope_of(name.rpartition("/")[0])
            parent = self._entries.get(above.query, branch.heading)
            item = self._entry(scope, name.rpartition("/")[2])
            item.setData(colors.get(name) or colors.get(name.partition("/")[0]) or NO_COLOR, COLOR_ROLE)
            branch.queries.append(scope.query)
            parent.appendRow(item)

    def _entry(self, scope: Scope, text: str = "") -> QStandardItem:
        item = QStandardItem(text or scope.title)
        item.setData(scope, SCOPE_ROLE)
        item.setToolTip(plain_tooltip(scope.title))
        item.setEditable(False)
        item.setDragEnabled(False)
        item.setDropEnabled(scope is not ALL)
        self._entries[scope.query] = item
        if scope.wish is None:
            self._set_count(item, 0)
        else:
            item.setAccessibleText(scope.title)  # how many it lists is no news
        return item

    def _set_count(self, item: QStandardItem, number: int) -> None:
        if item.data(COUNT_ROLE) != number:
            item.setData(number, COUNT_ROLE)
            item.setAccessibleText(f"{item.data(SCOPE_ROLE).title}, {count_text(number, 'paper')}")

    @override
    def mimeTypes(self) -> list[str]:
        return [PAPERS_MIME]

    @override
    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    @override
    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if not parent.isValid() or not data.hasFormat(PAPERS_MIME):
            return False
        scope = parent.data(SCOPE_ROLE)
        return scope is not ALL if scope is not None else parent.data(GROUPING_ROLE) is COLLECTIONS

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        scope, papers = parent.data(SCOPE_ROLE), papers_of(data)
        if scope is not None:
            self.dropped.emit(scope, papers)
        else:
            self.dropped_on_heading.emit(papers)
        return True


def _all_levels(names: Iterable[str]) -> set[str]:
    """Add the levels above: `ml/vision` needs an entry `ml` even where no paper has it."""
    found = set(names)
    for name in tuple(found):
        parts = name.split("/")
        found |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
    return found


def _numbers(groups: Sequence[Group]) -> dict[str, int]:
    """Return the papers that have exactly this name; levels that nobody named have none."""
    return dict.fromkeys(_all_levels(one.name for one in groups), 0) | {one.name: one.count for one in groups}
