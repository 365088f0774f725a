"""Where a page has what a search found: a sentence, told by its letters alone, or words in any of their forms.

The text that was searched and the words of the page come from the same file in two ways. So a sentence is looked for
without regard to spaces, hyphens, ligatures and signs, and where something stands between its lines, a footnote or the
head of the next column, its parts are looked for one by one.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import HYPHENS, Rect, Word, line_rects
from readinglist.domain.recommendation import PageOfPdf
from readinglist.domain.word_forms import fold_letters, pattern_of

MOST_WORDS = 20_000  # of a page that is looked through; drawings made of letters have more
LEAST_PART = 14  # letters of a part of a sentence that is told from chance
LEAST_SHARE = 0.5  # of a sentence's letters that must be on the page
REACH = 2000  # letters between the longest part and another one
BRIDGED = 24  # letters of the page between two parts: a formula that was read in another way


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """What is to be marked on a page.

    Attributes:
        page: Its number.
        rects: What was found, one rectangle for each line of it.
        others: More of the same on that page.
        view: What is to be seen first.
        phrase: What to search for to find more of the same; empty where that is a whole sentence.
    """

    page: int
    rects: tuple[Rect, ...]
    others: tuple[Rect, ...]
    view: Rect
    phrase: str


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters of a page, each with the number of its word and its place there."""

    text: str
    owners: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word or phrase on a page.

    Attributes:
        text: In one piece.
        parts: Numbers of words, the first letter and the end of each; what is broken at the end of a line has two.
    """

    text: str
    parts: tuple[tuple[int, int, int], ...]

    @property
    def number(self) -> int:
        """Of its first word."""
        return self.parts[0][0]

    def cut(self, words: PageWords) -> list[Word]:
        """Return the words as far as they belong to it."""
        return [words[number].cut(start, end) for number, start, end in self.parts]


def find_place(words: PageWords, place: PageOfPdf) -> FoundPlace | None:
    """Return what to mark on a page, for what was found there; None if it cannot be told.

    Args:
        words: Of the page.
        place: What was found.
    """
    if not place.said or not words or len(words) > MOST_WORDS:
        return None
    said = [run for run in _find_said(words, place.said) if run]
    if not place.forms:
        return _place_of(place.page, [words[run.start : run.stop] for run in said]) if said else None
    marks = list(_find_forms(words, place))
    inside = [mark for mark in marks if any(mark.number in run for run in said)] or marks[:1]
    if not inside:
        return None
    others = [mark.cut(words) for mark in marks if mark not in inside]
    return _place_of(place.page, [mark.cut(words) for mark in inside], others, inside[0].text)


def _place_of(
    page: int, marks: Sequence[Sequence[Word]], others: Sequence[Sequence[Word]] = (), phrase: str = ""
) -> FoundPlace:
    rects = tuple(rect for mark in marks for rect in line_rects(mark))
    return FoundPlace(
        page=page,
        rects=rects,
        others=tuple(rect for mark in others for rect in line_rects(mark)),
        view=_view_of(rects),
        phrase=phrase,
    )


def _view_of(rects: Sequence[Rect]) -> Rect:
    """Return the rectangle around the first lines, as far as they stand below each other."""
    left, top, right, bottom = rects[0].left, rects[0].top, rects[0].right, rects[0].bottom
    for above, rect in pairwise(rects):
        if rect.top < above.top or rect.top - above.bottom > above.height:
            break
        left, right, bottom = min(left, rect.left), max(right, rect.right), max(bottom, rect.bottom)
    return Rect(left, top, right, bottom)


def _find_said(words: PageWords, said: str) -> list[range]:
    """Return the words that a text stands in, in reading order; empty if too little of it is there."""
    letters, wanted = _bare_letters(words.texts), _bare(said)
    parts = _parts(wanted, letters.text)
    if sum(length for _, length in parts) < LEAST_SHARE * len(wanted):
        return []
    runs: list[range] = []
    end = -BRIDGED - 1  # of the last run, in letters of the page
    for start, length in sorted(parts):
        first, last = letters.owners[start][0], letters.owners[start + length - 1][0]
        if start - end <= BRIDGED and runs:
            runs[-1] = range(runs[-1].start, max(runs[-1].stop, last + 1))
        else:
            runs.append(range(first, last + 1))
        end = max(end, start + length)
    return runs


def _parts(wanted: str, text: str) -> list[tuple[int, int]]:
    """Return where parts of a text stand, with their lengths; all of it where it stands in one piece."""
    if not wanted:
        return []
    if (whole := text.find(wanted)) >= 0:
        return [(whole, len(wanted))]
    cut: list[str] = []
    at = 0
    while len(wanted) - at >= LEAST_PART:
        length = _common(wanted, at, text)
        if length >= LEAST_PART:
            cut.append(wanted[at : at + length])
        at += length if length >= LEAST_PART else 1
    if not cut:
        return []
    anchor = text.find(max(cut, key=len))
    nearest = [(min(_places(part, text), key=lambda place: abs(place - anchor)), len(part)) for part in cut]
    return [(place, length) for place, length in nearest if abs(place - anchor) <= REACH]


def _common(wanted: str, at: int, text: str) -> int:
    """Return how many letters from a place on stand together somewhere in a text; 0 if fewer than a part has."""
    if wanted[at : at + LEAST_PART] not in text:
        return 0
    known, most = LEAST_PART, len(wanted) - at
    while known < most:
        middle = (known + most + 1) // 2
        if wanted[at : at + middle] in text:
            known = middle
        else:
            most = middle - 1
    return known


def _places(part: str, text: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _bare_letters(texts: Sequence[str]) -> _Letters:
    found: list[str] = []
    owners: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        for place, letter in enumerate(text):
            bare = _bare_letter(letter)
            found.append(bare)
            owners += [(number, place)] * len(bare)
    return _Letters("".join(found), owners)


def _bare(text: str) -> str:
    return "".join(map(_bare_letter, text))


@lru_cache(maxsize=4096)
def _bare_letter(letter: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", letter.casefold()) if one.isalnum())


def _find_forms(words: PageWords, place: PageOfPdf) -> Iterator[_Mark]:
    """Yield where words stand that are asked for, in reading order."""
    pattern = pattern_of(place.forms)
    found: dict[tuple[int, int], _Mark] = {}
    for is_joined in (True, False):  # at-tention is a word without its hyphen, well-known one with it
        letters = _spaced_letters(words, is_joined=is_joined)
        for hit in pattern.finditer(fold_letters(letters.text)):
            parts: dict[int, tuple[int, int, int]] = {}
            for number, place_in_word in letters.owners[hit.start() : hit.end()]:
                if place_in_word >= 0:
                    start = parts[number][1] if number in parts else place_in_word
                    parts[number] = (number, start, place_in_word + 1)
            if parts:
                mark = _Mark(letters.text[hit.start() : hit.end()], tuple(parts.values()))
                found.setdefault(mark.parts[0][:2], mark)
    yield from (found[key] for key in sorted(found))


def _spaced_letters(words: PageWords, *, is_joined: bool) -> _Letters:
    """Return the words with spaces between them; what is broken at the end of a line in one piece, if wanted so."""
    text: list[str] = []
    owners: list[tuple[int, int]] = []
    for number, word in enumerate(words.texts):
        text += word
        owners += [(number, place) for place in range(len(word))]
        is_hyphened = word[-1] in HYPHENS and len(word) > 1
        if is_hyphened and number + 1 < len(words) and words.line_of(number) != words.line_of(number + 1):
            if is_joined:
                del text[-1], owners[-1]
        else:
            text.append(" ")
            owners.append((number, -1))
    return _Letters("".join(text), owners)
