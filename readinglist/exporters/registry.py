"""The formats that papers can be exported in; a new one is a file of its own and a line here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from readinglist.domain.paper import Paper
from readinglist.exporters import bibtex, csl_json, csv_table, json_list, markdown, ris

BOM = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format.

    Attributes:
        render: Writes papers, piece by piece.
        is_by_number: The papers are to come in the order of their numbers.
        file_mark: What a file begins with, and other output does not.
    """

    render: Callable[[Iterable[Paper]], Iterator[str]]
    is_by_number: bool = False
    file_mark: str = ""


FORMATS: Mapping[str, Format] = {
    "bibtex": Format(render=bibtex.render, is_by_number=True),
    "ris": Format(render=ris.render),
    "csl-json": Format(render=csl_json.render, is_by_number=True),
    # Without the mark Excel reads a file in the code page of the country; scripts read pipes, where it would be dirt.
    "csv": Format(render=csv_table.render, file_mark=BOM),
    "markdown": Format(render=markdown.render),
    "json": Format(render=json_list.render),
}
