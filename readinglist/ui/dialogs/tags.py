"""Tags for the chosen papers, from the keyboard: type a few letters, Enter ticks, Enter again applies."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from readinglist.domain.paper import Tag
from readinglist.domain.wording import count_text
from readinglist.ui.dialogs.check_list import CheckList
from readinglist.ui.dialogs.sheet import Sheet, make_search_field
from readinglist.ui.dialogs.tag_choices import TagChoices, TagDelegate
from readinglist.ui.widgets.labels import make_label

SIZE = (420, 480)
MOVES = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
HINT = "A slash makes a tag part of another, such as ml/speech."


class TagPicker(Sheet):
    """Asks which tags papers are to carry.

    Args:
        tags: All there are.
        carried: Tag to number of chosen papers that carry it.
        count: Number of chosen papers.
        parent: The window.
    """

    def __init__(self, tags: Sequence[Tag], carried: Mapping[str, int], count: int, parent: QWidget | None) -> None:
        papers = "the paper" if count == 1 else count_text(count, "paper")
        super().__init__(name="tag-picker", heading=f"Tags of {papers}", size=SIZE, parent=parent)
        self.explain("Enter ticks a tag, or makes it. Enter again applies.")
        self._is_aimed = False  # the reader went to a row, so Enter means that row
        self.model = TagChoices(tags, carried, count, self)
        self.line = make_search_field("Find or make a tag", "tag-picker-line", self)
        self.line.setToolTip(HINT)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_text)
        self.list = CheckList(name="tag-picker-list", label="Tags", parent=self)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TagDelegate(self.list))
        self.list.toggled.connect(lambda rows: self._toggle(rows[0]))
        self.list.clicked.connect(self._on_clicked)
        self.list.installEventFilter(self)
        self.none = make_label(
            "There are no tags yet. Type a name to make one.", "tag-picker-none", role="faint", parent=self
        )
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
        """Tags to put on all of the papers."""
        return self.model.added

    @property
    def removed(self) -> tuple[str, ...]:
        """Tags to take off all of them."""
        return self.model.removed

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
