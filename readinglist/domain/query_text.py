"""The query language as text: what was typed becomes a tree, a tree becomes text again.

Terms that follow each other must all hold (`AND` may stand between them), `OR` binds looser, `-` or `NOT` negates,
parentheses group. A part that cannot be used becomes a problem and is left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.query import (
    FIELDS,
    Among,
    And,
    Between,
    FieldSpec,
    Kind,
    Match,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    QueryProblem,
    Word,
)
from readinglist.domain.tagging import normalise_tag

MAX_DEPTH = 20  # parentheses inside each other; SQLite's own parser of text queries takes about a hundred
MAX_TERMS = 200
MAX_PROBLEMS = 10  # shown to a reader; more of them help nobody
MAX_NUMBER = 999_999_999

# A field's name is followed at once by a colon; a word may hold colons, dashes and signs of its own (`GPT-4`, `C++`).
TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)])) | (?P<quote>"[^"]*"?)
        | (?P<field>[A-Za-z_]+):(?=[^\s)])(?!//) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
QUOTE = '"'
VALUE = re.compile(r'"[^"]*"?|[^\s()]+')
NUMBER = re.compile(r"-?[0-9]{1,9}")
ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
BOUNDS = re.compile(r"(?P<sign>>=|<=|>|<)(?P<limit>.+)|(?P<low>[^.]*)\.\.(?P<high>[^.]*)")
Bound = Callable[[str, str, int], str]  # (field, text, step to the next or previous value) -> the bound
NEEDS_QUOTES = re.compile(r"[\s()]|^//")
SCHEMES = frozenset({"arxiv", "doi"})  # that an identifier may begin with, as if they were fields


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int

    @property
    def is_or(self) -> bool:
        return self.kind == "word" and self.text == "OR"

    @property
    def is_minus(self) -> bool:
        return self.kind == "minus" or (self.kind == "word" and self.text == "NOT")


def parse_query(text: str) -> Query:
    """Turn what was typed into a query; a wrong part becomes a problem, the rest still works.

    >>> parse_query("tag:ml attention").root
    And(nodes=(Match(field='tag', value='ml'), Word(text='attention')))
    >>> parse_query("year:soon").problems[0].message
    'year: needs a number such as 5, >5 or 5..9.'
    """
    parser = _Parser(text)
    root = parser.alternatives()
    problems = sorted(parser.problems, key=lambda problem: problem.start)
    return Query(root, tuple(problems[:MAX_PROBLEMS]), text)


def render_query(query: Query) -> str:
    """Turn a query into text that parses to the same tree; empty if it asks for everything.

    >>> render_query(parse_query("(a OR b)  -Status:read year:>2020"))
    '(a OR b) -status:read year:2021..'
    """
    return "" if query.root is None else _render(query.root)


def _render(node: Node) -> str:
    match node:
        case Word(text=text) | Among(text=text):
            return text
        case Phrase(text=text):
            return f'"{text}"'
        case Match() | Between():
            return f"{node.field}:{_render_value(node)}"
        case Not(node=inner):
            return f"-{_render_inside(inner, And, Or)}"
        case And(nodes=nodes):
            return " ".join(_render_inside(one, Or) for one in nodes)
        case Or(nodes=nodes):
            return " OR ".join(map(_render, nodes))


def _render_value(node: Match | Between) -> str:
    if isinstance(node, Match):
        return f'"{node.value}"' if NEEDS_QUOTES.search(node.value) else node.value
    return f"{node.low}" if node.low == node.high else f"{node.low or ''}..{node.high or ''}"


def _render_inside(node: Node, *grouped: type) -> str:
    return f"({_render(node)})" if isinstance(node, grouped) else _render(node)


class _Parser:
    """Reads the tokens from left to right: alternatives of sequences of terms."""

    def __init__(self, text: str) -> None:
        self.problems: list[QueryProblem] = []
        self._place = 0
        self._tokens = self._balanced(self._few(list(_tokens(text))))

    def alternatives(self) -> Node | None:
        found = [self._sequence()]
        while (token := self._peek()) is not None and token.is_or:
            self._take()
            found.append(self._sequence())
        return _join(Or, [node for node in found if node is not None])

    def _few(self, tokens: list[_Token]) -> list[_Token]:
        if len(tokens) > MAX_TERMS:
            start, end = tokens[MAX_TERMS].start, tokens[-1].end
            message = f"This is more than a search can hold; only the first {MAX_TERMS} words count."
            self.problems.append(QueryProblem(start, end, message))
        return tokens[:MAX_TERMS]

    def _balanced(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Leave out parentheses without a partner and those too deep, so that the parser meets neither."""
        kept: list[_Token] = []
        opened: list[_Token] = []
        for token in tokens:
            if token.kind == "open":
                opened.append(token)
                if len(opened) > MAX_DEPTH:
                    self._complain(token, f"At most {MAX_DEPTH} parentheses may stand inside each other.")
                    continue
            elif token.kind == "close" and not opened:
                self._complain(token, "This parenthesis closes nothing.")
                continue
            elif token.kind == "close":
                opened.pop()
                if len(opened) >= MAX_DEPTH:
                    continue
            kept.append(token)
        for token in opened[:MAX_DEPTH]:
            self._complain(token, "This parenthesis is not closed.")
        return kept

    def _peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _complain(self, token: _Token, message: str) -> None:
        self.problems.append(QueryProblem(token.start, token.end, message))

    def _sequence(self) -> Node | None:
        found: list[Node] = []
        while (token := self._peek()) is not None and token.kind != "close" and not token.is_or:
            node = self._term()
            if node is not None:
                found.append(node)
        return _join(And, found)

    def _term(self) -> Node | None:
        token = self._take()
        if token.is_minus:
            return self._negation(token)
        match token.kind:
            case "open":
                node = self.alternatives()
                if self._peek() is not None:
                    self._take()
                return node
            case "field":
                return self._field(token)
            case "quote":
                phrase = token.text.strip(QUOTE).strip()
                return Phrase(phrase) if phrase else None
            case _:
                return self._word(token)

    def _word(self, token: _Token) -> Node | None:
        name = token.text.removesuffix(":").lower()
        if name != token.text.lower() and name in FIELDS:
            self._complain(token, _needs_value(name))
            return None
        # A pasted title brings dashes and ampersands that stand alone.
        if token.text == "AND" or all(unicodedata.category(one).startswith("P") for one in token.text):
            return None
        return Word(token.text)

    def _negation(self, minus: _Token) -> Node | None:
        is_negated = True
        while (following := self._peek()) is not None and following.is_minus:
            self._take()
            is_negated = not is_negated
        if following is None or following.kind == "close" or following.is_or:
            self._complain(minus, f"{'NOT' if minus.kind == 'word' else 'The minus'} needs a word after it.")
            return None
        node = self._term()
        if node is None or not is_negated:
            return node
        return node.node if isinstance(node, Not) else Not(node)

    def _field(self, token: _Token) -> Node | None:
        name = token.text.lower()
        value = self._take() if self._place < len(self._tokens) else _Token("value", "", token.end, token.end)
        if name in SCHEMES:
            value, name = replace(value, text=f"{name}:{value.text.strip(QUOTE)}"), "id"
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f"; did you mean {near[0]}:?" if near else f". There are {', '.join(FIELDS)}."
            self._complain(token, f"There is no field “{token.text}”{hint}")
            return None
        try:
            return _field_node(name, FIELDS[name], value.text.strip(QUOTE).strip())
        except ValueError as error:
            self._complain(value if value.text else token, str(error))
            return None


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while (found := TOKEN.match(text, place)) is not None:
        kind = found.lastgroup or ""
        place = found.end()
        yield _Token(kind, found[kind], found.start(kind), place)
        if kind == "field":  # a value is no word: `-5`, `>=4` and `OR` may be one
            value = VALUE.match(text, place)
            end = place if value is None else value.end()
            yield _Token("value", text[place:end], place, end)
            place = end


