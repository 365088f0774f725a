"""Asks what a tag or a collection is to be called, and says at once what that would mean."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from readinglist.domain.errors import UserError
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.models.grouping import Grouping
from readinglist.ui.widgets.labels import make_label

SIZE = (440, 210)


class GroupNameSheet(Sheet):
    """Asks for one name.

    Args:
        grouping: Of what.
        heading: Of the sheet.
        known: The names that there are.
        old: What is to be renamed; empty for a new one.
        beginning: What stands in the field at first, for a new one.
        parent: The window.
    """

    named = Signal(str)  # the name, tidied

    def __init__(
        self,
        grouping: Grouping,
        heading: str,
        known: Collection[str],
        *,
        old: str = "",
        beginning: str = "",
        parent: QWidget | None,
    ) -> None:
        super().__init__(name="group-name", heading=heading, size=SIZE, parent=parent)
        self._grouping = grouping
        self._known = {name.casefold(): name for name in known}
        self._old = old
        self._first = old or beginning.removesuffix("/")
        self.line = QLineEdit(old or beginning, self)
        self.line.setObjectName("group-name-line")
        self.line.setAccessibleName(f"Name of the {grouping.noun}")
        self.line.setPlaceholderText("Name")
        self.note = make_label("", "group-name-note", role="secondary", wraps=True, parent=self)
        self.body.addWidget(self.line)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.push_right()
        self.add_close_button("Cancel")
        self.apply_button = self.add_button("&Rename" if old else "&Make", "apply", role="primary")
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.named.emit(self.name))
        self.line.textChanged.connect(self._judge)
        self._judge()
        self.line.setFocus()

    @property
    def name(self) -> str:
        """What was typed, as the library writes it; empty if nothing is left of it."""
        try:
            return self._grouping.tidied(self.line.text())
        except UserError:
            return ""

    def _judge(self) -> None:
        """Say what the name would mean, and offer to go on if it can be one."""
        noun, name = self._grouping.noun, self.name
        known = self._known.get(name.casefold())
        is_below_itself = bool(self._old) and name.startswith(f"{self._old}/")
        is_same = name == self._first
        text = f"A slash makes a {noun} part of another, such as {self._grouping.example}."
        if is_below_itself:
            text = f"A {noun} cannot be moved below itself."
        elif known == name and not is_same:
            text = f"There is a {noun} {known} already" + (": the two become one." if self._old else ".")
        elif known is not None and known not in {self._first, self._old}:
            text = f"There is a {noun} {known} already, which is written differently."
        theme.set_role(self.note, "danger" if is_below_itself else "secondary")
        self.note.setText(text)
        self.apply_button.setEnabled(bool(name) and not is_below_itself and not is_same)

    @override
    def open(self) -> None:
        super().open()
        if self._old:
            self.line.selectAll()
        else:
            self.line.end(False)  # Qt has chosen all of it, and the next letter would take its place
