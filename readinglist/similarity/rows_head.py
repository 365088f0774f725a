"""What the files of vectors and of words share: a line of JSON at their head, and writes that reach the disk."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from readinglist.disk.whole_file import flush
from readinglist.domain.errors import EnvironmentFault


def parse_head(line: bytes) -> dict[str, Any]:
    """Return what the head line of a file says; empty where it is torn or of something else."""
    try:
        head = json.loads(line)
    except ValueError:
        return {}
    return head if isinstance(head, dict) else {}


def make_anew(path: Path, head: Mapping[str, Any], records: bytes) -> None:
    """Write a file with its head, in one step for whoever reads."""
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(json.dumps(head).encode() + b"\n" + records)
        flush(file)
    partial.replace(path)


@contextmanager
def translated(what: str, folder: Path) -> Iterator[None]:
    """Say of a disk that refuses what cannot be kept, and where."""
    try:
        yield
    except OSError as error:
        message = (
            f"{what} cannot be kept in {folder}: {error.strerror or error}. Check that the disk has room and that the "
            "folder may be written to."
        )
        raise EnvironmentFault(message, detail=str(error)) from error
