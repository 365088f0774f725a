"""Why a search found a paper: which of the words asked for stand where."""

import re
from collections.abc import Iterator, Sequence

from readinglist.domain.paper import Paper
from readinglist.domain.titles import fold_title

PLACES = 3  # reasons at most: further places say no more


def found_reasons(words: Sequence[str], paper: Paper) -> tuple[str, ...]:
    """Say where a paper has the words of a query.

    Args:
        words: Words, which may be the beginnings of longer ones, and phrases.
        paper: What was found.

    Returns:
        At least one reason, the most telling place first; without full stops.
    """
    texts = {where: fold_title(text) for where, text in _places(paper)}
    by_place: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        pattern = re.compile(rf"\b{re.escape(fold_title(word))}") if fold_title(word) else None
        place = next((where for where, text in texts.items() if pattern and pattern.search(text)), None)
        if place is not None:
            by_place.setdefault(place, []).append(word)
    ordered = [place for place in texts if place in by_place]
    reasons = tuple(f"{', '.join(f'“{one}”' for one in by_place[place])} in the {place}" for place in ordered)
    return reasons[:PLACES] or ("Fits the query",)


def _places(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "title", paper.title
    yield "abstract", paper.abstract
    yield "authors", " · ".join(paper.authors)
    yield "tags", " · ".join(paper.tags)
    yield "note", paper.note
