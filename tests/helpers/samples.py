"""Where real files that people outside wrote lie; absent on most machines."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def find_samples() -> Path | None:
    """Return the folder that `READINGLIST_SAMPLES` names, or the usual one; None if there is none."""
    folder = Path(os.environ.get("READINGLIST_SAMPLES", REPOSITORY.parent / "shared" / "data"))
    return folder if folder.is_dir() else None
