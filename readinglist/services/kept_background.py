"""What all papers are like, kept on disk: it does not depend on the reader, and working it out takes a while.

One file under `derived`; it can be deleted and is made again.
"""

import logging
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from readinglist import __version__
from readinglist.disk.whole_file import whole_file
from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus

log = logging.getLogger(__name__)

FORMAT = 2  # raised when a background is worked out in another way; each release makes its own in any case
FEWEST = 5000  # papers: what fewer of them are like is worked out in some milliseconds
MOVED = 0.1  # share of papers that may come or go: on the whole, all are like what they were
ROWS_AT = 3  # in `_Kept.source`
PROBES = 64  # rows that stand for all numbers: those of another model differ in each
UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)
Arrays = Mapping[str, NDArray[Any]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Kept:
    """What the file holds.

    Attributes:
        source: What it was made of, as `_source` says it.
        papers: Checksum of whose the rows were.
        basis: How many papers there were when mean and covariance were worked out, and how many of them had words.
        background: As it was.
    """

    source: NDArray[np.int64]
    papers: NDArray[np.int64]
    basis: NDArray[np.int64]
    background: Background


class KeptBackground:
    """Finds and keeps the background of a library's papers; used by one thread at a time.

    Args:
        folder: Made when something is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "background.npz"

    def of(self, corpus: Corpus) -> Background:
        """Return the background of a corpus; the one that was kept, if it is of the same papers or nearly the same."""
        if np.count_nonzero(corpus.is_live) < FEWEST:
            return Background.of(corpus)
        kept, papers = self._load(), _checksum(corpus.ids)
        if kept is None or not _still_holds(kept, corpus):
            kept = self._keep(corpus, _basis(corpus), Background.of(corpus))
        elif kept.papers != papers or kept.source[ROWS_AT] != len(corpus.ids):
            kept = self._keep(corpus, kept.basis, kept.background.moved_to(corpus))
        return kept.background

    def _load(self) -> _Kept | None:
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                return _built(_Kept, {name: file[name] for name in file.files})
        except FileNotFoundError:
            return None
        except UNREADABLE as error:  # torn, or of another version
            log.info("what all papers are like is worked out anew: %s", error)
            return None

    def _keep(self, corpus: Corpus, basis: NDArray[np.int64], background: Background) -> _Kept:
        kept = _Kept(
            source=_source(corpus, len(corpus.ids)), papers=_checksum(corpus.ids), basis=basis, background=background
        )
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path, is_lasting=False) as file:
                np.savez(file, allow_pickle=False, **_taken_apart(kept))
        except OSError as error:  # it was worked out all the same
            log.info("what all papers are like cannot be kept: %s", error)
        return kept


def _still_holds(kept: _Kept, corpus: Corpus) -> bool:
    """Tell whether the rows that were looked at are still there, and not many others."""
    rows = int(kept.source[ROWS_AT])
    if rows > len(corpus.ids) or not np.array_equal(kept.source, _source(corpus, rows)):
        return False
    return bool((np.abs(_basis(corpus) - kept.basis) <= MOVED * kept.basis).all())


def _source(corpus: Corpus, rows: int) -> NDArray[np.int64]:
    """Say what a background is made of: which program, how many numbers and rows, and a checksum of some of them."""
    probes = np.linspace(0, rows - 1, PROBES).astype(np.int64)
    program = zlib.crc32(__version__.encode())
    numbers = zlib.crc32(corpus.matrix[probes].tobytes())
    return np.array([FORMAT, program, corpus.matrix.shape[1], rows, numbers], dtype=np.int64)


def _basis(corpus: Corpus) -> NDArray[np.int64]:
    live = np.count_nonzero(corpus.is_live)
    counted = 0 if corpus.term_rows is None else np.count_nonzero(corpus.term_rows >= 0)
    return np.array([live, counted], dtype=np.int64)


def _checksum(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([zlib.crc32(ids.tobytes())], dtype=np.int64)


def _taken_apart(whole: object, prefix: str = "") -> dict[str, Any]:
    """Return the arrays in a dataclass of arrays and others of its kind, by name; what is None is left out."""
    arrays: dict[str, Any] = {}
    for field in fields(whole):  # type: ignore[arg-type]
        value = getattr(whole, field.name)
        if is_dataclass(value):
            arrays |= _taken_apart(value, f"{prefix}{field.name}.")
        elif value is not None:
            arrays[f"{prefix}{field.name}"] = value
    return arrays


def _built(kind: type[T], arrays: Arrays, prefix: str = "") -> T:
    """Put together again what `_taken_apart` took apart.

    Raises:
        KeyError: Something is missing.
    """
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        name, hint = f"{prefix}{field.name}", hints[field.name]
        if is_dataclass(hint):
            values[field.name] = _built(hint, arrays, f"{name}.")  # type: ignore[arg-type]
        else:
            values[field.name] = arrays.get(name) if type(None) in getattr(hint, "__args__", ()) else arrays[name]
    return kind(**values)
