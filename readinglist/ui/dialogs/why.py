"""“Why not this one?”: where a paper stands in For you, what its score is made of, or why it is left out."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Explanation, ScorePart
from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.widgets.labels import make_label

SIZE = (560, 420)
BAR_WIDTH, BAR_HEIGHT = 120, 8
SAID = {
    Feedback.MORE: ("You asked for more papers like it.", "&Take that back"),
    Feedback.LESS: ("You asked for fewer papers like it.", "&Take that back"),
    Feedback.HIDE: ("You hid it from For you.", "&Show it again"),
}


class PartBar(QWidget):
    """One part of a score as a bar: to the right of the middle it counts for the paper, to the left against it.

    Args:
        share: From -1 to 1, of the longest bar.
        parent: Owner.
    """

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(BAR_WIDTH, 20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = self.width() // 2, (self.height() - BAR_HEIGHT) // 2
        painter.fillRect(QRect(middle, 2, 1, self.height() - 4), theme.color("line-strong"))
        length = round(abs(self._share) * (self.width() // 2 - 2))
        if length:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if self._share > 0 else "warning"))
            left = middle + 1 if self._share > 0 else middle - length
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
        self.explain(verdict_text(explanation))
        self.lead.setProperty("role", "strong")
        if explanation.reasons:
            self.body.addWidget(make_label("What speaks for it", "why-for", role="secondary", parent=self))
            text = "\n".join(f"{reason}." for reason in explanation.reasons)
            self.reasons = make_label(text, "why-reasons", wraps=True, parent=self)
            self.reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(self.reasons)
        if explanation.parts:
            self.body.addSpacing(theme.XS)
            self.body.addWidget(make_label("What its score is made of", "why-made-of", role="secondary", parent=self))
            self.body.addLayout(self._build_parts(explanation.parts))
        self.body.addStretch(1)
        for kind in sorted(explanation.said):
            self._offer_back(kind)
        self.push_right()
        close = self.add_close_button()
        close.setDefault(True)
        close.setFocus()

    def _build_parts(self, parts: tuple[ScorePart, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(2, 1)
        most = max(abs(part.value) for part in parts) or 1.0
        for row, part in enumerate(parts):
            bar = PartBar(part.value / most, self)
            bar.setAccessibleName(f"{part.meaning} {number_text(part.value)}")
            number = QLabel(number_text(part.value), self)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(bar, row, 0)
            grid.addWidget(number, row, 1)
            grid.addWidget(make_label(part.meaning, f"why-part-{row}", wraps=True, parent=self), row, 2)
        return grid

    def _offer_back(self, kind: Feedback) -> None:
        sentence, word = SAID[kind]
        button = self.add_button(word, f"take-back-{kind}")
        button.setToolTip(sentence)
        button.clicked.connect(lambda: self._take_back(kind))

    def _take_back(self, kind: Feedback) -> None:
        self.show_wanted.emit(kind)
        self.accept()


def verdict_text(explanation: Explanation) -> str:
    """Say where a paper stands, in sentences."""
    if explanation.rank is None:
        return explanation.verdict
    return f"Rank {explanation.rank:,} of {explanation.total:,} unread papers. {explanation.verdict}"


def number_text(value: float) -> str:
    """Write what a part adds to a score.

    >>> number_text(1.26), number_text(-0.63), number_text(-0.01)
    ('+1.3', '−0.6', '0.0')
    """
    text = f"{value:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text.replace("-", "−")
