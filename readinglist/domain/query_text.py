"""The query language as text: what was typed becomes a tree, a tree becomes text again.

Terms that follow each other must all hold (`AND` may stand between them), `OR` binds looser, `-` or `NOT` negates,
parentheses group, also the values of a field: `title:(a OR b)`. A part that cannot be used becomes a problem and is
left out. A quote inside quotes is doubled: `tag:"the ""best"" ones"`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from readinglist.domain.query import (
    FIELDS,
    Among,
    And,
    Between,
    Match,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    QueryPart,
    QueryProblem,
    Word,
)
from readinglist.domain.query_values import (
    SCHEMES,
    as_one_text,
    in_quotes,
    needs_value,
    parse_value,
    render_value,
    unquoted,
)

MAX_DEPTH = 20  # parentheses inside each other; SQLite's own parser of text queries takes about a hundred
MAX_TERMS = 200
MAX_PROBLEMS = 10  # shown to a reader; more of them help nobody

# A field's name is followed at once by a colon; a word may hold colons, dashes and signs of its own (`GPT-4`, `C++`).
TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)])) | (?P<quote>"(?:[^"]|"")*"?)
        | (?P<field>[A-Za-z_]+):(?=[^\s)])(?!//) | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
VALUE = re.compile(r'"(?:[^"]|"")*"?|[^\s()]+')
TERMS = frozenset({"word", "quote", "value"})


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
    'year: needs a year such as 2024, >2020 or 2022..2024.'
    """
    parser = _Parser(text)
    root = parser.alternatives()
    problems = sorted(parser.problems, key=lambda problem: problem.start)
    return Query(root, tuple(problems[:MAX_PROBLEMS]), text, tuple(parser.parts))


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
            return in_quotes(text)
        case Match() | Between():
            return f"{node.field}:{render_value(node)}"
        case Not(node=inner):
            return f"-{_render_inside(inner, And, Or)}"
        case And(nodes=nodes):
            return " ".join(_render_inside(one, Or) for one in nodes)
        case Or(nodes=nodes):
            return " OR ".join(map(_render, nodes))


def _render_inside(node: Node, *grouped: type) -> str:
    return f"({_render(node)})" if isinstance(node, grouped) else _render(node)


class _Parser:
    """Reads the tokens from left to right: alternatives of sequences of terms."""

    def __init__(self, text: str) -> None:
        self.problems: list[QueryProblem] = []
        self.parts: list[QueryPart] = []
        self._field: str | None = None  # whose values the parentheses hold that the parser is in
        self._place = 0
        self._tokens = self._balanced(self._few(list(_tokens(text))))

    def alternatives(self) -> Node | None:
        found = [self._sequence()]
        while (token := self._peek()) is not None and token.is_or:
            self._take()
            found.append(self._sequence())
        return _join(Or, [node for node in found if node is not None])

    def _few(self, tokens: list[_Token]) -> list[_Token]:
        terms = [place for place, token in enumerate(tokens) if token.kind in TERMS and token.text]
        if len(terms) <= MAX_TERMS:
            return tokens
        cut = terms[MAX_TERMS] - (tokens[terms[MAX_TERMS]].kind == "value")  # its field goes with it
        message = f"This is more than a search can hold; only the first {MAX_TERMS} words count."
        self.problems.append(QueryProblem(tokens[cut].start, tokens[-1].end, message))
        return tokens[:cut]

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
            self.problems.append(QueryProblem(token.start, token.end, "This parenthesis is not closed.", is_open=True))
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
                self._close()
                return node
            case "field":
                return self._named(token)
            case "quote":
                phrase = unquoted(token.text).strip()
                return self._leaf(token, phrase) if phrase else None
            case _:
                return self._word(token)

    def _word(self, token: _Token) -> Node | None:
        name = token.text.removesuffix(":").lower()
        if name != token.text.lower() and name in FIELDS:
            self._complain(token, needs_value(name))
            return None
        # A pasted title brings dashes and ampersands that stand alone.
        if token.text == "AND" or all(unicodedata.category(one).startswith("P") for one in token.text):
            return None
        return self._leaf(token, token.text)

    def _leaf(self, token: _Token, text: str) -> Node | None:
        """Return a word or a phrase; among the values of a field, one of these."""
        if self._field is None:
            return Phrase(text) if token.kind == "quote" else Word(text)
        return self._value(self._field, text, token)

    def _value(self, name: str, text: str, token: _Token) -> Node | None:
        try:
            return parse_value(name, text)
        except ValueError as error:
            self._complain(token, str(error))
            return None

    def _negation(self, minus: _Token) -> Node | None:
        is_negated = True
        while (following := self._peek()) is not None and following.is_minus:
            self._take()
            is_negated = not is_negated
        if following is None or following.kind == "close" or following.is_or:
            self._complain(minus, f"{'NOT' if minus.kind == 'word' else 'The minus'} needs a word after it.")
            return None
        known = len(self.parts)
        node = self._term()
        if node is not None and is_negated:
            node = node.node if isinstance(node, Not) else Not(node)
        if node is not None and following.kind == "field":
            self.parts[known:] = [QueryPart(minus.start, one.end, node) for one in self.parts[known:]]
        return node

    def _named(self, token: _Token) -> Node | None:
        """Read a field's value, or its values in parentheses; one inside another's parentheses speaks for itself."""
        name, outer = token.text.lower(), self._field
        value = self._take() if self._place < len(self._tokens) else _Token("value", "", token.end, token.end)
        opened = self._peek()
        is_group = not value.text and opened is not None and opened.kind == "open" and opened.start == value.end
        if name not in FIELDS and name not in SCHEMES:
            self._refuse(token, is_group=is_group)
            return None
        if is_group:
            self._field = name
            node = self._values(name, token)
            self._field = outer
        else:
            node = self._value(name, unquoted(value.text).strip(), value if value.text else token)
        if node is not None and outer is None:
            self.parts.append(QueryPart(token.start, self._tokens[self._place - 1].end, node))
        return node

    def _values(self, name: str, token: _Token) -> Node | None:
        self._take()
        known = len(self.problems)
        node = self.alternatives()
        self._close()
        if node is None and len(self.problems) == known:
            self._complain(token, needs_value("id" if name in SCHEMES else name))
        return as_one_text(node) if name == "like" else node

    def _refuse(self, token: _Token, *, is_group: bool) -> None:
        """Complain of a field that does not exist; its values are left out with it."""
        near = get_close_matches(token.text.lower(), FIELDS, n=1)
        hint = f"; did you mean {near[0]}:?" if near else f". There are {', '.join(FIELDS)}."
        if is_group:
            problems, parts = len(self.problems), len(self.parts)
            self._take()
            self.alternatives()
            self._close()
            del self.problems[problems:], self.parts[parts:]
        self._complain(token, f"There is no field “{token.text}”{hint}")

    def _close(self) -> None:
        """Take the parenthesis that ends a group; it may be missing at the end."""
        if self._peek() is not None:
            self._take()


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


def _join(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node | None:
    """Make one node of several; groups of the same kind inside it dissolve."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, kind) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))
