"""What several entries of one work are as one paper.

Nothing that the reader made is lost, and it makes no difference in which order the entries are named. What sources say
is that of the version that leads, the published one before the preprint; what it lacks comes from the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from readinglist.domain.dates import PartialDate
from readinglist.domain.feedback import Feedback
from readinglist.domain.files import FiledAnnotation, PaperFile
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining_marks import join_annotations, join_made, join_said
from readinglist.domain.matching import YEARS_APART
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.near_titles import are_strangers
from readinglist.domain.paper import Mention, Paper, PaperId, Status
from readinglist.domain.titles import fold_title, other_than
from readinglist.domain.versions import is_published, is_published_doi

MOST = 20  # entries that are made one at once: more is a mistake of the hand
STUB = 200  # letters; what is shorter, or breaks off, is the beginning of an abstract
BROKEN_OFF = ("…", "...")
# One work has one of each of these.
SINGLE_SCHEMES = {"arxiv": "arXiv ids", "acl": "ACL ids", "pmid": "PubMed ids"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One of the entries, with what does not stand in a `Paper`.

    Attributes:
        files: The first one first.
        said: What the reader told For you of it, and when.
    """

    paper: Paper
    files: tuple[PaperFile, ...] = ()
    annotations: tuple[FiledAnnotation, ...] = ()
    said: Mapping[Feedback, datetime] = field(default_factory=dict)

    @property
    def marks(self) -> int:
        """How many things the reader did with it."""
        paper = self.paper
        single = (paper.status is not Status.INBOX, paper.is_starred, paper.priority, paper.rating, paper.note)
        return sum(map(bool, single)) + sum(map(len, (paper.tags, paper.collections, self.annotations, self.said)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What the entries become.

    Attributes:
        whole: The paper, under the number of the one that stays. Its `content_hash` is that of the entry that has the
            same text, and empty if none has.
        leading: Whose version it is.
        entries: What it is made of: the one that stays first, then in the order in which they came.
        doubts: What speaks against their being one work, as sentences.
    """

    whole: Entry
    leading: PaperId
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...]

    @property
    def paper(self) -> Paper:
        """As it will be."""
        return self.whole.paper

    @property
    def gone(self) -> tuple[PaperId, ...]:
        """The papers that there will not be any more."""
        return tuple(one.paper.id for one in self.entries if one.paper.id != self.paper.id)


def join(entries: Iterable[Entry], leading: PaperId | None = None) -> Joined:
    """Make one paper of several.

    The number that stays is that of the entry with which the reader did most: notes and links refer to it.

    Args:
        entries: At least two, each of another paper, outside the bin.
        leading: Whose version it is to be; None lets the published one lead.
    """
    came = sorted(entries, key=lambda one: (one.paper.added, one.paper.id))
    kept = max(came, key=lambda one: one.marks)
    mine = sorted(came, key=lambda one: one is not kept)
    versions = sorted(mine, key=lambda one: (one.paper.id != leading, *_standing(one.paper)))
    papers, facts = [one.paper for one in mine], _facts([one.paper for one in versions])
    paper = replace(kept.paper, **facts, **_made(papers), pdf=_first_pdf(mine))
    whole = Entry(
        paper=replace(paper, content_hash=_hash_of(paper, papers)),
        files=_each_once((file for one in mine for file in one.files), lambda file: file.sha256),
        annotations=join_annotations([one.annotations for one in mine]),
        said=join_said([one.said for one in mine]),
    )
    return Joined(whole=whole, leading=versions[0].paper.id, entries=tuple(mine), doubts=tuple(_doubts([*papers])))


def _standing(paper: Paper) -> tuple[bool, bool]:
    return is_provisional_title(paper.title), not is_published(paper.venue, paper.identifiers)


def _facts(versions: Sequence[Paper]) -> dict[str, Any]:
    """Return what sources say of the work, the version that leads first."""
    titled = next((one for one in versions if not is_provisional_title(one.title)), versions[0])
    told = min(versions, key=lambda one: _rank_of_abstract(one.abstract))
    authors = max((one.authors for one in versions), key=len)
    counts = [count for one in versions if (count := one.author_count) is not None]
    mentions = _join_mentions(versions)
    titles = [title for one in versions for title in (one.title, *one.other_titles) if not is_provisional_title(title)]
    return {
        "title": titled.title,
        "other_titles": other_than(titled.title, titles),
        "title_source": titled.title_source,
        "abstract": told.abstract,
        "abstract_source": told.abstract_source,
        "authors": authors,
        "author_count": max([*counts, len(authors)]) or None,
        "published": _date([one.published for one in versions if one.published]),
        "identifiers": _identifiers(versions),
        "keywords": _each_once((word for one in versions for word in one.keywords), str.casefold),
        "mentions": mentions,
        "upvotes": max((one.upvotes for one in versions if one.upvotes is not None), default=None),
        "comments": max((one.comments for one in versions if one.comments is not None), default=None),
        **{name: _first(getattr(one, name) for one in versions) for name in ("organization", "url", "pdf_url")},
        **{name: _first(getattr(one, name) for one in versions) for name in ("code_url", "venue")},
    }


def _made(papers: Sequence[Paper]) -> dict[str, Any]:
    """Return what the reader made of the work, the paper that stays first, and since when they have it."""
    return {"added": min(one.added for one in papers), **join_made(papers)}


def _rank_of_abstract(text: str) -> tuple[int, int]:
    """Order abstracts: whole ones as they come, then beginnings of some, the longest first, then none."""
    if not text.strip():
        return 2, 0
    is_stub = len(text) < STUB or text.rstrip().endswith(BROKEN_OFF)
    return (1, -len(text)) if is_stub else (0, 0)


def _date(known: Sequence[PartialDate]) -> PartialDate | None:
    """Return the first date, or one that says the same more precisely."""
    same = [one for one in known if str(one).startswith(str(known[0]))]
    return max(same, key=lambda one: one.precision, default=None)


def _identifiers(versions: Sequence[Paper]) -> tuple[Identifier, ...]:
    """Return all identifiers; among DOIs, what was published comes first: the first one is the paper's."""
    found = list(dict.fromkeys(one for paper in versions for one in paper.identifiers))
    dois = iter(sorted((one for one in found if one.scheme == "doi"), key=lambda one: not is_published_doi(one)))
    return tuple(next(dois) if one.scheme == "doi" else one for one in found)


def _join_mentions(versions: Sequence[Paper]) -> tuple[Mention, ...]:
    """Return the listings, each once, with the largest numbers that it printed."""
    said = [mention for one in versions for mention in one.mentions]
    by_listing = sorted(said, key=_listing)
    joined = [_join_mention(list(same)) for _, same in groupby(by_listing, key=_listing)]
    return tuple(sorted(joined, key=lambda one: str(one.listed_on or ""), reverse=True))


def _join_mention(same: Sequence[Mention]) -> Mention:
    most = max(same, key=lambda one: (-1 if one.upvotes is None else one.upvotes, one.origin))
    comments = max((one.comments for one in same if one.comments is not None), default=None)
    return replace(most, comments=comments)


def _listing(one: Mention) -> tuple[str, str]:
    return one.source, str(one.listed_on or "")


def _first_pdf(entries: Sequence[Entry]) -> str | None:
    """Return the PDF that came first."""
    having = [one for one in entries if one.files]
    return min(having, key=lambda one: one.files[0].added).paper.pdf if having else entries[0].paper.pdf


def _hash_of(paper: Paper, papers: Sequence[Paper]) -> str:
    text = paper.title, paper.abstract
    return next((one.content_hash for one in papers if (one.title, one.abstract) == text), "")


def _first(values: Iterable[str | None]) -> str | None:
    return next((one for one in values if one), None)


def _each_once(values: Iterable[T], key: Callable[[T], Any]) -> tuple[T, ...]:
    found: dict[Any, T] = {}
    for one in values:
        found.setdefault(key(one), one)
    return tuple(found.values())


def _doubts(papers: Sequence[Paper]) -> Iterator[str]:
    """Say what speaks against their being one work."""
    for scheme, words in SINGLE_SCHEMES.items():
        yield from _differing(words, (one for paper in papers for one in paper.identifiers if one.scheme == scheme))
    yield from _differing("DOIs", (one for paper in papers for one in paper.identifiers if is_published_doi(one)))
    surnames = [names for one in papers if (names := {fold_surname(name) for name in one.authors})]
    if len(surnames) > 1 and not set.intersection(*surnames):
        yield "They have no author in common."
    titles = {fold_title(one.title): one.title for one in papers if not is_provisional_title(one.title)}
    years = sorted({one.published.year for one in papers if one.published})
    if len(titles) > 1 and years and years[-1] - years[0] > YEARS_APART:
        yield f"Their titles differ, and they were published in {years[0]} and {years[-1]}."
    elif any(are_strangers(one, other) for one in titles.values() for other in titles.values()):
        yield "Their titles have hardly a word in common."


def _differing(words: str, found: Iterable[Identifier]) -> Iterator[str]:
    values = sorted({one.value for one in found})
    if len(values) > 1:
        yield f"They have different {words}: {', '.join(values[:-1])} and {values[-1]}."
