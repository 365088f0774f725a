"""Files of text that are there whole, or as they were before."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

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
