"""Which papers of a drop are listed: all, those of one verdict, or what could not be read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from readinglist.services.ingest import ImportPreview, Verdict
from readinglist.ui import theme
from readinglist.ui.dialogs.review_list import VERDICT_WORDS
from readinglist.ui.widgets.flow_layout import FlowLayout

FAILED = "failed"
ALL_KEY = ""


class ReviewFilter(QWidget):
    """A row of buttons with numbers, one of them down; what there is none of has no button.

    Args:
        preview: What the drop contains.
        parent: Owner.

    Attributes:
        is_needed: There is more than one kind to choose from.
    """

    chosen = Signal(object)  # value of a verdict, `FAILED`, or None for all

    def __init__(self, preview: ImportPreview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review-filter")
        counts = {verdict.value: (VERDICT_WORDS[verdict], preview.count(verdict)) for verdict in Verdict}
        counts[FAILED] = ("Could not be read", len(preview.problems))
        shown = {key: value for key, value in counts.items() if value[1]}
        self.is_needed = len(shown) > 1
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = FlowLayout(self, gap=theme.XS)
        if self.is_needed:
            shown = {ALL_KEY: ("All", len(preview.items)), **shown}
        for key, (word, count) in shown.items():
            row.addWidget(self._make_button(key, word, count))

    def button(self, key: str | None) -> QToolButton | None:
        """Return the button of a verdict, of `FAILED`, or of all."""
        return self._buttons.get(key or ALL_KEY)

    def show_chosen(self, key: str | None) -> None:
        """Press one button down."""
        button = self.button(key)
        if button is not None:
            button.setChecked(True)

    def _make_button(self, key: str, word: str, count: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"review-show-{key or 'all'}")
        button.setText(f"{word}  {count:,}")
        button.setAccessibleName(f"Show {word.lower()}, {count:,}")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setProperty("hasText", "true")
        if key == FAILED:
            button.setIcon(theme.icon("warning", "danger"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda: self.chosen.emit(key or None))
        self._group.addButton(button)
        self._buttons[key] = button
        return button
