"""The words of papers on disk: appended as papers come, mapped into memory, safe against crashes and a second program.

Three files: `words.rows` begins with a line of JSON that names the other two, followed by one record for each paper:
whose words they are, of which text, how many, and a checksum. The other two have nothing but the numbers of `Terms`.
Numbers reach the disk before the record that vouches for them. Everything here can be deleted and made again.
"""

import logging
import mmap
import threading
import time
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.disk.whole_file import flush
from readinglist.domain.paper import PaperId
from readinglist.similarity.file_lock import file_lock
from readinglist.similarity.mapped import let_go, trim_heap
from readinglist.similarity.rows_head import make_anew, parse_head, translated
from readinglist.similarity.term_weights import load_weights, save_weights
from readinglist.similarity.terms import PLACES, Terms, count_words
from readinglist.similarity.vectors import NO_PAPER

log = logging.getLogger(__name__)

KEPT = "The words of papers"
FORMAT = 1  # raised when the files' shape or the way words are counted changes; older ones are then made anew
FEWEST_KEPT = 5000  # rows: what fewer of them tell is counted in some milliseconds
FEWEST_DEAD = 1000  # below this, rewriting the files is not worth the while
RECORD = np.dtype([("paper", "<i8"), ("hash", "S64"), ("words", "<u4"), ("check", "<u4")])
PIECE = 2048  # records at the end that are checked: only the last write can be torn, and it is no longer
NUMBER_BYTES = 4  # of a place, and of a count


