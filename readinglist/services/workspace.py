"""The one object that a front end holds: everything it may ask for, and the end of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readinglist.library.library import Library
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
from readinglist.services.jobs import Runner
from readinglist.services.maintenance import Maintenance
from readinglist.services.page_texts import PageTextReading
from readinglist.services.reader import Reading
from readinglist.services.similar import Similar
from readinglist.services.undo import Undo

if TYPE_CHECKING:
    from readinglist.app.settings_store import SettingsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """An open library with all that can be done with it.

    Attributes:
        library: For `app.bootstrap` and the services; front ends never touch it.
        on_close: What else is to be ended, in order, before the library.
    """

    library: Library
    settings: "SettingsStore"
    events: EventHub
    jobs: Runner
    catalog: Catalog
    edit: Edit
    undo: Undo
    ingest: Ingest
    enrich: Enrich
    files: Files
    fetch: Fetch
    reading: Reading
    annotate: Annotate
    page_texts: PageTextReading
    similar: Similar
    indexing: Indexing
    export: Export
    maintenance: Maintenance
    doctor: Doctor
    on_close: tuple[Callable[[], None], ...] = ()

    def poll_foreign_changes(self) -> None:
        """Publish what other programs have committed to the library since the last call."""
        for changes in self.library.foreign_changes():
            self.events.publish(changes)

    def close(self) -> None:
        """End everything in order: running work first, the library last."""
        self.jobs.close()
        for end in self.on_close:
            end()
        self.library.close()
