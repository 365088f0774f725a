"""What a list shows: an entry of the sidebar, narrowed by what stands in the search field."""

import re
from dataclasses import dataclass, replace

from readinglist.domain.for_you import Wish
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Query, Sort, SortKey
from readinglist.domain.query_text import parse_query, render_query
from readinglist.domain.query_values import quoted
from readinglist.domain.query_words import has_free_words, liked
from readinglist.domain.wording import count_text

ENDS_WITH_OR = re.compile(r"(?:^|[\s)])OR$")
BEGINS_WITH_OR = re.compile(r"OR(?=[\s(]|$)")
NEWEST_FIRST = Sort(key=SortKey.ADDED, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """An entry of the sidebar.

    Attributes:
        title: What it is called.
        query: In the query language; empty for everything outside the bin.
        icon: Name for `theme.icon`.
        sort: Until the reader chooses another one.
        status: For the list of one status.
        tag: For the list of one tag.
        collection: For the list of one collection.
        wish: For a list of recommendations: what they are to be like. Then `query` only names the entry.
    """

    title: str
    query: str
    icon: str
    sort: Sort = NEWEST_FIRST
    status: Status | None = None
    tag: str | None = None
    collection: str | None = None
    wish: Wish | None = None

    @property
    def is_bin(self) -> bool:
        """Shows what was deleted."""
        return self.query == "is:bin"

    @property
    def is_like(self) -> bool:
        """Recommends what is like chosen papers."""
        return self.wish is not None and bool(self.wish.like)


def status_scope(status: Status) -> Scope:
    """Return the list of a status; the queue comes in the reader's own order."""
    sorts = {
        Status.TO_READ: Sort(key=SortKey.QUEUE, descending=False),
        Status.READ: Sort(key=SortKey.FINISHED, descending=True),
    }
    return Scope(
        title=status.label,
        query=f"status:{status.value}",
        icon=status.value,
        sort=sorts.get(status, NEWEST_FIRST),
        status=status,
    )


def tag_scope(name: str) -> Scope:
    """Return the list of a tag and the tags below it."""
    return Scope(title=name, query=f"tag:{quoted(name)}", icon="tag", tag=name)


def collection_scope(name: str) -> Scope:
    """Return the list of a collection and the collections below it."""
    return Scope(title=name, query=f"collection:{quoted(name)}", icon="collection", collection=name)


def tag_wish_scope(name: str) -> Scope:
    """Return the recommendations for a tag."""
    return replace(FOR_YOU, title=f"For you: {name}", wish=Wish(tag=name))


def collection_wish_scope(name: str) -> Scope:
    """Return the recommendations for a collection."""
    return replace(FOR_YOU, title=f"For you: {name}", wish=Wish(collection=name))


def like_scope(like: tuple[PaperId, ...], unlike: tuple[PaperId, ...] = (), *, name: str = "") -> Scope:
    """Return the recommendations that are like some papers, and not like others.

    Args:
        like: The papers.
        unlike: The others.
        name: Title of the paper if it is a single one.
    """
    title = f"Like “{name}”" if name else f"Like {count_text(len(like), 'paper')}"
    if unlike:
        title += f", not like {len(unlike):,}"
    return replace(FOR_YOU, title=title, wish=Wish(like=like, unlike=unlike))


ALL = Scope(title="All papers", query="", icon="all")
STARRED = Scope(title="Starred", query="is:starred", icon="star")
BIN = Scope(title="Bin", query="is:bin", icon="bin")
INBOX = status_scope(Status.INBOX)
FOR_YOU = Scope(
    title="For you",
    query="(status:inbox OR status:to-read)",
    icon="for-you",
    sort=Sort(key=SortKey.RELEVANCE, descending=True),
    wish=Wish(),
)


def compose(scope: Scope, query: Query) -> str:
    """Return the query for a scope narrowed by what the reader typed."""
    typed = render_query(query) if query.root is not None else ""
    if scope.wish is not None:
        return typed
    if not typed:
        return scope.query
    return f"{scope.query} ({typed})" if scope.query else typed


def has_words(text: str) -> bool:
    """Tell whether a search has free words, or what papers are to be like, so that there is a best match to sort by."""
    query = parse_query(text)
    return has_free_words(query) or bool(liked(query))


def without(text: str, start: int, end: int) -> str:
    """Return a search with one part taken out, and with it the OR and the parentheses that lose their sense.

    >>> text = "deep (tag:x OR tag:y) nets"
    >>> without(text, 6, 11), without("deep (tag:x) nets", 6, 11)
    ('deep (tag:y) nets', 'deep nets')
    """
    before, after = text[:start].rstrip(), text[end:].lstrip()
    while before.endswith("(") and after.startswith(")"):
        before, after = before[:-1].rstrip().removesuffix("-").rstrip(), after[1:].lstrip()
    if ENDS_WITH_OR.search(before):
        before = before[:-2].rstrip()
    elif BEGINS_WITH_OR.match(after):
        after = after[2:].lstrip()
    is_close = before.endswith("(") or after.startswith(")")
    return f"{before}{after}" if is_close else f"{before} {after}".strip()


def parse(text: str) -> Query:
    """Understand what was typed; its problems carry positions in the text."""
    return parse_query(text)
