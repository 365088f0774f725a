"""How the program is put together: from the first thing to the open library.

The window and the command line both start here. Which service is made of what stands in `app.workspace`.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.app.paths import Paths, choose_library
from readinglist.app.settings import LIBRARY_FOLDER
from readinglist.app.settings_store import SettingsStore
from readinglist.app.workspace import MakeEncoder, Workspace
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.jobs import JobRunner, Runner
from readinglist.sources.endpoints import Endpoints


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


def wants_upgrade(places: Places) -> bool:
    """Tell whether an older version of the program wrote the library, so that opening it takes a while."""
    return Library.wants_upgrade(places.library)


def open_workspace(
    places: Places,
    *,
    runner: Callable[[EventHub], Runner] = JobRunner,
    encoder: "MakeEncoder | None" = None,
) -> Workspace:
    """Open the library; what can be done with it is loaded when it is asked for.

    Args:
        places: As `find_places` found them.
        runner: Makes what runs jobs: lanes of threads for a window, `InlineRunner` for a command.
        encoder: Makes the encoder of a choice; None takes the one that runs in a process of its own.

    Raises:
        EnvironmentFault: The folder cannot be used.
        DataError: The library is damaged, or of a newer version of the program.
    """
    library = Library(places.library)
    events = EventHub()
    return Workspace(places=places, library=library, events=events, jobs=runner(events), encoder=encoder)