def _field_node(name: str, spec: FieldSpec, value: str) -> Node:
    """Understand a field's value.

    Raises:
        ValueError: It is none that the field can have; the message is for the reader.
    """
    if not value:
        raise ValueError(_needs_value(name))
    match spec.kind:
        case Kind.NUMBER:
            return _between(name, value, _number_bound)
        case Kind.DATE:
            return _between(name, value, _date_bound)
        case Kind.CHOICE:
            return Match(name, _choice(name, spec, value))
        case Kind.TAG:
            try:
                return Match(name, normalise_tag(value))
            except UserError as error:
                raise ValueError(error.message) from error
        case Kind.IDENTIFIER:
            named = parse_identifier(value)
            if named is None:
                message = f"“{value}” is neither an arXiv id nor a DOI."
                raise ValueError(message)
            return Match(name, named.value)
        case Kind.TEXT | Kind.LIKENESS:
            return Match(name, value)


def _needs_value(name: str) -> str:
    """Say what is missing after a field's name.

    >>> _needs_value("title")
    'title: needs a value right after the colon; several words stand in quotes.'
    """
    quotes = "; several words stand in quotes" if FIELDS[name].kind in {Kind.TEXT, Kind.TAG, Kind.LIKENESS} else ""
    return f"{name}: needs a value right after the colon{quotes}."


