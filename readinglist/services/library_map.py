"""The map of a library: where each paper lies in the plane, near when alike, and what is to be seen of it there.

Papers are arranged in a process of their own and keep their places: what comes later is put in among its neighbours,
and once enough has come the parts are named anew.
All are arranged anew only when the reader asks for it, or while the library is so small that nobody knows its map yet.
"""

import threading
from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import EnvironmentFault, ReadingListError
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.services.background import BackgroundWork
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import Job, JobContext, Lane, Runner, is_cancelled
from readinglist.services.map_answer import MapAnswer, Stage, draw_up
from readinglist.services.map_naming import named_anew, wants_names
from readinglist.services.map_placing import put_in
from readinglist.services.map_process import MapProcess, VectorPlace
from readinglist.similarity.layouts import Layout, layout_file, load_layout, save_layout

if TYPE_CHECKING:
    from readinglist.services.indexing import Indexing
    from readinglist.similarity.vectors import VectorStore

LABEL = "Arranging the map"
QUIET_S = 2.0
FEWEST = 10  # papers that make a map
SMALL = 500  # papers, up to which a map that has doubled is arranged anew by itself
GROWN = 0.3  # share of later papers, from which on arranging anew is worth offering
MOVING = frozenset({ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.DETAILS, ChangeKind.VECTORS})


