"""Aligned columns that fit the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.cli.terminal import printable, shorten, width_of

GAP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        is_right: Aligned right, as numbers are.
        least: A column is never made narrower than this; 0 keeps its natural width.
    """

    heading: str
    is_right: bool = False
    least: int = 0


def render_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> tuple[str, list[str]]:
    """Lay rows out.

    Args:
        columns: One for each cell of a row; those that are empty in all rows are left out.
        rows: Cells as they are; line breaks become spaces.
        width: Columns of the terminal to fit into, as far as the columns' least widths allow.

    Returns:
        The heading line and the lines, without blanks at their ends.
    """
    cells = [[printable(" ".join(cell.split())) for cell in row] for row in rows]
    used = [index for index in range(len(columns)) if any(row[index] for row in cells)]
    shown = [columns[index] for index in used]
    table = [[row[index] for index in used] for row in cells]
    widths = _fit(shown, table, width)
    heading = _line([column.heading for column in shown], shown, widths)
    return heading, [_line(row, shown, widths) for row in table]


def _fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Find each column's width: the natural one, or less for the widest flexible ones until all fit."""
    widths = [
        max([width_of(column.heading), *(width_of(row[index]) for row in rows)]) for index, column in enumerate(columns)
    ]
    excess = sum(widths) + len(GAP) * (len(columns) - 1) - width
    flexible = [index for index, column in enumerate(columns) if column.least]
    while excess > 0:
        index = max(flexible, key=lambda one: widths[one] - columns[one].least, default=-1)
        if index < 0 or widths[index] <= columns[index].least:
            break
        widths[index] -= 1
        excess -= 1
    return widths


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    padded = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = shorten(cell, width)
        blanks = " " * (width - width_of(text))
        padded.append(blanks + text if column.is_right else text + blanks)
    return GAP.join(padded).rstrip()
