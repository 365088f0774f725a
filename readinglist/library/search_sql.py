"""A query's tree as SQL: the condition that a row of `paper` must meet, and the text query that ranks it.

Words reach the text index as quoted strings and everything else as parameters, so nothing typed is ever read as syntax.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from readinglist.domain.query import FIELDS, And, Between, Kind, Match, Node, Not, Or, Phrase, Query, Word
from readinglist.library.fulltext import UNSPACED, spaced
from readinglist.library.page_text import MATCHING

# Fields whose words the text index has in a column of their own.
TEXT_COLUMNS: Mapping[str, str] = {"title": "title", "author": "authors", "abstract": "abstract", "note": "note"}
# A SELECT of its own from `paper` is answered by the small index for just that question.
CHOICES: Mapping[tuple[str, str], str] = {
    ("has", "pdf"): "id IN (SELECT paper_id FROM file)",
    ("has", "annotation"): "id IN (SELECT paper_id FROM annotation)",
    ("has", "tag"): "id IN (SELECT paper_id FROM paper_tag)",
    ("has", "note"): "id IN (SELECT id FROM paper WHERE note != '')",
    ("has", "code"): "id IN (SELECT id FROM paper WHERE code_url IS NOT NULL)",
    ("has", "abstract"): "id NOT IN (SELECT id FROM paper WHERE abstract = '')",
    ("is", "starred"): "id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND is_starred = 1)",
    ("is", "bin"): "is_binned = 1",
}
DATE_COLUMNS: Mapping[str, str] = {"year": "published", "date": "published", "added": "added"}
LEAST_PREFIX = 2  # a single letter is a word of its own (R, C): as a beginning it would mean every paper
IN_INDEX = "id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?)"
# Words that no field is named for are also looked for in the PDFs. One set of numbers, not two conditions: a list asks
# once for each of its papers.
IN_INDEX_OR_PDF = f"""id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?
    UNION ALL SELECT paper_id FROM {MATCHING})"""
TAGGED = """id IN (SELECT paper_id FROM paper_tag WHERE tag_id IN
    (SELECT id FROM tag WHERE name = ? COLLATE NOCASE OR name LIKE ? ESCAPE '\\'))"""
WRITTEN_BY = "id IN (SELECT paper_id FROM paper_author WHERE name LIKE ? ESCAPE '\\')"
LISTED = "id IN (SELECT paper_id FROM mention WHERE source >= ? AND source < ?)"
# Conditions are sets of numbers, not comparisons of columns: a list is then always one walk along the index of its
# order, with a look into the set at each step. Given columns, SQLite prefers to read the whole rows of that walk.
IN_STATUS = "id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND status = ?)"
Value = str | int


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression over a row of `paper`, and its parameters in order."""

    sql: str
    values: tuple[Value, ...] = ()


def condition_of(query: Query) -> Condition:
    """Say which papers a query asks for; those in the bin only if it names the bin."""
    inner = _condition(query.root) if query.root is not None else Condition("1")
    if query.asks_for_bin:
        return inner
    return inner if inner.sql == "is_binned = 0" else Condition(f"is_binned = 0 AND {inner.sql}", inner.values)


def status_of(query: Query) -> str | None:
    """Return the status whose papers a query asks for; None if it asks for anything else."""
    root = query.root
    return root.value if isinstance(root, Match) and root.field == "status" and not query.asks_for_bin else None


def ranking_of(query: Query) -> str | None:
    """Return the text query that scores papers by the words that are asked for; None if there are none."""
    return _ranking(query.root, _expression) if query.root is not None else None


def text_ranking_of(query: Query) -> str | None:
    """Return the same for the texts of PDFs, which have no fields; None if each word is asked for in a field."""
    return _ranking(query.root, _text_expression) if query.root is not None else None


def _ranking(node: Node, expression: Callable[[Node], str | None]) -> str | None:
    whole = expression(node)
    if whole is not None:
        return whole
    match node:
        case And(nodes=nodes):
            required = [part for one in nodes if (part := expression(one)) is not None]
            return " AND ".join(required) or _alternatives(nodes, expression)
        case Or(nodes=nodes):
            return _alternatives(nodes, expression)
        case _:
            return None


def _alternatives(nodes: tuple[Node, ...], expression: Callable[[Node], str | None]) -> str | None:
    return " OR ".join(f"({part})" for one in nodes if (part := _ranking(one, expression)) is not None) or None


def words_of(query: Query) -> list[str]:
    """Return the words and phrases that are asked for, to show where a paper has them."""
    return [node.value if isinstance(node, Match) else node.text for node in _wanted(query.root)]


def _wanted(node: Node | None) -> Iterator[Word | Phrase | Match]:
    match node:
        case Word() | Phrase():
            yield node
        case Match(field=name) if name in TEXT_COLUMNS:
            yield node
        case And(nodes=nodes) | Or(nodes=nodes):
            for one in nodes:
                yield from _wanted(one)
        case _:
            return


def _condition(node: Node) -> Condition:
    return _indexed(node) or _from_tables(node)


