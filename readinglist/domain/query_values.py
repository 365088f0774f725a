"""What may stand after the colon of a field: it becomes a part of a query's tree, or a sentence says what is wrong."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.levels import tidy_name
from readinglist.domain.query import FIELDS, And, Between, FieldSpec, Kind, Match, Node, Not, Or
from readinglist.domain.query_dates import SPANS, TODAY, find_relative, is_counted, is_relative, neighbour

MAX_NUMBER = 999_999_999
NUMBER = re.compile(r"-?[0-9]{1,9}")
ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
BOUNDS = re.compile(r"(?P<sign>>=|<=|>|<)(?P<limit>.+)|(?P<low>[^.]*)\.\.(?P<high>[^.]*)")
Bound = Callable[[str, str, int], str]  # (field, text, step to the next or previous value) -> the bound
NEEDS_QUOTES = re.compile(r"[\s()\"]|^//")
QUOTE = '"'
PLAIN = re.compile(r"(?!//)[\w/.+-]+")
SCHEMES = frozenset({"arxiv", "doi"})  # that an identifier may begin with, as if they were fields


def parse_value(name: str, value: str) -> Node:
    """Understand a field's value.

    Args:
        name: The field, or a scheme of identifiers.
        value: Without quotes.

    Raises:
        ValueError: It is none that the field can have; the message is for the reader.
    """
    if name in SCHEMES:
        value, name = f"{name}:{value}", "id"
    elif name == "year" and find_relative(value) is not None:
        name = "date"  # `year:lastyear` says the same of the date
    spec = FIELDS[name]
    if not value:
        raise ValueError(needs_value(name))
    match spec.kind:
        case Kind.NUMBER:
            return _between(name, value, _number_bound)
        case Kind.DATE:
            return _since(name, value) or _between(name, value, _date_bound)
        case Kind.CHOICE:
            return Match(name, _choice(name, spec, value))
        case Kind.LEVELS:
            return Match(name, _levels(name, value))
        case Kind.IDENTIFIER:
            return Match(name, _identifier(value))
        case Kind.TEXT | Kind.LIKENESS:
            return Match(name, value)


def render_value(node: Match | Between) -> str:
    """Write a value so that it is understood as the same."""
    if isinstance(node, Match):
        return in_quotes(node.value) if NEEDS_QUOTES.search(node.value) else node.value
    low, high = node.low or "", node.high or ""
    if low.startswith(">") or high.startswith("<"):
        return low or high
    if is_counted(low):
        return low if high == TODAY else f"{low}..{high}"
    return low if low == high else f"{low}..{high}"


def quoted(value: str) -> str:
    """Write a name, say, as a value.

    >>> quoted("ml/vision"), quoted('My "best" papers')
    ('ml/vision', '"My ""best"" papers"')
    """
    return value if PLAIN.fullmatch(value) else in_quotes(value)


def in_quotes(text: str) -> str:
    """Write a text in quotes, each of its own doubled."""
    return QUOTE + text.replace(QUOTE, 2 * QUOTE) + QUOTE


def unquoted(text: str) -> str:
    """Return what a value says that may stand in quotes; the last quote may be missing, and one inside is doubled.

    >>> unquoted('"My ""best"" papers"'), unquoted('"not yet')
    ('My "best" papers', 'not yet')
    """
    if not text.startswith(QUOTE):
        return text.strip(QUOTE)
    inside = text[1:]
    is_closed = inside.count(QUOTE) % 2 == 1
    return (inside[:-1] if is_closed else inside).replace(2 * QUOTE, QUOTE)


def needs_value(name: str) -> str:
    """Say what is missing after a field's name.

    >>> needs_value("title")
    'title: needs a value right after the colon; several words stand in quotes or parentheses.'
    """
    takes_words = FIELDS[name].kind in {Kind.TEXT, Kind.LEVELS, Kind.LIKENESS}
    quotes = "; several words stand in quotes or parentheses" if takes_words else ""
    return f"{name}: needs a value right after the colon{quotes}."


def as_one_text(node: Node | None) -> Node | None:
    """Put the words of `like:(learning from few examples)` together again: they say one thing."""
    match node:
        case And(nodes=nodes):
            words = [one.value for one in nodes if isinstance(one, Match) and one.field == "like"]
            rest = tuple(
                as_one_text(one) or one for one in nodes if not (isinstance(one, Match) and one.field == "like")
            )
            joined = (Match("like", " ".join(words)), *rest) if words else rest
            return And(joined) if len(joined) > 1 else joined[0]
        case Or(nodes=nodes):
            return Or(tuple(as_one_text(one) or one for one in nodes))
        case Not(node=inner):
            return Not(as_one_text(inner) or inner)
        case _:
            return node


def _levels(name: str, value: str) -> str:
    try:
        return tidy_name(value, name)
    except UserError as error:
        raise ValueError(error.message) from error


def _identifier(value: str) -> str:
    named = parse_identifier(value)
    if named is None:
        message = f"“{value}” is neither an arXiv id nor a DOI."
        raise ValueError(message)
    return named.value


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


def _since(name: str, value: str) -> Between | None:
    """Understand `7d`: the last seven days, not the one day a week ago."""
    relative = find_relative(value)
    return Between(name, relative, TODAY) if is_counted(relative) else None


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
    low, high = (bound(name, part.strip(), 0) if part else None for part in (found["low"], found["high"]))
    if low is None and high is None:
        bound(name, value, 0)  # two dots alone; raises the message of a wrong value
    if low is not None and high is not None and _is_later(name, low, high):
        low, high = high, low
    return Between(name, low, high)


def _is_later(name: str, low: str, high: str) -> bool:
    """Tell whether two bounds were typed the wrong way round; of what goes with the calendar, only the day tells."""
    if FIELDS[name].kind is not Kind.DATE:
        return int(low) > int(high)
    return low > high and not is_relative(low) and not is_relative(high)


def _number_bound(name: str, text: str, step: int) -> str:
    if not NUMBER.fullmatch(text):
        such = "year such as 2024, >2020 or 2022..2024" if name == "year" else "number such as 5, >5 or 5..9"
        message = f"{name}: needs a {such}."
        raise ValueError(message)
    return str(max(-MAX_NUMBER, min(int(text) + step, MAX_NUMBER)))


def _date_bound(name: str, text: str, step: int) -> str:
    """The step is a year, a month or a day, as precise as the date is; a date that goes with the calendar keeps it."""
    if (relative := find_relative(text)) is not None:
        return f"{('', '>', '<')[step]}{relative}"
    if not ISO_DATE.fullmatch(text):
        near = get_close_matches(text.lower(), SPANS, n=1)
        raise ValueError(_needs_date(name, f"; did you mean {near[0]}?" if near else "."))
    try:
        return str(neighbour(PartialDate.parse(text), step))
    except (ValueError, OverflowError) as error:
        raise ValueError(_needs_date(name, ".")) from error


def _needs_date(name: str, end: str) -> str:
    return f"{name}: needs a date such as 2024, 2024-05, >2024-05-18, 2022..2024, today or 7d{end}"
