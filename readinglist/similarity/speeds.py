"""How fast models have read on this computer: so that what a longer reading takes can be said before it begins."""

from pathlib import Path

from readinglist.similarity.encoder import EncoderInfo
from readinglist.similarity.small_file import SmallFile

FILE_NAME = "speeds.json"
# Letters a second of a small model such as the default one, where nothing was measured yet: two cores of a laptop, with
# and without bfloat16, and a graphics card of the smaller kind.
USUAL_CPU = {"bfloat16": 40_000.0}
USUAL_CPU_ELSE = 18_000.0
USUAL_CARD = 700_000.0


class Speeds:
    """A small file beside the vectors; derived data.

    Args:
        folder: Of the vectors.
    """

    def __init__(self, folder: Path) -> None:
        self._file = SmallFile(folder / FILE_NAME)

    def find(self, info: EncoderInfo) -> float | None:
        """Return how many letters a second a model has read here when it was used last; None if nobody knows."""
        found = self._file.load().get(_name(info))
        return float(found) if isinstance(found, int | float) and found > 0 else None

    def save(self, info: EncoderInfo, letters_a_second: float) -> None:
        """Remember how fast a model was; a disk that refuses costs an estimate, no more."""
        self._file.keep(_name(info), round(letters_a_second, 1))


def usual_speed(info: EncoderInfo | None) -> float:
    """Return how many letters a second a model is likely to read that was not measured on this computer.

    Args:
        info: What was loaded; None before it was, and then the processor without half precision is assumed.
    """
    if info is None:
        return USUAL_CPU_ELSE
    if info.device == "Processor":
        return USUAL_CPU.get(info.precision, USUAL_CPU_ELSE)
    return USUAL_CARD


def _name(info: EncoderInfo) -> str:
    return f"{info.key} {info.device} {info.precision}"
