"""The one object that a front end holds: everything it may ask for, and the end of it.

Each service is loaded and put together when somebody first asks for it: the window shows its first list long before
anybody exports or opens a PDF, and `readinglist list` needs nothing else. What stands here, from top to bottom, is who
is made of whom.
"""

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeAlias

from readinglist.app.once import once
from readinglist.app.setting import AnySetting
from readinglist.app.settings import (
    DEVICE,
    EMAIL,
    FILES,
    IDLE_MINUTES,
    INDEX_AUTOMATICALLY,
    MODEL,
    MODEL_REVISION,
    NETWORK_TIMEOUT_S,
    PASSAGES,
    PRECISION,
    SETS_READING,
)
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.jobs import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from readinglist.app.bootstrap import Places
    from readinglist.app.settings_store import SettingsStore
    from readinglist.domain.query import Among
    from readinglist.domain.raw import ImportResult, RawDocument
    from readinglist.pdf.process import PdfProcess
    from readinglist.services.annotate import Annotate
    from readinglist.services.catalog import Catalog
    from readinglist.services.collections import Collections
    from readinglist.services.confirming import Confirming
    from readinglist.services.doctor import Doctor
    from readinglist.services.edit import Edit
    from readinglist.services.enrich import Enrich
    from readinglist.services.export import Export
    from readinglist.services.fetch import Fetch
    from readinglist.services.files import Files
    from readinglist.services.finding import Finding
    from readinglist.services.indexing import Indexing
    from readinglist.services.ingest import Ingest
    from readinglist.services.library_map import LibraryMap
    from readinglist.services.maintenance import Maintenance
    from readinglist.services.merging import Merging
    from readinglist.services.page_texts import PageTextReading
    from readinglist.services.passage_cost import PassageCosts
    from readinglist.services.passages import Passages
    from readinglist.services.pdf_import import PdfImport
    from readinglist.services.reading import Reading
    from readinglist.services.recommend import Recommend
    from readinglist.services.similar import Similar
    from readinglist.services.term_index import TermIndex
    from readinglist.services.undo import Undo
    from readinglist.similarity.encoder import Encoder, EncoderOptions
    from readinglist.sources.registry import Sources

MakeEncoder: TypeAlias = "Callable[[EncoderOptions], Encoder]"

UNUSED_S = 5.0  # an answer gives back by itself what it read of all papers; this is for whatever else does not
CLOSED_IN_ORDER = ("map", "indexing", "words", "page_texts", "_pages", "_background", "_sources")
MODEL_SETTINGS: frozenset[AnySetting] = frozenset({MODEL, MODEL_REVISION, DEVICE, PRECISION, IDLE_MINUTES})


