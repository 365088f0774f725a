"""Tags that a paper could have: outlines of chips, each of which becomes a tag by a click."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from readinglist.domain.for_you import SuggestedTag
from readinglist.ui import theme
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label, set_plain_tooltip

PLUS = 12  # px
WIDEST = 220  # px; longer names end in an ellipsis


class SuggestedTags(QWidget):
    """A line that is there only while something is suggested."""

    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggested-tags")
        self._keys = ""
        self._suggestions: tuple[SuggestedTag, ...] = ()
        self._chips: list[QToolButton] = []
        self._layout = FlowLayout(self, gap=theme.XS)
        label = make_label("Suggested", "suggested-tags-label", role="faint", parent=self)
        label.setMinimumHeight(24)
        self._layout.addWidget(label)
        self.hide()

    @property
    def suggestions(self) -> tuple[SuggestedTag, ...]:
        """What is suggested, the best first."""
        return self._suggestions

    def set_keys(self, keys: str) -> None:
        """Say with which keys the first one is taken."""
        self._keys = keys
        self._explain()

    def show_tags(self, suggestions: Sequence[SuggestedTag]) -> None:
        """Suggest these tags; none hides the line."""
        if tuple(suggestions) == self._suggestions:
            return
        self._suggestions = tuple(suggestions)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make_chip(one) for one in self._suggestions]
        self._explain()
        self.setVisible(bool(self._suggestions))
        self.updateGeometry()

    def _make_chip(self, suggestion: SuggestedTag) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"suggested-{suggestion.name}")
        chip.setProperty("role", "ghost")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(theme.icon("add", "ink-soft"))
        chip.setIconSize(QSize(PLUS, PLUS))
        metrics = chip.fontMetrics()
        text = metrics.elidedText(suggestion.name, Qt.TextElideMode.ElideRight, WIDEST)
        chip.setText(text.replace("&", "&&"))
        chip.setAccessibleName(f"Add the tag {suggestion.name}")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self.accepted.emit(suggestion.name))
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _explain(self) -> None:
        for place, (chip, suggestion) in enumerate(zip(self._chips, self._suggestions, strict=True)):
            keys = f" ({self._keys})" if self._keys and place == 0 else ""
            set_plain_tooltip(chip, f"Add the tag {suggestion.name}: {_lowered(suggestion.reason)}{keys}")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
