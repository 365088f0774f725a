"""The line of a card that says why the paper is in the list: a thin edge before it, its marks emphasised.

Where a page of a PDF says so, the line begins with the page, in the colour of a link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from readinglist.domain.recommendation import WhyHere
from readinglist.ui import theme
from readinglist.ui.models.wording import why_parts

EDGE = 2  # px; the line is a remark beside the paper's own text, not a part of it
WORD = re.compile(r"\S+\s*|\s+")
ELLIPSIS = "…"
FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class WhyLine:
    """How such a line is set.

    Attributes:
        plain: Type of its text.
        strong: Type of its marks.
    """

    plain: QFont
    strong: QFont

    def is_cut(self, why: WhyHere, width: int) -> bool:
        """Tell whether a reason does not fit, so that a tooltip has something to add."""
        widths = (
            QFontMetricsF(self._font(is_mark=is_mark)).horizontalAdvance(text) for text, is_mark in why_parts(why)
        )
        return sum(widths) > width - EDGE - theme.S

    def paint(self, painter: QPainter, place: QRect, why: WhyHere, *, lines: int = 1) -> None:
        """Paint a reason, with an ellipsis where it does not fit.

        Args:
            painter: Over the card.
            place: Of all lines together.
            why: What to say.
            lines: How many there are.
        """
        painter.fillRect(QRect(place.left(), place.top() + 3, EDGE, place.height() - 6), theme.color("accent"))
        height = place.height() // lines
        start, right = place.left() + EDGE + theme.S, place.right() + 1
        left, line = float(start), 0
        words = list(_words(why))
        read, link = 0, link_length(why)
        for number, (word, is_mark) in enumerate(words, start=1):
            font = self._font(is_mark=is_mark)
            metrics = QFontMetricsF(font)
            if start < left and left + metrics.horizontalAdvance(word.rstrip()) > right and line + 1 < lines:
                left, line = float(start), line + 1
            painter.setFont(font)
            painter.setPen(theme.color("accent" if read < link else "ink" if is_mark else "ink-soft"))
            read += len(word)
            spot = QRect(round(left), place.top() + line * height, max(0, right - round(left)), height)
            # What does not fit is cut at the last word that leaves room for the ellipsis.
            rest = word if number == len(words) else word + ELLIPSIS
            if line + 1 == lines and left + metrics.horizontalAdvance(rest) > right:
                cut = word.rstrip() if number == len(words) else word.rstrip() + 2 * ELLIPSIS
                painter.drawText(spot, FLAGS, metrics.elidedText(cut, Qt.TextElideMode.ElideRight, right - left))
                return
            painter.drawText(spot, FLAGS, word)
            left += metrics.horizontalAdvance(word)

    def _font(self, *, is_mark: bool) -> QFont:
        return self.strong if is_mark else self.plain


def link_length(why: WhyHere) -> int:
    """Return how many characters at the beginning name the page that a click leads to; 0 if it leads nowhere.

    >>> link_length(WhyHere(text="Page 7: It is so.", place=PageOfPdf(sha256="a", page=7)))
    7
    """
    return max(0, why.text.find(":")) + 1 if why.place is not None else 0


def _words(why: WhyHere) -> Iterator[tuple[str, bool]]:
    for text, is_mark in why_parts(why):
        for word in WORD.findall(text) or [text]:
            yield word, is_mark
