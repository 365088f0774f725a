"""The words of a page with their places, in the order in which they are read, and where a phrase stands among them."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

import pymupdf

from readinglist.domain.pages import HYPHENS, Rect, SearchHit, Word, is_broken, line_rects, plain_text
from readinglist.pdf.places import rect_of
from readinglist.pdf.repair import mend

FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP  # no ligatures, no pictures
MOST_WORDS = 50_000  # of one page; drawings made of letters have millions
MOST_HITS = 2000  # on one page
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
        if rect.height > rect.width and len(word.text) > 2:  # set sideways
            yield word
            continue
        left = rect.left + rect.width * from_share if number == 0 else rect.left
        right = rect.left + rect.width * to_share if number == len(found) - 1 else rect.right
        yield Word(Rect(left, rect.top, right, rect.bottom), word.text, word.block, word.line)
