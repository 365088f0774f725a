"""The pages of a PDF as the window knows them: sizes, words, links, contents, pictures, and what a search found.

Places are in points (1/72 inch) from the top left corner of a page as it is seen, with the rotation that the file asks
for; the first page is 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HYPHENS = frozenset("-\u00ad\u2010\u2011")  # with which a word is broken at the end of a line


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a page; `y` grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `bottom` is the larger number.

    >>> Rect(10, 10, 20, 30).height
    20
    """

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def contains(self, point: Point) -> bool:
        """Say whether a point lies inside or on the edge.

        >>> Rect(0, 0, 10, 10).contains(Point(10, 4))
        True
        """
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def overlaps_across(self, other: "Rect") -> bool:
        """Say whether one stands, at least partly, above or below the other."""
        return self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a page is seen.

    Attributes:
        width: In points.
        height: In points.
        rotation: Clockwise, 0, 90, 180 or 270 degrees, that the file asks for; already in width and height.
    """

    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInfo:
    """What is known of a PDF once it is open.

    Attributes:
        pages: One size for each page, at least one.
        is_encrypted: It is, whether or not a password was asked for.
        is_repaired: It was damaged, and what could be saved of it is shown.
    """

    pages: tuple[PageSize, ...]
    is_encrypted: bool
    is_repaired: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page.

    Attributes:
        rect: Where it stands.
        text: As it is seen, without ligatures and hidden characters.
        block: Number of its paragraph or column on the page.
        line: Number of its line in the block.
        edges: Where its letters begin, from left to right, and where the last one ends; empty where nobody knows.
    """

    rect: Rect
    text: str
    block: int
    line: int
    edges: tuple[float, ...] = ()

    @property
    def is_sideways(self) -> bool:
        """It is set from top to bottom, or the other way round."""
        return self.rect.height > self.rect.width and len(self.text) > 2

    def edge(self, place: int) -> float:
        """Return how far from the left a letter begins; all are taken for equally wide where nobody knows better.

        >>> Word(Rect(10, 0, 30, 9), "ab", 0, 0).edge(1)
        20.0
        """
        if self.edges:
            return self.edges[place]
        return self.rect.left + self.rect.width * place / len(self.text)

    def cut(self, start: int, end: int) -> "Word":
        """Return a part of the word, from one letter to before another one.

        >>> Word(Rect(0, 0, 30, 9), "abc", 0, 0).cut(1, 3)
        Word(rect=Rect(left=10.0, top=0, right=30.0, bottom=9), text='bc', block=0, line=0, edges=())
        """
        rect = self.rect
        if not self.is_sideways:
            rect = Rect(self.edge(start), rect.top, self.edge(end), rect.bottom)
        return Word(rect, self.text[start:end], self.block, self.line, self.edges[start : end + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A place that leads to another place, in the document or outside; one of `page` and `address` is given.

    Attributes:
        rect: Where to click.
        page: Where it leads inside the document.
        point: The place on that page; None where the link names the page only.
        address: Where it leads outside: `http`, `https` or `mailto`; never a file or a program.
    """

    rect: Rect
    page: int | None = None
    point: Point | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A heading in the table of contents.

    Attributes:
        level: 1 for the outermost.
        title: On one line.
        page: Where it leads; None if it leads nowhere.
        point: The place on that page; None for its top.
    """

    level: int
    title: str
    page: int | None
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A place where the text that was searched for stands.

    Attributes:
        page: On which page.
        rects: One for each line that it covers, in reading order.
        before: A few words before it.
        text: As it stands there.
        after: A few words after it.
    """

    page: int
    rects: tuple[Rect, ...]
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPart:
    """What a part of the document had; ask again for the rest, from `next_page` on.

    Attributes:
        hits: In reading order.
        next_page: The first page that was not searched; None at the end.
    """

    hits: tuple[SearchHit, ...]
    next_page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """The text of some pages; ask again for the rest, from `next_page` on.

    Attributes:
        first_page: Number of the first of `pages`.
        pages: One text for each page, empty where a page has none.
        next_page: The first page that was not read; None at the end.
    """

    first_page: int
    pages: tuple[str, ...]
    next_page: int | None


@dataclass(frozen=True, slots=True)
class DarkColours:
    """How a dark page looks.

    Attributes:
        paper: What white becomes, as 0xRRGGBB.
        ink: What black becomes.
    """

    paper: int
    ink: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWanted:
    """A picture of a page, or of a part of it, to be made.

    Attributes:
        page: Which page.
        scale: Pixels for each point.
        rotation: Clockwise, 0, 90, 180 or 270 degrees, beyond what the file asks for.
        clip: The part that is wanted, in points of the page before `rotation`; None for all of it.
        dark: The colours of a dark page, on which pictures stay as they are; None leaves all colours alone.
        without: Ids of annotations in the file that are left out, because somebody else draws them.
    """

    page: int
    scale: float
    rotation: int = 0
    clip: Rect | None = None
    dark: DarkColours | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePicture:
    """A picture of a page.

    Attributes:
        width: In pixels.
        height: In pixels.
        stride: Bytes of a row.
        scale: Pixels for each point; smaller than asked for where the picture would have become too large.
        pixels: Blue, green, red and one that means nothing, a byte each, row by row from the top: as screens have them.
    """

    width: int
    height: int
    stride: int
    scale: float
    pixels: bytes


def line_rects(words: Iterable[Word]) -> tuple[Rect, ...]:
    """Return one rectangle for each line that the words stand in, in their order; for selections and highlights.

    >>> line = [Word(Rect(0, 0, 5, 9), "a", 0, 0), Word(Rect(6, 1, 9, 9), "b", 0, 0)]
    >>> line_rects([*line, Word(Rect(0, 9, 5, 18), "c", 0, 1)])
    (Rect(left=0, top=0, right=9, bottom=9), Rect(left=0, top=9, right=5, bottom=18))
    """
    found: dict[tuple[int, int], Rect] = {}
    for word in words:
        place, rect = (word.block, word.line), word.rect
        seen = found.get(place, rect)
        found[place] = Rect(
            min(seen.left, rect.left),
            min(seen.top, rect.top),
            max(seen.right, rect.right),
            max(seen.bottom, rect.bottom),
        )
    return tuple(found.values())


def plain_text(words: Sequence[Word]) -> str:
    """Return words as running text on one line; a word broken at the end of a line is one word again.

    >>> plain_text([Word(Rect(0, 0, 9, 9), "deep", 0, 0), Word(Rect(9, 0, 20, 9), "learn-", 0, 0),
    ...             Word(Rect(0, 9, 9, 18), "ing", 0, 1)])
    'deep learning'
    """
    text = ""
    for number, word in enumerate(words):
        text += word.text
        if number + 1 == len(words):
            break
        if not is_broken(word, words[number + 1]):
            text += " "
        elif words[number + 1].text[0].islower():
            text = text[:-1]
    return text


def is_broken(word: Word, following: Word) -> bool:
    """Say whether a word ends in a hyphen and the next one stands in another line."""
    return (
        word.text[-1] in HYPHENS and len(word.text) > 1 and (word.block, word.line) != (following.block, following.line)
    )
