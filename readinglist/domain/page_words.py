"""The words of one page, packed: thousands of them are a few arrays, and what stands at a place is found at once.

A word is made when somebody asks for it. Words come line by line and paragraph by paragraph, in reading order.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import overload

from typing_extensions import override

from readinglist.domain.pages import Point, Rect, Word
from readinglist.domain.rect_grid import RectGrid

FEW_LINES = 24  # of a paragraph: looking at all of them is no work


def _doubles() -> "array[float]":
    return array("d")


def _starts() -> "array[int]":
    return array("i", (0,))


def _numbers() -> "array[int]":
    return array("i")


@dataclass(slots=True, kw_only=True)
class Tables:
    """What `PageWords` consists of; all rectangles are four numbers each: left, top, right, bottom.

    Attributes:
        rects: Of the words.
        edge_starts: Where the edges of each word begin, and the end of all.
        edges: Of letters, as `Word` has them.
        line_starts: The first word of each line, and the end of all.
        line_names: Block and line, as `Word` has them, of each line.
        line_rects: Around the words of each line.
        block_starts: The first line of each paragraph, and the end of all.
        block_rects: Around its lines.
    """

    rects: "array[float]" = field(default_factory=_doubles)
    edge_starts: "array[int]" = field(default_factory=_starts)
    edges: "array[float]" = field(default_factory=_doubles)
    line_starts: "array[int]" = field(default_factory=_starts)
    line_names: "array[int]" = field(default_factory=_numbers)
    line_rects: "array[float]" = field(default_factory=_doubles)
    block_starts: "array[int]" = field(default_factory=_starts)
    block_rects: "array[float]" = field(default_factory=_doubles)


class PageWords(Sequence[Word]):
    """The words of a page.

    Args:
        texts: Of the words.
        tables: The rest.

    Raises:
        ValueError: The parts do not belong together.
    """

    __slots__ = ("_grid", "_sorted_lines", "tables", "texts")

    def __init__(self, texts: Sequence[str], tables: Tables) -> None:
        self.texts = texts
        self.tables = tables
        self._check()
        self._grid = RectGrid(tables.block_rects)
        self._sorted_lines: dict[int, _Lines] = {}

    @classmethod
    def of(cls, words: Iterable[Word]) -> "PageWords":
        """Pack words.

        >>> PageWords.of([Word(Rect(0, 0, 9, 9), "deep", 0, 0)])[0].text
        'deep'
        """
        texts: list[str] = []
        tables = Tables()
        for _, block in groupby(words, key=lambda word: word.block):
            for (number, line), found in groupby(block, key=lambda word: (word.block, word.line)):
                for word in found:
                    texts.append(word.text)
                    tables.rects.extend(_numbers_of(word.rect))
                    tables.edges.extend(word.edges)
                    tables.edge_starts.append(len(tables.edges))
                tables.line_names.extend((number, line))
                tables.line_rects.extend(_around(tables.rects, tables.line_starts[-1], len(texts)))
                tables.line_starts.append(len(texts))
            lines = len(tables.line_starts) - 1
            tables.block_rects.extend(_around(tables.line_rects, tables.block_starts[-1], lines))
            tables.block_starts.append(lines)
        return cls(texts, tables)

    def find_word(self, point: Point) -> int | None:
        """Return the word at a point; None if there is none."""
        found = []
        for block in self._grid.at(point):
            for line in self._lines(block).near(point.y):
                places = range(self.tables.line_starts[line], self.tables.line_starts[line + 1])
                found += [place for place in places if self.rect(place).contains(point)][:1]
        return min(found, default=None)

    def find_nearest(self, point: Point) -> int | None:
        """Return the word that a pointer means: of the nearest paragraph the nearest line, of that the nearest word.

        So the end of a short line is not lost to the column beside it.

        >>> words = [Word(Rect(0, 0, 9, 9), "a", 0, 0), Word(Rect(11, 0, 20, 9), "b", 0, 0)]
        >>> PageWords.of(words).find_nearest(Point(12, 5))
        1
        """
        block = self._grid.nearest(point)
        if block is None:
            return None
        line = self._lines(block).nearest(point.y)
        rects = self.tables.rects
        return min(
            range(self.tables.line_starts[line], self.tables.line_starts[line + 1]),
            key=lambda place: max(rects[4 * place] - point.x, 0.0, point.x - rects[4 * place + 2]),
        )

    def rect(self, place: int) -> Rect:
        """Return where a word stands."""
        return Rect(*self.tables.rects[4 * place : 4 * place + 4])

    def line_of(self, place: int) -> int:
        """Return the line that a word stands in, counted over the page."""
        return bisect_right(self.tables.line_starts, place) - 1

    def line_rect(self, line: int) -> Rect:
        """Return the rectangle around a line."""
        return Rect(*self.tables.line_rects[4 * line : 4 * line + 4])

    def line_span(self, place: int) -> tuple[int, int]:
        """Return the first and the last word of the line that a word stands in."""
        line = self.line_of(place)
        return self.tables.line_starts[line], self.tables.line_starts[line + 1] - 1

    def block_span(self, place: int) -> tuple[int, int]:
        """Return the first and the last word of the paragraph that a word stands in."""
        starts = self.tables.block_starts
        block = bisect_right(starts, self.line_of(place)) - 1
        return self.tables.line_starts[starts[block]], self.tables.line_starts[starts[block + 1]] - 1

    def _lines(self, block: int) -> "_Lines":
        if block not in self._sorted_lines:
            first, after = self.tables.block_starts[block : block + 2]
            self._sorted_lines[block] = _Lines(self.tables.line_rects, range(first, after))
        return self._sorted_lines[block]

    def _word(self, place: int) -> Word:
        tables, line = self.tables, self.line_of(place)
        edges = tables.edges[tables.edge_starts[place] : tables.edge_starts[place + 1]]
        text = self.texts[place]
        letters = tuple(edges) if len(edges) == len(text) + 1 else ()
        return Word(self.rect(place), text, tables.line_names[2 * line], tables.line_names[2 * line + 1], letters)

    def _check(self) -> None:
        tables, count = self.tables, len(self.texts)
        lines, blocks = len(tables.line_starts) - 1, len(tables.block_starts) - 1
        is_whole = (
            (len(tables.rects), len(tables.line_rects), len(tables.block_rects)) == (4 * count, 4 * lines, 4 * blocks)
            and (len(tables.line_names), len(tables.edge_starts)) == (2 * lines, count + 1)
            and _rises(tables.edge_starts, len(tables.edges), is_strict=False)
            and _rises(tables.line_starts, count, is_strict=True)
            and _rises(tables.block_starts, lines, is_strict=True)
            and all(self.texts)
        )
        if not is_whole:
            message = "words whose parts do not belong together"
            raise ValueError(message)

    @override
    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Word: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Word]: ...

    @override
    def __getitem__(self, place: int | slice) -> Word | Sequence[Word]:
        if isinstance(place, slice):
            return tuple(self._word(one) for one in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            message = f"no word {place}"
            raise IndexError(message)
        return self._word(place % len(self))

    @override
    def __iter__(self) -> Iterator[Word]:
        return map(self._word, range(len(self)))


class _Lines:
    """The lines of a paragraph by height.

    Args:
        rects: Of all lines of the page.
        lines: Those of the paragraph.
    """

    __slots__ = ("_heights", "_lines", "_middles", "_most")

    def __init__(self, rects: "array[float]", lines: Iterable[int]) -> None:
        facts = sorted(((rects[4 * one + 1] + rects[4 * one + 3]) / 2, one) for one in lines)
        self._middles = [middle for middle, _ in facts]
        self._lines = [one for _, one in facts]
        self._heights = [(rects[4 * one + 3] - rects[4 * one + 1]) / 2 for one in self._lines]
        self._most = max(self._heights)

    def near(self, y: float) -> list[int]:
        """Return the lines at a height, in reading order."""
        first = bisect_left(self._middles, y - self._most)
        after = bisect_right(self._middles, y + self._most)
        return sorted(
            self._lines[place]
            for place in range(first, after)
            if abs(self._middles[place] - y) <= self._heights[place] + 1e-9
        )

    def nearest(self, y: float) -> int:
        """Return the line that is nearest to a height, the first one of several."""
        if len(self._lines) <= FEW_LINES:
            places: Iterable[int] = range(len(self._lines))
        else:
            middle = bisect_left(self._middles, y)
            closest = min(
                abs(self._middles[place] - y) for place in (middle - 1, middle) if 0 <= place < len(self._lines)
            )
            first = bisect_left(self._middles, y - closest - self._most)
            places = range(first, bisect_right(self._middles, y + closest + self._most))
        return min((abs(self._middles[place] - y) - self._heights[place], self._lines[place]) for place in places)[1]


def _numbers_of(rect: Rect) -> tuple[float, float, float, float]:
    return rect.left, rect.top, rect.right, rect.bottom


def _around(rects: "array[float]", first: int, after: int) -> tuple[float, float, float, float]:
    """Return the rectangle around some of several."""
    part = rects[4 * first : 4 * after]
    return min(part[0::4]), min(part[1::4]), max(part[2::4]), max(part[3::4])


def _rises(starts: "array[int]", end: int, *, is_strict: bool) -> bool:
    """Say whether numbers go from 0 to the end without ever falling."""
    pairs = pairwise(starts)
    rises = all(one < other for one, other in pairs) if is_strict else all(one <= other for one, other in pairs)
    return bool(starts) and starts[0] == 0 and starts[-1] == end and rises
