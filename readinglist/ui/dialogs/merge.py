"""Merging entries of one work: which there are, which version leads, and the paper as it will be."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readinglist.domain.joining import Entry, Joined, join
from readinglist.domain.joining_wording import Line, facts_text, lines_of, made_text
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.widgets.labels import make_label

SIZE = (760, 760)
MOST_NAMED = 3  # entries from which a line comes; more are counted
LEAD = "Entry {} stays, with all that you made of any of them. Undo brings the others back."
DOUBT = "Look whether they are one work."
CHOICE = "Whose title and version"
RESULT = "The paper as it will be"


class EntryCard(QFrame):
    """One entry, with the button that lets its version lead; a click anywhere on it does.

    Args:
        number: Its place among the entries, from 1.
        entry: What is shown.
        parent: Owner.
    """

    def __init__(self, number: int, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"merge-entry-{number}")
        self.setProperty("role", "card")
        self.paper_id = entry.paper.id
        facts, made = facts_text(entry.paper), made_text(entry)
        self.button = QRadioButton(str(number), self)
        self.button.setObjectName(f"merge-lead-{number}")
        self.button.setAccessibleName(f"Entry {number}. {entry.paper.title}. {facts}. {made}")
        texts = QVBoxLayout()
        texts.setSpacing(theme.XS)
        for name, text, role in (
            ("title", entry.paper.title, "strong"),
            ("facts", facts, "secondary"),
            ("made", made, "faint"),
        ):
            texts.addWidget(make_label(text, f"merge-{name}-{number}", role=role, wraps=True, parent=self))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(theme.M)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)


class EntryCards(QWidget):
    """All entries, one of which leads.

    Args:
        joined: Has them, and which leads at first.
        parent: Owner.
    """

    changed = Signal(object)  # PaperId of the one that leads now

    def __init__(self, joined: Joined, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("merge-entries")
        self.cards = [EntryCard(number, one, self) for number, one in enumerate(joined.entries, start=1)]
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for card in self.cards:
            card.button.setChecked(card.paper_id == joined.leading)
            self._group.addButton(card.button)
            layout.addWidget(card)
        self._group.buttonToggled.connect(self._tell)

    @property
    def leading(self) -> PaperId:
        """The entry whose version leads."""
        return self._checked.paper_id

    def take_keyboard(self) -> None:
        """Go on with keys at the one that leads."""
        self._checked.button.setFocus()

    def card_of(self, paper_id: PaperId) -> EntryCard:
        """Return what shows an entry."""
        return next(card for card in self.cards if card.paper_id == paper_id)

    @property
    def _checked(self) -> EntryCard:
        return next(card for card in self.cards if card.button.isChecked())

    def _tell(self, _: QRadioButton, is_checked: bool) -> None:
        if is_checked:
            self.changed.emit(self.leading)


class ResultLines(QWidget):
    """The paper as it will be, line by line.

    Args:
        parent: Owner.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("merge-result")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.M)
        self._grid.setVerticalSpacing(theme.S)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []

    def show_lines(self, lines: Sequence[Line], numbers: dict[PaperId, int]) -> None:
        """Show others.

        Args:
            lines: From top to bottom.
            numbers: Of the entries.
        """
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for row, line in enumerate(lines):
            came = from_text([numbers[one] for one in line.papers])
            cells = ((line.label, "name", "secondary"), (line.text, "text", ""), (came, "from", "faint"))
            for column, (text, name, role) in enumerate(cells):
                label = make_label(text, f"merge-{name}-of-{line.label}", role=role, wraps=column == 1, parent=self)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                label.setContentsMargins(0, 1 if role else 0, 0, 0)  # on one line with the larger type
                self._grid.addWidget(label, row, column)
                self._labels.append(label)
                label.show()


class MergeSheet(Sheet):
    """Asks whether entries are to become one paper.

    Args:
        joined: What they would become.
        parent: The window.
    """

    def __init__(self, joined: Joined, parent: QWidget | None) -> None:
        count = count_text(len(joined.entries), "paper")
        super().__init__(name="merge", heading=f"Merge {count}", size=SIZE, parent=parent)
        self.joined = joined
        self._numbers = {one.paper.id: number for number, one in enumerate(joined.entries, start=1)}
        self.explain(LEAD.format(self._numbers[joined.paper.id]))
        if joined.doubts:
            self.body.addWidget(self._build_doubts(joined.doubts))
        self.entries = EntryCards(joined, self)
        self.lines = ResultLines(self)
        self.entries.changed.connect(self._lead_with)
        self.area = self._build_page()
        self.body.addWidget(self.area, 1)
        self.push_right()
        self.add_close_button("Cancel")
        self.merge_button = self.add_button("&Merge", "apply", role="primary")
        self.merge_button.setDefault(True)
        self.merge_button.clicked.connect(self.accept)
        self._show_result()
        self.entries.take_keyboard()

    @property
    def leading(self) -> PaperId:
        """The entry whose version leads."""
        return self.entries.leading

    def _build_doubts(self, doubts: Sequence[str]) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("merge-doubts")
        frame.setProperty("role", "notice")
        sign = QLabel(frame)
        sign.setObjectName("merge-doubts-sign")
        sign.setPixmap(theme.icon("warning", "warning").pixmap(QSize(theme.ICON, theme.ICON)))
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(make_label(" ".join([DOUBT, *doubts]), "merge-doubts-text", wraps=True, parent=frame), 1)
        return frame

    def _build_page(self) -> QScrollArea:
        page = QWidget(self)
        page.setObjectName("merge-page")
        page.setProperty("role", "paper")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, theme.S, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(make_label(CHOICE, "merge-choice", role="strong", parent=page))
        layout.addWidget(self.entries)
        layout.addSpacing(theme.S)
        layout.addWidget(make_label(RESULT, "merge-will-be", role="strong", parent=page))
        layout.addWidget(self.lines)
        layout.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("merge-area")
        area.setAccessibleName(self.heading.text())
        area.setProperty("role", "paper")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _lead_with(self, paper_id: PaperId) -> None:
        self.joined = join(self.joined.entries, paper_id)
        self._show_result()
        self.area.ensureWidgetVisible(self.entries.card_of(paper_id), 0, theme.S)

    def _show_result(self) -> None:
        self.lines.show_lines(lines_of(self.joined), self._numbers)


def from_text(numbers: Sequence[int]) -> str:
    """Say from which entries something comes; nothing where they all say it.

    >>> from_text([2]), from_text([1, 3]), from_text([1, 2, 3, 4]), from_text([])
    ('from 2', 'from 1 and 3', 'from 4 of them', '')
    """
    if not numbers:
        return ""
    if len(numbers) > MOST_NAMED:
        return f"from {len(numbers)} of them"
    *others, last = map(str, sorted(numbers))
    return f"from {', '.join(others)} and {last}" if others else f"from {last}"
