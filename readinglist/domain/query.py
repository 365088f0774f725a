"""What the reader may ask for: the tree of a query and the fields it may name.

`query_text` turns text into these trees and back; `library.search` turns them into SQL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Union

from readinglist.domain.paper import Status


class SortKey(StrEnum):
    """What a list can be sorted by."""

    ADDED = "added"
    PUBLISHED = "published"
    TITLE = "title"
    AUTHOR = "author"
    UPVOTES = "upvotes"
    COMMENTS = "comments"
    PRIORITY = "priority"
    RATING = "rating"
    STATUS = "status"
    QUEUE = "queue"
    FINISHED = "finished"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of papers; equal ones stand in the order of their numbers."""

    key: SortKey = SortKey.ADDED
    descending: bool = True


class Kind(StrEnum):
    """What kind of value a field takes."""

    TEXT = "text"  # words
    LEVELS = "levels"  # a name on levels, of a tag or a collection; those below it count
    CHOICE = "choice"  # one of a few words
    NUMBER = "number"  # 5, >5, >=5, 5..9
    DATE = "date"  # 2024, 2024-05, >2024-05-18, 2022..2024, today, 7d
    LIKENESS = "likeness"  # any text, or what names a paper
    IDENTIFIER = "identifier"  # 2401.01234, 10.1000/182, or an address that has one


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """A field of the language.

    Attributes:
        choices: The words a `CHOICE` may be.
        help: For the list of fields.
    """

    kind: Kind
    help: str
    choices: tuple[str, ...] = ()


FIELDS: Mapping[str, FieldSpec] = {
    "title": FieldSpec(kind=Kind.TEXT, help="words of the title"),
    "author": FieldSpec(kind=Kind.TEXT, help="an author's name"),
    "abstract": FieldSpec(kind=Kind.TEXT, help="words of the abstract"),
    "note": FieldSpec(kind=Kind.TEXT, help="words of your note"),
    "tag": FieldSpec(kind=Kind.LEVELS, help="a tag, or one below it"),
    "collection": FieldSpec(kind=Kind.LEVELS, help="a collection, or one below it"),
    "status": FieldSpec(kind=Kind.CHOICE, help="where it stands", choices=tuple(Status)),
    "year": FieldSpec(kind=Kind.NUMBER, help="year of publication"),
    "date": FieldSpec(kind=Kind.DATE, help="day of publication"),
    "added": FieldSpec(kind=Kind.DATE, help="day it came into the library"),
    "read": FieldSpec(kind=Kind.DATE, help="day you finished it"),
    "venue": FieldSpec(kind=Kind.TEXT, help="journal or conference"),
    "source": FieldSpec(kind=Kind.TEXT, help="kind of listing it came from"),
    "id": FieldSpec(kind=Kind.IDENTIFIER, help="its arXiv id or DOI"),
    "has": FieldSpec(
        kind=Kind.CHOICE,
        help="what it has",
        choices=("pdf", "note", "annotation", "code", "abstract", "tag", "collection"),
    ),
    "is": FieldSpec(kind=Kind.CHOICE, help="what it is", choices=("starred", "latest", "bin", "duplicate")),
    "upvotes": FieldSpec(kind=Kind.NUMBER, help="upvotes of a listing"),
    "comments": FieldSpec(kind=Kind.NUMBER, help="comments of a listing"),
    "rating": FieldSpec(kind=Kind.NUMBER, help="your rating, 0 to 5"),
    "pages": FieldSpec(kind=Kind.NUMBER, help="pages of its PDF"),
    "like": FieldSpec(kind=Kind.LIKENESS, help="close in meaning to a text, or to a paper you name"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, somewhere in the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other."""

    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A field that has a text, a tag or a choice."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number or a date within bounds, both included; None leaves a side open.

    Dates are ISO texts of any precision: a bound of `2024` reaches from the first to the last day of that year. Or they
    go with the calendar, as `query_dates` has it: `thisweek`, `7d`, `>7d` for what comes after that day.
    """

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Among:
    """One of certain papers: the answer to a part of a query that the library alone cannot give.

    Attributes:
        text: The part, as the language writes it.
        ids: Numbers of papers, the best first.
    """

    text: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What must hold together; two nodes or more."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Of what one must hold; two nodes or more."""

    nodes: tuple["Node", ...]


Node = Union[Word, Phrase, Match, Between, Among, Not, And, Or]  # noqa: UP007 - forward references need Union


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of a query that cannot be used, and is left out.

    Attributes:
        start: Place of its first character in the text.
        end: Place after its last character.
        message: What is wrong and what may be meant.
        is_open: What is missing may still be typed at the end of the text.
    """

    start: int
    end: int
    message: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A field with its value or values, as it was typed: what is shown as a filter, and can be taken out alone.

    Attributes:
        start: Place of its first character in the text; its minus belongs to it.
        end: Place after its last character.
        node: What it asks for.
    """

    start: int
    end: int
    node: Node


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Attributes:
        root: None asks for everything.
        problems: In the order of their places.
        text: As it was typed.
        parts: Its fields, in the order of their places; those with problems are left out.
    """

    root: Node | None
    problems: tuple[QueryProblem, ...]
    text: str
    parts: tuple[QueryPart, ...] = ()

    @property
    def asks_for_bin(self) -> bool:
        """The bin is looked at only when it is named."""
        return _names_bin(self.root)


def _names_bin(node: Node | None) -> bool:
    match node:
        case Match(field="is", value="bin"):
            return True
        case And(nodes=nodes) | Or(nodes=nodes):
            return any(map(_names_bin, nodes))
        case _:
            return False


def has_words(node: Node | None) -> bool:
    """Tell whether a query has words to rank papers by."""
    match node:
        case Word() | Phrase() | Among():
            return True
        case Match(field=name):
            return FIELDS[name].kind in {Kind.TEXT, Kind.LIKENESS}
        case And(nodes=nodes) | Or(nodes=nodes):
            return any(map(has_words, nodes))
        case _:
            return False


def leaves(node: Node | None) -> Iterator[Node]:
    """Yield what a tree is made of in the end: no `Not`, `And` or `Or`."""
    match node:
        case Not(node=inner):
            yield from leaves(inner)
        case And(nodes=nodes) | Or(nodes=nodes):
            for one in nodes:
                yield from leaves(one)
        case None:
            return
        case _:
            yield node


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a tree with each of its leaves changed."""
    match node:
        case Not(node=inner):
            return Not(mapped(inner, change))
        case And(nodes=nodes):
            return And(tuple(mapped(one, change) for one in nodes))
        case Or(nodes=nodes):
            return Or(tuple(mapped(one, change) for one in nodes))
        case _:
            return change(node)
