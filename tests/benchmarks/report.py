"""What a measurement found, against what it has to reach, as a table that is read from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

HEADINGS = ("what", "bar", "figure", "met")
LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured, in words.
        bar: What it has to reach, with its unit.
        figure: What it reached.
        is_met: Whether that is enough; None if it could not be measured here, and the figure says why.
    """

    what: str
    bar: str
    figure: str
    is_met: bool | None


def at_most(what: str, value: float, limit: float, unit: str = "") -> Row:
    """Make the row of a figure that must not exceed a limit."""
    return Row(what, f"<= {_words(limit, unit)}", _words(value, unit), value <= limit)


def at_least(what: str, value: float, limit: float, unit: str = "") -> Row:
    """Make the row of a figure that must reach a limit."""
    return Row(what, f">= {_words(limit, unit)}", _words(value, unit), value >= limit)


def exactly(what: str, value: object, wanted: object) -> Row:
    """Make the row of something that is right or wrong."""
    return Row(what, str(wanted), str(value), value == wanted)


def left_out(what: str, reason: str) -> Row:
    """Make the row of something that cannot be measured here."""
    return Row(what, "", f"{LEFT_OUT}: {reason}", None)


def print_table(rows: Sequence[Row], out: TextIO) -> None:
    """Print rows in aligned columns."""
    cells = [HEADINGS, *((row.what, row.bar, row.figure, _verdict(row)) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    for line in cells:
        out.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")
    out.flush()


def _verdict(row: Row) -> str:
    if row.is_met is None:
        return "-"
    return "yes" if row.is_met else "NO"


def _words(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {unit}".rstrip()
