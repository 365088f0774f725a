"""The sidebar as a tree: statuses, For you, star, everything, tags by their levels, bin; most with their number."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from typing_extensions import override

from readinglist.domain.paper import Counts, Status, Tag
from readinglist.domain.wording import count_text
from readinglist.ui.models.paper_table import PAPERS_MIME, AnyIndex, papers_of
from readinglist.ui.models.scope import ALL, BIN, FOR_YOU, STARRED, Scope, status_scope, tag_scope
from readinglist.ui.models.wording import plain_tooltip

SCOPE_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
COLOR_ROLE = Qt.ItemDataRole.UserRole + 3  # key of a tag colour
TAGS_HEADING = "Tags"


class SidebarModel(QStandardItemModel):
    """Entries of the sidebar; papers may be dropped on statuses, star, tags and bin."""

    dropped = Signal(object, list)  # Scope, PaperIds

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, QStandardItem] = {}
        self._tags: tuple[tuple[str, str], ...] | None = None
        for scope in (*map(status_scope, Status), FOR_YOU, STARRED, ALL):
            self.appendRow(self._entry(scope))
        self._heading = _heading(TAGS_HEADING)
        self.appendRow(self._heading)
        self.appendRow(self._entry(BIN))

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers beside statuses, star, everything and bin."""
        numbers = {ALL.query: counts.total, STARRED.query: counts.starred, BIN.query: counts.binned}
        for status in Status:
            numbers[status_scope(status).query] = counts.by_status.get(status, 0)
        for query, number in numbers.items():
            self._set_count(self._entries[query], number)

    def show_tags(self, tags: Sequence[Tag]) -> bool:
        """Show the tags.

        Returns:
            Whether entries came, went or changed their colour, so that the view must open branches again.
        """
        layout = tuple((tag.name, tag.color) for tag in tags)
        is_another = layout != self._tags
        if is_another:
            self._tags = layout
            self._build_tags({tag.name: tag.color for tag in tags})
        for name, number in _numbers(tags).items():
            self._set_count(self._entries[tag_scope(name).query], number)
        return is_another

    def index_of(self, query: str) -> QModelIndex:
        """Return where a scope stands, by its query; invalid if there is none."""
        item = self._entries.get(query)
        return item.index() if item is not None else QModelIndex()

    def _build_tags(self, colors: Mapping[str, str]) -> None:
        self._entries = {query: item for query, item in self._entries.items() if not query.startswith("tag:")}
        self._heading.removeRows(0, self._heading.rowCount())
        self._heading.setText(TAGS_HEADING if colors else "")
        for name in sorted(_all_levels(colors), key=lambda name: name.casefold().split("/")):
            parent = self._entries.get(tag_scope(name.rpartition("/")[0]).query, self._heading)
            item = self._entry(tag_scope(name), name.rpartition("/")[2])
            item.setData(colors.get(name) or colors.get(name.partition("/")[0]) or "gray", COLOR_ROLE)
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
        scope = parent.data(SCOPE_ROLE) if parent.isValid() else None
        return scope is not None and scope is not ALL and data.hasFormat(PAPERS_MIME)

    @override
    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(parent.data(SCOPE_ROLE), papers_of(data))
        return True


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


def _all_levels(names: Mapping[str, str]) -> set[str]:
    """Add the levels above: `ml/vision` needs an entry `ml` even where no paper carries it."""
    found = set(names)
    for name in names:
        parts = name.split("/")
        found |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
    return found


def _numbers(tags: Sequence[Tag]) -> dict[str, int]:
    """Return the papers that carry exactly this tag; levels that are no tags themselves have none."""
    return dict.fromkeys(_all_levels({tag.name: "" for tag in tags}), 0) | {tag.name: tag.count for tag in tags}
