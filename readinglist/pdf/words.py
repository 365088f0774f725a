"""The words of a page with their places, in the order in which they are read, and where a phrase stands among them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise
from typing import Any

import pymupdf

from readinglist.domain.pages import HYPHENS, Rect, SearchHit, Word, is_broken, line_rects, plain_text
from readinglist.pdf.places import rect_of
from readinglist.pdf.repair import mend

FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP  # no ligatures, no pictures
MOST_WORDS = 50_000  # of one page; drawings made of letters have millions
MOST_EXACT = 5000  # words of a page on which letters can be told apart; there is no need to on a drawing
MOST_HITS = 2000  # on one page
LEFT_TO_RIGHT = (1.0, 0.0)
BLANKS = frozenset({0xA0, *range(0x202A, 0x202F)})  # beside control characters and the space; MuPDF's stext-search
AROUND = 6  # words before and after a hit


def read_words(page: Any) -> tuple[Word, ...]:
    """Read the words of a page of PyMuPDF.

    They come block by block and line by line, as the file has them, which on two-column pages is the order of reading;
    sorting by place would mix the columns.
    """
    turn = page.rotation_matrix
    found = []
    for left, top, right, bottom, text, block, line, _ in page.get_text("words", flags=FLAGS, sort=False)[:MOST_WORDS]:
        if mended := mend(text).strip():
            found.append(Word(rect_of((left, top, right, bottom), turn), mended, block, line))
    return tuple(found)


def with_edges(page: Any, words: Sequence[Word]) -> tuple[Word, ...]:
    """Add to the words of a page where their letters begin; words that are not set from left to right stay as they are.

    Args:
        page: Of PyMuPDF.
        words: As `read_words` gave them.
    """
    if page.rotation or len(words) > MOST_EXACT:
        return tuple(words)
    known = _edges(page.get_text("rawdict", flags=FLAGS, sort=False))
    found = []
    counts: dict[tuple[int, int], int] = {}
    for word in words:
        line = (word.block, word.line)
        place = counts[line] = counts.get(line, -1) + 1
        text, edges = known.get((*line, place), ("", ()))
        found.append(replace(word, edges=edges) if text == word.text else word)
    return tuple(found)


def _edges(raw: Any) -> dict[tuple[int, int, int], tuple[str, tuple[float, ...]]]:
    """Return text and edges by block, line and place in the line."""
    found: dict[tuple[int, int, int], tuple[str, tuple[float, ...]]] = {}
    for block in raw["blocks"]:
        for number, line in enumerate(block.get("lines", ())):
            if line["dir"] != LEFT_TO_RIGHT:
                continue
            letters = [letter for span in line["spans"] for letter in span["chars"]]
            groups = [list(group) for is_blank, group in groupby(letters, key=_is_blank) if not is_blank]
            for place, group in enumerate(groups):
                edges = (*(letter["bbox"][0] for letter in group), group[-1]["bbox"][2])
                if all(one <= other for one, other in pairwise(edges)):
                    found[block["number"], number, place] = ("".join(letter["c"] for letter in group), edges)
    return found


def _is_blank(letter: Any) -> bool:
    """Tell whether MuPDF ends a word here."""
    return ord(letter["c"]) in BLANKS or ord(letter["c"]) <= ord(" ")


def find_phrase(words: Sequence[Word], phrase: str, page: int) -> Iterator[SearchHit]:
    """Yield the places where a phrase stands, also inside words and across lines.

    Case, accents, ligatures and hyphens make no difference.

    Args:
        words: Of the page, in reading order.
        phrase: At least one letter; white space means any.
        page: Its number, for the hits.
    """
    wanted = _folded(" ".join(phrase.split()))
    if not wanted:
        return
    if wanted not in _text(words):  # most pages; the letters' places would take ten times as long
        return
    text, owners = _letters(words)
    yield from islice(_hits(text, owners, wanted, words, page), MOST_HITS)


def _hits(
    text: str, owners: Sequence[tuple[int, float, float]], wanted: str, words: Sequence[Word], page: int
) -> Iterator[SearchHit]:
    place = text.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        first, from_share, _ = owners[place]
        last, _, to_share = owners[end - 1]
        found = words[first : last + 1]
        yield SearchHit(
            page=page,
            rects=line_rects(_cut(found, from_share, to_share)),
            before=plain_text(words[max(0, first - AROUND) : first]),
            text=plain_text(found),
            after=plain_text(words[last + 1 : last + 1 + AROUND]),
        )
        place = text.find(wanted, end)


def _text(words: Sequence[Word]) -> str:
    parts = [one.text if is_broken(one, following) else f"{one.text} " for one, following in pairwise(words)]
    return _folded("".join(parts) + (words[-1].text if words else ""))


def _letters(words: Sequence[Word]) -> tuple[str, list[tuple[int, float, float]]]:
    """Return the folded text, and for each of its letters the number of its word and which share of that it covers."""
    letters: list[str] = []
    owners: list[tuple[int, float, float]] = []
    for number, word in enumerate(words):
        for place, letter in enumerate(word.text):
            for one in _folded(letter):
                letters.append(one)
                owners.append((number, place / len(word.text), (place + 1) / len(word.text)))
        if number + 1 < len(words) and not is_broken(word, words[number + 1]):
            letters.append(" ")
            owners.append((number, 1.0, 1.0))
    return "".join(letters), owners


def _folded(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.lower()
    whole = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in whole if not unicodedata.combining(one) and one not in HYPHENS)


def _cut(found: Sequence[Word], from_share: float, to_share: float) -> Iterator[Word]:
    """Yield the words of a hit, the first and the last without what does not belong to it."""
    for number, word in enumerate(found):
        rect = word.rect
        if word.is_sideways:
            yield word
            continue
        left = rect.left + rect.width * from_share if number == 0 else rect.left
        right = rect.left + rect.width * to_share if number == len(found) - 1 else rect.right
        yield Word(Rect(left, rect.top, right, rect.bottom), word.text, word.block, word.line)
