"""A query's tree as SQL: the condition that a row of `paper` must meet.

Everything typed is a parameter, so that none of it is ever read as syntax; `search_words` does the same for words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readinglist.domain.identifiers import Identifier
from readinglist.domain.query import FIELDS, Among, And, Between, Kind, Match, Node, Not, Or, Phrase, Query, Word
from readinglist.domain.query_words import named_by
from readinglist.library.page_text import MATCHING
from readinglist.library.search_words import clean, expression_of, has_only, is_indexed, joined_expression
from readinglist.library.times import first_moment, moment_after

# A SELECT of its own from `paper` is answered by the small index for just that question.
CHOICES: Mapping[tuple[str, str], str] = {
    ("has", "pdf"): "id IN (SELECT paper_id FROM file)",
    ("has", "annotation"): "id IN (SELECT paper_id FROM annotation)",
    ("has", "tag"): "id IN (SELECT paper_id FROM paper_tag)",
    ("has", "collection"): "id IN (SELECT paper_id FROM paper_collection)",
    ("has", "note"): "id IN (SELECT id FROM paper WHERE note != '')",
    ("has", "code"): "id IN (SELECT id FROM paper WHERE code_url IS NOT NULL)",
    ("has", "abstract"): "id NOT IN (SELECT id FROM paper WHERE abstract = '')",
    ("is", "starred"): "id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND is_starred = 1)",
    # An import gives all of its papers the same moment.
    ("is", "latest"): """id IN (SELECT id FROM paper WHERE is_binned = 0 AND added =
        (SELECT max(added) FROM paper WHERE is_binned = 0))""",
    ("is", "bin"): "is_binned = 1",
    # As `domain.matching` has it where no identifier decides: a title of four words or more that another paper has.
    ("is", "duplicate"): """id IN (SELECT id FROM paper WHERE is_binned = 0 AND title_key IN
        (SELECT title_key FROM paper WHERE is_binned = 0 AND title_key LIKE '_% _% _% _%'
         GROUP BY title_key HAVING count(*) > 1))""",
}
DATE_COLUMNS: Mapping[str, str] = {"year": "published", "date": "published"}
MOMENT_COLUMNS: Mapping[str, str] = {"added": "added", "read": "finished"}
NUMBER_COLUMNS: Mapping[str, str] = {"pages": "page_count"}
IN_INDEX = "id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?)"
# Words that no field is named for are also looked for in the PDFs. One set of numbers, not two conditions: a list asks
# once for each of its papers.
IN_INDEX_OR_PDF = f"""id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?
    UNION ALL SELECT paper_id FROM {MATCHING})"""
PUT_INTO = """id IN (SELECT paper_id FROM paper_{noun} WHERE {noun}_id IN
    (SELECT id FROM {noun} WHERE name = ? COLLATE NOCASE OR name LIKE ? ESCAPE '\\'))"""
WRITTEN_BY = "id IN (SELECT paper_id FROM paper_author WHERE name LIKE ? ESCAPE '\\')"
NAMED = "id IN (SELECT paper_id FROM identifier WHERE scheme = ? AND value = ?)"
LISTED = "id IN (SELECT paper_id FROM mention WHERE source >= ? AND source < ?)"
# Conditions are sets of numbers, not comparisons of columns: a list is then always one walk along the index of its
# order, with a look into the set at each step. Given columns, SQLite prefers to read the whole rows of that walk.
IN_STATUS = "id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND status = ?)"
SIGNED_IN = """id IN (SELECT id FROM paper WHERE id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?)
    AND (title LIKE ? ESCAPE '\\' OR abstract LIKE ? ESCAPE '\\' OR note LIKE ? ESCAPE '\\'))"""
Value = str | int


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression over a row of `paper`, and its parameters in order."""

    sql: str
    values: tuple[Value, ...] = ()