def _indexed(node: Node) -> Condition | None:
    """Let the text indexes answer; None if they cannot, or if one of them would have to know what the other has."""
    expression = _expression(node)
    if expression is None:
        return None
    if _has_only(node, Match):
        return Condition(IN_INDEX, (expression,))
    return Condition(IN_INDEX_OR_PDF, (expression, expression)) if _has_only(node, Word, Phrase) else None


def _from_tables(node: Node) -> Condition:
    match node:
        case And() | Or():
            return _joined(node)
        case Not(node=inner):
            negated = _condition(inner)
            return Condition(f"NOT ifnull({negated.sql}, 0)", negated.values)
        case Word(text=text) | Phrase(text=text):
            return _contains("title", clean(text))
        case Match():
            return _field_condition(node)
        case Between():
            return _between(node)


def _joined(node: And | Or) -> Condition:
    """Ask the text indexes once for everything that they can answer, and the tables for the rest."""
    indexed = [one for one in node.nodes if _expression(one) is not None]
    words = tuple(one for one in indexed if _has_only(one, Word, Phrase))
    fields = tuple(one for one in indexed if _has_only(one, Match))
    parts = [_condition(type(node)(some) if len(some) > 1 else some[0]) for some in (words, fields) if some]
    parts += [_condition(one) for one in node.nodes if one not in words and one not in fields]
    return _combined(parts, " AND " if isinstance(node, And) else " OR ")


def _has_only(node: Node, *leaves: type[Node]) -> bool:
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            return all(_has_only(one, *leaves) for one in nodes)
        case _:
            return isinstance(node, leaves)


def _combined(parts: Sequence[Condition], operator: str) -> Condition:
    values = tuple(value for one in parts for value in one.values)
    return Condition(f"({operator.join(one.sql for one in parts)})", values)


def _expression(node: Node) -> str | None:
    """Write a tree in the syntax of the text index; None if that index alone cannot answer it."""
    match node:
        case Word(text=text):
            return _quoted(text, is_prefix=True)
        case Phrase(text=text):
            return _quoted(text, is_prefix=False)
        case Match(field=name, value=value) if name in TEXT_COLUMNS:
            inner = _quoted(value, is_prefix=not any(map(str.isspace, value)))
            return inner and f"{TEXT_COLUMNS[name]} : {inner}"
        case And(nodes=nodes) | Or(nodes=nodes):
            parts = [_expression(one) for one in nodes]
            known = [part for part in parts if part is not None]
            operator = " AND " if isinstance(node, And) else " OR "
            return f"({operator.join(known)})" if len(known) == len(parts) else None
        case _:
            return None


def _text_expression(node: Node) -> str | None:
    return _expression(node) if _has_only(node, Word, Phrase) else None


def _quoted(text: str, *, is_prefix: bool) -> str | None:
    """Quote a text for the text index, which splits it at dashes and signs into words that follow each other.

    Returns:
        None for a text without letters and digits: the index has nothing else.
    """
    text = clean(text)
    letters = sum(map(str.isalnum, text))
    if not letters:
        return None
    quoted = '"' + spaced(text).replace('"', '""') + '"'
    is_beginning = is_prefix and text[-1].isalnum() and letters >= LEAST_PREFIX and not UNSPACED.match(text[-1])
    return f"{quoted} *" if is_beginning else quoted


def clean(text: str) -> str:
    """Leave out what the database refuses: NUL and halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")


def _contains(column: str, text: str) -> Condition:
    """Look for a text letter by letter: the way to find signs such as ∞."""
    return Condition(f"id IN (SELECT id FROM paper WHERE {column} LIKE ? ESCAPE '\\')", (_like(text),))


def _like(text: str, end: str = "%") -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}{end}"


def _field_condition(node: Match) -> Condition:
    value = clean(node.value)
    match node.field:
        case "tag":
            return Condition(TAGGED, (value, _like(value, "/%")[1:]))
        case "source":
            return Condition(LISTED, (value.lower(), f"{value.lower()}\uffff"))
        case "author":
            return Condition(WRITTEN_BY, (_like(value),))
        case "title" | "abstract" | "note" | "venue":
            return _contains(node.field, value)
        case _:
            fixed = CHOICES.get((node.field, value))
            return Condition(IN_STATUS, (value,)) if fixed is None else Condition(fixed)


def _between(node: Between) -> Condition:
    """Bounds of a date reach from the first to the last moment that their text names: `~` sorts after digits."""
    is_date = node.field in DATE_COLUMNS
    column = DATE_COLUMNS.get(node.field, node.field)
    bounds: list[str] = []
    values: list[Value] = []
    if node.low is not None:
        bounds.append(f"{column} >= ?")
        values.append(_year(node, node.low) if is_date else int(node.low))
    if node.high is not None:
        bounds.append(f"{column} <= ?")
        values.append(f"{_year(node, node.high)}~" if is_date else int(node.high))
    within = " AND ".join(bounds)
    return Condition(f"id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND {within})", tuple(values))


def _year(node: Between, bound: str) -> str:
    return bound.rjust(4, "0") if FIELDS[node.field].kind is Kind.NUMBER else bound
