"""Papers in formats for other programs, as text or as a file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from readinglist.domain.errors import UserError
from readinglist.domain.paper import Paper, PaperId
from readinglist.exporters.json_list import paper_to_json
from readinglist.library.library import Library
from readinglist.services.text_file import write_file

if TYPE_CHECKING:
    from readinglist.exporters.registry import Format
    from readinglist.library.unit import Reader

__all__ = ["Export", "paper_to_json"]

BLOCK = 500  # papers in memory at a time


class Export:
    """Writes papers of a library; every method may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def render(self, ids: Sequence[PaperId], format_name: str) -> str:
        """Return papers as text; those that are gone are left out.

        Args:
            ids: In the order wanted. Formats with citation keys are written in the order of the numbers instead, so
                that later papers never change the key of an earlier one.
            format_name: `bibtex`, `ris`, `csl-json`, `csv`, `markdown` or `json`.

        Raises:
            UserError: There is no such format.
        """
        pieces: list[str] = []
        self._write(ids, _format(format_name), pieces.append)
        return "".join(pieces)

    def save(self, ids: Sequence[PaperId], format_name: str, path: Path) -> None:
        """Write papers to a file: the whole of it, or what was there stays.

        Args:
            ids: As for `render`.
            format_name: As for `render`.
            path: A pipe or a device is written to as it is.

        Raises:
            UserError: There is no such format.
            EnvironmentFault: The file cannot be written.
        """
        chosen = _format(format_name)

        def fill(file: TextIO) -> None:
            file.write(chosen.file_mark)
            self._write(ids, chosen, file.write)

        write_file(path, fill)

    def _write(self, ids: Sequence[PaperId], chosen: "Format", write: Callable[[str], object]) -> None:
        """Write piece by piece what the library holds at one moment."""
        ordered = sorted(ids) if chosen.is_by_number else ids
        with self._library.read() as reader:
            for piece in chosen.render(_load(reader, ordered)):
                write(piece)


def _format(name: str) -> "Format":
    from readinglist.exporters.registry import FORMATS  # noqa: PLC0415 - the program starts without the formats

    try:
        return FORMATS[name]
    except KeyError:
        message = f"There is no format “{name}”, only {', '.join(FORMATS)}."
        raise UserError(message) from None


def _load(reader: "Reader", ids: Sequence[PaperId]) -> Iterator[Paper]:
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = reader.papers.get_many(block)
        yield from (found[one] for one in block if one in found)
