"""How the program is put together: one function, from the first thing to the last.

The window and the command line both start here; what they do not need at once is loaded when it is first used.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.app.paths import Paths, choose_library
from readinglist.app.settings import (
    DEVICE,
    EMAIL,
    FILES,
    IDLE_MINUTES,
    INDEX_AUTOMATICALLY,
    LIBRARY_FOLDER,
    MODEL,
    MODEL_REVISION,
    NETWORK_TIMEOUT_S,
    PRECISION,
    SETS_READING,
    AnySetting,
)
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.files import Taking
from readinglist.domain.raw import ImportResult, RawDocument
from readinglist.library.library import Library
from readinglist.pdf.process import PdfProcess
from readinglist.services.annotate import Annotate
from readinglist.services.catalog import Catalog
from readinglist.services.doctor import Doctor
from readinglist.services.edit import Edit
from readinglist.services.enrich import Enrich
from readinglist.services.events import EventHub
from readinglist.services.export import Export
from readinglist.services.fetch import Fetch
from readinglist.services.files import Files
from readinglist.services.indexing import Indexing
from readinglist.services.ingest import Ingest
from readinglist.services.jobs import JobRunner, Runner
from readinglist.services.maintenance import Maintenance
from readinglist.services.page_texts import PageTextReading
from readinglist.services.pdf_import import PdfImport
from readinglist.services.reader import Reading
from readinglist.services.recognise import Recognise
from readinglist.services.similar import Similar
from readinglist.services.undo import Undo
from readinglist.services.workspace import Workspace
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.process import ProcessEncoder
from readinglist.sources.endpoints import Endpoints
from readinglist.sources.registry import Sources

MODEL_SETTINGS: frozenset[AnySetting] = frozenset({MODEL, MODEL_REVISION, DEVICE, PRECISION, IDLE_MINUTES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything of this run lies.

    Attributes:
        library: The chosen library folder; need not exist yet.
        endpoints: Where web services live.
    """

    paths: Paths
    library: Path
    settings: SettingsStore
    endpoints: Endpoints = field(default_factory=Endpoints)


def find_places(library: str | None, environment: Mapping[str, str] | None = None) -> Places:
    """Find settings and library; opens nothing.

    Args:
        library: Value of `--library`; None if it was not given.
        environment: None takes the process's own.
    """
    environment = os.environ if environment is None else environment
    paths = Paths.of(environment)
    settings = SettingsStore(paths.settings_file)
    folder = choose_library(
        argument=library,
        environment=environment,
        setting=settings.get(LIBRARY_FOLDER),
        default=paths.default_library,
    )
    return Places(paths=paths, library=folder, settings=settings, endpoints=Endpoints.of(environment))


def open_workspace(places: Places, *, runner: Callable[[EventHub], Runner] = JobRunner) -> Workspace:
    """Open the library and put everything around it.

    Args:
        places: As `find_places` found them.
        runner: Makes what runs jobs: lanes of threads for a window, `InlineRunner` for a command.

    Raises:
        EnvironmentFault: The folder cannot be used.
        DataError: The library is damaged, or of a newer version of the program.
    """
    settings = places.settings
    library = Library(places.library)
    events = EventHub()
    jobs = runner(events)
    sources = _open_sources(places)
    indexing = Indexing(
        library,
        events,
        jobs,
        encoder=ProcessEncoder,
        options=lambda: _encoder_options(settings),
        is_automatic=lambda: settings.get(INDEX_AUTOMATICALLY),
    )
    edit = Edit(library, events)
    enrich = Enrich(library, events, network=sources, parse=_parse)
    pdfs = _open_pdf_services(library, events, jobs, edit, settings)

    def on_setting(setting: AnySetting) -> None:
        if setting in MODEL_SETTINGS:
            indexing.model_changed()
        elif setting is INDEX_AUTOMATICALLY:
            indexing.reconsider()

    return Workspace(
        library=library,
        settings=settings,
        events=events,
        jobs=jobs,
        catalog=Catalog(library),
        edit=edit,
        undo=Undo(library, events),
        ingest=Ingest(library, events, network=sources, parse=_parse, pdfs=pdfs.imports),
        enrich=enrich,
        files=pdfs.files,
        fetch=Fetch(library, files=pdfs.files, copies=enrich, downloads=sources),
        reading=pdfs.reading,
        annotate=pdfs.annotate,
        page_texts=pdfs.texts,
        similar=Similar(library, events, indexing),
        indexing=indexing,
        export=Export(library),
        maintenance=Maintenance(library, events, files=pdfs.files),
        doctor=Doctor(library, indexing, {"Settings": str(settings.path), "Log": str(places.paths.log_folder)}),
        on_close=(settings.subscribe(on_setting), indexing.close, *pdfs.on_close, sources.close),
    )


def _parse(document: RawDocument) -> ImportResult:
    from readinglist.importers.registry import parse  # noqa: PLC0415 - the formats are not needed to show the library

    return parse(document)


def _open_sources(places: Places) -> Sources:
    settings = places.settings
    return Sources(
        cache_folder=places.paths.cache_folder / "web",
        endpoints=places.endpoints,
        timeout_s=settings.get(NETWORK_TIMEOUT_S),
        email=lambda: settings.get(EMAIL),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PdfServices:
    """What has to do with PDFs."""

    files: Files
    imports: PdfImport
    reading: Reading
    annotate: Annotate
    texts: PageTextReading
    on_close: tuple[Callable[[], None], ...]


def _open_pdf_services(
    library: Library, events: EventHub, jobs: Runner, edit: Edit, settings: SettingsStore
) -> _PdfServices:
    # Two processes: a page that is to be shown must not wait for a file that is looked into for the library.
    pages, background = PdfProcess(), PdfProcess()
    files = Files(library, events, taking=lambda: Taking(settings.get(FILES)))
    derived = library.folder / "derived"
    texts = PageTextReading(library, events, jobs, reader=background)
    return _PdfServices(
        files=files,
        imports=PdfImport(Recognise(derived, background), files, derived / "incoming"),
        reading=Reading(library, files=files, edit=edit, reader=pages, sets_reading=lambda: settings.get(SETS_READING)),
        annotate=Annotate(library, events, files=files, in_files=pages),
        texts=texts,
        on_close=(texts.close, pages.close, background.close),
    )


def _encoder_options(settings: SettingsStore) -> EncoderOptions:
    return EncoderOptions(
        model=settings.get(MODEL),
        revision=settings.get(MODEL_REVISION),
        device=settings.get(DEVICE),
        precision=settings.get(PRECISION),
        idle_minutes=settings.get(IDLE_MINUTES),
    )
