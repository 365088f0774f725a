"""The words that a query asks for: what papers are ranked by, what is shown of them, what is compared by meaning."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from readinglist.domain.identifiers import Identifier, parse_identifier
from readinglist.domain.query import FIELDS, And, Kind, Match, Node, Or, Phrase, Query, Word, leaves, mapped
from readinglist.domain.stop_words import STOP_WORDS
from readinglist.domain.word_forms import Form, forms_of, phrase_of

# Fields whose words the text index has in a column of their own.
TEXT_COLUMNS: Mapping[str, str] = {"title": "title", "author": "authors", "abstract": "abstract", "note": "note"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A word or phrase that is asked for.

    Attributes:
        text: As it was typed.
        forms: How a text may have it.
    """

    text: str
    forms: tuple[Form, ...]


def asked_words(query: Query) -> list[Asked]:
    """Return the words and phrases that a paper should have, in the order in which they were typed.

    Words such as "of", which tell nothing of where to look, are left out if there are others.

    >>> from readinglist.domain.query_text import parse_query
    >>> [one.text for one in asked_words(parse_query('sparse "state space" author:gu -old year:2024'))]
    ['sparse', 'state space', 'gu']
    >>> [[one.text for one in asked_words(parse_query(text))] for text in ("theory of IT", "of")]
    [['theory', 'IT'], ['of']]
    """
    wanted = list(_wanted(query.root))
    telling = [node for node in wanted if not _is_stop_word(node)]
    return [Asked(text_of(node), forms_wanted(node)) for node in telling or wanted]


def forms_wanted(node: Word | Phrase | Match) -> tuple[Form, ...]:
    """Return the forms in which a text may have what a part of a query asks for."""
    if (named := named_by(node)) is not None:
        return (phrase_of(named.value),)
    text = text_of(node)
    is_phrase = isinstance(node, Phrase) or (isinstance(node, Match) and any(map(str.isspace, text)))
    return (phrase_of(text),) if is_phrase else forms_of(text)


def text_of(node: Word | Phrase | Match) -> str:
    """Return what was typed."""
    return node.value if isinstance(node, Match) else node.text


def has_free_words(query: Query) -> bool:
    """Tell whether a paper should have words or phrases somewhere, whatever else it is to meet.

    >>> from readinglist.domain.query_text import parse_query
    >>> has_free_words(parse_query('tag:ml "state space"')), has_free_words(parse_query("title:space -time"))
    (True, False)
    """
    return any(not isinstance(node, Match) for node in _wanted(query.root))


def free_text(query: Query) -> str:
    """Return the words that may also be meant, not only written; empty if the query is exact throughout.

    Those are the plain words that must hold together, or of which one must: phrases, fields, identifiers and what must
    not hold are to be taken as they stand.

    >>> from readinglist.domain.query_text import parse_query
    >>> free_text(parse_query('sparse attention "state space" year:2024')), free_text(parse_query("tag:ml"))
    ('sparse attention', '')
    """
    return " ".join(_free_words(query.root))


def without_free_text(query: Query) -> Query:
    """Return what must hold also for a paper that was found by the meaning of the `free_text`."""
    return replace(query, root=_without_words(query.root))


def with_likes(query: Query, answer: Callable[[str], Node]) -> Query:
    """Put answers in the place of what is to be close in meaning to a text.

    Args:
        query: Any.
        answer: Returns the papers that are like the text, or like the paper that it names.
    """

    def answered(node: Node) -> Node:
        return answer(node.value) if isinstance(node, Match) and _is_like(node) else node

    return query if query.root is None else replace(query, root=mapped(query.root, answered))


def has_likes(query: Query) -> bool:
    """Tell whether a part of a query can only be answered by comparing papers."""
    return any(map(_is_like, leaves(query.root)))


def liked(query: Query) -> list[str]:
    """Return the texts to which papers are to be close, and the names of such papers, in order.

    >>> from readinglist.domain.query_text import parse_query
    >>> liked(parse_query('like:"few examples" year:2024 -like:3'))
    ['few examples']
    """
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    return [node.value for node in nodes if isinstance(node, Match) and _is_like(node)]


def identifiers_of(query: Query) -> list[Identifier]:
    """Return the identifiers that a query has in any of its parts."""
    return [named for node in leaves(query.root) if (named := named_by(node)) is not None]


def named_by(node: Node) -> Identifier | None:
    """Return the identifier that a part of a query consists of; None if it is none.

    >>> named_by(Word("https://arxiv.org/abs/2401.01234"))
    Identifier(scheme='arxiv', value='2401.01234')
    """
    match node:
        case Word(text=text):
            return parse_identifier(text)
        case Match(field=name, value=value) if FIELDS[name].kind is Kind.IDENTIFIER:
            return parse_identifier(value)
        case _:
            return None


def _is_like(node: Node) -> bool:
    return isinstance(node, Match) and FIELDS[node.field].kind is Kind.LIKENESS


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


def _is_stop_word(node: Node) -> bool:
    return (
        isinstance(node, Word) and node.text.lower() in STOP_WORDS and not (len(node.text) > 1 and node.text.isupper())
    )


def _free_words(node: Node | None) -> Iterator[str]:
    match node:
        case Word(text=text) if named_by(node) is None:
            yield text
        case And(nodes=nodes):
            for one in nodes:
                yield from _free_words(one)
        case Or(nodes=nodes) if all(map(_is_free, nodes)):
            for one in nodes:
                yield from _free_words(one)
        case _:
            return


def _is_free(node: Node) -> bool:
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            return all(map(_is_free, nodes))
        case _:
            return isinstance(node, Word) and named_by(node) is None


def _without_words(node: Node | None) -> Node | None:
    if node is None or _is_free(node):
        return None
    if not isinstance(node, And):
        return node
    kept = tuple(one for one in map(_without_words, node.nodes) if one is not None)
    return And(kept) if len(kept) > 1 else (kept[0] if kept else None)
