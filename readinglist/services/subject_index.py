"""Keeps what the sources say papers are about, as numbers, in step with the library and on disk.

Reading the subjects of 100,000 papers takes a tenth of a second: too long before the first answer of For you. So they
are kept in one file under `derived`, with the place in the library's log of changes where they were read; at the next
start only papers touched since then are read again. The file can be deleted and is made again.
"""

import json
import logging
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from readinglist.disk.whole_file import whole_file
from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.change_marks import ChangeMark
from readinglist.library.library import Library
from readinglist.recommend.subjects import PLACES, PaperSubjects
from readinglist.services.doubts import Doubts
from readinglist.services.events import EventHub

if TYPE_CHECKING:
    from readinglist.library.unit import Reader

log = logging.getLogger(__name__)

SHAPING = (ChangeKind.DETAILS, ChangeKind.ADDED)
FORMAT = 1  # raised when the file's shape changes, or how subjects get their places
FEWEST = 5000  # papers with subjects: those of fewer are read in some milliseconds
BEHIND = 100  # entries of the log, after which the file is written anew: the log holds no more than some hundred
MANY = 20_000  # papers touched, from which on reading all is no slower
UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


class SubjectIndex:
    """Knows the subjects of all papers, those in the bin included; used by one thread at a time.

    Args:
        library: The papers.
        events: Tells what changed.
        folder: Made when something is kept.
    """

    def __init__(self, library: Library, events: EventHub, folder: Path) -> None:
        self._library = library
        self._path = folder / "subjects.npz"
        self._doubts = Doubts(events, SHAPING)
        self._present = PaperSubjects.of(())
        self._kept_at: ChangeMark | None = None

    def present(self) -> PaperSubjects:
        """Return what is known; the same object as before if no subjects changed."""
        doubtful = self._doubts.take()
        if doubtful is None or doubtful:
            try:
                with self._library.read() as reader:
                    newest = reader.marks.newest()
                    self._present = self._read(reader) if doubtful is None else self._renewed(reader, doubtful)
            except ReadingListError:
                self._doubts.doubt_all()
                raise
            if self._kept_at is None or not 0 <= newest.entry - self._kept_at.entry < BEHIND:
                self._keep(newest)
        return self._present

    def _read(self, reader: "Reader") -> PaperSubjects:
        """Return those of all papers: what was kept, where it can be brought in step, or else read anew."""
        kept = self._load()
        touched = None if kept is None else reader.marks.touched_since(kept[0], SHAPING)
        if kept is None or touched is None or len(touched) > MANY:
            self._kept_at = None
            return _subjects(reader, None)
        self._kept_at, self._present = kept
        return self._renewed(reader, sorted(touched))

    def _renewed(self, reader: "Reader", ids: list[PaperId]) -> PaperSubjects:
        return self._present.renewed(np.array(ids, dtype=np.int64), _subjects(reader, ids))

    def _load(self) -> tuple[ChangeMark, PaperSubjects] | None:
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                form, places, entry, check = file["head"].tolist()
                kept = PaperSubjects(ids=file["ids"], starts=file["starts"], places=file["places"])
        except FileNotFoundError:
            return None
        except UNREADABLE as error:  # torn, or of another version
            log.info("the subjects of papers are read anew: %s", error)
            return None
        return (ChangeMark(entry=entry, check=check), kept) if (form, places) == (FORMAT, PLACES) else None

    def _keep(self, mark: ChangeMark) -> None:
        known, self._kept_at = self._present, mark
        if len(known.ids) < FEWEST:
            return
        head = np.array([FORMAT, PLACES, mark.entry, mark.check], dtype=np.int64)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path, is_lasting=False) as file:
                np.savez(file, allow_pickle=False, head=head, ids=known.ids, starts=known.starts, places=known.places)
        except OSError as error:  # they are known all the same
            log.info("the subjects of papers cannot be kept: %s", error)


def _subjects(reader: "Reader", ids: list[PaperId] | None) -> PaperSubjects:
    parsed: dict[str, list[str]] = {}  # most papers of a field have the same ones
    return PaperSubjects.of(
        (key, parsed[text] if text in parsed else parsed.setdefault(text, json.loads(text)))
        for key, text in reader.unread.keywords(ids)
    )
