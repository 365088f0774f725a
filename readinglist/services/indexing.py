"""Preparing papers for comparison by meaning: what is done, what is stale, and the work itself, that can be stopped.

Loads neither the model nor numpy before vectors are needed; the model itself is never in this process.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.following import Follower
from readinglist.services.index_state import IndexState, PassagesState
from readinglist.services.jobs import JobContext, Lane, Runner
from readinglist.services.model_in_use import ModelInUse
from readinglist.services.paper_work import PaperWork
from readinglist.services.passage_work import PassageWork
from readinglist.services.short_texts import ShortTexts
from readinglist.similarity.build import Counts, Standing
from readinglist.similarity.encoder import DEFAULT_MODEL, Encoder, EncoderInfo, EncoderOptions
from readinglist.similarity.known_models import KnownModels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.similarity.vectors import Vectors, VectorStore

log = logging.getLogger(__name__)


class Indexing:
    """Keeps vectors in step with a library; every method may be called from any thread.

    Args:
        library: The papers; vectors lie in its folder.
        events: Tells what changed, and hears which papers got vectors.
        runner: Runs the work that `start` begins.
        encoder: Makes the encoder of a choice.
        options: What the reader chose; asked again after `model_changed`.
        is_automatic: Whether new papers are read without being asked to.
    """

    def __init__(
        self,
        library: Library,
        events: EventHub,
        runner: Runner,
        *,
        encoder: Callable[[EncoderOptions], Encoder],
        options: Callable[[], EncoderOptions],
        is_automatic: Callable[[], bool],
    ) -> None:
        self._library = library
        self._events = events
        self._runner = runner
        self._make_encoder = encoder
        self._options = options
        self._is_automatic = is_automatic
        self._folder = library.folder / "derived" / "vectors"
        self._known = KnownModels(self._folder)
        self._building = threading.Lock()
        self._is_running = self._is_asked = False
        self._papers = PaperWork(library, count=self._count_papers, check=self._check, tell=self._tell)
        self._later: PassageWork | None = None
        self._model = self._choose()
        self._follower = Follower(
            events,
            runner,
            count=self.count,
            has_work=self._has_work,
            build=self._build_in_turn,
            watches_files=lambda: self._later is not None and self._later.passages.is_wanted(),
        )

    def go_on_with(self, later: PassageWork) -> None:
        """From now on have passages of PDFs read, whenever all papers are."""
        self._later = later

    @property
    def info(self) -> EncoderInfo | None:
        """What the model in use is; None if it was never loaded."""
        return self._model.info

    def state(self) -> IndexState:
        """Say how far it is; what is not counted yet is counted by a job, and told as a change of vectors."""
        model = self._model
        if model.standing is None:
            self._follower.count()
        counts = Counts() if model.standing is None else model.standing.counts()
        info = model.info
        return IndexState(
            total=counts.total,
            done=counts.done,
            stale=counts.stale,
            is_running=self._is_running,
            model=info.model if info else model.options.model or DEFAULT_MODEL,
            device=info.device if info else "",
            device_reason=f"{info.device_reason}; computes in {info.precision}" if info else "",
            problem=model.problem,
            passages=PassagesState() if self._later is None else self._later.state,
        )

    def build(self, context: JobContext) -> None:
        """Let the model read all papers, and then passages of PDFs if they are wanted; raises as `build_papers`."""
        self.build_papers(context)
        while self._later is not None and not self._later.read(context):
            self.build_papers(context)  # they have come meanwhile, and are looked for sooner

    def build_papers(self, context: JobContext) -> None:
        """Let the model read all papers that it has not read in their present form.

        Whatever stops it, all batches but the one under way are stored, and the next call goes on from there.

        Raises:
            Cancelled: The reader stopped it, or chose another model.
            EnvironmentFault: The model cannot be loaded or run, or the disk refuses.
            UserError: What the reader chose is no usable model.
        """
        with self._building:
            model = self._model
            self._is_running = True
            try:
                self._papers.read(model, context)
                model.problem = ""
            except Cancelled:
                raise
            except ReadingListError as error:
                self._check(model, context)  # an encoder that was closed for another one fails too
                model.problem = error.message
                raise
            finally:
                self._is_running = False
                self._tell(())
        self._count_passages()

    def rebuild(self, context: JobContext) -> None:
        """Let the model read all papers anew; raises as `build`."""
        if (store := self._model.find_store()) is not None:
            store.clear()
        if self._later is not None:
            self._later.passages.forget()
        self.count()
        self.build(context)

    def load_model(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        """Load the model, and say what runs where; what `meanwhile` raises ends the wait.

        Raises:
            EnvironmentFault: It cannot be loaded.
            UserError: What the reader chose is no usable model.
        """
        model = self._model
        try:
            info = model.encoder.load(meanwhile=meanwhile)
        except Cancelled:
            raise
        except ReadingListError as error:
            model.problem = error.message
            raise
        model.problem = ""
        model.accept(info)
        return info

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return the vectors of texts, one row of length 1 for each; loads the model; raises as `load_model`."""
        model = self._model
        found = model.short.encode(texts, model.info.key if model.info else "")
        if found is not None:
            return found
        if not self._model.is_loaded:
            self.load_model()
        return self._model.encoder.encode(texts)

    def encode_many(self, texts: Sequence[str], context: JobContext) -> "NDArray[np.float32]":
        """Return the vectors of a batch of texts, for work that can be stopped; raises as `build_papers`."""
        model = self._model
        self._check(model, context)
        return model.encoder.encode(texts, meanwhile=lambda: self._check(model, context))

    def warm(self) -> None:
        """Get ready for a text that may soon be searched for: somebody has gone to the search field, say.

        Returns at once; where nothing can be compared yet, nothing is loaded.
        """
        model = self._model
        if model.info is not None and not model.is_warming:
            model.is_warming = True
            self._runner.submit(lambda _: self._warm(model), lane=Lane.INTERACTIVE)

    def begin(self) -> None:
        """As `warm`, for a command, which its jobs would keep waiting: only the light encoder is loaded."""
        if self._model.info is not None:
            self._model.short.begin()

    def vectors(self) -> "Vectors | None":
        """Return all vectors, those of papers in the bin included; None if there are none."""
        try:
            store = self._model.find_store()
            found = None if store is None else store.snapshot()
        except ReadingListError as error:
            log.warning("vectors cannot be read: %s", error.detail)
            self._model.problem = error.message
            return None
        return found if found is not None and len(found.ids) else None

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for all vectors for so long."""
        store = self._model.store
        if store is not None:
            store.let_go(unused_s=unused_s)
        if self._later is not None:
            self._later.passages.let_go(unused_s=unused_s)

    def vector_of(self, paper_id: PaperId, content_hash: str) -> "NDArray[np.float32] | None":
        """Return the vector of a paper if it was made from the text with this hash, else None."""
        store = self._model.find_store()
        if store is None or store.hashes([paper_id]).get(paper_id) != content_hash:
            return None
        return store.find(paper_id)

    def store(self) -> "VectorStore | None":
        """Return the vectors of the model in use as they lie on the disk; None if there are none, or not readable."""
        try:
            return self._model.find_store()
        except ReadingListError as error:
            log.warning("vectors cannot be read: %s", error.detail)
            return None

    def is_ready_for(self, paper_id: PaperId) -> bool:
        """Tell whether a paper can be compared as it is now."""
        return self._standing(self._model).is_done(paper_id)

    def start(self) -> None:
        """From now on, read new and changed papers by itself, if the reader wants that."""
        self._follower.start()
        if self._later is not None:
            self._later.start()

    def begin_now(self) -> bool:
        """Have read what waits, passages last, because the reader asks for it; returns at once.

        Returns:
            False if that is under way already.
        """
        self._is_asked = True
        return self._follower.work.begin_now()

    def reconsider(self) -> None:
        """Look again at what is wanted: the reader has just allowed it, or has no use for passages any more."""
        if self._later is not None:
            self._later.reconsider()
        self._follower.count()

    def model_changed(self) -> None:
        """Use what the reader has chosen now; vectors of another model stay on the disk, for the way back."""
        before, self._model = self._model, self._choose()
        self._follower.count()
        self._follower.work.begin_anew()
        if self._later is not None:
            self._later.work.begin_anew()
        # It may take a second to let its process go, and whoever changes a setting is looking at the window.
        self._runner.submit(lambda _: before.let_go(), lane=Lane.INTERACTIVE)

    def close(self) -> None:
        """End what `start` began, and the encoder."""
        self._follower.close()
        if self._later is not None:
            self._later.close()
        self._model.let_go()

    def count(self, ids: Sequence[PaperId] | None = None) -> Standing:
        """Bring the numbers in step with the library; reads all of it, or some papers."""
        standing = self._count_papers(ids)
        self._count_passages()
        return standing

    def papers_wait(self) -> bool:
        """Tell whether there are papers that the model has not read."""
        return bool(self._standing(self._model).todo(1))

    def _count_passages(self) -> None:
        if self._later is not None:
            self._later.count()

    def _count_papers(self, ids: Sequence[PaperId] | None = None) -> Standing:
        self._follower.follow()
        model = self._model
        with model.lock:
            store = model.find_store()
            is_new = model.standing is None
            ids = None if is_new else ids
            with self._library.read() as reader:
                wanted = reader.papers.content_hashes(ids)
            stored = {} if store is None else store.hashes(ids)
            standing = model.standing or Standing()
            if ids is None:
                standing.replace(wanted, stored)
            else:
                standing.update(ids, wanted, stored)
            model.standing = standing
        return standing

    def _build_in_turn(self, context: JobContext) -> None:
        is_asked, self._is_asked = self._is_asked, False
        self.build_papers(context)
        if is_asked and self._later is not None:
            self._later.begin_now()

    def _has_work(self) -> bool:
        standing = self._model.standing
        return self._is_automatic() and standing is not None and bool(standing.todo(1))

    def _standing(self, model: ModelInUse) -> Standing:
        return model.standing or self.count()

    def _choose(self) -> ModelInUse:
        options = self._options()
        encoder = self._make_encoder(options)
        return ModelInUse(
            options=options,
            encoder=encoder,
            short=ShortTexts(encoder.light),
            folder=self._folder,
            known=self._known,
            events=self._events,
            info=self._known.find(options),
        )

    def _warm(self, model: ModelInUse) -> None:
        try:
            if not model.short.load() and not model.is_loaded:
                self.load_model()
        finally:
            model.is_warming = False

    def _check(self, model: ModelInUse, context: JobContext) -> None:
        context.check_cancelled()
        if model is not self._model:
            message = "Another model was chosen."
            raise Cancelled(message)

    def _tell(self, ids: Sequence[PaperId]) -> None:
        self._events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS}), ids=frozenset(ids)))
