"""Setting text in a given number of lines, the last one ending in an ellipsis where it does not fit."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QTextLayout, QTextOption

from readinglist.domain.paper import PaperRow
from readinglist.ui.models.wording import NAMES_SHOWN, SEPARATOR, authors_text

LONGEST = 1000  # characters looked at: more never fit into two lines


@lru_cache(maxsize=4096)
def break_lines(text: str, font_key: str, width: int, count: int) -> tuple[str, ...]:
    """Return the lines of a text.

    Args:
        text: On one line.
        font_key: `QFont.toString()` of the type, so that the answer can be remembered.
        width: Of a line, px.
        count: Most lines.
    """
    font = QFont()
    font.fromString(font_key)
    text = text[:LONGEST]
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        if len(lines) == count - 1:
            rest = text[start:]
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return tuple(lines)


def line_with_authors(row: PaperRow, rest: Sequence[str], metrics: QFontMetrics, width: int) -> str:
    """Return what follows a status on its line: who wrote a paper, and the rest; rather fewer names than no date.

    The last that is left is the first author.

    Args:
        row: The paper.
        rest: What stands behind the names; what is empty is left out.
        metrics: Of the type.
        width: Room for it, px.
    """
    forms = [(authors_text(row, most), *rest) for most in range(NAMES_SHOWN, 0, -1)]
    if len(row.authors) > 1:
        first = f"{row.authors[0]} et al."
        forms += [(first, *rest), (first,)]
    lines = ["".join(SEPARATOR + fact for fact in form if fact) for form in forms]
    fitting = (line for line in lines if metrics.horizontalAdvance(line) <= width)
    return next(fitting, None) or metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, width)