class LibraryMap:
    """Keeps the map in step with a library, once somebody looks at it; every method may be called from any thread.

    Args:
        library: The papers; the map lies in its folder.
        events: Tells what changed, and hears that the map did.
        runner: Runs the work.
        indexing: Has the vectors.
        process: Arranges.
    """

    def __init__(
        self,
        library: Library,
        events: EventHub,
        runner: Runner,
        indexing: "Indexing",
        *,
        process: MapProcess | None = None,
    ) -> None:
        self._library = library
        self._events = events
        self._runner = runner
        self._indexing = indexing
        self._process = process or MapProcess()
        self._folder = library.folder / "derived" / "map"
        self._lock = threading.Lock()
        self._beginning = threading.Lock()
        self._known: tuple[str, Layout] | None = None  # model and its map
        self._job: Job[None] | None = None
        self._is_outdated = True
        self._is_stopped = False  # by the reader, or by a failure: it does not begin again by itself
        self._is_naming_broken = False  # nor does that
        self._problem = ""
        self._work = BackgroundWork(
            runner, work=self.catch_up, has_work=self._has_work, lane=Lane.COMPUTE, label="", quiet_s=QUIET_S
        )
        self._unsubscribe = events.subscribe(self._hear)

    def start(self) -> None:
        """From now on keep the map in step, for somebody looks at it."""
        self._work.start()
        self._work.plan()

    def look(self) -> MapAnswer:
        """Return the map as it is."""
        store = self._indexing.store()
        layout = None if store is None else self._layout_of(store)
        with self._library.read() as reader:
            answer = draw_up(reader.papers.sketches(), reader.papers.carriers(), layout)
            living = reader.papers.outside_bin()
        compared = 0 if store is None else len(living & store.hashes().keys())
        comparing = self._indexing.state()
        stage = self._stage(answer, compared, is_comparing=comparing.is_running)
        return replace(
            answer,
            stage=stage,
            compared=compared,
            is_outgrown=layout is not None and len(answer.ids) > layout.arranged * (1 + GROWN),
            is_arranging=self.is_arranging,
            is_comparing=comparing.is_running,
            problem=comparing.problem if stage is Stage.COMPARING else self._problem,
        )

    def compare(self, context: JobContext) -> None:
        """Let the model read all papers, so that there can be a map; raises as `Indexing.build_papers`."""
        self._indexing.build_papers(context)

    def arrange_anew(self) -> None:
        """Arrange all papers, near to where they lie now."""
        self._is_stopped = False
        self._begin_arranging()

    def close(self) -> None:
        """End what was begun."""
        self._unsubscribe()
        self._work.close()
        job = self._job
        if job is not None:
            job.cancel()

    def _stage(self, answer: MapAnswer, compared: int, *, is_comparing: bool) -> Stage:
        if len(answer.ids):
            return Stage.READY
        if answer.total < FEWEST:
            return Stage.TOO_FEW
        if compared < FEWEST or (compared < answer.total and is_comparing):
            return Stage.COMPARING
        return Stage.WAITING if self._is_stopped else Stage.ARRANGING

    def _has_work(self) -> bool:
        return self._is_outdated

    def catch_up(self, context: JobContext) -> None:
        """Put in what came, or see that all is arranged."""
        self._is_outdated = False
        store = self._indexing.store()
        if store is None:
            return
        with self._library.read() as reader:
            living = reader.papers.outside_bin()
        hashes = {key: digest for key, digest in store.hashes().items() if key in living}
        layout = self._layout_of(store)
        if layout is None or (layout.arranged <= SMALL and len(hashes) >= 2 * layout.arranged):
            if len(hashes) >= FEWEST and not self._is_stopped:
                self._begin_arranging()
            return
        layout = self._put_in(store, layout, hashes, context)
        if wants_names(layout, hashes) and not self._is_naming_broken:
            self._name(store, layout, hashes, context)

    def _put_in(
        self, store: "VectorStore", layout: Layout, hashes: Mapping[PaperId, str], context: JobContext
    ) -> Layout:
        """Give papers that came, or whose text is another one now, a place among their neighbours."""
        changed = put_in(store.snapshot(), layout, hashes, context.check_cancelled)
        if changed is None:
            return layout
        self._keep(store, changed)
        return changed

    def _name(self, store: "VectorStore", layout: Layout, living: Collection[PaperId], context: JobContext) -> None:
        with self._library.read() as reader:
            titles = {key: title for key, title in reader.papers.titles().items() if key in living}
        path = layout_file(self._folder, store.model_key)
        try:
            regions = self._process.name(titles, path, meanwhile=context.check_cancelled)
        except EnvironmentFault:
            self._is_naming_broken = True
            raise
        self._keep(store, named_anew(layout, regions, living))

    @property
    def is_arranging(self) -> bool:
        """Papers are being arranged, or wait for it."""
        return self._job is not None and not self._job.state.is_final

    def _begin_arranging(self) -> None:
        with self._beginning:
            if self.is_arranging:
                return
            self._problem = ""
            job = self._job = self._runner.submit(self._arrange, lane=Lane.COMPUTE, label=LABEL)
        self._tell()
        job.future.add_done_callback(self._end)

    def _arrange(self, context: JobContext) -> None:
        store = self._indexing.store()
        if store is None:
            return
        with self._library.read() as reader:
            titles = reader.papers.titles()
        stored = store.hashes()
        papers = {key: title for key, title in titles.items() if key in stored}
        if len(papers) < FEWEST:
            return
        layout = self._process.arrange(
            papers,
            VectorPlace(folder=store.folder, model_key=store.model_key, dimensions=store.dimensions),
            layout_file(self._folder, store.model_key),
            meanwhile=context.check_cancelled,
            progress=lambda share: context.progress(round(share * len(papers)), len(papers)),
        )
        self._keep(store, layout)
        self._is_outdated = True  # papers may have come meanwhile

    def _end(self, done: Future[Any]) -> None:
        error = None if done.cancelled() else done.exception()
        self._is_stopped = done.cancelled() or error is not None
        if isinstance(error, ReadingListError) and not is_cancelled(error):
            self._problem = error.message
        self._tell()
        if not self._is_stopped:
            self._work.plan()

    def _layout_of(self, store: "VectorStore") -> Layout | None:
        with self._lock:
            if self._known is not None and self._known[0] == store.model_key:
                return self._known[1]
            layout = load_layout(layout_file(self._folder, store.model_key))
            self._known = None if layout is None else (store.model_key, layout)
            return layout

    def _keep(self, store: "VectorStore", layout: Layout) -> None:
        save_layout(layout_file(self._folder, store.model_key), layout)
        with self._lock:
            self._known = (store.model_key, layout)
        self._tell()

    def _tell(self) -> None:
        self._events.publish(Changes(kinds=frozenset({ChangeKind.MAP})))

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changes) and event.kinds & MOVING:
            self._is_outdated = True
            self._work.plan()
