"""JSON that may be cut off, one value on each line, or hostile: what is whole in it, and what is wrong with it."""

import json
import re
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)
CLOSER = {"{": "}", "[": "]"}
DEEPEST_LIST = 4  # brackets around a record of a list; {"message": {"items": [{…
DIGITS = 4300  # Python's own limit for reading a number


@dataclass(frozen=True, slots=True)
class JsonReading:
    """The outcome of reading JSON.

    Attributes:
        value: What could be read; None if nothing.
        problem: One sentence on what could not; empty if all could.
    """

    value: Any
    problem: str = ""


def read_json(text: str) -> JsonReading:
    """Read JSON, or the whole records at the beginning of JSON that ends in the middle."""
    text = text.lstrip("\ufeff")
    try:
        return JsonReading(json.loads(text))
    except RecursionError:
        return JsonReading(None, "The JSON is nested far too deeply to be a listing of papers.")
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (lines := _lines(text)) is not None:
            return lines
        is_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        what = "ends in the middle" if is_end else "is broken"
        place = f"line {error.lineno:,}, column {error.colno:,}"
        return JsonReading(_whole_records(text[: error.pos]), f"The JSON {what} ({place}).")
    except ValueError:  # a number of more digits than Python reads
        return JsonReading(None, f"The JSON holds a number of more than {DIGITS} digits.")


def _lines(text: str) -> JsonReading | None:
    """Read one value on each line, as data sets come; a broken line does not take the others with it."""
    values: list[Any] = []
    problem = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except (ValueError, RecursionError):
            problem = problem or f"The JSON is broken (line {number:,})."
            if not values:
                return None
    return JsonReading(values, problem)


def _whole_records(text: str) -> Any:
    """Cut the text after the last whole record of its outermost list, and close what is open there."""
    open_: list[str] = []
    best: tuple[int, str] | None = None  # where to cut, what to add
    for token in TOKEN.finditer(text):
        mark = token.group()
        if mark in CLOSER:
            open_.append(mark)
        elif mark in ("}", "]"):
            if not open_ or CLOSER[open_.pop()] != mark:
                break
            # Lists inside a record are no lists of records.
            if mark == "}" and open_[-1:] == ["["] and len(open_) <= DEEPEST_LIST and "[" not in open_[:-1]:
                best = token.end(), "".join(CLOSER[one] for one in reversed(open_))
    if best is None:
        return None
    try:
        return json.loads(text[: best[0]] + best[1])
    except (ValueError, RecursionError):
        return None
