"""The tags of something: chips, and a field that adds more with completion."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.ui.widgets.chip_row import ChipRow
from readinglist.ui.widgets.tag_chip import TagChip

MOST_COMPLETIONS = 12
FIELD_WIDTH = 120


def split_names(text: str) -> list[str]:
    """Return the tags typed into a field: separated by commas, blanks folded, each once.

    >>> split_names(" ml/nlp,  to   read, ml/nlp,")
    ['ml/nlp', 'to read']
    """
    names = (" ".join(part.split()) for part in text.split(","))
    return list(dict.fromkeys(name for name in names if name))


class TagEditor(ChipRow):
    """Shows tags and says what the reader wants added or taken away; changes nothing itself.

    Args:
        name: objectName; the field is named after it.
        parent: Owner.
    """

    added = Signal(list)  # names
    left = Signal()  # Escape

    def __init__(self, *, name: str = "tag-editor", parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._colors: Mapping[str, str] = {}
        self._known = QStringListModel(self)
        self.field = QLineEdit(self)
        self.field.setObjectName(f"{name}-field")
        self.field.setPlaceholderText("Add a tag")
        self.field.setAcceptDrops(False)  # what is dropped here is to be imported, not a tag
        self.field.setAccessibleName("Add a tag")
        self.field.setToolTip(
            "Several are separated by commas; a slash makes a tag part of another, such as ml/speech."
        )
        self.field.setMinimumWidth(FIELD_WIDTH)
        self.field.setMaximumWidth(2 * FIELD_WIDTH)
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._commit)
        self.field.textEdited.connect(self._on_edited)
        self._completer = completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MOST_COMPLETIONS)
        # queued: the field puts the completion into itself first
        completer.activated.connect(self._commit, Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self._layout.addWidget(self.field)

    def show_tags(self, names: Sequence[str], colors: Mapping[str, str]) -> None:
        """Show tags.

        Args:
            names: In order.
            colors: Tag to colour key; what is missing is gray.
        """
        shown = {name: colors.get(name, "gray") for name in names}
        if tuple(names) != self.names or shown != self._colors:
            self._colors = shown
            self.put_chips([TagChip(name, color, parent=self) for name, color in shown.items()], self.field)

    def offer(self, known: Iterable[str]) -> None:
        """Complete from these tags."""
        names = list(known)
        if names != self._known.stringList():
            self._known.setStringList(names)

    def begin(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def take_typed(self) -> list[str]:
        """Return what stands in the field without having been added, and clear it."""
        names = split_names(self.field.text())
        self.field.clear()
        return names

    def _commit(self) -> None:
        names = [name for name in self.take_typed() if name not in self.names]
        if names:
            self.added.emit(names)

    def _on_edited(self, text: str) -> None:
        if text.rstrip().endswith(","):
            self._commit()
        elif text.isspace():
            self.field.clear()  # the blank after a comma; it would hide what the field is for

    def _is_completing(self) -> bool:
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and not self._is_completing():
                self.field.clear()
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._chips:
                self._chips[-1].setFocus(Qt.FocusReason.BacktabFocusReason)
                return True
        return super().eventFilter(watched, event)
