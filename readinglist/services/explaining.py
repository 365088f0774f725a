"""Why papers are in a list that was searched for: loaded and looked through for the papers on the screen only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readinglist.domain.paper import PaperId
from readinglist.domain.query import Query
from readinglist.domain.query_words import Asked, asked_words
from readinglist.domain.recommendation import WhyHere
from readinglist.domain.word_forms import Form, pattern_of
from readinglist.recommend.found import Finder, snippet_of, why_found

if TYPE_CHECKING:
    from readinglist.library.first_look import Look
    from readinglist.library.search import Texts

ABSTRACT = ""  # the usual place needs no name


def explain_words(look: "Look", query: Query, ids: Sequence[PaperId]) -> dict[PaperId, WhyHere]:
    """Say where papers have the words of a query; those that have none of them are left out.

    Args:
        look: Sees the library.
        query: What was asked for.
        ids: Papers on the screen.
    """
    words = asked_words(query)
    if not words:
        return {}
    finders = [Finder.of(one) for one in words]
    found: dict[PaperId, WhyHere] = {}
    for key, texts in look.search.texts(ids).items():
        why = why_found(finders, _places(texts)) or _in_pdf(look, words, key)
        if why is not None:
            found[key] = why
    return found


def _places(texts: "Texts") -> dict[str, str]:
    """Return where to look; the title comes last, because it is seen anyway."""
    return {
        "Note": texts.note,
        "Mark": texts.marks,
        ABSTRACT: texts.abstract,
        "Authors": texts.authors,
        "Tags": texts.tags,
        "Title": texts.title,
    }


def _in_pdf(look: "Look", words: Sequence[Asked], paper_id: PaperId) -> WhyHere | None:
    found = look.search.place_in_pdf(paper_id, pattern_of(_all_forms(words)))
    if found is None:
        return None
    place, text = found
    return replace(snippet_of([Finder.of(one) for one in words], text, f"PDF, p. {place.page}"), place=place)


def _all_forms(words: Sequence[Asked]) -> Iterator[Form]:
    for one in words:
        yield from one.forms
