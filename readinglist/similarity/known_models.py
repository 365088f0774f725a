"""What was found out about models when they were loaded: so vectors can be used without loading the model again."""

from dataclasses import asdict
from pathlib import Path

from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.small_file import SmallFile

FILE_NAME = "models.json"


class KnownModels:
    """A small file beside the vectors; derived data.

    Args:
        folder: Of the vectors.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SmallFile(folder / FILE_NAME)

    def find(self, options: EncoderOptions) -> EncoderInfo | None:
        """Return what came of these options when they were used last, None if they never were."""
        try:
            return EncoderInfo(**self._file.load()[_name(options)])
        except (KeyError, TypeError):
            return None

    def save(self, options: EncoderOptions, info: EncoderInfo) -> None:
        """Remember what came of options; a disk that refuses costs a second at the next start, no more."""
        self._file.keep(_name(options), asdict(info))


def _name(options: EncoderOptions) -> str:
    return f"{options.model.strip()}@{options.revision.strip()}"
