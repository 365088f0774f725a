"""What words of papers tell, on disk: read from there, nobody has to go through all words before the first answer.

One file beside those of the words: a line of JSON, how much each word tells, by its place, and how long each row is.
It is made from the words and made anew when it does not fit them; whoever cannot read it counts again.
"""

import json
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.disk.whole_file import write_whole
from readinglist.similarity.rows_head import parse_head
from readinglist.similarity.terms import PLACES, TermWeights

NUMBER_BYTES = 4
FORMAT = 1  # raised when the file's shape changes, or how words are weighed


def load_weights(path: Path, marks: NDArray[np.uint32]) -> TermWeights | None:
    """Return what was counted of these rows or of the first of them; None if it is not there or does not fit.

    Args:
        path: Need not exist.
        marks: The checksums of the rows there are: rows that are cut off and written anew have others.
    """
    try:
        with path.open("rb") as file:
            head, content = parse_head(file.readline()), file.read()
    except FileNotFoundError:
        return None
    rows = int(head.get("rows", 0))
    if head.get("format") != FORMAT or not 0 < rows <= len(marks) or head.get("mark") != int(marks[rows - 1]):
        return None
    if len(content) != (PLACES + rows) * NUMBER_BYTES or head.get("check") != zlib.crc32(content):
        return None
    numbers = np.frombuffer(content, dtype="<f4")
    return TermWeights(rarity=numbers[:PLACES], lengths=numbers[PLACES:], counted_at=int(head.get("counted_at", rows)))


def save_weights(path: Path, weights: TermWeights, marks: NDArray[np.uint32]) -> None:
    """Keep what was counted, in one step.

    Args:
        path: In a folder that exists.
        weights: Of all rows.
        marks: The checksums of the same rows.
    """
    content = weights.rarity.astype("<f4").tobytes() + weights.lengths.astype("<f4").tobytes()
    head = {
        "format": FORMAT,
        "rows": len(weights.lengths),
        "counted_at": weights.counted_at,
        "mark": int(marks[-1]),
        "check": zlib.crc32(content),
    }
    write_whole(path, json.dumps(head).encode() + b"\n" + content, is_lasting=False)
