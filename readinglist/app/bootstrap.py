"""How the program is put together: one function, from the first thing to the last.

The window and the command line both start here; what they do not need at once is loaded when it is first used.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from readinglist.app.paths import Paths, choose_library
from readinglist.app.settings import (
    LIBRARY_FOLDER,
)
from readinglist.app.settings_store import SettingsStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything of this run lies.

    Attributes:
        library: The chosen library folder; need not exist yet.
    """

    paths: Paths
    library: Path
    settings: SettingsStore


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
    return Places(paths=paths, library=folder, settings=settings)