class Workspace:
    """An open library with all that can be done with it.

    Args:
        places: Where everything of this run lies.
        library: For the services; front ends never touch it.
        events: Tells what changed.
        jobs: Runs work.
        encoder: Makes the encoder of a choice; None takes the one that runs in a process of its own.

    Attributes:
        building: Held while a service is put together.
    """

    def __init__(
        self,
        *,
        places: "Places",
        library: Library,
        events: EventHub,
        jobs: Runner,
        encoder: "MakeEncoder | None" = None,
    ) -> None:
        self.building = threading.RLock()
        self.settings: SettingsStore = places.settings
        self.library = library
        self.events = events
        self.jobs = jobs
        self._places = places
        self._make_encoder = encoder
        self._forget_settings = self.settings.subscribe(self._on_setting)

    def poll_foreign_changes(self) -> None:
        """Publish what other programs have committed to the library since the last call."""
        for changes in self.library.foreign_changes():
            self.events.publish(changes)

    def let_go(self) -> None:
        """Give memory back that nobody has needed for a while; it fills again when it is needed."""
        for name in ("indexing", "words"):
            if name in vars(self):
                vars(self)[name].let_go(unused_s=UNUSED_S)

    def close(self) -> None:
        """End everything in order: running work first, the library last."""
        with ExitStack() as last_first:  # what does not end as it should keeps nothing else from its end
            last_first.callback(self.library.close)
            for name in reversed(CLOSED_IN_ORDER):
                last_first.callback(self._close_service, name)
            last_first.callback(self._forget_settings)
            last_first.callback(self.jobs.close)

    def _close_service(self, name: str) -> None:
        if name in vars(self):
            vars(self)[name].close()

    # Looking things up and changing them

    @once
    def catalog(self) -> "Catalog":
        """Lists of papers, one paper, counts, tags, collections."""
        from readinglist.services.catalog import Catalog

        return Catalog(self.library, like=self._find_like)

    @once
    def edit(self) -> "Edit":
        """What the reader decides."""
        from readinglist.services.edit import Edit

        return Edit(self.library, self.events)

    @once
    def collections(self) -> "Collections":
        """Papers put together for a purpose."""
        from readinglist.services.collections import Collections

        return Collections(self.library, self.events)

    @once
    def merging(self) -> "Merging":
        """Entries of one work made one paper."""
        from readinglist.services.merging import Merging

        return Merging(self.library, self.events)

    @once
    def undo(self) -> "Undo":
        """Steps back and forward."""
        from readinglist.services.undo import Undo

        return Undo(self.library, self.events)

    @once
    def export(self) -> "Export":
        """Papers for other programs."""
        from readinglist.services.export import Export

        return Export(self.library)

    @once
    def maintenance(self) -> "Maintenance":
        """Backups and checks."""
        from readinglist.services.maintenance import Maintenance

        return Maintenance(self.library, self.events, files=self.files)

    @once
    def doctor(self) -> "Doctor":
        """What runs where."""
        from readinglist.app.links import Links
        from readinglist.services.doctor import Doctor

        places = {
            "Settings": str(self.settings.path),
            "Log": str(self._places.paths.log_folder),
            "Links opened by": Links.of_system().opener().value,
        }
        return Doctor(self.library, self.indexing, places)

    # What comes in

    @once
    def ingest(self) -> "Ingest":
        """Drops that become papers."""
        from readinglist.services.ingest import Ingest

        return Ingest(self.library, self.events, network=self._sources, parse=_parse, pdfs=self._pdf_import)

    @once
    def enrich(self) -> "Enrich":
        """What listings left out, asked of the network."""
        from readinglist.services.enrich import Enrich

        return Enrich(self.library, self.events, network=self._sources, parse=_parse)

    @once
    def confirming(self) -> "Confirming":
        """Whose DOIs the PDFs print."""
        from readinglist.services.confirming import Confirming

        return Confirming(self.library, self.events, enrich=self.enrich)

    @once
    def fetch(self) -> "Fetch":
        """PDFs from the network."""
        from readinglist.services.fetch import Fetch

        return Fetch(self.library, files=self.files, copies=self.enrich, downloads=self._sources)

    @once
    def _sources(self) -> "Sources":
        from readinglist.sources.registry import Sources

        return Sources(
            cache_folder=self._places.paths.cache_folder / "web",
            endpoints=self._places.endpoints,
            timeout_s=self.settings.get(NETWORK_TIMEOUT_S),
            email=lambda: self.settings.get(EMAIL),
        )

    # Files and what is written into them

    @once
    def files(self) -> "Files":
        """Where PDFs lie."""
        from readinglist.domain.taking import Taking
        from readinglist.services.files import Files

        return Files(self.library, self.events, taking=lambda: Taking(self.settings.get(FILES)))

    @once
    def reading(self) -> "Reading":
        """Pages, for the reader."""
        from readinglist.services.reading import Reading

        return Reading(
            self.library,
            files=self.files,
            edit=self.edit,
            reader=self._pages,
            ahead=self._background,
            sets_reading=lambda: self.settings.get(SETS_READING),
        )

    @once
    def annotate(self) -> "Annotate":
        """Marks on pages."""
        from readinglist.services.annotate import Annotate

        return Annotate(self.library, self.events, files=self.files, in_files=self._pages)

    @once
    def page_texts(self) -> "PageTextReading":
        """The text of PDFs, for the search."""
        from readinglist.services.page_texts import PageTextReading

        return PageTextReading(self.library, self.events, self.jobs, reader=self._background)

    @once
    def _pdf_import(self) -> "PdfImport":
        from readinglist.services.pdf_import import PdfImport
        from readinglist.services.recognise import Recognise

        derived = self.library.folder / "derived"
        return PdfImport(Recognise(derived, self._background), self.files, derived / "incoming")

    # Two processes: a page that is to be shown must not wait for a file that is looked into for the library.

    @once
    def _pages(self) -> "PdfProcess":
        from readinglist.pdf.process import PdfProcess

        return PdfProcess()

    @once
    def _background(self) -> "PdfProcess":
        from readinglist.pdf.process import PdfProcess

        return PdfProcess()

    # Comparing by meaning

    @once
    def indexing(self) -> "Indexing":
        """Papers made ready for comparison."""
        from readinglist.services.indexing import Indexing
        from readinglist.services.passage_work import PassageWork
        from readinglist.similarity.process import start_encoders

        def is_automatic() -> bool:
            return self.settings.get(INDEX_AUTOMATICALLY)

        indexing = Indexing(
            self.library,
            self.events,
            self.jobs,
            encoder=self._make_encoder or start_encoders,
            options=self._encoder_options,
            is_automatic=is_automatic,
        )
        indexing.go_on_with(PassageWork(self.passages, indexing, self.jobs, is_automatic=is_automatic))
        return indexing

    @once
    def passages(self) -> "Passages":
        """Passages of PDFs, which the same work makes ready."""
        from readinglist.services.passages import Passages

        return Passages(self.library, is_wanted=lambda: self.settings.get(PASSAGES))

    @once
    def passage_costs(self) -> "PassageCosts":
        """What it takes to read them."""
        from readinglist.services.passage_cost import PassageCosts

        return PassageCosts(self.library, self.jobs, info=lambda: self.indexing.info)

    @once
    def similar(self) -> "Similar":
        """The papers nearest to a paper or a text."""
        from readinglist.services.similar import Similar

        return Similar(self.library, self.events, self.indexing, self.words)

    @once
    def finding(self) -> "Finding":
        """Search by words and by meaning."""
        from readinglist.services.finding import Finding
        from readinglist.services.passage_search import PassageSearch

        passages = PassageSearch(self.library, self.indexing, self.passages)
        return Finding(self.library, self.indexing, self.similar, passages)

    @once
    def map(self) -> "LibraryMap":
        """Where papers lie in the plane."""
        from readinglist.services.library_map import LibraryMap

        return LibraryMap(self.library, self.events, self.jobs, self.indexing)

    @once
    def recommend(self) -> "Recommend":
        """What to read next, and why."""
        from readinglist.services.recommend import Recommend

        return Recommend(self.library, self.events, catalog=self.catalog, indexing=self.indexing, words=self.words)

    @once
    def words(self) -> "TermIndex":
        """The words of papers as numbers."""
        from readinglist.services.term_index import TermIndex

        return TermIndex(self.library, self.events, self.jobs)

    def _find_like(self, value: str) -> "Among":
        return self.finding.like(value)

    def _encoder_options(self) -> "EncoderOptions":
        from readinglist.similarity.encoder import EncoderOptions

        return EncoderOptions(
            model=self.settings.get(MODEL),
            revision=self.settings.get(MODEL_REVISION),
            device=self.settings.get(DEVICE),
            precision=self.settings.get(PRECISION),
            idle_minutes=self.settings.get(IDLE_MINUTES),
        )

    def _on_setting(self, setting: AnySetting) -> None:
        if "indexing" not in vars(self):
            return  # it will read the settings when it is made
        if setting in MODEL_SETTINGS:
            self.indexing.model_changed()
        elif setting in {INDEX_AUTOMATICALLY, PASSAGES}:
            self.indexing.reconsider()


def _parse(document: "RawDocument") -> "ImportResult":
    from readinglist.importers.registry import parse

    return parse(document)
