"""What may be meant by a part of a query that is still being typed: names of fields, and words that a field takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.domain.query import FIELDS, Kind
from readinglist.domain.titles import fold_title

# What a part begins after, the name of a field, and what has been typed of its value.
VALUE = re.compile(r'(?:^|[\s(])-?(?P<field>[A-Za-z_]+):(?P<value>"[^"]*|[^\s()"]*)$')
NAME = re.compile(r"(?:^|[\s(])-?(?P<name>[A-Za-z]+)$")
PLAIN = re.compile(r"[\w/.+-]+")
LEAST_NAME = 2  # letters; one alone begins too many words
# Fields whose words are looked up in the library.
LOOKED_UP = frozenset({"tag", "author", "venue", "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The part of a query at the cursor.

    Attributes:
        field: Name of the field whose value it is; None where it may become the name of one.
        text: What has been typed of it, without quotes.
        start: Place of its first character in the query.
        end: Place after its last one.
    """

    field: str | None
    text: str
    start: int
    end: int


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
    Typed(field='tag', text='ma', start=9, end=11)
    >>> part_at("deep sta", 8)
    Typed(field=None, text='sta', start=5, end=8)
    """
    before, after = query[:cursor], query[cursor : cursor + 1]
    if after and not after.isspace() and after not in ')"':
        return None
    found = VALUE.search(before)
    if found is not None:
        field = found["field"].lower()
        if field not in FIELDS or before[: found.start("value")].count('"') % 2:
            return None
        end = cursor + 1 if after == '"' and found["value"].startswith('"') else cursor
        return Typed(field=field, text=found["value"].strip('"'), start=found.start("value"), end=end)
    found = NAME.search(before)
    if found is None or before.count('"') % 2:
        return None
    return Typed(field=None, text=found["name"], start=found.start("name"), end=cursor)


def known_suggestions(part: Typed) -> list[Suggestion]:
    """Return what the language itself can say: names of fields, and the words of those that take one of a few."""
    text = part.text.lower()
    if part.field is None:
        fitting = [name for name in FIELDS if name.startswith(text)] if len(text) >= LEAST_NAME else []
        return [Suggestion(text=f"{name}:", hint=FIELDS[name].help) for name in fitting]
    spec = FIELDS[part.field]
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
    value = suggestion.text.replace('"', "")
    text = value if PLAIN.fullmatch(value) else f'"{value}"'
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