class TermStore:
    """Keeps words.

    Args:
        folder: Made if it does not exist.

    Raises:
        EnvironmentFault: The folder cannot be used; so may every method.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows_file = folder / "words.rows"
        self._lock = threading.RLock()
        self._used_at: float | None = None
        self._forget()
        with self._writing():
            self._tidy()

    def stale(self, wanted: Mapping[PaperId, str]) -> set[PaperId]:
        """Return those of some papers whose words are not there as they are now.

        Args:
            wanted: For each paper the hash of its present text.
        """
        ids = np.fromiter(wanted, dtype=np.int64, count=len(wanted))
        digests = np.array(list(wanted.values()), dtype="S64")
        with self._reading():
            rows = self._terms.rows_of(ids)
            is_there = rows >= 0
            is_there[is_there] = self._records["hash"][rows[is_there]] == digests[is_there]
        return {PaperId(key) for key in ids[~is_there].tolist()}

    def snapshot(self) -> Terms:
        """Return the words of all papers, those included that another program has counted.

        Rows that newer ones replaced have the number `NO_PAPER`.
        """
        with self._reading():
            self._used_at = time.monotonic()
            self._weigh()
            return self._terms

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for the words for so long; 0 does so in any case."""
        with self._lock:
            is_done = self._used_at is not None and time.monotonic() - self._used_at >= unused_s
            if is_done or unused_s == 0:
                self._used_at = None
                let_go(self._terms.places)
                let_go(self._terms.counts)
        if unused_s > 0:  # in quiet moments: an answer that follows at once would take the same memory again
            trim_heap()

    def append(self, ids: Sequence[PaperId], hashes: Sequence[str], texts: Sequence[str]) -> None:
        """Count the words of texts and store them, in the place of older ones of the same papers.

        Args:
            ids: Papers, each once.
            hashes: Of the texts, in the same order; at most 64 ASCII characters each.
            texts: Title and abstract.
        """
        if len(ids) > PIECE:
            self.append(ids[:PIECE], hashes[:PIECE], texts[:PIECE])
            self.append(ids[PIECE:], hashes[PIECE:], texts[PIECE:])
            return
        starts, places, counts = count_words(texts)
        records = np.zeros(len(ids), dtype=RECORD)
        records["paper"] = ids
        records["hash"] = np.array(hashes, dtype="S64")
        records["words"] = np.diff(starts)
        records["check"] = _checks(records, places, counts)
        with self._writing():
            total = len(self._terms.places)
            for suffix, numbers in ((".places", places), (".counts", counts)):
                with self._numbers_file(suffix).open("r+b") as file:
                    file.seek(total * NUMBER_BYTES)  # over what a torn write may have left
                    file.write(numbers.tobytes())
                    flush(file)
            with self._rows_file.open("r+b") as file:
                file.seek(self._head_bytes + len(self._terms.ids) * RECORD.itemsize)
                file.truncate()
                file.write(records.tobytes())
                flush(file)
            self._refresh()

    def compact(self, wanted: NDArray[np.int64]) -> None:
        """Leave out what was replaced and the words of papers that are gone, if that is much.

        Args:
            wanted: The papers that there are.
        """
        with self._writing():
            terms = self._terms
            is_live = np.isin(terms.ids, wanted) & (terms.ids != NO_PAPER)
            dead = len(is_live) - int(is_live.sum())
            if dead < max(FEWEST_DEAD, len(is_live) // 4):
                return
            is_kept = np.repeat(is_live, np.diff(terms.starts))
            self._begin(self._records[is_live], terms.places[is_kept], terms.counts[is_kept])
            self._refresh()
            self._tidy()
        log.info("left out the words of %d papers of %d", dead, len(is_live))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, translated(KEPT, self._folder):
            self._refresh()
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, translated(KEPT, self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with file_lock(self._folder / "words.lock"):
                if not self._is_readable():
                    self._begin(np.zeros(0, RECORD), np.zeros(0, np.int32), np.zeros(0, np.float32))
                self._refresh()
                yield

    def _forget(self) -> None:
        """Know nothing, as before the first look at the files."""
        self._seen: tuple[int, int, int] | None = None
        self._name = ""
        self._head_bytes = 0
        self._records: NDArray[Any] = np.zeros(0, dtype=RECORD)
        self._terms = Terms.of_texts([], [])

    def _refresh(self) -> None:
        """Learn what was appended since the last look, by whomever."""
        try:
            status = self._rows_file.stat()
            seen = (status.st_ino, status.st_size, status.st_mtime_ns)
            if seen != self._seen:
                self._look()
                self._seen = seen
        except FileNotFoundError:  # derived data may be deleted at any time
            self._forget()

    def _look(self) -> None:
        with self._rows_file.open("rb") as file:
            head = parse_head(line := file.readline())
            content = file.read()
        known = len(self._records)
        if head.get("name") != self._name:
            self._forget()
            self._name, self._head_bytes, known = str(head.get("name")), len(line), 0
        records = np.frombuffer(content, dtype=RECORD, count=len(content) // RECORD.itemsize)
        starts = np.concatenate(([0], np.cumsum(records["words"], dtype=np.int64)))
        places, counts = self._map(int(starts[-1]))
        sound = known + _count_sound(records[known:], starts[known:], places, counts)
        self._take(records[:sound], starts[: sound + 1], places[: starts[sound]], counts[: starts[sound]])

    def _weigh(self) -> None:
        """Have what words tell at hand: as it was kept, or counted, and kept for the next start."""
        terms, marks = self._terms, self._records["check"]
        if len(terms.ids) < FEWEST_KEPT or terms.is_weighed:
            return
        path = self._numbers_file(".weights")
        known = load_weights(path, marks)
        if known is not None:
            terms.take_weights(known)
        if not terms.is_weighed:
            try:
                save_weights(path, terms.weights, marks)
            except OSError as error:  # it was counted all the same
                log.info("what words tell is counted at every start for now: %s", error)

    def _take(
        self,
        records: NDArray[Any],
        starts: NDArray[np.int64],
        places: NDArray[np.int32],
        counts: NDArray[np.float32],
    ) -> None:
        ids = records["paper"].copy()
        # The last row of a paper holds: of the reversed rows the first one.
        _, last = np.unique(ids[::-1], return_index=True)
        is_last = np.zeros(len(ids), dtype=np.bool_)
        is_last[len(ids) - 1 - last] = True
        ids[~is_last] = NO_PAPER
        self._records = records
        self._terms = self._terms.grown(ids, starts, places, counts)

    def _map(self, words: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Map at most so many words; fewer where the files are shorter than the records say."""
        sizes = [self._numbers_file(suffix).stat().st_size // NUMBER_BYTES for suffix in (".places", ".counts")]
        words = min(words, *sizes)
        if not words:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        mapped = []
        for suffix in (".places", ".counts"):
            with self._numbers_file(suffix).open("rb") as file:
                mapped.append(mmap.mmap(file.fileno(), words * NUMBER_BYTES, access=mmap.ACCESS_READ))
        return np.frombuffer(mapped[0], dtype="<i4"), np.frombuffer(mapped[1], dtype="<f4")

    def _begin(self, records: NDArray[Any], places: NDArray[np.int32], counts: NDArray[np.float32]) -> None:
        """Make the files anew, in one step for whoever reads."""
        name = uuid.uuid4().hex[:8]
        for suffix, numbers in ((".places", places), (".counts", counts)):
            with (self._folder / f"words-{name}{suffix}").open("wb") as file:
                file.write(numbers.tobytes())
                flush(file)
        head = {"format": FORMAT, "places": PLACES, "name": name}
        make_anew(self._rows_file, head, records.tobytes())

    def _is_readable(self) -> bool:
        try:
            with self._rows_file.open("rb") as file:
                head = parse_head(file.readline())
        except FileNotFoundError:
            return False
        is_ours = (head.get("format"), head.get("places")) == (FORMAT, PLACES)
        names = [f"words-{head.get('name')}{suffix}" for suffix in (".places", ".counts")]
        return is_ours and all((self._folder / name).is_file() for name in names)

    def _numbers_file(self, suffix: str) -> Path:
        return self._folder / f"words-{self._name}{suffix}"

    def _tidy(self) -> None:
        """Delete numbers that no rows belong to; a system that does not let go of mapped files gets another chance."""
        for path in self._folder.glob("words-*"):
            if not path.name.startswith(f"words-{self._name}."):
                with suppress(OSError):
                    path.unlink()


def _checks(records: NDArray[Any], places: NDArray[np.int32], counts: NDArray[np.float32]) -> NDArray[np.uint32]:
    found = np.zeros(len(records), dtype=np.uint32)
    ends = np.cumsum(records["words"], dtype=np.int64)
    for row, (paper, digest, words, _) in enumerate(records.tolist()):
        part = slice(ends[row] - words, ends[row])
        check = zlib.crc32(b"%d %s" % (paper, digest))
        found[row] = zlib.crc32(counts[part].tobytes(), zlib.crc32(places[part].tobytes(), check))
    return found


def _count_sound(
    records: NDArray[Any], starts: NDArray[np.int64], places: NDArray[np.int32], counts: NDArray[np.float32]
) -> int:
    """Return how many of new records can be believed; those before the last piece were believed before."""
    whole = int(np.searchsorted(starts[1:], len(places), side="right"))
    first = max(0, whole - PIECE)
    part = slice(int(starts[first]), int(starts[whole]))
    is_wrong = _checks(records[first:whole], places[part], counts[part]) != records["check"][first:whole]
    return first + int(np.argmax(is_wrong)) if is_wrong.any() else whole
