"""Passages of a PDF's text: where they begin and end, so that each can be read and compared by itself.

A passage lies within a page and ends with a sentence, where there is room with a paragraph; it begins with the last
sentences of the one before, so that what is said across a border is whole in one of them. What is printed on every
page, lists of references and tables of numbers are left out where they are easy to tell.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.domain.word_forms import UNSPACED

CUT = 1  # raised when texts are cut in another way; those cut before are then cut anew
MOST_WORDS = 180  # the default model reads 256 parts of words: more would be cut off
ENOUGH_WORDS = 130  # then the end of a paragraph is an end
OVERLAP_WORDS = 30
LEAST_WORDS = 12  # fewer are headings and captions of axes
UNSPACED_WORD = 2  # letters of a script without spaces that are about a word
LETTERS = 0.6  # share of a passage's characters; less is a table or a formula
EDGE_LINES = 2  # of a page: where running heads stand
HEAD_LETTERS = 120  # a longer line is text
HEAD_SHARE, HEAD_PAGES = 0.2, 3  # of the pages, but at least so many, that have the same line at an edge
LIST_AFTER = 0.3  # of the text: a line that says "References" before is of a table of contents
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])|(?<=[。！？])|\n+")
LIST_HEAD = re.compile(
    r"\W*(?:(?:\d+|[IVXL]+)\.?\s+)?"
    r"(?:references(?: and notes| cited)?|bibliography|literature cited|works cited|literatur|références|参考文献)"
    r"\W*(?:$|\[?1[\].]\s)",
    re.IGNORECASE,
)
AFTER_LIST = re.compile(r"(?:(?i:appendi(?:x|ces)|supplement\w*)\b|[A-H](?:\.\d+)*\.?\s+[A-Z][a-z]+)[^,;\[\]]{0,80}$")
DIGITS = re.compile(r"\d+")
WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page's text.

    Attributes:
        page: The first page is 1.
        start: Place of its first character in the text of the page.
        stop: Place behind its last one.
    """

    page: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence: the least that a passage is made of."""

    start: int
    stop: int
    words: int
    begins_paragraph: bool
    is_apart: bool  # something was left out before it


def cut_passages(pages: Sequence[str]) -> list[Passage]:
    """Return the passages of a text, in order; neighbours on a page overlap a little.

    Args:
        pages: The text of each page, one paragraph on a line.
    """
    heads = _running_heads(pages)
    listed = _listed_lines(pages)
    found: list[Passage] = []
    for number, text in enumerate(pages, start=1):
        kept = [
            (start, stop)
            for place, (start, stop) in enumerate(_lines(text))
            if (number, place) not in listed and _head_key(text[start:stop]) not in heads
        ]
        found += (Passage(number, start, stop) for start, stop in _pack(text, list(_pieces(text, kept))))
    return found


def count_words(text: str) -> int:
    """Count words, those too of scripts that have no spaces between them.

    >>> count_words("two words"), count_words("稀疏注意力机制")
    (2, 4)
    """
    return len(text.split()) + (0 if text.isascii() else len(UNSPACED.findall(text)) // UNSPACED_WORD)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _head_key(line: str) -> str:
    """Return what is the same of a line on every page: all but the numbers."""
    return DIGITS.sub("#", line.strip().casefold()) if len(line) <= HEAD_LETTERS else ""


def _running_heads(pages: Sequence[str]) -> set[str]:
    counts: Counter[str] = Counter()
    for text in pages:
        lines = [line for line in text.split("\n") if line.strip()]
        edges = lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]
        counts.update({_head_key(line) for line in edges} - {""})
    least = max(HEAD_PAGES, HEAD_SHARE * len(pages))
    return {key for key, number in counts.items() if number >= least}


def _listed_lines(pages: Sequence[str]) -> set[tuple[int, int]]:
    """Return the lines that belong to a list of references, as numbers of page and line."""
    whole = sum(map(len, pages)) or 1
    dropped: set[tuple[int, int]] = set()
    read, is_list = 0, False
    for number, text in enumerate(pages, start=1):
        for place, (start, stop) in enumerate(_lines(text)):
            line = text[start:stop]
            if not is_list:
                is_list = read + start > LIST_AFTER * whole and LIST_HEAD.match(line) is not None
            elif AFTER_LIST.match(line):
                is_list = False
            if is_list:
                dropped.add((number, place))
        read += len(text)
    return dropped


def _pieces(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    before = -1
    for line_start, line_stop in lines:
        is_apart = before >= 0 and bool(text[before:line_start].strip())
        is_first = True
        for start, stop in _sentences(text, line_start, line_stop):
            yield _Piece(start, stop, count_words(text[start:stop]), is_first, is_apart and is_first)
            is_first = False
        before = line_stop


def _sentences(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where sentences are; one that is too long for a passage is cut between words."""
    borders = [found.end() for found in SENTENCE_END.finditer(text, start, stop)]
    for left, right in zip([start, *borders], [*borders, stop], strict=True):
        if count_words(text[left:right]) <= MOST_WORDS:
            if text[left:right].strip():
                yield left, right
            continue
        yield from _slices(text, left, right)


def _slices(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    words = [found.end() for found in WORD.finditer(text, start, stop)]
    if len(words) <= MOST_WORDS:  # of a script without spaces
        step = (MOST_WORDS - 1) * UNSPACED_WORD
        yield from ((left, min(stop, left + step)) for left in range(start, stop, step))
        return
    left = start
    for place in range(MOST_WORDS - 1, len(words) + MOST_WORDS - 1, MOST_WORDS):
        right = words[min(place, len(words) - 1)]
        yield left, right
        left = right


def _pack(text: str, pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """Put sentences together to passages."""
    for group in _groups(pieces):
        start, stop = group[0].start, group[-1].stop
        shown = text[start:stop].rstrip()
        solid = "".join(shown.split())
        if count_words(shown) >= LEAST_WORDS and sum(map(str.isalpha, solid)) >= LETTERS * len(solid):
            yield start, start + len(shown)


def _groups(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    words = repeated = 0
    for piece in pieces:
        is_full = words + piece.words > MOST_WORDS or (piece.begins_paragraph and words >= ENOUGH_WORDS)
        if group and (is_full or piece.is_apart):
            yield group
            group = [] if piece.is_apart else _overlap(group, MOST_WORDS - piece.words)
            words, repeated = sum(one.words for one in group), len(group)
        group.append(piece)
        words += piece.words
    if len(group) > repeated:
        yield group


def _overlap(group: Sequence[_Piece], room: int) -> list[_Piece]:
    """Return the last sentences of a passage that the next one repeats."""
    kept: list[_Piece] = []
    words = 0
    for piece in reversed(group[1:]):
        words += piece.words
        if words > min(OVERLAP_WORDS, room):
            break
        kept.insert(0, piece)
    return kept
