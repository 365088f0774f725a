"""Files of text that are there whole, or as they were before."""

from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from readinglist.disk.whole_file import whole_file
from readinglist.domain.errors import EnvironmentFault


def write_file(path: Path, fill: Callable[[TextIO], object]) -> None:
    """Write a file.

    Args:
        path: A pipe or a device is written to as it is.
        fill: Writes the text.

    Raises:
        EnvironmentFault: The file cannot be written; what was there stays.
    """
    try:
        _save(path, fill)
    except OSError as error:
        message = f"{path} could not be written: {error.strerror or error}."
        raise EnvironmentFault(message, detail=repr(error)) from error


def _save(path: Path, fill: Callable[[TextIO], object]) -> None:
    if path.exists() and not path.is_file():  # a pipe or a device takes text and cannot be replaced
        with path.open("w", encoding="utf-8", newline="\n") as file:
            fill(file)
        return
    with whole_file(path, is_lasting=True) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        fill(text)
        text.detach()  # writes what it has, and leaves the file open
