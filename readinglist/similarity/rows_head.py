"""What the files of vectors and of words share: a line of JSON at their head, and writes that reach the disk."""

import json
import os
from typing import Any, BinaryIO


def parse_head(line: bytes) -> dict[str, Any]:
    """Return what the head line of a file says; empty where it is torn or of something else."""
    try:
        head = json.loads(line)
    except ValueError:
        return {}
    return head if isinstance(head, dict) else {}


def flush(file: BinaryIO) -> None:
    """Bring what was written to the disk, before anything vouches for it."""
    file.flush()
    os.fsync(file.fileno())
