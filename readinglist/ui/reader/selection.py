"""What the reader has chosen, from one place to another in reading order, by words or letters, also over pages.

Knows nothing of Qt.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import Point, Rect, Word, line_rects, plain_text

Words = Callable[[int], Sequence[Word] | None]


WHOLE = -1
LAST = 2**31 - 1  # the last word of a page, before anybody knows how many it has


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the text.

    Attributes:
        page: Its number.
        word: Place of the word among those of the page, from 0 on.
        letter: The letter that the place is before, from 0 on; as many as the word has for its end. `WHOLE` means all
            of the word, on whichever side of it the selection lies.
    """

    page: int
    word: int
    letter: int = WHOLE


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything between two places.

    Attributes:
        anchor: Where it was begun.
        head: Where the pointer or the keyboard is.
    """

    anchor: Spot
    head: Spot

    @property
    def first(self) -> Spot:
        """The place that is read first."""
        return min(self.anchor, self.head)

    @property
    def last(self) -> Spot:
        """The place that is read last."""
        return max(self.anchor, self.head)

    @property
    def pages(self) -> range:
        """The pages that it touches."""
        return range(self.first.page, self.last.page + 1)

    def words_on(self, page: int, words: Sequence[Word]) -> Sequence[Word]:
        """Return the chosen words of a page, the first and the last as far as they are chosen."""
        return self._cut_words(page, words, self._places_on(page, words))

    def rects_on(self, page: int, words: Sequence[Word]) -> tuple[Rect, ...]:
        """Return one rectangle for each line of it on a page."""
        places = self._places_on(page, words)
        if not places:
            return ()
        packed = _packed(words)
        first, last = packed.line_span(places[0])[1] + 1, packed.line_span(places[-1])[0]
        if first >= last:  # not a whole line in between
            return line_rects(self._cut_words(page, packed, places))
        whole = [packed.line_rect(line) for line in range(packed.line_of(first), packed.line_of(last))]
        begun = self._cut_words(page, packed, range(places[0], first))
        ended = self._cut_words(page, packed, range(last, places[-1] + 1))
        return (*line_rects(begun), *whole, *line_rects(ended))

    def text(self, words: Words) -> str:
        """Return what it says; paragraphs on lines of their own, and words broken at line ends whole again."""
        return "\n".join(self._paragraphs(words))

    @property
    def is_empty(self) -> bool:
        """Nothing lies between the two places."""
        return self.anchor == self.head and self.head.letter != WHOLE

    def _places_on(self, page: int, words: Sequence[Word]) -> range:
        if page not in self.pages:
            return range(0)
        start = self.first.word if page == self.first.page else 0
        end = self.last.word + 1 if page == self.last.page else len(words)
        return range(start, min(end, len(words)))

    def _cut_words(self, page: int, words: Sequence[Word], places: range) -> Sequence[Word]:
        chosen = [self._cut(Spot(page, place), words[place]) for place in places]
        return [word for word in chosen if word.text]

    def _cut(self, at: Spot, word: Word) -> Word:
        first, last = self.first, self.last
        is_first, is_last = (spot.page == at.page and spot.word == at.word for spot in (first, last))
        start = max(0, first.letter) if is_first else 0
        end = last.letter if is_last and last.letter != WHOLE else len(word.text)
        return word if (start, end) == (0, len(word.text)) else word.cut(start, end)

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
    """Return the word that a pointer means, wherever it is on the page; None on a page without words."""
    return _packed(words).find_nearest(point)


def letter_at(point: Point, word: Word) -> int:
    """Return the letter before which a pointer stands, or `WHOLE` where that cannot be told.

    >>> [letter_at(Point(x, 5), Word(Rect(0, 0, 30, 9), "abc", 0, 0)) for x in (-9, 4, 6, 99)]
    [0, 0, 1, 3]
    """
    if word.is_sideways:
        return WHOLE
    return min(range(len(word.text) + 1), key=lambda place: abs(word.edge(place) - point.x))


def find_word(point: Point, words: Sequence[Word]) -> int | None:
    """Return the word at a point; None if there is none."""
    return _packed(words).find_word(point)


def line_of(place: int, words: Sequence[Word]) -> tuple[int, int]:
    """Return the first and the last word of the line that a word stands in."""
    return _packed(words).line_span(place)


def paragraph_of(place: int, words: Sequence[Word]) -> tuple[int, int]:
    """Return the first and the last word of the paragraph that a word stands in."""
    return _packed(words).block_span(place)


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


def stepped_letter(selection: Selection, by: int, words: Words, page_count: int) -> Selection:
    """Return the selection with its head one letter on (1) or back (-1), over the ends of words and pages."""
    head, here = selection.head, words(selection.head.page) or ()
    if not 0 <= head.word < len(here):
        return selection
    length = len(here[head.word].text)
    whole = length if head >= selection.anchor else 0  # on which side of the word the head is
    letter = (whole if head.letter == WHOLE else head.letter) + by
    if 0 <= letter <= length:
        return replace(selection, head=replace(head, letter=letter))
    beside = stepped(selection, by, words, page_count).head
    if beside.page == head.page and beside.word == head.word:  # the end of the text
        return selection
    text = (words(beside.page) or ())[beside.word].text
    return replace(selection, head=replace(beside, letter=1 if by > 0 else len(text) - 1))


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


def _packed(words: Sequence[Word]) -> PageWords:
    return words if isinstance(words, PageWords) else PageWords.of(words)
