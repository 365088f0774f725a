"""What was found out about models when they were loaded: so vectors can be used without loading the model again."""

import json
import logging
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from readinglist.similarity.encoder import EncoderInfo, EncoderOptions

log = logging.getLogger(__name__)

FILE_NAME = "models.json"


class KnownModels:
    """A small file beside the vectors; derived data.

    Args:
        folder: Of the vectors.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def find(self, options: EncoderOptions) -> EncoderInfo | None:
        """Return what came of these options when they were used last, None if they never were."""
        try:
            return EncoderInfo(**self._load()[_name(options)])
        except (KeyError, TypeError):
            return None

    def save(self, options: EncoderOptions, info: EncoderInfo) -> None:
        """Remember what came of options; a disk that refuses costs a second at the next start, no more."""
        known = {**self._load(), _name(options): asdict(info)}
        partial = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(known, indent=1), encoding="utf-8")
            partial.replace(self._path)
        except OSError as error:
            log.info("what is known about the model could not be stored: %s", error)

    def _load(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _name(options: EncoderOptions) -> str:
    return f"{options.model.strip()}@{options.revision.strip()}"
