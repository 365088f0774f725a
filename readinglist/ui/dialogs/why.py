"""“Why not this one?”: where a paper stands in For you, what its score is made of, or why it is left out."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Explanation, ScorePart
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.models.wording import feedback_text
from readinglist.ui.widgets.labels import make_label

SIZE = (600, 440)
BAR_WIDTH, BAR_HEIGHT = 120, 8
BAR_ROW = 16  # px; a line of text beside it is as high
NOTHING = "0.0"
SCORE_SAYS = "An average paper has 0, this one {}. What is below 0 counts against it."
TAKE_BACK = {Feedback.MORE: "&Take that back", Feedback.LESS: "&Take that back", Feedback.HIDE: "&Show it again"}


class PartBar(QWidget):
    """One part of a score as a bar: right of the line it counts for the paper, left of it against it.

    Args:
        share: From -1 to 1, of the longest bar.
        is_two_sided: There is room on both sides of the line, because some part counts against the paper.
        parent: Owner.
    """

    def __init__(self, share: float, *, is_two_sided: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self._is_two_sided = is_two_sided
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(BAR_WIDTH, BAR_ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, top = self.width() // 2 if self._is_two_sided else 0, (self.height() - BAR_HEIGHT) // 2
        painter.fillRect(QRect(start, 2, 1, self.height() - 4), theme.color("line-strong"))
        length = round(abs(self._share) * (self.width() - start - 2))
        if length:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if self._share > 0 else "warning"))
            left = start + 1 if self._share > 0 else start - length
            painter.drawRoundedRect(QRect(left, top, length, BAR_HEIGHT), 2, 2)


class WhyDialog(Sheet):
    """Shows an explanation.

    Args:
        title: Of the paper.
        explanation: Of its place.
        parent: The window.
    """

    show_wanted = Signal(object)  # Feedback that is to be taken back

    def __init__(self, title: str, explanation: Explanation, parent: QWidget | None) -> None:
        super().__init__(name="why", heading=title, size=SIZE, parent=parent)
        self.setWindowTitle("Why not this one?")
        self.lead.setProperty("role", "")  # the answer itself, not a remark on it
        self.explain(verdict_text(explanation))
        self.body.setSpacing(theme.L)
        if explanation.reasons:
            self.body.addLayout(self._build_reasons(explanation.reasons))
        parts = tuple(part for part in explanation.parts if number_text(part.value) != NOTHING)
        if parts:
            self.body.addLayout(self._build_score(parts))
        self.body.addStretch(1)
        for kind in sorted(explanation.said):
            self._offer_back(kind)
        self.push_right()
        close = self.add_close_button()
        close.setDefault(True)
        close.setFocus()
        self._grow()

    def _grow(self) -> None:
        """Make room for all of it: a label that breaks into lines would be cut instead."""
        for child in self.findChildren(QWidget):
            child.ensurePolished()  # its type decides how many lines there are
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _build_reasons(self, reasons: tuple[str, ...]) -> QVBoxLayout:
        text = "\n".join(f"{reason}." for reason in reasons)
        self.reasons = make_label(text, "why-reasons", wraps=True, parent=self)
        self.reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self._build_section("What can be said of it", "why-for", self.reasons)

    def _build_score(self, parts: tuple[ScorePart, ...]) -> QVBoxLayout:
        total = number_text(sum(part.value for part in parts))
        told = make_label(SCORE_SAYS.format(total), "why-score", role="secondary", wraps=True, parent=self)
        section = self._build_section("What its score is made of", "why-made-of", told)
        section.addSpacing(theme.XS)
        section.addLayout(self._build_parts(parts))
        return section

    def _build_section(self, heading: str, name: str, content: QWidget) -> QVBoxLayout:
        section = QVBoxLayout()
        section.setSpacing(theme.XS)
        section.addWidget(make_label(heading, name, role="strong", parent=self))
        section.addWidget(content)
        return section

    def _build_parts(self, parts: tuple[ScorePart, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(2, 1)
        most = max(abs(part.value) for part in parts) or 1.0
        is_two_sided = any(part.value < 0 for part in parts)
        for row, part in enumerate(parts):
            bar = PartBar(part.value / most, is_two_sided=is_two_sided, parent=self)
            bar.setAccessibleName(f"{part.meaning} {number_text(part.value)}")
            number = QLabel(number_text(part.value), self)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(bar, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(number, row, 1)
            meaning = make_label(part.meaning, f"why-part-{row}", wraps=True, parent=self)
            meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(meaning, row, 2)
        return grid

    def _offer_back(self, kind: Feedback) -> None:
        button = self.add_button(TAKE_BACK[kind], f"take-back-{kind}")
        button.setToolTip(feedback_text(kind))
        button.clicked.connect(lambda: self._take_back(kind))

    def _take_back(self, kind: Feedback) -> None:
        self.show_wanted.emit(kind)
        self.accept()


def verdict_text(explanation: Explanation) -> str:
    """Say where a paper stands, in sentences."""
    rank = f"Rank {explanation.rank:,} of {explanation.total:,} unread papers." if explanation.rank is not None else ""
    said = [text for kind in sorted(explanation.said) if (text := feedback_text(kind)) != explanation.verdict]
    return " ".join(filter(None, [rank, explanation.verdict, *said]))


def number_text(value: float) -> str:
    """Write what a part adds to a score.

    >>> number_text(1.26), number_text(-0.63), number_text(-0.01)
    ('+1.3', '−0.6', '0.0')
    """
    text = f"{value:+.1f}"
    return NOTHING if text in {"+0.0", "-0.0"} else text.replace("-", "−")
