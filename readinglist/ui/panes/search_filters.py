"""The filters of a search as chips below its field: each says in words what it asks for, and can be taken away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from typing_extensions import override

from readinglist.domain.query import QueryPart
from readinglist.domain.query_wording import filter_words
from readinglist.ui import theme
from readinglist.ui.models.scope import parse, without
from readinglist.ui.models.wording import plain_label
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import set_plain_tooltip

CHARACTERS = 40
MOST = 12  # a search may hold 200 filters; so many are two or three lines
ICON = 12
REMOVING = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FilterChip(QToolButton):
    """A filter; a click or a key takes it away."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in REMOVING:
            self.click()
        else:
            super().keyPressEvent(event)


class FilterChips(QWidget):
    """Chips in lines; hidden where a search has no filters.

    Attributes:
        before: Tab comes from there to the chips, and the keyboard goes back there when the last one is gone.
    """

    changed = Signal(str)  # the search without the one that was taken away

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search-chips")
        self.before: QWidget | None = None
        self._chips: list[FilterChip] = []
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
        had_focus = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        self._clear()
        self._chips = [self._chip(place, *one) for place, one in enumerate(shown[:MOST])]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()  # the layout does it later, too late for the keyboard
        if len(shown) > MOST:
            more = QLabel(f"and {len(shown) - MOST} more", self)
            theme.set_role(more, "secondary")
            self._flow.addWidget(more)
        self.setVisible(bool(shown))
        self._lead_keyboard(had_focus)

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _lead_keyboard(self, had_focus: int | None) -> None:
        """Let Tab come to the chips where they stand, and keep the keyboard where one of them had it."""
        last = self.before
        for chip in self._chips:
            if last is not None:
                QWidget.setTabOrder(last, chip)
            last = chip
        heir = self._chips[min(had_focus or 0, len(self._chips) - 1)] if self._chips else self.before
        if had_focus is not None and heir is not None:
            heir.setFocus(Qt.FocusReason.TabFocusReason)

    def _chip(self, place: int, typed: str, words: str) -> FilterChip:
        chip = FilterChip(self)
        chip.setObjectName(f"filter-{typed}")
        chip.setText(plain_label(words if len(words) <= CHARACTERS else words[: CHARACTERS - 1] + "…"))
        chip.setIcon(theme.icon("close"))
        chip.setIconSize(QSize(ICON, ICON))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setProperty("role", "chip")
        chip.setAccessibleName(f"Remove the filter {words}")
        set_plain_tooltip(chip, f"Remove the filter {typed}")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self._remove(place))
        return chip

    def _remove(self, place: int) -> None:
        part = self._parts[place]
        self.changed.emit(without(self._text, part.start, part.end))
