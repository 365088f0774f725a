"""Why a search found a paper: the place that has the most of the words asked for, with these marked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from readinglist.domain.paper import Paper
from readinglist.domain.passages import SENTENCE_END
from readinglist.domain.query_words import Asked
from readinglist.domain.recommendation import PageOfPdf, WhyHere
from readinglist.domain.word_forms import beginnings_of, fold_letters, pattern_of

BEFORE, AFTER = 24, 220  # characters around the first mark: it must be seen on a narrow card too
LEAST_CUT = 12  # an ellipsis in place of fewer characters would save nothing
MARKS = 12
PLACES = 3  # named at most: further ones say no more
CLOSE = "Close in meaning"
FITS = "Fits the search"
LEAST_SENTENCE = 20  # characters; "Yes." tells nothing


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds a word in texts that `fold_letters` has been through.

    Attributes:
        beginnings: One of these is where the word is, but the word is not everywhere where one of these is.
        pattern: The word.
    """

    beginnings: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, asked: Asked) -> "Finder":
        """Return what finds a word in all its forms."""
        return cls(beginnings_of(asked.forms), pattern_of(asked.forms))

    def is_in(self, text: str) -> bool:
        """Tell whether a text has the word."""
        return any(one in text for one in self.beginnings) and self.pattern.search(text) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the word is; a search for plain letters is many times as fast as one for a pattern."""
        if "" in self.beginnings:
            yield from (found.span() for found in self.pattern.finditer(text))
            return
        for one in self.beginnings:
            place = text.find(one)
            while place >= 0:
                found = self.pattern.match(text, place)
                if found is not None:
                    yield found.span()
                place = text.find(one, found.end() if found is not None else place + 1)


def why_found(finders: Sequence[Finder], places: Mapping[str, str]) -> WhyHere | None:
    """Say where a paper has the words of a search.

    Args:
        finders: Of what is asked for.
        places: Names of places and their texts; of places that have as many of the words, the first is shown. The
            place without a name is shown as it is.

    Returns:
        One line; None if no place has any of the words.
    """
    best, most = "", 0
    for name, text in places.items():
        folded = fold_letters(text) if text else ""
        number = sum(1 for finder in finders if folded and finder.is_in(folded))
        if number > most:
            best, most = name, number
    return snippet_of(finders, places[best], best) if most else None


def found_reasons(words: Sequence[Asked], paper: Paper) -> tuple[str, ...]:
    """Say in which places a paper has which words, the most telling place first; empty if it has none of them."""
    texts = {where: fold_letters(text) for where, text in _places(paper)}
    by_place: dict[str, list[str]] = {}
    for word in {one.text: one for one in words}.values():
        pattern = pattern_of(word.forms)
        place = next((where for where, text in texts.items() if pattern.search(text)), None)
        if place is not None:
            by_place.setdefault(place, []).append(word.text)
    ordered = [place for place in texts if place in by_place]
    reasons = tuple(f"{', '.join(f'“{one}”' for one in by_place[place])} in the {place}" for place in ordered)
    return reasons[:PLACES]


def snippet_of(finders: Sequence[Finder], text: str, name: str = "") -> WhyHere:
    """Cut a text to what is around the place where it has the most of the words, and mark them.

    Args:
        finders: Of the words.
        text: Of any length.
        name: What is said before it; empty for nothing.
    """
    text = " ".join(text.split())
    spans = _spans(finders, text)
    start, end = _cut(text, _densest(spans))
    before = f"{name}: " if name else ""
    lead = before + ("… " if start else "")
    marks = [(a, b) for a, b, _ in spans if a >= start and b <= end][:MARKS]
    tail = " …" if end < len(text) else ""
    shift = len(lead) - start
    return WhyHere(text=f"{lead}{text[start:end]}{tail}", marks=tuple((a + shift, b + shift) for a, b in _apart(marks)))


def sentences_of(abstract: str) -> list[str]:
    """Return the sentences that can be shown, in order; a text without full stops is one.

    >>> sentences_of("We study sparse examples. Yes! They are few in number.")
    ['We study sparse examples.', 'They are few in number.']
    """
    parts = [part.strip() for part in SENTENCE_END.split(abstract)]
    return [part for part in parts if len(part) >= LEAST_SENTENCE] or [part for part in parts if part][:1]


def likeliest(finders: Sequence[Finder], abstract: str, most: int) -> list[str]:
    """Return the sentences of an abstract that have the most of some words; of equal ones the earlier first.

    Args:
        finders: Of the words.
        abstract: May be empty.
        most: At most so many.
    """
    sentences = sentences_of(abstract)
    counts = {one: sum(1 for finder in finders if finder.is_in(fold_letters(one))) for one in sentences}
    return sorted(counts, key=lambda one: -counts[one])[:most]


def told_sentence(sentence: str, place: PageOfPdf | None) -> WhyHere:
    """Say what a paper says that is closest to a search, and on which page of its PDF if it does so there.

    >>> told_sentence("Attention is sparse.", PageOfPdf(sha256="a", page=7)).text
    'Page 7: Attention is sparse.'
    """
    if place is None:
        return WhyHere(text=sentence)
    page = f"Page {place.page}"
    return WhyHere(text=f"{page}: {sentence}", marks=((0, len(page)),), place=replace(place, said=sentence))


def _places(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "title", paper.title
    yield "abstract", paper.abstract
    yield "authors", " · ".join(paper.authors)
    yield "tags", " · ".join(paper.tags)
    yield "note", paper.note
    yield "other title", " · ".join(paper.other_titles)


def _spans(finders: Sequence[Finder], text: str) -> list[tuple[int, int, int]]:
    """Return where the words are: start, end and which of them, in order."""
    folded = fold_letters(text)
    found = ((*span, number) for number, finder in enumerate(finders) for span in finder.spans(folded))
    return sorted(one for one in found if one[1] > one[0])


def _densest(spans: Sequence[tuple[int, int, int]]) -> int:
    """Return where the stretch of a snippet's length begins that has the most different words."""
    best, most = (spans[0][0] if spans else 0), 0
    for place, (start, _, _) in enumerate(spans):
        within = {number for a, b, number in spans[place:] if b <= start + AFTER}
        if len(within) > most:
            best, most = start, len(within)
    return best


def _cut(text: str, mark: int) -> tuple[int, int]:
    """Return what to show of a text around a place, from the beginning of a word to the end of one."""
    start = max(0, mark - BEFORE)
    start = text.find(" ", start, mark) + 1 or start if start > LEAST_CUT else 0
    end = min(len(text), mark + AFTER)
    if len(text) - end <= LEAST_CUT:
        return start, len(text)
    return start, max(text.rfind(" ", mark, end), mark + AFTER // 2)


def _apart(marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Leave out marks inside others."""
    last = -1
    for start, end in marks:
        if start >= last:
            yield start, end
            last = end
