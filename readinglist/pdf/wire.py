"""Plain dataclasses as JSON and back, for what the process that reads PDFs and the rest of the program tell each other.

Nothing but data can come out of it: a process that a hostile file has taken over gets no further.
"""

import struct
from array import array
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from readinglist.domain.page_words import PageWords, Tables

Made = TypeVar("Made")
_TABLES = {  # and what their numbers are
    **dict.fromkeys(("rects", "edges", "line_rects", "block_rects"), "d"),
    **dict.fromkeys(("edge_starts", "line_starts", "line_names", "block_starts"), "i"),
}
_SIZES = struct.Struct(f">{len(_TABLES) + 1}Q")


def to_json(value: Any) -> Any:
    """Return a dataclass, or whatever it is made of, as JSON knows it."""
    if is_dataclass(value):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, date):  # datetime is one
        return value.isoformat()
    return value


def from_json(kind: type[Made], raw: Any) -> Made:
    """Return what was made JSON.

    Args:
        kind: The dataclass, whose fields say what the rest is.
        raw: What `to_json` gave.

    Raises:
        ValueError: It is nothing of that kind.
    """
    try:
        made: Made = _made(kind, raw)
    except (KeyError, TypeError, AttributeError) as error:
        message = f"this is no {kind.__name__}: {error}"
        raise ValueError(message) from error
    return made


def words_to_bytes(words: PageWords) -> bytes:
    """Return the words of a page as bytes: JSON of tens of thousands would hold up every thread of the window."""
    texts = "".join(words.texts).encode("utf-8", "surrogatepass")
    lengths = array("i", map(len, words.texts))
    parts = [lengths, *(getattr(words.tables, name) for name in _TABLES)]
    sizes = [len(part) * part.itemsize for part in parts]
    return b"".join((_SIZES.pack(*sizes), *(part.tobytes() for part in parts), texts))


def words_from_bytes(raw: bytes) -> PageWords:
    """Return the words again.

    Raises:
        ValueError: They are none.
    """
    try:
        sizes = _SIZES.unpack_from(raw)
        text = raw[_SIZES.size + sum(sizes) :].decode("utf-8", "surrogatepass")
    except struct.error as error:
        message = "these are no words"
        raise ValueError(message) from error
    places = [_SIZES.size, *accumulate(sizes, initial=_SIZES.size)][1:]
    parts = [raw[first:after] for first, after in pairwise(places)]
    lengths = _array("i", parts[0])
    ends = list(accumulate(lengths, initial=0))
    if ends[-1] != len(text) or min(lengths, default=1) < 1:
        message = "words without all of their letters"
        raise ValueError(message)
    tables = {name: _array(kind, part) for (name, kind), part in zip(_TABLES.items(), parts[1:], strict=True)}
    return PageWords([text[first:after] for first, after in pairwise(ends)], Tables(**tables))


def _array(kind: str, raw: bytes) -> Any:
    found = array(kind)
    found.frombytes(raw)
    return found


def _made(kind: Any, raw: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {UnionType, Union}:
        return None if raw is None else _made(next(one for one in inner if one is not NoneType), raw)
    if origin is tuple:
        return tuple(_made(inner[0], one) for one in raw)
    if is_dataclass(origin or kind):
        return _made_dataclass(origin or kind, inner, raw)
    return _made_plain(kind, raw)


def _made_plain(kind: type[Any], raw: Any) -> Any:
    if issubclass(kind, date):  # datetime is one
        return kind.fromisoformat(raw)
    if issubclass(kind, StrEnum):
        return kind(raw)
    if kind is float and isinstance(raw, int):
        return float(raw)
    if not isinstance(raw, kind):
        message = f"{raw!r} instead of {kind.__name__}"
        raise TypeError(message)
    return raw


def _made_dataclass(kind: Any, inner: tuple[Any, ...], raw: Any) -> Any:
    # Of the generic dataclasses only `Finding` is sent, which has one parameter.
    hints = {name: inner[0] if isinstance(hint, TypeVar) else hint for name, hint in _hints(kind).items()}
    return kind(**{name: _made(hint, raw[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
