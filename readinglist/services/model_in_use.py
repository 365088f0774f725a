"""Everything that goes with one choice of model; replaced whole when the reader chooses another."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.domain.paper import PaperId
from readinglist.library.paper_reading import PaperText
from readinglist.services.events import EventHub, Notice
from readinglist.services.short_texts import ShortTexts
from readinglist.similarity.build import Standing
from readinglist.similarity.encoder import Encoder, EncoderInfo, EncoderOptions
from readinglist.similarity.known_models import KnownModels

if TYPE_CHECKING:
    from readinglist.similarity.vectors import VectorStore


@dataclass(slots=True)
class ModelInUse:
    """A model and what is known of it.

    Attributes:
        folder: Where vectors lie.
        known: Remembers what came of choices, for the next start.
        events: Hears when a graphics card gives up.
        info: What came of the choice when it was last loaded; None if it never was.
        is_loaded: It was, since the program began.
        standing: Which papers it has read; None before they are counted.
        problem: One sentence if the last attempt failed; else empty.
    """

    options: EncoderOptions
    encoder: Encoder
    short: ShortTexts
    folder: Path
    known: KnownModels
    events: EventHub
    info: EncoderInfo | None
    is_warming: bool = False
    is_loaded: bool = False
    store: "VectorStore | None" = None
    standing: Standing | None = None
    problem: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def is_pinned(self) -> bool:
        """It cannot have changed since it was last used."""
        return not self.options.model or bool(self.options.revision)

    def find_store(self) -> "VectorStore | None":
        """Return the vectors; None if the model was never loaded, so that there are none.

        Raises:
            EnvironmentFault: The folder cannot be used.
        """
        with self.lock:
            if self.store is None and self.info is not None:
                from readinglist.similarity.vectors import VectorStore  # noqa: PLC0415 - loads numpy

                self.store = VectorStore(self.folder, self.info.key, self.info.dimensions)
            return self.store

    def accept(self, info: EncoderInfo) -> "VectorStore":
        """Take note of what was loaded, and open its vectors; raises as `find_store`."""
        with self.lock:
            if info != self.info:
                self.known.save(self.options, info)
                if self.info is not None and self.info.key != info.key:
                    self.store = self.standing = None
                self._tell_failure(self.info, info)
                self.info = info
            self.is_loaded = True
            store = self.find_store()
            assert store is not None  # noqa: S101 - what is loaded has a name and dimensions
            return store

    def unread(self, batch: Sequence[PaperText]) -> list[PaperText]:
        """Return the papers of a batch that have no vector of their present text: another program may have read some.

        Raises:
            EnvironmentFault: As `find_store`.
        """
        store = self.find_store()
        stored: dict[PaperId, str] = {} if store is None else store.hashes([one.id for one in batch])
        return [one for one in batch if stored.get(one.id) != one.content_hash]

    def let_go(self) -> None:
        """Give the processes back."""
        self.short.close()
        self.encoder.close()

    def _tell_failure(self, before: EncoderInfo | None, now: EncoderInfo) -> None:
        """Tell the reader when a graphics card gave up, which makes everything slower from now on."""
        if before is not None and now.device_reason.startswith(f"{before.device} failed"):
            message = f"{before.device} failed, so the processor goes on comparing papers, more slowly. "
            self.events.publish(Notice(message=f"{message}The settings of similar papers say why.", is_error=True))
