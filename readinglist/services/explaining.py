"""Why papers are in a list that was searched for: loaded and looked through for the papers on the screen only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readinglist.domain.paper import PaperId
from readinglist.domain.query import Query
from readinglist.domain.query_words import Asked, asked_words
from readinglist.domain.recommendation import WhyHere
from readinglist.domain.word_forms import fold_letters
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
    """Return where to look; the title comes late, because it is seen anyway."""
    return {
        "Note": texts.note,
        "Mark": texts.marks,
        ABSTRACT: texts.abstract,
        "Authors": texts.authors,
        "Tags": texts.tags,
        "Title": texts.title,
        "Other title": texts.other_titles,
    }


def _in_pdf(look: "Look", words: Sequence[Asked], paper_id: PaperId) -> WhyHere | None:
    """Say what the page of a PDF says that has the most of the words."""
    finders = [Finder.of(one) for one in words]

    def count(text: str) -> int:
        folded = fold_letters(text)
        return sum(finder.is_in(folded) for finder in finders)

    found = look.search.place_in_pdf(paper_id, count, len(finders))
    if found is None:
        return None
    place, text = found
    name = f"Page {place.page}"
    why = snippet_of(finders, text, name)
    said = why.text.removeprefix(f"{name}: ").removeprefix("… ").removesuffix(" …")
    return replace(why, place=replace(place, said=said, forms=tuple(form for one in words for form in one.forms)))
