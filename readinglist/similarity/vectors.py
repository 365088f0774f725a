"""Vectors on disk: appended in batches, mapped into memory, safe against crashes and against two programs at once.

A model has three files. `NAME.rows` begins with a line of JSON that names the others, followed by one record for each
vector: whose it is, of which text, and a checksum. `NAME-GENERATION.f32` has nothing but the numbers, so that it can be
mapped as one matrix; `NAME-GENERATION.i8` has them in short, for searching (see `codes`). Numbers reach the disk before
the record that vouches for them; whatever follows the last sound record is cut off at the next opening. Everything here
can be deleted and made again.

What is said of papers here holds for the passages of PDFs as well, whose vectors lie in a folder of their own.
"""

import hashlib
import logging
import mmap
import os
import re
import threading
import time
import uuid
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from readinglist.disk.whole_file import flush
from readinglist.domain.paper import PaperId
from readinglist.similarity.codes import Codes, CodesFile
from readinglist.similarity.file_lock import file_lock
from readinglist.similarity.mapped import let_go
from readinglist.similarity.rows_head import make_anew, parse_head, translated

log = logging.getLogger(__name__)

Key = TypeVar("Key", bound=int)

KEPT = "What is needed to compare papers"
FORMAT = 1  # raised when the files' shape changes; older ones are then made anew
NO_PAPER = 0  # in `Vectors.ids`: no paper has this number
PIECE = 1024  # records of one write: only the last piece can be torn, so only it is checked
FEWEST_DEAD = 1000  # below this, rewriting the file is not worth the while
LOOKS = 3  # before files count as deleted
RECORD = np.dtype([("paper", "<i8"), ("hash", "S64"), ("check", "<u4"), ("unused", "<u4")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """All vectors at one moment; stays as it is while others are appended.

    Attributes:
        ids: Whose the rows are, shape (rows,): papers, or passages of PDFs. Each occurs once; `NO_PAPER` marks a row
            that a newer one replaced, or whose paper is not wanted.
        matrix: Rows of length 1, shape (rows, dimensions), mapped from the file and read-only.
        codes: The same rows in short; None where they are not there, which makes searching slower and nothing else.
    """

    ids: NDArray[np.int64]
    matrix: NDArray[np.float32]
    codes: Codes | None = None

    def only(self, wanted: NDArray[np.int64]) -> "Vectors":
        """Return the same matrix with the rows of all other papers marked."""
        return replace(self, ids=np.where(np.isin(self.ids, wanted), self.ids, NO_PAPER))


class VectorStore:
    """The vectors of one model.

    Args:
        folder: Made if it does not exist; may hold the vectors of other models.
        model_key: Names model and revision.
        dimensions: Numbers in a vector.

    Raises:
        EnvironmentFault: The folder cannot be used; so may every method.
    """

    def __init__(self, folder: Path, model_key: str, dimensions: int) -> None:
        self.dimensions = dimensions
        self._folder = folder
        self._model_key = model_key
        self._name = _file_name(model_key, dimensions)
        self._rows_file = folder / f"{self._name}.rows"
        self._lock = threading.RLock()
        self._used_at: float | None = None
        self._forget()
        with self._writing():
            self._cut()
            self._tidy()
            self._complete_codes()

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    @property
    def model_key(self) -> str:
        """Names model and revision."""
        return self._model_key

    def hashes(self, ids: Iterable[PaperId] | None = None) -> dict[PaperId, str]:
        """Return for some papers, or for all, the hash of the text that its vector was made from."""
        with self._reading():
            rows = self._row_of if ids is None else {one: self._row_of[one] for one in ids if one in self._row_of}
            return {PaperId(key): self._digests[row].decode("ascii") for key, row in rows.items()}

    def snapshot(self) -> Vectors:
        """Return all vectors, those included that other programs have appended."""
        with self._reading():
            self._used_at = time.monotonic()
            return self._vectors

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for all vectors for so long; 0 does so in any case."""
        with self._lock:
            is_done = self._used_at is not None and time.monotonic() - self._used_at >= unused_s
            if is_done or unused_s == 0:
                self._used_at = None
                let_go(self._vectors.matrix)

    def find(self, key: int) -> NDArray[np.float32] | None:
        """Return the vector of a paper or a passage, None if it has none."""
        with self._reading():
            row = self._row_of.get(key)
            return None if row is None else self._vectors.matrix[row]

    def missing(self, ids: Iterable[Key]) -> list[Key]:
        """Return those papers or passages that have no vector, of whatever text."""
        with self._reading():
            return [one for one in ids if one not in self._row_of]

    def append(self, ids: Sequence[int], hashes: Sequence[str], matrix: NDArray[np.float32]) -> None:
        """Store vectors; they take the place of older ones of the same papers or passages.

        Args:
            ids: Papers, or passages.
            hashes: Of the texts, in the same order; at most 64 ASCII characters each. Empty for passages: the number of
                one is never given to another text.
            matrix: Rows of length 1 in the same order.
        """
        records = np.zeros(len(ids), dtype=RECORD)
        records["paper"] = ids
        records["hash"] = np.array(hashes, dtype="S64")
        numbers = np.ascontiguousarray(matrix, dtype="<f4").reshape(len(ids), self.dimensions)
        records["check"] = _checks(records, numbers)
        with self._writing():
            self._cut()
            for start in range(0, len(ids), PIECE):
                self._write(records[start : start + PIECE], numbers[start : start + PIECE])
                self._refresh()
            self._complete_codes()

    @property
    def rows(self) -> int:
        """How many vectors are on the disk, also of what was replaced or is gone."""
        with self._reading():
            return len(self._vectors.ids)

    def compact(self, wanted: NDArray[np.int64], *, is_thorough: bool = False) -> None:
        """Leave out what was replaced and the vectors of papers that are gone, if that is much.

        Args:
            wanted: The papers that there are.
            is_thorough: Leave it out even if it is little: all vectors are written anew for it.
        """
        with self._writing():
            is_live = np.isin(self._vectors.ids, wanted) & (self._vectors.ids != NO_PAPER)
            dead = len(is_live) - int(is_live.sum())
            if dead < (1 if is_thorough else max(FEWEST_DEAD, len(is_live) // 4)):
                return
            with self._rows_file.open("rb") as file:
                records = self._read_records(file, 0)
            numbers_name = self._new_numbers_name()
            with (self._folder / numbers_name).open("wb") as numbers:
                for start in range(0, len(is_live), PIECE):
                    rows = slice(start, start + PIECE)
                    numbers.write(self._vectors.matrix[rows][is_live[rows]].tobytes())
                flush(numbers)
            self._begin(numbers_name, records[: len(is_live)][is_live])
            self._refresh()
            self._tidy()
            self._complete_codes()
        log.info("left out %d of %d vectors", dead, len(is_live))

    def clear(self) -> None:
        """Delete all vectors."""
        with self._writing():
            self._begin(self._new_numbers_name(), np.zeros(0, dtype=RECORD))
            self._refresh()
            self._tidy()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, translated(KEPT, self._folder):
            self._refresh()
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, translated(KEPT, self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with file_lock(self._folder / f"{self._name}.lock"):
                if not self._is_readable():
                    self._begin(self._new_numbers_name(), np.zeros(0, dtype=RECORD))
                self._refresh()
                yield

    def _forget(self) -> None:
        """Know nothing, as before the first look at the files."""
        self._seen: tuple[int, int, int] | None = None
        self._head_bytes = 0
        self._numbers_name = ""
        self._row_of: dict[int, int] = {}
        self._digests: NDArray[np.bytes_] = np.zeros(0, dtype="S64")  # of each row; a table of texts is thrice as large
        self._vectors = Vectors(
            ids=np.zeros(0, dtype=np.int64), matrix=np.zeros((0, self.dimensions), dtype=np.float32)
        )

    def _refresh(self) -> None:
        """Learn what was appended since the last look, by whomever."""
        for _ in range(LOOKS):
            with suppress(FileNotFoundError):  # between two steps of a program that made the files anew
                self._look()
                return
        self._forget()  # derived data may be deleted at any time

    def _look(self) -> None:
        status = self._rows_file.stat()
        if _seen(status) == self._seen:
            return
        with self._rows_file.open("rb") as file:
            seen = _seen(os.fstat(file.fileno()))
            head = parse_head(line := file.readline())
            if head.get("numbers") != self._numbers_name:
                self._forget()
                self._numbers_name, self._head_bytes = str(head.get("numbers")), len(line)
            found = self._read_records(file, len(self._vectors.ids))
        sound = self._count_sound(found)
        self._take(found[:sound])
        # What is not sound may be another program's write under way: the next look tells.
        self._seen = seen if sound == len(found) else None

    def _read_records(self, file: BinaryIO, start: int) -> NDArray[Any]:
        file.seek(self._head_bytes + start * RECORD.itemsize)
        content = file.read()
        return np.frombuffer(content, dtype=RECORD, count=len(content) // RECORD.itemsize)

    def _count_sound(self, found: NDArray[Any]) -> int:
        """Return how many of new records can be believed; all but the last piece were believed before."""
        first = max(0, len(found) - PIECE)
        row_bytes = self.dimensions * 4
        with (self._folder / self._numbers_name).open("rb") as file:
            file.seek((len(self._vectors.ids) + first) * row_bytes)
            content = file.read((len(found) - first) * row_bytes)
        numbers = np.frombuffer(content, dtype="<f4", count=len(content) // row_bytes * self.dimensions)
        numbers = numbers.reshape(-1, self.dimensions)
        tail = found[first : first + len(numbers)]
        is_wrong = _checks(tail, numbers) != tail["check"]
        return first + (int(np.argmax(is_wrong)) if is_wrong.any() else len(tail))

    def _take(self, found: NDArray[Any]) -> None:
        if not len(found):
            return
        start = len(self._vectors.ids)
        ids = np.concatenate([self._vectors.ids, found["paper"]])
        rows = dict(zip(found["paper"].tolist(), range(start, len(ids)), strict=True))  # of several, the last
        ids[[self._row_of[one] for one in rows.keys() & self._row_of.keys()]] = NO_PAPER
        is_last = np.zeros(len(found), dtype=np.bool_)
        is_last[np.fromiter(rows.values(), dtype=np.int64, count=len(rows)) - start] = True
        ids[start:][~is_last] = NO_PAPER
        self._row_of.update(rows)
        self._digests = np.concatenate([self._digests, found["hash"]])
        ids.flags.writeable = False
        self._vectors = Vectors(ids=ids, matrix=self._map(len(ids)), codes=self._codes_file().load(len(ids)))

    def _map(self, rows: int) -> NDArray[np.float32]:
        # Exactly the sound rows: they are never cut off, and a mapping must not reach beyond the end of its file.
        with (self._folder / self._numbers_name).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), rows * self.dimensions * 4, access=mmap.ACCESS_READ)
        return np.frombuffer(mapped, dtype="<f4").reshape(rows, self.dimensions)

    def _write(self, records: NDArray[Any], numbers: NDArray[np.float32]) -> None:
        with (self._folder / self._numbers_name).open("r+b") as file:
            file.seek(len(self._vectors.ids) * self.dimensions * 4)  # over what a torn write may have left
            file.write(numbers.tobytes())
            flush(file)
        self._codes_file().write(len(self._vectors.ids), numbers)
        with self._rows_file.open("ab") as file:
            file.write(records.tobytes())
            flush(file)

    def _codes_file(self) -> CodesFile:
        return CodesFile((self._folder / self._numbers_name).with_suffix(".i8"), self.dimensions)

    def _complete_codes(self) -> None:
        """Make the codes anew if they do not fit; a system that does not let go of mapped files gets another chance."""
        codes, rows = self._codes_file(), len(self._vectors.ids)
        if not codes.is_outdated(rows):
            return
        try:
            codes.make(self._vectors.matrix)
        except OSError as error:
            log.info("vectors are searched in full for now: %s", error)
        self._vectors = replace(self._vectors, codes=codes.load(rows))

    def _cut(self) -> None:
        """Drop what a torn write left behind the last sound record."""
        sound_bytes = self._head_bytes + len(self._vectors.ids) * RECORD.itemsize
        if self._rows_file.stat().st_size > sound_bytes:
            log.info("cut a torn write off %s", self._rows_file.name)
            os.truncate(self._rows_file, sound_bytes)

    def _begin(self, numbers_name: str, records: NDArray[Any]) -> None:
        """Make the rows file anew, in one step."""
        head = {"format": FORMAT, "model": self._model_key, "dimensions": self.dimensions, "numbers": numbers_name}
        (self._folder / numbers_name).touch()
        make_anew(self._rows_file, head, records.tobytes())

    def _is_readable(self) -> bool:
        try:
            with self._rows_file.open("rb") as file:
                head = parse_head(file.readline())
        except FileNotFoundError:
            return False
        is_ours = (head.get("format"), head.get("model"), head.get("dimensions")) == (
            FORMAT,
            self._model_key,
            self.dimensions,
        )
        return is_ours and (self._folder / str(head.get("numbers"))).is_file()

    def _new_numbers_name(self) -> str:
        return f"{self._name}-{uuid.uuid4().hex[:8]}.f32"

    def _tidy(self) -> None:
        """Delete numbers that no rows belong to; a system that does not let go of mapped files gets another chance."""
        for path in self._folder.glob(f"{self._name}-*.*"):
            if path.stem != Path(self._numbers_name).stem:
                with suppress(OSError):
                    path.unlink()


def _file_name(model_key: str, dimensions: int) -> str:
    """Return a name that people recognise and that no other model has."""
    words = re.sub(r"[^A-Za-z0-9.]+", "-", model_key.split("@", maxsplit=1)[0].rstrip("/\\"))[-40:].strip("-.")
    digest = hashlib.sha256(f"{model_key} {dimensions}".encode()).hexdigest()[:10]
    return f"{words or 'model'}-{digest}"


def _checks(records: NDArray[Any], numbers: NDArray[np.float32]) -> NDArray[np.uint32]:
    found = [
        zlib.crc32(row.tobytes(), zlib.crc32(b"%d %s" % (paper, digest)))
        for paper, digest, row in zip(records["paper"].tolist(), records["hash"].tolist(), numbers, strict=True)
    ]
    return np.array(found, dtype=np.uint32)


def _seen(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
