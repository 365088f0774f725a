"""Has the model read papers, batch by batch, each stored before the next: whatever stops it, little is lost."""

import random
import time
from collections.abc import Callable, Sequence

from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.library.paper_reading import PaperText
from readinglist.services.jobs import JobContext
from readinglist.services.model_in_use import ModelInUse
from readinglist.similarity.build import Pace, Standing, batches
from readinglist.similarity.encoder import encoder_text
from readinglist.similarity.speeds import Speeds

LOADING = "loading the model"
CHUNK = 4096  # papers whose texts are in memory at once


class PaperWork:
    """Reads all papers that a model has not read in their present form.

    Args:
        library: The papers.
        count: Brings the numbers in step for some papers, None for all, and returns them.
        check: Raises what ends the work: it was stopped, or another model was chosen.
        tell: Says which papers got vectors.
    """

    def __init__(
        self,
        library: Library,
        *,
        count: Callable[[Sequence[PaperId] | None], Standing],
        check: Callable[[ModelInUse, JobContext], None],
        tell: Callable[[Sequence[PaperId]], None],
    ) -> None:
        self._library = library
        self._count = count
        self._check = check
        self._tell = tell

    def read(self, model: ModelInUse, context: JobContext) -> None:
        """Read them; the model is loaded only if something may have to be read.

        Raises:
            Cancelled: As `check` raises it.
            EnvironmentFault: The model cannot be loaded or run, or the disk refuses.
            UserError: What the reader chose is no usable model.
        """
        if not self._count(None).todo(1) and model.is_pinned and model.store is not None:
            return  # a model that cannot have changed, and nothing for it to read: no need to load it
        context.progress(0, None, LOADING)
        model.accept(model.encoder.load(meanwhile=context.check_cancelled))
        self._count(None)
        pace = Pace()
        self._read_all(model, context, pace)
        if pace.letters_a_second and model.info is not None:
            Speeds(model.folder).save(model.info, pace.letters_a_second)
        self._compact(model)

    def _read_all(self, model: ModelInUse, context: JobContext, pace: Pace) -> None:
        chance = random.Random()  # noqa: S311 - an order, no secret
        while ids := self._standing(model).todo(CHUNK):
            with self._library.read() as reader:
                texts = reader.papers.texts(ids)
            size = model.info.batch_size if model.info else 1
            for batch in batches(texts, size, length=lambda one: len(one.title) + len(one.abstract), chance=chance):
                self._check(model, context)
                self._embed(model, batch, context, pace)
                counts = self._standing(model).counts()
                context.progress(counts.done, counts.total, pace.words(counts.total - counts.done))
            self._count(sorted(set(ids) - {one.id for one in texts}))  # deleted since they were listed

    def _embed(self, model: ModelInUse, batch: list[PaperText], context: JobContext, pace: Pace) -> None:
        """Read a batch, without what another program has read meanwhile, and store it."""
        unread = model.unread(batch)
        if unread:
            began = time.monotonic()
            texts = [encoder_text(one.title, one.abstract) for one in unread]
            matrix = model.encoder.encode(texts, meanwhile=context.check_cancelled)
            store = model.accept(model.encoder.load(meanwhile=context.check_cancelled))
            store.append([one.id for one in unread], [one.content_hash for one in unread], matrix)
            pace.note(len(unread), time.monotonic() - began, letters=sum(map(len, texts)))
        ids = [one.id for one in batch]
        self._count(ids)
        self._tell(ids)

    def _standing(self, model: ModelInUse) -> Standing:
        return model.standing or self._count(None)

    def _compact(self, model: ModelInUse) -> None:
        import numpy as np  # noqa: PLC0415 - the window starts without it

        if (store := model.find_store()) is not None:
            with self._library.read() as reader:
                kept = [*reader.papers.outside_bin(), *reader.papers.binned()]
            store.compact(np.array(kept, dtype=np.int64))
