"""A query's words in the syntax of the text index.

Words reach the index as quoted strings, so nothing typed is ever read as syntax.
"""

from collections.abc import Callable, Sequence

from readinglist.domain.query import And, Match, Node, Or, Phrase, Query, Word
from readinglist.domain.query_words import TEXT_COLUMNS, forms_wanted, named_by
from readinglist.domain.word_forms import Form, is_signed
from readinglist.library.fulltext import spaced


def ranking_of(query: Query) -> str | None:
    """Return the text query that scores papers by the words that are asked for; None if there are none."""
    return _ranking(query.root, expression_of) if query.root is not None else None


def text_ranking_of(query: Query) -> str | None:
    """Return the same for the texts of PDFs, which have no fields; None if each word is asked for in a field."""
    return _ranking(query.root, text_expression_of) if query.root is not None else None


def expression_of(node: Node) -> str | None:
    """Write a tree for the text index; None if that index alone cannot answer it."""
    match node:
        case Word() | Phrase():
            return _alternatives_of(forms_wanted(node))
        case Match(field=name) if name in TEXT_COLUMNS:
            inner = _alternatives_of(forms_wanted(node))
            return inner and f"{TEXT_COLUMNS[name]} : {inner}"
        case And(nodes=nodes) | Or(nodes=nodes):
            return joined_expression(nodes, " AND " if isinstance(node, And) else " OR ")
        case _:
            return None


def text_expression_of(node: Node) -> str | None:
    """Write a tree for the texts of PDFs; None if it names fields."""
    return expression_of(node) if has_only(node, Word, Phrase) else None


def joined_expression(nodes: Sequence[Node], operator: str) -> str | None:
    """Write several trees as one; None if the index cannot answer one of them."""
    parts = [expression_of(one) for one in nodes]
    known = [part for part in parts if part is not None]
    return f"({operator.join(known)})" if known and len(known) == len(parts) else None


def is_indexed(node: Node) -> bool:
    """Tell whether the index says of each paper whether it has what a tree asks for: signs such as ∞ it does not have.

    `C++` it finds where a C stands, which is good enough for ranking only, and identifiers of papers where others name
    them.
    """
    return expression_of(node) is not None and not _is_elsewhere(node)


def has_only(node: Node, *leaves: type[Node]) -> bool:
    """Tell whether a tree has leaves of no other kind."""
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            return all(has_only(one, *leaves) for one in nodes)
        case _:
            return isinstance(node, leaves)


def clean(text: str) -> str:
    """Leave out what the database refuses: NUL and halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")


def _ranking(node: Node, expression: Callable[[Node], str | None]) -> str | None:
    whole = expression(node)
    if whole is not None:
        return whole
    match node:
        case And(nodes=nodes):
            required = [part for one in nodes if (part := expression(one)) is not None]
            return " AND ".join(required) or _any_ranking(nodes, expression)
        case Or(nodes=nodes):
            return _any_ranking(nodes, expression)
        case _:
            return None


def _any_ranking(nodes: Sequence[Node], expression: Callable[[Node], str | None]) -> str | None:
    return " OR ".join(f"({part})" for one in nodes if (part := _ranking(one, expression)) is not None) or None


def _is_elsewhere(node: Node) -> bool:
    match node:
        case Word(text=text):
            return is_signed(text) or named_by(node) is not None
        case And(nodes=nodes) | Or(nodes=nodes):
            return any(map(_is_elsewhere, nodes))
        case _:
            return False


def _alternatives_of(forms: Sequence[Form]) -> str | None:
    """Return None for a word without letters and digits: the index has nothing else."""
    parts = [part for form in forms if (part := _quoted(form)) is not None]
    if len(parts) > 1:
        return f"({' OR '.join(parts)})"
    return parts[0] if parts else None


def _quoted(form: Form) -> str | None:
    """Quote a text for the text index, which splits it at dashes and signs into words that follow each other."""
    text = clean(form.text)
    if not any(map(str.isalnum, text)):
        return None
    quoted = '"' + spaced(text).replace('"', '""') + '"'
    return f"{quoted} *" if form.is_beginning else quoted
