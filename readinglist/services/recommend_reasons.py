"""Says why papers are recommended: finds what can be said, and puts it into words for a list and for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readinglist.domain.for_you import Reasons
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.recommendation import WhyHere
from readinglist.domain.wording import count_text, day_text
from readinglist.recommend.because import Because, because, likest_by_words, nearest_liked, words_of_all
from readinglist.recommend.described import Described, Rarity
from readinglist.recommend.ranker import WORDS
from readinglist.services.living import Frequencies
from readinglist.services.ranking import Basis

if TYPE_CHECKING:
    from readinglist.library.unit import Reader

TITLE_CHARACTERS = 60  # of a title that is named in a line
OTHER_WORDS = "Near in meaning, in other words"
SOME_SAME_WORDS = "Near in meaning, with some of the same words"
MOSTLY_WORDS = "Uses many of the same words"
NEAR_TO_NONE = "Not near to your papers"
SOME_WORDS = "Has words in common with your papers"


@dataclass(frozen=True, slots=True)
class _Known:
    """The papers that reasons are about, and their rarest words."""

    papers: Mapping[PaperId, Paper]
    described: Mapping[PaperId, Described]
    rarity: Rarity


def find_reasons(
    reader: "Reader",
    basis: Basis,
    ids: Sequence[PaperId],
    frequencies: Frequencies,
    tags: Mapping[PaperId, str] | None = None,
) -> dict[PaperId, Reasons]:
    """Say why papers are recommended.

    Args:
        reader: Sees the library.
        basis: What they were recommended from.
        ids: The papers; those that are gone are left out.
        frequencies: How many papers have which word.
        tags: What some of them may be tagged with; None if nobody asked.
    """
    rows = basis.rows_of(ids)
    find_liked = nearest_liked if basis.is_by_meaning else likest_by_words
    liked_by_row = find_liked(basis.corpus, basis.taste, np.array(list(rows.values()), dtype=np.int64))
    near = dict(zip(rows, liked_by_row, strict=True))
    known = _know(reader, near, frequencies)
    is_named = len(basis.taste.liked) > 1
    found = {}
    for key, row in rows.items():
        if key in known.papers:
            liked = [one for one in near[key] if one[0] in known.described]
            said = because(
                known.described[key],
                liked if basis.is_by_meaning else (),  # some words in common do not make two papers near
                [known.described[one] for one, _ in liked],
                known.rarity,
                tag=(tags or {}).get(key, ""),
            )
            words = _worded(basis, row) if said.near else ""
            otherwise = _otherwise(basis, row, known.papers[key])
            found[key] = _in_words(said, known, words, otherwise, is_named=is_named)
    return found


def _know(
    reader: "Reader", near: Mapping[PaperId, Sequence[tuple[PaperId, float]]], frequencies: Frequencies
) -> _Known:
    liked = {one for found in near.values() for one, _ in found}
    papers = reader.papers.get_many(sorted({*near, *liked}))
    described = {key: Described.of_paper(paper) for key, paper in papers.items()}
    words: set[str] = set()
    for key, found in near.items():
        if key in described:
            words.update(words_of_all(described[key], [described[one] for one, _ in found if one in described]))
    total = reader.search.count_papers()
    counts = reader.search.document_frequencies(sorted(words), frequencies.known(total))
    return _Known(papers=papers, described=described, rarity=Rarity(counts, total))


def _in_words(said: Because, known: _Known, words: str, otherwise: Sequence[str], *, is_named: bool) -> Reasons:
    """Put what can be said into words.

    Args:
        said: What was found.
        known: Has the titles.
        words: What is said of its words beside those of the papers it is near to, where none of them can be named.
        otherwise: What is said where nothing was found.
        is_named: Papers that it is near to are named; where a list goes by one paper, it would be the same each time.
    """
    titles = [known.papers[key].title for key, _ in said.near]
    texts = [f"Near “{_short(title)}”" for title in titles]
    if said.terms:
        others = ("papers of yours", "it", "them")[min(len(titles), 2)]
        texts.append(f"Shares {' and '.join(said.terms)} with {others}")
    elif words == MOSTLY_WORDS:
        texts.append(words)
    if said.tag:
        texts.append(f"Like what you tagged {said.tag}")
    nearest = titles[0] if titles and is_named else ""
    terms = ", ".join(said.terms)
    if terms:  # first, because a narrow list cuts the end
        line = _marked("Shares ", terms, f" · near “{nearest}”" if nearest else "")
    elif nearest:
        line = _marked("Near “", nearest, "”")
    else:
        line = WhyHere(text=words or " · ".join(otherwise))
    return Reasons(line=line, texts=tuple(texts or otherwise))


def _marked(before: str, mark: str, after: str) -> WhyHere:
    return WhyHere(text=f"{before}{mark}{after}", marks=((len(before), len(before) + len(mark)),))


def _worded(basis: Basis, row: int) -> str:
    """Say of a paper that is near to some of the reader's how far its words are theirs: its score tells."""
    parts = {part.name: float(part.values[row]) for part in basis.ranking.parts}
    words = parts.get(WORDS, 0.0)
    if words <= 0:
        return OTHER_WORDS
    return MOSTLY_WORDS if words >= max(parts.values()) else SOME_SAME_WORDS


def _otherwise(basis: Basis, row: int, paper: Paper) -> list[str]:
    """Say of a paper what can be said where it is near to none of the reader's and shares nothing telling with them."""
    words = next((part.values[row] for part in basis.ranking.parts if part.name == WORDS), 0.0)
    if words > 0:
        return [SOME_WORDS]
    upvotes = [count_text(paper.upvotes, "upvote")] if paper.upvotes else []
    day = paper.published or paper.added.astimezone().date()
    facts = [*upvotes, f"{'Published' if paper.published else 'Added'} {day_text(day)}"]
    is_compared = basis.is_by_meaning and len(basis.corpus.rows_of(basis.taste.liked)) > 0
    return [NEAR_TO_NONE, *facts] if is_compared else facts


def _short(title: str) -> str:
    if len(title) <= TITLE_CHARACTERS:
        return title
    cut = title.rfind(" ", 0, TITLE_CHARACTERS)
    return f"{title[: cut if cut > TITLE_CHARACTERS // 2 else TITLE_CHARACTERS].rstrip(' ,:;–-')}…"
