"""The filters of a search as chips below its field: each says in words what it asks for, and can be taken away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from readinglist.domain.query import QueryPart
from readinglist.domain.query_wording import filter_words
from readinglist.ui import theme
from readinglist.ui.models.scope import parse, without
from readinglist.ui.models.wording import plain_label, plain_tooltip
from readinglist.ui.widgets.flow_layout import FlowLayout

CHARACTERS = 40
MOST = 12  # a search may hold 200 filters; so many are two or three lines
ICON = 12


class FilterChips(QWidget):
    """Chips in lines; hidden where a search has no filters."""

    changed = Signal(str)  # the search without the one that was taken away

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search-chips")
        self._flow = FlowLayout(self, gap=theme.XS)
        self._text = ""
        self._parts: tuple[QueryPart, ...] = ()
        self._shown: list[tuple[str, str]] = []
        self.hide()

    def show_filters(self, text: str) -> None:
        """Show the filters of a search; those that are shown already stay as they are."""
        self._text, self._parts = text, parse(text).parts
        shown = [(text[part.start : part.end], filter_words(part.node)) for part in self._parts]
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (typed, words) in enumerate(shown[:MOST]):
            self._flow.addWidget(self._chip(place, typed, words))
        if len(shown) > MOST:
            more = QLabel(f"and {len(shown) - MOST} more", self)
            theme.set_role(more, "secondary")
            self._flow.addWidget(more)
        self.setVisible(bool(shown))

    def _chip(self, place: int, typed: str, words: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"filter-{typed}")
        chip.setText(plain_label(words if len(words) <= CHARACTERS else words[: CHARACTERS - 1] + "…"))
        chip.setIcon(theme.icon("close"))
        chip.setIconSize(QSize(ICON, ICON))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(f"Remove the filter {words}")
        chip.setToolTip(plain_tooltip(f"Remove the filter {typed}"))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self._remove(place))
        return chip

    def _remove(self, place: int) -> None:
        part = self._parts[place]
        self.changed.emit(without(self._text, part.start, part.end))
