"""What a draft adds to a paper that is already stored.

A re-import fills in what is missing and refreshes what listings count. It never touches what the reader made, and never
replaces a fact by another source's version of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining_marks import join_marks
from readinglist.domain.paper import Mention, Paper, PaperDraft

PROVISIONAL_TITLE = re.compile(
    r"(?:arXiv|doi|acl|pmid|openreview|s2|openalex|isbn):\S+|file: .+", re.IGNORECASE | re.DOTALL
)

# The fields that are filled when empty, with the words that describe them to the reader.
FILLED = {
    "abstract": "abstract",
    "authors": "author names",
    "author_count": "number of authors",
    "organization": "organisation",
    "url": "link",
    "pdf_url": "PDF link",
    "code_url": "code link",
    "venue": "venue",
    "keywords": "keywords",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What to store of a draft that matched a paper; false if it adds nothing.

    Attributes:
        details: New values by the name of the field, which `Paper` and `PaperDraft` share.
        identifiers: Those the paper does not have.
        mention: The listing's word, where it is new or its numbers changed.
        notes: What that means, as short texts for the reader.
    """

    details: Mapping[str, Any] = field(default_factory=dict)
    identifiers: tuple[Identifier, ...] = ()
    mention: Mention | None = None
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.details or self.identifiers or self.mention)


def provisional_title(identifier: Identifier) -> str:
    """Name a paper of which nothing but the identifier is known.

    >>> provisional_title(Identifier("arxiv", "2401.01234"))
    'arXiv:2401.01234'
    """
    scheme = "arXiv" if identifier.scheme == "arxiv" else identifier.scheme
    return f"{scheme}:{identifier.value}"


def file_title(name: str) -> str:
    """Name a paper of which nothing but a file is known, by the file's name.

    >>> is_provisional_title(file_title("scan 12"))
    True
    """
    return f"file: {name}"


def is_provisional_title(title: str) -> bool:
    """Tell whether a title only stands in for an unknown one."""
    return not title or PROVISIONAL_TITLE.fullmatch(title) is not None


def complete(paper: Paper, draft: PaperDraft) -> Completion:
    """Compare a matching draft with the stored paper and return what it adds."""
    details: dict[str, Any] = {}
    notes: list[str] = []
    if is_provisional_title(paper.title) and not is_provisional_title(draft.title):
        details |= {"title": draft.title, "title_source": draft.title_source}
        notes.append("title")
    for name, words in FILLED.items():
        if getattr(draft, name) and not getattr(paper, name):
            details[name] = getattr(draft, name)
            notes.append(words)
    if "abstract" in details:
        details["abstract_source"] = draft.abstract_source
    if _is_better_date(paper.published, draft):
        details["published"] = draft.published
        notes.append("date")
    identifiers = tuple(one for one in draft.identifiers if one not in paper.identifiers)
    notes += [provisional_title(one) for one in identifiers]
    mention, said = _fresh_mention(paper.mentions, draft.mention)
    return Completion(
        details=details, identifiers=identifiers, mention=mention, notes=(*(f"adds {note}" for note in notes), *said)
    )


def _is_better_date(known: PartialDate | None, draft: PaperDraft) -> bool:
    if draft.published is None:
        return False
    if known is None:
        return True
    return str(draft.published).startswith(str(known)) and draft.published.precision > known.precision


def _fresh_mention(known: tuple[Mention, ...], said: Mention | None) -> tuple[Mention | None, tuple[str, ...]]:
    if said is None:
        return None, ()
    before = next((one for one in known if (one.source, one.listed_on) == (said.source, said.listed_on)), None)
    if before is None:
        return said, ("seen in another listing",)
    notes = []
    for name in ("upvotes", "comments"):
        now, then = getattr(said, name), getattr(before, name)
        if now is not None and now != then:
            notes.append(f"{name}: {'none' if then is None else then} → {now}")
    return (said, tuple(notes)) if notes else (None, ())


def combine(first: PaperDraft, second: PaperDraft) -> PaperDraft:
    """Make one draft of two that describe the same paper: the first one's facts, the second's where it has none."""
    filled: dict[str, Any] = {name: getattr(first, name) or getattr(second, name) for name in FILLED}
    if is_provisional_title(first.title):
        filled |= {"title": second.title, "title_source": second.title_source}
    if not first.abstract:
        filled["abstract_source"] = second.abstract_source
    if first.published is None or (first.is_year_assumed and second.published and not second.is_year_assumed):
        filled |= {"published": second.published, "is_year_assumed": second.is_year_assumed}
    identifiers = tuple(dict.fromkeys((*first.identifiers, *second.identifiers)))
    return replace(
        first,
        **filled,
        identifiers=identifiers,
        mention=first.mention or second.mention,
        marks=join_marks(first.marks, second.marks),
    )
