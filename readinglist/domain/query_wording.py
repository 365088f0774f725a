"""What a filter of a query means, in a few words: `added:7d` is “Added in the last 7 days”."""

from collections.abc import Mapping

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Status
from readinglist.domain.query import FIELDS, And, Between, Kind, Match, Node, Not, Or, leaves
from readinglist.domain.query_dates import SIGNS, TODAY, count_of, is_counted, is_relative
from readinglist.domain.wording import count_text, day_text

LABELS: Mapping[str, str] = {
    "title": "Title:",
    "author": "Author:",
    "abstract": "Abstract:",
    "note": "Note:",
    "tag": "Tag:",
    "collection": "Collection:",
    "status": "Status:",
    "year": "Published",
    "date": "Published",
    "added": "Added",
    "read": "Read",
    "venue": "Venue:",
    "source": "Source:",
    "id": "Identifier:",
    "has": "Has",
    "is": "Is",
    "rating": "Rated",
    "like": "Like:",
}
CHOICES: Mapping[tuple[str, str], str] = {
    ("has", "pdf"): "a PDF",
    ("has", "note"): "a note",
    ("has", "annotation"): "an annotation",
    ("has", "code"): "code",
    ("has", "abstract"): "an abstract",
    ("has", "tag"): "a tag",
    ("has", "collection"): "a collection",
    ("is", "starred"): "starred",
    ("is", "latest"): "in the last import",
    ("is", "bin"): "in the bin",
    ("is", "duplicate"): "a duplicate",
}
SPANS: Mapping[str, str] = {
    TODAY: "today",
    "yesterday": "yesterday",
    "thisweek": "this week",
    "lastweek": "last week",
    "thismonth": "this month",
    "lastmonth": "last month",
    "thisyear": "this year",
    "lastyear": "last year",
}


def filter_words(node: Node) -> str:
    """Say what one field of a query asks for.

    >>> from readinglist.domain.query_text import parse_query
    >>> [filter_words(parse_query(text).parts[0].node) for text in ("-has:pdf", "upvotes:>50", "tag:(nlp OR vision)")]
    ['Has no PDF', '51 upvotes or more', 'Tag: nlp or vision']
    >>> [filter_words(parse_query(f"added:{text}").parts[0].node) for text in ("today", "<7d", "2024..", "2025-05-03")]
    ['Added today', 'Added more than 7 days ago', 'Added since 2024', 'Added on 3 May 2025']
    """
    if isinstance(node, Not):
        return _denied(node.node)
    found = next(leaves(node), None)
    name = found.field if isinstance(found, Match | Between) else ""
    words = _values(node, name)
    if name == "is" and isinstance(node, Match):
        return _capital(words.removeprefix("a "))
    return _capital(f"{LABELS.get(name, '')} {words}".strip())


def _denied(node: Node) -> str:
    if not isinstance(node, Match):
        words = filter_words(node)
        return f"Not {words[:1].lower()}{words[1:]}"
    words = _value(node)
    match node.field:
        case "has":
            return f"Has no {words.removeprefix('an ').removeprefix('a ')}"
        case "is":
            return f"Not {words}"
        case name:
            return f"{LABELS[name]} not {words}"


def _values(node: Node, name: str) -> str:
    """Say values of a field; those of another one in its parentheses are told with their name."""
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            word = " and " if isinstance(node, And) else " or "
            parts = [(one, _values(one, name)) for one in nodes]
            return word.join(f"({text})" if isinstance(one, And | Or) else text for one, text in parts)
        case Not(node=inner):
            text = _values(inner, name)
            return f"not ({text})" if isinstance(inner, And | Or) else f"not {text}"
        case Match() | Between():
            return _value(node) if node.field == name else filter_words(node)
        case _:
            return node.text


def _value(node: Match | Between) -> str:
    if isinstance(node, Match):
        if node.field == "status":
            return Status(node.value).label
        return CHOICES.get((node.field, node.value), node.value)
    if node.field in FIELDS and FIELDS[node.field].kind is Kind.DATE:
        return _when(node.low, node.high)
    if node.field == "year":
        return _between(node.low, node.high)
    return _number(node)


def _number(node: Between) -> str:
    low, high = node.low, node.high
    unit = "" if node.field == "rating" else f" {node.field.removesuffix('s') if low == high == '1' else node.field}"
    if low == high:
        return f"{_grouped(low)}{unit}"
    if low is None or high is None:
        fewer = "fewer" if unit else "less"
        return f"{_grouped(low or high)}{unit} or {fewer if low is None else 'more'}"
    return f"{_grouped(low)} to {_grouped(high)}{unit}"


def _grouped(number: str | None) -> str:
    return f"{int(number or 0):,}"


def _between(low: str | None, high: str | None) -> str:
    if low == high:
        return f"in {low}"
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"since {low}" if high is None else f"until {high}"


def _when(low: str | None, high: str | None) -> str:
    """Say when something was: `Added` or `Published` stands before it."""
    if is_counted(low) and high == TODAY:
        number, unit = count_of(low or "")
        span = unit if number == 1 else count_text(number, unit)
        return f"in the last {span}" if number else TODAY
    if low == high:
        return _at(low or "")
    if low is not None and high is not None:
        return f"from {_bound(low)} to {_bound(high)}"
    bound = low or high or ""
    if bound[0] not in SIGNS:
        return f"{'since' if high is None else 'until'} {_bound(bound)}"
    plain = bound.lstrip(SIGNS)
    if is_counted(plain):
        return f"{'less' if high is None else 'more'} than {_bound(plain)}"
    return f"{'after' if high is None else 'before'} {_bound(plain)}"


def _at(bound: str) -> str:
    if is_relative(bound):
        return _bound(bound)
    return f"{'on' if bound.count('-') == 2 else 'in'} {_bound(bound)}"


def _bound(bound: str) -> str:
    if is_counted(bound):
        number, unit = count_of(bound)
        return f"{count_text(number, unit)} ago"
    return SPANS[bound] if bound in SPANS else day_text(PartialDate.parse(bound))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
