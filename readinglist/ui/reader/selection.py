"""Words that the reader has chosen, from one place to another in reading order, also over several pages.

Knows nothing of Qt.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from readinglist.domain.pages import Point, Rect, Word, line_rects, plain_text

Words = Callable[[int], Sequence[Word] | None]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A word: the number of its page, and its place among the words of that page from 0 on."""

    page: int
    word: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything between two words, with both.

    Attributes:
        anchor: Where it was begun.
        head: Where the pointer or the keyboard is.
    """

    anchor: Spot
    head: Spot

    @property
    def first(self) -> Spot:
        """The word that is read first."""
        return min(self.anchor, self.head)

    @property
    def last(self) -> Spot:
        """The word that is read last."""
        return max(self.anchor, self.head)

    @property
    def pages(self) -> range:
        """The pages that it touches."""
        return range(self.first.page, self.last.page + 1)

    def words_on(self, page: int, words: Sequence[Word]) -> Sequence[Word]:
        """Return the chosen words of a page."""
        if page not in self.pages:
            return ()
        start = self.first.word if page == self.first.page else 0
        end = self.last.word + 1 if page == self.last.page else len(words)
        return words[start:end]

    def rects_on(self, page: int, words: Sequence[Word]) -> tuple[Rect, ...]:
        """Return one rectangle for each line of it on a page."""
        return line_rects(self.words_on(page, words))

    def text(self, words: Words) -> str:
        """Return what it says; paragraphs on lines of their own, and words broken at line ends whole again."""
        return "\n".join(self._paragraphs(words))

    def _paragraphs(self, words: Words) -> Iterator[str]:
        for page in self.pages:
            paragraph: list[Word] = []
            for word in self.words_on(page, words(page) or ()):
                if paragraph and word.block != paragraph[-1].block:
                    yield plain_text(paragraph)
                    paragraph = []
                paragraph.append(word)
            if paragraph:
                yield plain_text(paragraph)


def find_nearest(point: Point, words: Sequence[Word]) -> int | None:
    """Return the word that a pointer means: of the nearest paragraph the nearest line, of that the nearest word.

    So the end of a short line is not lost to the column beside it.

    >>> find_nearest(Point(12, 5), [Word(Rect(0, 0, 9, 9), "a", 0, 0), Word(Rect(11, 0, 20, 9), "b", 0, 0)])
    1
    """
    if not words:
        return None
    blocks = _boxes((word.block, word.rect) for word in words)
    block = min(blocks, key=lambda one: (_distance(point, blocks[one]), blocks[one].width * blocks[one].height))
    inside = [place for place, word in enumerate(words) if word.block == block]
    lines = _boxes((words[place].line, words[place].rect) for place in inside)
    line = min(lines, key=lambda one: abs(lines[one].centre.y - point.y) - lines[one].height / 2)
    return min(
        (place for place in inside if words[place].line == line),
        key=lambda place: max(words[place].rect.left - point.x, 0.0, point.x - words[place].rect.right),
    )


def find_word(point: Point, words: Sequence[Word]) -> int | None:
    """Return the word at a point; None if there is none."""
    return next((place for place, word in enumerate(words) if word.rect.contains(point)), None)


def line_of(place: int, words: Sequence[Word]) -> tuple[int, int]:
    """Return the first and the last word of the line that a word stands in."""
    line = (words[place].block, words[place].line)
    inside = [number for number, word in enumerate(words) if (word.block, word.line) == line]
    return inside[0], inside[-1]


def stepped(selection: Selection, by: int, words: Words, page_count: int) -> Selection:
    """Return the selection with its head some words on (or back, if negative), over the ends of pages."""
    page, place = selection.head.page, selection.head.word + by
    while place < 0 and page > 1:
        page -= 1
        place += len(words(page) or ())
    while page < page_count and place >= len(words(page) or ()):
        place -= len(words(page) or ())
        page += 1
    count = len(words(page) or ())
    return replace(selection, head=Spot(page, max(0, min(place, count - 1)))) if count else selection


def stepped_line(selection: Selection, by: int, words: Words) -> Selection:
    """Return the selection with its head in the line below (1) or above (-1), as near as can be to the same column."""
    here = words(selection.head.page) or ()
    if not 0 <= selection.head.word < len(here):
        return selection
    first, last = line_of(selection.head.word, here)
    beside = last + 1 if by > 0 else first - 1
    if not 0 <= beside < len(here):
        return replace(selection, head=Spot(selection.head.page, len(here) - 1 if by > 0 else 0))
    start, end = line_of(beside, here)
    column = here[selection.head.word].rect.centre.x
    nearest = min(range(start, end + 1), key=lambda place: abs(here[place].rect.centre.x - column))
    return replace(selection, head=Spot(selection.head.page, nearest))


def _boxes(parts: Iterable[tuple[int, Rect]]) -> dict[int, Rect]:
    """Return the rectangle around the parts of each number."""
    found: dict[int, Rect] = {}
    for number, rect in parts:
        seen = found.get(number, rect)
        found[number] = Rect(
            min(seen.left, rect.left),
            min(seen.top, rect.top),
            max(seen.right, rect.right),
            max(seen.bottom, rect.bottom),
        )
    return found


def _distance(point: Point, rect: Rect) -> float:
    across = max(rect.left - point.x, 0.0, point.x - rect.right)
    down = max(rect.top - point.y, 0.0, point.y - rect.bottom)
    return across**2 + down**2