def _choice(name: str, spec: FieldSpec, value: str) -> str:
    wanted = _solid(value)
    known = {_solid(choice): choice for choice in spec.choices}
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1)
    hint = f"; did you mean {known[near[0]]}?" if near else "."
    message = f"{name}: takes {', '.join(spec.choices[:-1])} or {spec.choices[-1]}{hint}"
    raise ValueError(message)


def _solid(value: str) -> str:
    """Write a choice without what may stand between its words.

    >>> _solid("To read"), _solid("to-read"), _solid("to_read")
    ('toread', 'toread', 'toread')
    """
    return re.sub(r"[\s_-]+", "", value.lower())


def _between(name: str, value: str, bound: Bound) -> Between:
    found = BOUNDS.fullmatch(value)
    if found is None:
        return Between(name, bound(name, value, 0), bound(name, value, 0))
    match found["sign"]:
        case ">":
            return Between(name, bound(name, found["limit"], 1), None)
        case ">=":
            return Between(name, bound(name, found["limit"], 0), None)
        case "<":
            return Between(name, None, bound(name, found["limit"], -1))
        case "<=":
            return Between(name, None, bound(name, found["limit"], 0))
    low, high = (bound(name, part, 0) if part else None for part in (found["low"], found["high"]))
    if low is None and high is None:
        bound(name, value, 0)  # two dots alone; raises the message of a wrong value
    if low is not None and high is not None and _place(name, low) > _place(name, high):
        low, high = high, low
    return Between(name, low, high)


def _place(name: str, bound: str) -> tuple[int, str]:
    """Return what two bounds of a field are compared by."""
    return (0, bound) if FIELDS[name].kind is Kind.DATE else (int(bound), "")


def _number_bound(name: str, text: str, step: int) -> str:
    if not NUMBER.fullmatch(text):
        message = f"{name}: needs a number such as 5, >5 or 5..9."
        raise ValueError(message)
    return str(max(-MAX_NUMBER, min(int(text) + step, MAX_NUMBER)))


def _date_bound(name: str, text: str, step: int) -> str:
    """The step is a year, a month or a day, as precise as the date is."""
    message = f"{name}: needs a date such as 2024, 2024-05, >2024-05-18 or 2022..2024."
    if not ISO_DATE.fullmatch(text):
        raise ValueError(message)
    try:
        return str(_neighbour(PartialDate.parse(text), step))
    except (ValueError, OverflowError) as error:
        raise ValueError(message) from error


def _neighbour(when: PartialDate, step: int) -> PartialDate:
    if when.day is not None and when.month is not None:
        return PartialDate.of(date(when.year, when.month, when.day) + timedelta(days=step))
    if when.month is not None:
        years, month = divmod(when.month - 1 + step, 12)
        return PartialDate(when.year + years, month + 1)
    return PartialDate(when.year + step)


def _join(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node | None:
    """Make one node of several; groups of the same kind inside it dissolve."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, kind) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))
