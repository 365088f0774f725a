"""Passages of PDFs, made ready for comparison by meaning: what is done, and the work itself, that can be stopped.

The model reads them when it has read all papers; it is handed in by whoever has it. Their vectors lie below `derived/`,
in a folder that is named after the numbering of the passages, and go with it.
"""

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.domain.errors import ReadingListError
from readinglist.library.library import Library
from readinglist.library.passage_places import PassageId, PassagePlace, PassagePlaces
from readinglist.services.index_state import PassagesState
from readinglist.services.jobs import JobContext
from readinglist.similarity.build import Pace, batches
from readinglist.similarity.encoder import EncoderInfo
from readinglist.similarity.speeds import Speeds

if TYPE_CHECKING:
    import random

    import numpy as np
    from numpy.typing import NDArray

    from readinglist.similarity.vectors import Vectors, VectorStore

log = logging.getLogger(__name__)

CUTTING = "finding passages in the texts of PDFs"
CHUNK = 2048  # passages whose words are in memory at once


class Passages:
    """Keeps vectors of passages; every method may be called from any thread.

    Args:
        library: Has the texts.
        is_wanted: Whether the reader wants passages; asked anew each time.
    """

    def __init__(self, library: Library, *, is_wanted: Callable[[], bool]) -> None:
        self.places = PassagePlaces(library.folder)
        self.is_wanted = is_wanted
        self._folder = library.folder / "derived" / "passages"
        self._speeds = Speeds(library.folder / "derived" / "vectors")
        self._lock = threading.RLock()
        self._store: VectorStore | None = None
        self._state = PassagesState()
        self._gone = 0

    @property
    def has_gone(self) -> bool:
        """There are vectors of passages that are gone, as far as it was counted last."""
        return self._gone > 0

    @property
    def state(self) -> PassagesState:
        """How far it was when it was counted last."""
        return replace(self._state, is_wanted=self.is_wanted())

    def count(self, info: EncoderInfo | None) -> None:
        """Bring the numbers in step with the texts.

        Args:
            info: Of the model in use; None if it was never loaded.

        Raises:
            EnvironmentFault: The disk refuses.
        """
        if not self.is_wanted():
            self._state, self._gone = PassagesState(), 0
            return
        self.places.begin()
        ids = self.places.ids()
        store = self._find_store(info)
        left = len(ids if store is None else store.missing(ids))
        self._gone = 0 if store is None else store.rows - (len(ids) - left)
        self._state = PassagesState(
            is_wanted=True, total=len(ids), done=len(ids) - left, waiting=len(self.places.waiting())
        )

    def read(
        self,
        info: EncoderInfo,
        encode: "Callable[[Sequence[str]], NDArray[np.float32]]",
        context: JobContext,
        *,
        must_stop: Callable[[], bool],
        chance: "random.Random",
    ) -> None:
        """Let the model read all passages that it has not read; what was read is stored, whatever stops it.

        Args:
            info: Of the model.
            encode: Asks it; what this raises passes through.
            context: Of the job.
            must_stop: Asked before each batch: papers have come, which are read first.
            chance: Orders batches.

        Raises:
            EnvironmentFault: The disk refuses.
        """
        pace = Pace("passage")
        try:
            if self._cut(context, must_stop) and self._embed_all(info, _Work(encode, context, must_stop, chance, pace)):
                self._compact(info)
        finally:
            if pace.letters_a_second:
                self._speeds.save(info, pace.letters_a_second)
        self.count(info)

    def vectors(self, info: EncoderInfo | None) -> "Vectors | None":
        """Return the vectors of all passages; None if there are none, or they are not wanted."""
        if not self.is_wanted():
            return None
        try:
            store = self._find_store(info)
            found = None if store is None else store.snapshot()
        except ReadingListError as error:
            log.warning("passages cannot be read: %s", error.detail)
            return None
        return found if found is not None and len(found.ids) else None

    def of_contents(
        self, info: EncoderInfo | None, contents: Iterable[str]
    ) -> "dict[str, list[tuple[PassageId, NDArray[np.float32]]]]":
        """Return the passages of files with their vectors, for those that have any."""
        store = self._find_store(info) if self.is_wanted() else None
        if store is None:
            return {}
        found = {}
        for sha256, ids in self.places.of_contents(list(contents)).items():
            rows = [(one, row) for one in ids if (row := store.find(one)) is not None]
            if rows:
                found[sha256] = rows
        return found

    def find(self, ids: Sequence[PassageId]) -> dict[PassageId, PassagePlace]:
        """Return where passages are; those that are gone are left out."""
        return self.places.find(ids)

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for all vectors for so long."""
        store = self._store
        if store is not None:
            store.let_go(unused_s=unused_s)

    def leave_out_gone(self, info: EncoderInfo | None) -> None:
        """Take the vectors of passages that are gone off the disk: nothing stays of what the reader has deleted.

        Raises:
            EnvironmentFault: The disk refuses.
        """
        self._compact(info, is_thorough=True)
        self.count(info)

    def tidy(self) -> None:
        """Delete everything if it is not wanted any more; raises as `forget`."""
        if not self.is_wanted():
            self.forget()

    def forget(self) -> None:
        """Delete everything; it can be made again.

        Raises:
            EnvironmentFault: The disk refuses.
        """
        with self._lock:
            self._store, self._state, self._gone = None, PassagesState(), 0
            if self.places.token():
                self.places.forget()
            if self._folder.exists():
                # A system that does not let go of mapped files gets another chance at the next start.
                shutil.rmtree(self._folder, ignore_errors=True)

    def _cut(self, context: JobContext, must_stop: Callable[[], bool]) -> bool:
        """Look for passages in the texts that came; returns whether it got to the end."""
        self.places.begin()
        waiting = self.places.waiting()
        for number, document in enumerate(waiting):
            context.check_cancelled()
            if must_stop() or not self.is_wanted():
                return False
            context.progress(number, len(waiting), CUTTING)
            self.places.cut(document)
        return True

    def _embed_all(self, info: EncoderInfo, work: "_Work") -> bool:
        """Read what was not read; returns whether it got to the end."""
        store = self._find_store(info)
        if store is None:  # turned off meanwhile
            return False
        ids = self.places.ids()
        todo = store.missing(ids)
        done = len(ids) - len(todo)
        for start in range(0, len(todo), CHUNK):
            texts = list(self.places.texts(todo[start : start + CHUNK]).items())
            for batch in batches(texts, info.batch_size, length=lambda one: len(one[1]), chance=work.chance):
                if work.must_stop() or not self._embed(store, batch, work):
                    return False
                done += len(batch)
                self._state = PassagesState(is_wanted=True, total=len(ids), done=done)
                work.context.progress(done, len(ids), work.pace.words(len(ids) - done))
        return True

    def _embed(self, store: "VectorStore", batch: Sequence[tuple[PassageId, str]], work: "_Work") -> bool:
        """Read a batch, without what another program has read meanwhile; returns whether passages are still wanted."""
        missing = set(store.missing([one for one, _ in batch]))
        unread = [(one, text) for one, text in batch if one in missing]
        if not unread:
            return True
        began = time.monotonic()
        matrix = work.encode([text for _, text in unread])
        letters = sum(len(text) for _, text in unread)
        work.pace.note(len(unread), time.monotonic() - began, letters=letters)
        with self._lock:
            if store is not self._store or not self.is_wanted():  # what was deleted must not come back
                return False
            store.append([one for one, _ in unread], [""] * len(unread), matrix)
        return True

    def _compact(self, info: EncoderInfo | None, *, is_thorough: bool = False) -> None:
        import numpy as np  # noqa: PLC0415 - the window starts without it

        store = self._find_store(info)
        if store is not None:
            store.compact(np.array(self.places.ids(), dtype=np.int64), is_thorough=is_thorough)

    def _find_store(self, info: EncoderInfo | None) -> "VectorStore | None":
        """Return the vectors of a model; None before anything was cut or the model loaded."""
        token = self.places.token() if info is not None else ""
        if info is None or not token:
            return None
        folder = self._folder / token
        with self._lock:
            store = self._store
            if store is None or (store.folder, store.model_key) != (folder, info.key):
                from readinglist.similarity.vectors import VectorStore  # noqa: PLC0415 - loads numpy

                self._store = store = VectorStore(folder, info.key, info.dimensions)
                _remove_others(folder)
            return store


@dataclass(frozen=True, slots=True)
class _Work:
    """What a run of the model needs beside the passages; see `Passages.read`."""

    encode: "Callable[[Sequence[str]], NDArray[np.float32]]"
    context: JobContext
    must_stop: Callable[[], bool]
    chance: "random.Random"
    pace: Pace


def _remove_others(folder: Path) -> None:
    """Delete the vectors of other numberings: nothing belongs to them any more."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
