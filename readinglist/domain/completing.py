"""What may be meant by a part of a query that is still being typed: names of fields, and words that a field takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.domain.query import FIELDS, Kind
from readinglist.domain.query_dates import UNITS
from readinglist.domain.query_values import parse_value, quoted, unquoted
from readinglist.domain.query_wording import filter_words
from readinglist.domain.titles import fold_title

# What a part begins after, the name of a field, and what has been typed of its value.
VALUE = re.compile(r'(?:^|[\s(])-?(?P<field>[A-Za-z_]+):(?P<value>"(?:[^"]|"")*|[^\s()"]*)$')
# The same among values in parentheses, and what opens and closes these.
INSIDE = re.compile(r'(?:^|[\s(])-?(?P<value>"(?:[^"]|"")*|[^\s()"]+|(?<=\())$')
PARENTHESES = re.compile(r'"[^"]*"?|(?:(?P<field>[A-Za-z_]+):)?(?P<open>\()|\)')
OPERATORS = frozenset({"OR", "AND", "NOT"})
BOUND = re.compile(r"[<>]=?|[^.]*\.\.")  # what a date may have before it
NAME = re.compile(r"(?:^|[\s(])-?(?P<name>[A-Za-z]+)$")
# What is offered before anything is typed comes first.
DATES = ("today", "yesterday", "7d", "thisweek", "lastweek", "30d", "thismonth", "thisyear", "lastmonth", "lastyear")
LEAST_NAME = 2  # letters; one alone begins too many words
# Fields whose words are looked up in the library.
LOOKED_UP = frozenset({"tag", "collection", "author", "venue", "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The part of a query at the cursor.

    Attributes:
        field: Name of the field whose value it is; None where it may become the name of one.
        text: What has been typed of it, without quotes.
        start: Place of its first character in the query.
        end: Place after its last one.
        prefix: What stands before it and belongs to the value too: `>` or `2024..` of a date.
    """

    field: str | None
    text: str
    start: int
    end: int
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the part may become.

    Attributes:
        text: Shown, and put in its place.
        hint: What it is, or how many papers it finds.
    """

    text: str
    hint: str = ""


def part_at(query: str, cursor: int) -> Typed | None:
    """Return the part of a query that ends at the cursor; None if there is nothing to complete.

    >>> part_at("deep tag:ma", 11)
    Typed(field='tag', text='ma', start=9, end=11, prefix='')
    >>> part_at("deep sta", 8)
    Typed(field=None, text='sta', start=5, end=8, prefix='')
    """
    before, after = query[:cursor], query[cursor : cursor + 1]
    if after and not after.isspace() and after not in ')"':
        return None
    found = VALUE.search(before)
    if found is not None:
        return _value_at(found["field"].lower(), found, after)
    around = _field_around(before)
    if around is not None:
        found = INSIDE.search(before)
        return _value_at(around, found, after) if found is not None and found["value"] not in OPERATORS else None
    found = NAME.search(before)
    if found is None or found["name"] in OPERATORS or before.count('"') % 2:
        return None
    return Typed(field=None, text=found["name"], start=found.start("name"), end=cursor)


def known_suggestions(part: Typed) -> list[Suggestion]:
    """Return what the language itself can say: fields, dates, and the words of fields that take one of a few."""
    text = part.text.lower()
    if part.field is None:
        fitting = [name for name in FIELDS if name.startswith(text)] if len(text) >= LEAST_NAME else []
        return [Suggestion(text=f"{name}:", hint=FIELDS[name].help) for name in fitting]
    spec = FIELDS[part.field]
    if spec.kind is Kind.DATE:
        return _dates(part.field, part.prefix, re.sub(r"[\s_-]+", "", text))
    if spec.kind is not Kind.CHOICE or text in spec.choices:
        return []
    return [Suggestion(text=choice) for choice in spec.choices if choice.startswith(text)]


def completed(query: str, part: Typed, suggestion: Suggestion) -> tuple[str, int]:
    """Return what a part becomes, and where the cursor then stands in the whole query.

    >>> completed("deep tag:ma", part_at("deep tag:ma", 11), Suggestion(text="machine learning"))
    ('"machine learning" ', 28)
    """
    if part.field is None:
        return suggestion.text, part.start + len(suggestion.text)
    text = quoted(suggestion.text)
    if not query[part.end : part.end + 1].isspace():
        text += " "
        return text, part.start + len(text)
    return text, part.start + len(text) + 1


def fits(name: str, typed: str) -> bool:
    """Tell whether a name, or a word of it, begins with what was typed.

    >>> fits("Ada Lovelace", "lov"), fits("ml/vision", "vis"), fits("Ada Lovelace", "ace")
    (True, True, False)
    """
    wanted = fold_title(typed)
    return not wanted or f" {fold_title(name)}".find(f" {wanted}") >= 0


def in_order(counts: Sequence[tuple[str, int]], typed: str, limit: int) -> list[tuple[str, int]]:
    """Return the names that fit, those first that begin with what was typed, and among these the most frequent."""
    wanted = fold_title(typed)
    fitting = [(name, number) for name, number in counts if fits(name, typed)]
    return sorted(fitting, key=lambda one: (not fold_title(one[0]).startswith(wanted), -one[1], one[0]))[:limit]


def _value_at(field: str, found: re.Match[str], after: str) -> Typed | None:
    """Return what was typed of a field's value."""
    value, start, end = found["value"], found.start("value"), found.end("value")
    if field not in FIELDS or found.string[:start].count('"') % 2:
        return None
    bound = BOUND.match(value) if FIELDS[field].kind is Kind.DATE else None
    prefix = bound[0] if bound is not None else ""
    if after == '"' and value.startswith('"'):
        end += 1
    text = unquoted(value.removeprefix(prefix))
    return Typed(field=field, text=text, start=start + len(prefix), end=end, prefix=prefix)


def _field_around(before: str) -> str | None:
    """Return the field in whose parentheses a text ends.

    >>> _field_around("title:(a (b OR "), _field_around("title:(a) (b ")
    ('title', None)
    """
    opened: list[str | None] = []
    for found in PARENTHESES.finditer(before):
        if found["open"]:
            name = (found["field"] or "").lower()
            opened.append(name or (opened[-1] if opened else None))
        elif found[0] == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _dates(field: str, prefix: str, typed: str) -> list[Suggestion]:
    """Suggest dates that go with the calendar, and say what they mean."""
    counted = [f"{int(typed)}{unit}" for unit in UNITS] if re.fullmatch(r"[0-9]{1,3}", typed) else []
    fitting = counted or [text for text in DATES if text.startswith(typed) and text != typed]
    try:
        return [Suggestion(text=text, hint=filter_words(parse_value(field, f"{prefix}{text}"))) for text in fitting]
    except ValueError:  # of what stands before it
        return []
