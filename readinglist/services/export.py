"""Papers in formats for other programs, as text or as a file."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.paper import Paper, PaperId
from readinglist.exporters.json_list import paper_to_json
from readinglist.library.library import Library
from readinglist.library.unit import Reader

if TYPE_CHECKING:
    from readinglist.exporters.registry import Format

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

        try:
            _save(path, fill)
        except OSError as error:
            message = f"{path} could not be written: {error.strerror or error}."
            raise EnvironmentFault(message, detail=repr(error)) from error

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


def _load(reader: Reader, ids: Sequence[PaperId]) -> Iterator[Paper]:
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        found = reader.papers.get_many(block)
        yield from (found[one] for one in block if one in found)


def _save(path: Path, fill: Callable[[TextIO], None]) -> None:
    if path.exists() and not path.is_file():  # a pipe or a device takes text and cannot be replaced
        with path.open("w", encoding="utf-8", newline="\n") as file:
            fill(file)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
