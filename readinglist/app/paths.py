"""Where things lie on this computer: settings, logs, cache, and the library folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

APP = "readinglist"
SETTINGS_VARIABLE = "READINGLIST_CONFIG"
LIBRARY_VARIABLE = "READINGLIST_LIBRARY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The program's own places, apart from any library.

    Attributes:
        settings_file: The reader's settings.
        log_folder: Logs and crash reports.
        cache_folder: Answers of web services; can be deleted.
        default_library: The library folder that nobody chose.
    """

    settings_file: Path
    log_folder: Path
    cache_folder: Path
    default_library: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Find the places.

        `READINGLIST_CONFIG` names another settings file; logs and cache then lie beside it, so that one variable is
        enough to keep a trial run away from everything.
        """
        data = platformdirs.user_data_path(APP, appauthor=False)
        if chosen := environment.get(SETTINGS_VARIABLE):
            file = Path(chosen).expanduser().absolute()
            return cls(
                settings_file=file,
                log_folder=file.parent / "logs",
                cache_folder=file.parent / "cache",
                default_library=data / "library",
            )
        return cls(
            settings_file=platformdirs.user_config_path(APP, appauthor=False) / "settings.toml",
            log_folder=platformdirs.user_log_path(APP, appauthor=False),
            cache_folder=platformdirs.user_cache_path(APP, appauthor=False),
            default_library=data / "library",
        )


def choose_library(*, argument: str | None, environment: Mapping[str, str], setting: str, default: Path) -> Path:
    """Return the library folder: the command line's, else the environment's, else the setting's, else the default.

    Args:
        argument: Value of `--library`; None if it was not given.
        environment: The process's variables.
        setting: Value of `library.folder`; empty if the reader chose none.
        default: Taken when nobody chose.
    """
    chosen = argument or environment.get(LIBRARY_VARIABLE) or setting
    return Path(chosen).expanduser().absolute() if chosen else default
