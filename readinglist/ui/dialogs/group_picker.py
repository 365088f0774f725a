"""Tags or collections for the chosen papers, by the keyboard: type a few letters, Enter ticks, Enter again applies."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from readinglist.domain.wording import count_text
from readinglist.ui.dialogs.check_list import CheckList
from readinglist.ui.dialogs.group_choices import GroupChoices, GroupDelegate
from readinglist.ui.dialogs.sheet import Sheet, make_search_field
from readinglist.ui.models.grouping import Group, Grouping
from readinglist.ui.widgets.labels import make_label

SIZE = (420, 480)
MOVES = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class GroupPicker(Sheet):
    """Asks which tags, or which collections, papers are to have.

    Args:
        grouping: Tags or collections.
        groups: All there are.
        carried: Name to number of chosen papers that have it.
        count: Number of chosen papers.
        parent: The window.
    """

    def __init__(
        self,
        grouping: Grouping,
        groups: Sequence[Group],
        carried: Mapping[str, int],
        count: int,
        parent: QWidget | None,
    ) -> None:
        papers = "the paper" if count == 1 else count_text(count, "paper")
        name, noun = f"{grouping.noun}-picker", grouping.noun
        super().__init__(name=name, heading=f"{grouping.heading} of {papers}", size=SIZE, parent=parent)
        self.explain(f"Enter ticks a {noun}, or makes it. Enter again applies.")
        self._is_aimed = False  # the reader went to a row, so Enter means that row
        self.model = GroupChoices(grouping, groups, carried, count, self)
        self.line = make_search_field(f"Find or make a {noun}", f"{name}-line", self)
        self.line.setToolTip(f"A slash makes a {noun} part of another, such as {grouping.example}.")
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_text)
        self.list = self._build_list(f"{name}-list")
        none = f"There are no {grouping.plural} yet. Type a name to make one."
        self.none = make_label(none, f"{name}-none", role="faint", parent=self)
        self.none.setWordWrap(True)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.none)
        self.push_right()
        self.add_close_button("Cancel")
        self.apply_button = self.add_button("&Apply", "apply", role="primary")
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self.accept)
        self._show_matches()
        self.line.setFocus()

    @property
    def added(self) -> tuple[str, ...]:
        """What all of the papers are to have."""
        return self.model.added

    @property
    def removed(self) -> tuple[str, ...]:
        """What none of them is to have any more."""
        return self.model.removed

    def _build_list(self, name: str) -> CheckList:
        grouping = self.model.grouping
        shown = CheckList(name=name, label=grouping.heading, parent=self)
        shown.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        shown.setModel(self.model)
        shown.setItemDelegate(GroupDelegate(grouping, shown))
        shown.toggled.connect(lambda rows: self._toggle(rows[0]))
        shown.clicked.connect(self._on_clicked)
        shown.installEventFilter(self)
        return shown

    def _on_text(self) -> None:
        self._show_matches()
        self._is_aimed = bool(self.line.text().strip())

    def _show_matches(self) -> None:
        self.model.find(self.line.text())
        self.none.setVisible(self.model.rowCount() == 0)
        self.list.setCurrentIndex(self.model.index(0))

    def _toggle(self, row: int) -> None:
        name = self.model.toggle(row)
        if self.line.text():
            self.line.clear()
            self._aim_at(name)
        self._is_aimed = False

    def _aim_at(self, name: str) -> None:
        """Show the row that was just ticked among all the others."""
        rows = range(self.model.rowCount())
        row = next((row for row in rows if self.model.choice_at(row).name == name), 0)
        self.list.setCurrentIndex(self.model.index(row))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.choice_at(index.row()).is_new:
            self._toggle(index.row())

    def _on_enter(self) -> None:
        index = self.list.currentIndex()
        if self._is_aimed and index.isValid():
            self._toggle(index.row())
        else:
            self.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in ENTER:
            is_end = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.accept if is_end else self._on_enter)()
            return True
        if event.key() in MOVES:
            self._is_aimed = True
            if watched is self.line:
                self.list.event(event)
                return True
        if watched is self.line and event.key() == Qt.Key.Key_Space and not self.line.text():
            if self.list.currentIndex().isValid():
                self._toggle(self.list.currentIndex().row())
            return True
        return super().eventFilter(watched, event)
