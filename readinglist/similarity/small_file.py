"""A small file of facts beside the vectors: derived data, which costs a little time to lose and no more."""

import json
import logging
from pathlib import Path
from typing import Any

from readinglist.disk.whole_file import write_whole

log = logging.getLogger(__name__)


class SmallFile:
    """A table of names and what is known of each.

    Args:
        path: Need not exist, nor its folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Any]:
        """Return all of it; nothing where it cannot be read."""
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def keep(self, name: str, fact: Any) -> None:
        """Note a fact in place of the one before; a disk that refuses is no more than logged."""
        known = {**self.load(), name: fact}
        try:
            write_whole(self._path, json.dumps(known, indent=1).encode(), is_lasting=False)
        except OSError as error:
            log.info("%s could not be stored: %s", self._path.name, error)