IN_LIBRARY = Condition("is_binned = 0")
NOBODY = Condition("0")  # likeness is answered by whoever has vectors, before the library is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A query whose words rank the papers that it asks for.

    Attributes:
        expression: For the text index of the papers.
        text_expression: For that of the PDFs; None if each word is asked for in a field.
        in_fields: What the expression asks of fields: a paper whose PDF has the words must meet it too.
        rest: What all of them must meet besides; None for nothing.
    """

    expression: str
    text_expression: str | None
    in_fields: Condition | None
    rest: Condition | None


def condition_of(query: Query) -> Condition:
    """Say which papers a query asks for; those in the bin only if it names the bin."""
    inner = _condition(query.root) if query.root is not None else Condition("1")
    if query.asks_for_bin:
        return inner
    return inner if inner.sql == "is_binned = 0" else Condition(f"is_binned = 0 AND {inner.sql}", inner.values)


def titled(text: str) -> Condition:
    """Say which papers outside the bin have a text in their title, letter by letter."""
    inner = _contains("title", clean(text))
    return Condition(f"is_binned = 0 AND {inner.sql}", inner.values)


def status_of(query: Query) -> str | None:
    """Return the status whose papers a query asks for; None if it asks for anything else."""
    root = query.root
    return root.value if isinstance(root, Match) and root.field == "status" and not query.asks_for_bin else None


def plan_of(query: Query) -> Plan | None:
    """Take a query apart into its words, which one pass through the text index answers and ranks, and the rest.

    Returns:
        None if it has no words, or none that can be told from the rest: `a OR tag:b`.
    """
    if query.root is None:
        return None
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    indexed = [one for one in nodes if is_indexed(one)]
    words = tuple(one for one in indexed if has_only(one, Word, Phrase))
    fields = tuple(one for one in indexed if has_only(one, Match))
    expression = joined_expression((*words, *fields), " AND ")
    if expression is None:
        return None
    others = [_condition(one) for one in nodes if one not in words and one not in fields]
    return Plan(
        expression=expression,
        text_expression=joined_expression(words, " AND "),
        in_fields=_combined([_condition(one) for one in fields], " AND ") if fields else None,
        rest=_outside_bin(_combined(others, " AND ") if others else None, query),
    )


def _outside_bin(inner: Condition | None, query: Query) -> Condition | None:
    if query.asks_for_bin:
        return inner
    return IN_LIBRARY if inner is None else Condition(f"is_binned = 0 AND {inner.sql}", inner.values)


def _condition(node: Node) -> Condition:
    return _indexed(node) or _from_tables(node)


def _indexed(node: Node) -> Condition | None:
    """Let the text indexes answer; None if they cannot, or if one of them would have to know what the other has."""
    expression = expression_of(node) if is_indexed(node) else None
    if expression is None:
        return None
    if has_only(node, Match):
        return Condition(IN_INDEX, (expression,))
    return Condition(IN_INDEX_OR_PDF, (expression, expression)) if has_only(node, Word, Phrase) else None


def _from_tables(node: Node) -> Condition:
    match node:
        case And() | Or():
            return _joined(node)
        case Not(node=inner):
            negated = _condition(inner)
            return Condition(f"NOT ifnull({negated.sql}, 0)", negated.values)
        case Word() | Phrase():
            return _spelled(node)
        case Among(ids=ids):
            return Condition(f"id IN ({', '.join(str(int(one)) for one in ids)})")
        case Match():
            return _field_condition(node)
        case Between():
            return _between(node)


def _spelled(node: Word | Phrase) -> Condition:
    """Look for signs letter by letter, and for an identifier where papers have theirs."""
    named = named_by(node)
    if named is not None:
        return _named(named)
    text = clean(node.text)
    expression = expression_of(node)
    if expression is None:
        return _contains("title", text)
    return Condition(SIGNED_IN, (expression, _like(text), _like(text), _like(text)))


def _named(identifier: Identifier) -> Condition:
    """Find the paper that has an identifier, and those that mention it."""
    mentioned = _indexed(Phrase(identifier.value)) or NOBODY
    return Condition(f"({NAMED} OR {mentioned.sql})", (identifier.scheme, identifier.value, *mentioned.values))


def _joined(node: And | Or) -> Condition:
    """Ask the text indexes once for everything that they can answer, and the tables for the rest."""
    indexed = [one for one in node.nodes if is_indexed(one)]
    words = tuple(one for one in indexed if has_only(one, Word, Phrase))
    fields = tuple(one for one in indexed if has_only(one, Match))
    parts = [_condition(type(node)(some) if len(some) > 1 else some[0]) for some in (words, fields) if some]
    parts += [_condition(one) for one in node.nodes if one not in words and one not in fields]
    return _combined(parts, " AND " if isinstance(node, And) else " OR ")


def _combined(parts: Sequence[Condition], operator: str) -> Condition:
    values = tuple(value for one in parts for value in one.values)
    return Condition(f"({operator.join(one.sql for one in parts)})", values)


def _contains(column: str, text: str) -> Condition:
    """Look for a text letter by letter: the way to find signs such as ∞."""
    return Condition(f"id IN (SELECT id FROM paper WHERE {column} LIKE ? ESCAPE '\\')", (_like(text),))


def _like(text: str, end: str = "%") -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}{end}"


def _field_condition(node: Match) -> Condition:
    value = clean(node.value)
    match node.field:
        case "tag" | "collection":
            return Condition(PUT_INTO.format(noun=node.field), (value, _like(value, "/%")[1:]))
        case "source":
            return Condition(LISTED, (value.lower(), f"{value.lower()}\uffff"))
        case "author":
            return Condition(WRITTEN_BY, (_like(value),))
        case "title" | "abstract" | "note" | "venue":
            return _contains(node.field, value)
        case "id" | "like":
            named = named_by(node)
            return NOBODY if named is None else Condition(NAMED, (named.scheme, named.value))
        case _:
            fixed = CHOICES.get((node.field, value))
            return Condition(IN_STATUS, (value,)) if fixed is None else Condition(fixed)


def _between(node: Between) -> Condition:
    """Bounds of a date reach from the first to the last moment that their text names: `~` sorts after digits."""
    if node.field in MOMENT_COLUMNS:
        return _between_moments(MOMENT_COLUMNS[node.field], node)
    is_date = node.field in DATE_COLUMNS
    column = DATE_COLUMNS.get(node.field) or NUMBER_COLUMNS.get(node.field, node.field)
    bounds: list[str] = []
    values: list[Value] = []
    if node.low is not None:
        bounds.append(f"{column} >= ?")
        values.append(_year(node, node.low) if is_date else int(node.low))
    if node.high is not None:
        bounds.append(f"{column} <= ?")
        values.append(f"{_year(node, node.high)}~" if is_date else int(node.high))
    return _within(node.field, Condition(" AND ".join(bounds), tuple(values)))


def _between_moments(column: str, node: Between) -> Condition:
    """Papers come in at moments; the days that a reader names begin and end at midnight where the reader is."""
    bounds: list[str] = []
    values: list[Value] = []
    if node.low is not None:
        bounds.append(f"{column} >= ?")
        values.append(first_moment(node.low))
    if node.high is not None:
        bounds.append(f"{column} < ?")
        values.append(moment_after(node.high))
    return _within(node.field, Condition(" AND ".join(bounds), tuple(values)))


def _within(field: str, bounds: Condition) -> Condition:
    if field == "pages":
        return Condition(f"id IN (SELECT paper_id FROM file WHERE {bounds.sql})", bounds.values)
    return Condition(f"id IN (SELECT id FROM paper WHERE is_binned IN (0, 1) AND {bounds.sql})", bounds.values)


def _year(node: Between, bound: str) -> str:
    return bound.rjust(4, "0") if FIELDS[node.field].kind is Kind.NUMBER else bound
