"""What the reader may ask for: the tree of a query and the fields it may name.

`query_text` turns text into these trees and back; `library.search` turns them into SQL.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
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
    TAG = "tag"  # a tag's name; its children count
    CHOICE = "choice"  # one of a few words
    NUMBER = "number"  # 5, >5, >=5, 5..9
    DATE = "date"  # 2024, 2024-05, >2024-05-18, 2022..2024


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
    "tag": FieldSpec(kind=Kind.TAG, help="a tag, or one below it"),
    "status": FieldSpec(kind=Kind.CHOICE, help="where it stands", choices=tuple(Status)),
    "year": FieldSpec(kind=Kind.NUMBER, help="year of publication"),
    "date": FieldSpec(kind=Kind.DATE, help="day of publication"),
    "added": FieldSpec(kind=Kind.DATE, help="day it came into the library"),
    "venue": FieldSpec(kind=Kind.TEXT, help="journal or conference"),
    "source": FieldSpec(kind=Kind.TEXT, help="kind of listing it came from"),
    "has": FieldSpec(kind=Kind.CHOICE, help="what it has", choices=("pdf", "note", "code", "abstract", "tag")),
    "is": FieldSpec(kind=Kind.CHOICE, help="what it is", choices=("starred", "bin")),
    "upvotes": FieldSpec(kind=Kind.NUMBER, help="upvotes of a listing"),
    "comments": FieldSpec(kind=Kind.NUMBER, help="comments of a listing"),
    "rating": FieldSpec(kind=Kind.NUMBER, help="your rating, 0 to 5"),
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

    Dates are ISO texts of any precision: a bound of `2024` reaches from the first to the last day of that year.
    """

    field: str
    low: str | None
    high: str | None


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


Node = Union[Word, Phrase, Match, Between, Not, And, Or]  # noqa: UP007 - forward references need Union


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of a query that cannot be used, and is left out.

    Attributes:
        start: Place of its first character in the text.
        end: Place after its last character.
        message: What is wrong and what may be meant.
    """

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Attributes:
        root: None asks for everything.
        problems: In the order of their places.
        text: As it was typed.
    """

    root: Node | None
    problems: tuple[QueryProblem, ...]
    text: str

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
        case Word() | Phrase():
            return True
        case Match(field=name):
            return FIELDS[name].kind is Kind.TEXT
        case And(nodes=nodes) | Or(nodes=nodes):
            return any(map(has_words, nodes))
        case _:
            return False


# A field's name is followed at once by a colon; a word may hold colons, dashes and signs of its own (`GPT-4`, `C++`).
TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)])) | (?P<quote>"[^"]*"?)
        | (?P<field>[A-Za-z_]+):(?=[^\s)]) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
VALUE = re.compile(r'"[^"]*"?|[^\s()]+')
NUMBER = re.compile(r"\d+")
ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
BOUNDS = re.compile(r"(?P<sign>>=|<=|>|<)(?P<limit>.+)|(?P<low>[^.]*)\.\.(?P<high>[^.]*)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def parse_query(text: str) -> Query:
    """Turn what was typed into a query; a wrong part becomes a problem, the rest still works.

    >>> parse_query("tag:ml attention").root
    And(nodes=(Match(field='tag', value='ml'), Word(text='attention')))
    >>> parse_query("year:soon").problems[0].message
    'year: needs a number such as 5, >5 or 5..9.'
    """
    parser = _Parser(text)
    root = parser.alternatives()
    while parser.peek() is not None:  # a closing parenthesis that nothing opened
        stray = parser.take()
        parser.complain(stray, "This parenthesis closes nothing.")
        rest = parser.alternatives()
        root = _join(And, [node for node in (root, rest) if node is not None])
    return Query(root, tuple(sorted(parser.problems, key=lambda problem: problem.start)), text)


class _Parser:
    """Reads the tokens from left to right: alternatives of sequences of terms."""

    def __init__(self, text: str) -> None:
        self.problems: list[QueryProblem] = []
        self._text = text
        self._tokens = list(_tokens(text))
        self._place = 0

    def peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def take(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def complain(self, token: _Token, message: str) -> None:
        self.problems.append(QueryProblem(token.start, token.end, message))

    def alternatives(self) -> Node | None:
        found = [self._sequence()]
        while (token := self.peek()) is not None and (token.kind, token.text) == ("word", "OR"):
            self.take()
            found.append(self._sequence())
        return _join(Or, [node for node in found if node is not None])

    def _sequence(self) -> Node | None:
        found: list[Node] = []
        while (token := self.peek()) is not None and token.kind != "close" and token.text != "OR":
            node = self._term()
            if node is not None:
                found.append(node)
        return _join(And, found)

    def _term(self) -> Node | None:
        token = self.take()
        match token.kind:
            case "minus":
                return self._negation(token)
            case "open":
                return self._group(token)
            case "field":
                return self._field(token)
            case "quote":
                phrase = token.text.strip('"').strip()
                return Phrase(phrase) if phrase else None
            case _:
                return Word(token.text)

    def _negation(self, minus: _Token) -> Node | None:
        following = self.peek()
        if following is None or following.kind == "close":
            self.complain(minus, "The minus needs a word after it.")
            return None
        node = self._term()
        return None if node is None else Not(node)

    def _group(self, opening: _Token) -> Node | None:
        node = self.alternatives()
        closing = self.peek()
        if closing is None:
            self.complain(opening, "This parenthesis is not closed.")
        else:
            self.take()
        return node

    def _field(self, token: _Token) -> Node | None:
        name = token.text.lower()
        value = self.take()
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f"; did you mean {near[0]}:?" if near else f". There are {', '.join(FIELDS)}."
            self.complain(token, f"There is no field “{token.text}”{hint}")
            return None
        try:
            return _field_node(name, value.text.strip('"').strip())
        except ValueError as error:
            self.complain(value, str(error))
            return None
